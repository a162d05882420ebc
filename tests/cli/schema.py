"""schema.py SCHEMA REPORT...: do these JSON files keep to the schema?

Knows as much of JSON Schema as doc/json.schema.json needs, and is stricter in one thing: a member that the schema does
not name is a mistake here, since what is written has to be documented.  Exit status 1 and the place of the first
mistake when there is one.
"""

import json
import re
import sys

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
}
KNOWN = {"$schema", "$defs", "$ref", "title", "type", "required", "properties", "additionalProperties", "items", "enum",
         "const", "pattern", "allOf", "if", "then"}


class Mistake(Exception):
    pass


def matches(root, schema, value):
    try:
        check(root, schema, value, "", False)
    except Mistake:
        return False
    return True


def check_members(root, schema, value, where, is_strict):
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    for name in schema.get("required", []):
        if name not in value:
            raise Mistake(f"{where}: no {name}")
    for name, member in value.items():
        if name in properties:
            check(root, properties[name], member, f"{where}.{name}", is_strict)
        elif others is not None:
            check(root, others, member, f"{where}.{name}", is_strict)
        elif is_strict and properties and schema.get("type") == "object":
            raise Mistake(f"{where}.{name} is not in the schema")


def check(root, schema, value, where, is_strict=True):
    if unknown := set(schema) - KNOWN:
        raise Mistake(f"{where}: the checker does not know {unknown}")
    if "$ref" in schema:
        return check(root, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], value, where, is_strict)
    if "type" in schema and not TYPES[schema["type"]](value):
        raise Mistake(f"{where}: {value!r} is no {schema['type']}")
    if "enum" in schema and value not in schema["enum"] or "const" in schema and value != schema["const"]:
        raise Mistake(f"{where}: {value!r}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        raise Mistake(f"{where}: {value!r} does not match {schema['pattern']}")
    if isinstance(value, dict):
        check_members(root, schema, value, where, is_strict)
    for i, item in enumerate(value if isinstance(value, list) else []):
        check(root, schema.get("items", {}), item, f"{where}[{i}]", is_strict)
    for part in schema.get("allOf", []):
        if "if" not in part or matches(root, part["if"], value):
            check(root, part.get("then", {}), value, where, is_strict)
    return None


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        schema = json.load(f)
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as f:
            try:
                check(schema, schema, json.load(f), "")
            except (Mistake, ValueError) as mistake:
                sys.exit(f"{path}: {mistake}")


main()
