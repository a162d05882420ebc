/*
 * Demangling: C++ and Rust names through libiberty.
 *
 * Lives here: which parts of a name are shown (spec/driver.md 5.7), and that a name of a few hundred bytes
 * does not grow into gigabytes.
 *
 * A mangled name is a graph: it says "S3_" for a type that was there before, and a name that names its
 * last type twice in each new one doubles with each.  libiberty parses a name into that graph and would
 * then print it in full.  Parts that are not shown are taken out of the graph first, and a graph
 * whose text would still be too long is left alone.
 */
#include "config.h"

#include "symbolize/symbolize.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/vec.h"

#include <libiberty/demangle.h>
#include <string.h>

typedef struct demangle_component component;

/* One part of a name, and how many parts it and what it names print. */
struct part {
	component *c;
	uint64_t n_printed;
	bool is_done;
};

struct walk {
	VEC(struct part) part;
	struct row_index index; /* of component addresses */
	VEC(uint32_t) open;	/* parts whose children are being looked at */
	enum demangle_mode mode;
};

/* Whether the part has two parts of its own; the others hold text or numbers, or one part (spec of demangle.h). */
static bool is_binary(const component *c)
{
	switch (c->type) {
	case DEMANGLE_COMPONENT_NAME:
	case DEMANGLE_COMPONENT_OPERATOR:
	case DEMANGLE_COMPONENT_EXTENDED_OPERATOR:
	case DEMANGLE_COMPONENT_FIXED_TYPE:
	case DEMANGLE_COMPONENT_CTOR:
	case DEMANGLE_COMPONENT_DTOR:
	case DEMANGLE_COMPONENT_BUILTIN_TYPE:
	case DEMANGLE_COMPONENT_EXTENDED_BUILTIN_TYPE:
	case DEMANGLE_COMPONENT_SUB_STD:
	case DEMANGLE_COMPONENT_TEMPLATE_PARAM:
	case DEMANGLE_COMPONENT_FUNCTION_PARAM:
	case DEMANGLE_COMPONENT_NUMBER:
	case DEMANGLE_COMPONENT_UNNAMED_TYPE:
	case DEMANGLE_COMPONENT_CHARACTER:
	case DEMANGLE_COMPONENT_LAMBDA:
	case DEMANGLE_COMPONENT_DEFAULT_ARG:
		return false;
	default:
		return true;
	}
}

/* The two parts of c, either NULL. */
static void children_of(const component *c, component *child[2])
{
	child[0] = child[1] = NULL;
	switch (c->type) {
	case DEMANGLE_COMPONENT_EXTENDED_OPERATOR:
		child[0] = c->u.s_extended_operator.name;
		return;
	case DEMANGLE_COMPONENT_CTOR:
		child[0] = c->u.s_ctor.name;
		return;
	case DEMANGLE_COMPONENT_DTOR:
		child[0] = c->u.s_dtor.name;
		return;
	case DEMANGLE_COMPONENT_LAMBDA:
	case DEMANGLE_COMPONENT_DEFAULT_ARG:
		child[0] = c->u.s_unary_num.sub;
		return;
	default:
		break;
	}
	if (is_binary(c)) {
		child[0] = c->u.s_binary.left;
		child[1] = c->u.s_binary.right;
	}
}

static bool is_of_this(const component *c)
{
	switch (c->type) {
	case DEMANGLE_COMPONENT_CONST_THIS:
	case DEMANGLE_COMPONENT_VOLATILE_THIS:
	case DEMANGLE_COMPONENT_RESTRICT_THIS:
	case DEMANGLE_COMPONENT_REFERENCE_THIS:
	case DEMANGLE_COMPONENT_RVALUE_REFERENCE_THIS:
		return true;
	default:
		return false;
	}
}

/* "f(int)::{lambda()#1}" as "f()::{lambda()#1}". */
static void leave_out_parameters(component *local)
{
	component *function = local->u.s_binary.left;
	component *type = function && function->type == DEMANGLE_COMPONENT_TYPED_NAME ? function->u.s_binary.right : NULL;

	if (type && type->type == DEMANGLE_COMPONENT_FUNCTION_TYPE)
		type->u.s_binary.left = type->u.s_binary.right = NULL;
}

/* "&(f(int))" as "&f": which function it is, its name says. */
static void leave_out_of_address(component *unary)
{
	const component *operand = unary->u.s_binary.right;

	if (operand && operand->type == DEMANGLE_COMPONENT_TYPED_NAME)
		unary->u.s_binary.right = operand->u.s_binary.left;
}

/*
 * Takes out of one part what the mode does not show: parameters of functions around it, and arguments
 * of templates, by putting the name itself in the place of "name with arguments".
 */
static void leave_out(component *c, enum demangle_mode mode)
{
	while (mode == DEMANGLE_DEFAULT && c->type == DEMANGLE_COMPONENT_TEMPLATE) {
		component *name = c->u.s_binary.left;

		if (!name || name == c)
			return;
		*c = *name;
	}
	if (c->type == DEMANGLE_COMPONENT_UNARY)
		leave_out_of_address(c);
	if (mode != DEMANGLE_FULL && c->type == DEMANGLE_COMPONENT_LOCAL_NAME)
		leave_out_parameters(c);
	/* "std::basic_string<char, ...>", which is one word here. */
	if (mode == DEMANGLE_DEFAULT && c->type == DEMANGLE_COMPONENT_SUB_STD) {
		const char *end = memchr(c->u.s_string.string, '<', (size_t)c->u.s_string.len);

		if (end)
			c->u.s_string.len = (int)(end - c->u.s_string.string);
	}
}

/* libiberty drops the "const" of a function without parameters, but not below a default argument. */
static void leave_out_qualifiers(component *root)
{
	component *c = root->type == DEMANGLE_COMPONENT_LOCAL_NAME ? root->u.s_binary.right : NULL;

	if (!c || c->type != DEMANGLE_COMPONENT_DEFAULT_ARG)
		return;
	while (c->u.s_unary_num.sub && is_of_this(c->u.s_unary_num.sub))
		c->u.s_unary_num.sub = c->u.s_unary_num.sub->u.s_binary.left;
}

/* Row of a part; ROW_NONE: no memory. */
static uint32_t part_row(struct walk *w, component *c)
{
	uint64_t hash = hash_mix(w->index.seed, (uintptr_t)c);
	uint32_t row;

	for (size_t at = row_index_start(hash); (row = row_index_probe(&w->index, &at, hash)) != ROW_NONE;)
		if (w->part.at[row].c == c)
			return row;
	row = (uint32_t)w->part.n;
	leave_out(c, w->mode);
	return vec_push(&w->part, ((struct part){ .c = c })) && row_index_add(&w->index, hash, row) ? row : ROW_NONE;
}

/*
 * Counts the innermost open part, or opens its children that are not counted yet.  False: no
 * memory, or the parts go in a circle.
 */
static bool step(struct walk *w)
{
	uint32_t row = w->open.at[w->open.n - 1];
	size_t n_open = w->open.n;
	uint64_t sum = 1;
	component *child[2];

	children_of(w->part.at[row].c, child);
	for (int i = 0; i < 2; i++) {
		uint32_t r = child[i] ? part_row(w, child[i]) : ROW_NONE;

		if (!child[i])
			continue;
		if (r == ROW_NONE || (!w->part.at[r].is_done && !vec_push(&w->open, r)))
			return false;
		sum += w->part.at[r].n_printed;
	}
	if (w->open.n > n_open)
		return w->open.n <= 2 * w->part.n;
	/* A template parameter stands for an argument, whose length is not known here. */
	if (w->part.at[row].c->type == DEMANGLE_COMPONENT_TEMPLATE_PARAM)
		sum = DEMANGLE_ARGUMENT_PARTS;
	w->part.at[row].n_printed = sum < LIMIT_DEMANGLED_PARTS ? sum : LIMIT_DEMANGLED_PARTS;
	w->part.at[row].is_done = true;
	w->open.n--;
	return true;
}

/* Leaves parts out; false when what remains would print too much, or there is no memory. */
static bool prepare(component *root, enum demangle_mode mode)
{
	struct walk w = { .part = VEC_INIT, .open = VEC_INIT, .mode = mode };
	bool ok;

	row_index_init(&w.index);
	if (mode != DEMANGLE_FULL)
		leave_out_qualifiers(root);
	ok = part_row(&w, root) == 0 && vec_push(&w.open, 0);
	while (ok && w.open.n)
		ok = step(&w);
	ok = ok && w.part.at[0].n_printed < LIMIT_DEMANGLED_PARTS;
	vec_release(&w.part);
	vec_release(&w.open);
	row_index_release(&w.index);
	return ok;
}

/* " [clone .cold]" is not part of the name. */
static struct str without_clones(struct str s)
{
	ptrdiff_t at = str_find(s, STR(" [clone "));

	return at > 0 ? str_head(s, (size_t)at) : s;
}

/* Takes over what libiberty allocated; empty when there is nothing. */
static struct str take_text(struct arena *arena, char *text)
{
	if (!text)
		return STR_EMPTY;
	if (!arena_adopt(arena, text, strlen(text) + 1))
		return (struct str){ NULL, 0 };
	return without_clones(str_from(text));
}

/* Closing brackets of templates apart, as libiberty has them itself except behind an empty pack. */
static struct str with_brackets_apart(struct arena *arena, struct str s)
{
	char *to = arena_alloc(arena, 2 * s.len);
	size_t n = 0;

	if (!to)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < s.len; i++) {
		bool is_pair = i > 0 && s.ptr[i] == '>' && s.ptr[i - 1] == '>';

		/* ">>" itself: an operator's name, or between "(a)" and "(b)" */
		if (is_pair && !str_has_suffix(str_head(s, i - 1), STR("operator")) &&
		    !str_has_suffix(str_head(s, i - 1), STR(")")))
			to[n++] = ' ';
		to[n++] = s.ptr[i];
	}
	return (struct str){ to, n };
}

static struct str demangle_cpp(struct arena *arena, const char *name, enum demangle_mode mode)
{
	int options = mode == DEMANGLE_FULL ? DMGL_PARAMS | DMGL_ANSI : DMGL_NO_OPTS;
	void *memory = NULL;
	component *root = cplus_demangle_v3_components(name, options, &memory);
	struct str text = STR_EMPTY;
	size_t size;

	/* The graph and its text are libiberty's heap; the arena frees them with the rest. */
	if (!arena_adopt(arena, memory, 0))
		return (struct str){ NULL, 0 };
	if (root && prepare(root, mode))
		text = take_text(arena, cplus_demangle_print(options, root, (int)strlen(name) * 2, &size));
	return text.len ? with_brackets_apart(arena, text) : text;
}

/* Whether the bracket at i opens arguments, as in "Vec<u8>", and not "<T as Trait>". */
static bool opens_arguments(struct str s, size_t i)
{
	char before = i ? s.ptr[i - 1] : ' ';

	return before == ':' || before == '_' || before == '}' || (before >= '0' && before <= '9') ||
	       (before >= 'A' && before <= 'Z') || (before >= 'a' && before <= 'z');
}

/* "<Vec<u8> as Drop>::f::<u8>" as "<Vec<> as Drop>::f::<>", which is what Go's demangler leaves of it. */
static struct str without_rust_arguments(struct arena *arena, struct str s)
{
	char *to = arena_alloc(arena, s.len);
	size_t n = 0, depth = 0;

	if (!to)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < s.len; i++) {
		bool is_arrow = s.ptr[i] == '>' && i > 0 && s.ptr[i - 1] == '-';

		if (s.ptr[i] == '>' && !is_arrow && depth)
			depth--;
		if (depth == 0)
			to[n++] = s.ptr[i];
		if (s.ptr[i] == '<' && (depth || opens_arguments(s, i)))
			depth++;
	}
	return depth ? s : (struct str){ to, n };
}

/* Back references of a Rust name can double it, too. */
static bool has_few_back_references(struct str name)
{
	int n = 0;

	for (size_t i = 0; i < name.len; i++)
		n += name.ptr[i] == 'B';
	return n <= LIMIT_RUST_BACK_REFERENCES;
}

static struct str demangle_rust(struct arena *arena, const char *name, enum demangle_mode mode)
{
	struct str text;

	if (!has_few_back_references(str_from(name)))
		return STR_EMPTY;
	text = take_text(arena, rust_demangle(name, DMGL_NO_OPTS));
	if (text.len && mode == DEMANGLE_DEFAULT && name[0] == '_' && name[1] == 'R')
		text = without_rust_arguments(arena, text);
	return text;
}

/* Empty when the name is mangled in no known way. */
static struct str demangle_mangled(struct arena *arena, struct str name, enum demangle_mode mode)
{
	struct str z, text;

	if (name.len > LIMIT_MANGLED_BYTES || name.len < 2 || name.ptr[0] != '_' || memchr(name.ptr, 0, name.len))
		return STR_EMPTY;
	z = arena_str(arena, name);
	if (!z.ptr)
		return z;
	if (z.ptr[1] == 'R' || str_has_prefix(z, STR("_ZN"))) {
		text = demangle_rust(arena, z.ptr, mode);
		if (text.len || !text.ptr)
			return text;
	}
	return demangle_cpp(arena, z.ptr, mode);
}

/* A name that was demangled elsewhere, with parameters and arguments; not one of Go's, with ".<" or "])." in it. */
static bool looks_demangled(struct str name)
{
	bool has_brackets = false;

	for (size_t i = 0; i < name.len; i++) {
		char next = i + 1 < name.len ? name.ptr[i + 1] : '\0';

		switch (name.ptr[i]) {
		case '.':
			if (next == '<')
				return false;
			break;
		case ']':
			if (next == ')' && i + 2 < name.len && name.ptr[i + 2] == '.')
				return false;
			has_brackets = true;
			break;
		case ':':
			has_brackets |= next == ':';
			break;
		case '<':
		case '>':
		case '[':
			has_brackets = true;
			break;
		default:
			break;
		}
	}
	return has_brackets;
}

/*
 * Without what stands in brackets, from the left up to the first one that has no other: "a<b>c<d" as
 * "ac<d", "a<b>c>d<e>" as "ac>d<e>".
 */
static struct str without_bracketed(struct arena *arena, struct str name, char open, char close)
{
	char *to = arena_alloc(arena, name.len);
	size_t n = 0, depth = 0, start = 0, i;

	if (!to)
		return (struct str){ NULL, 0 };
	for (i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c == close && depth == 0)
			break;
		if (c == open && depth++ == 0)
			start = i;
		if (depth == 0)
			to[n++] = c;
		if (c == close)
			depth--;
	}
	if (depth)
		i = start;
	memcpy(to + n, name.ptr + i, name.len - i);
	return (struct str){ to, n + name.len - i };
}

struct str demangle(struct arena *arena, struct str name, enum demangle_mode mode)
{
	struct str text = demangle_mangled(arena, name, mode);

	/* One underscore more, as on macOS. */
	if (text.ptr && !text.len && str_has_prefix(name, STR("__")))
		text = demangle_mangled(arena, str_from_offset(name, 1), mode);
	if (!text.ptr || text.len)
		return text;
	text = name;
	if (mode != DEMANGLE_FULL && looks_demangled(name)) {
		text = without_bracketed(arena, text, '(', ')');
		if (text.ptr && mode == DEMANGLE_DEFAULT)
			text = without_bracketed(arena, text, '<', '>');
	}
	return text;
}

/* The function's name after all, or STR_ID_NONE: no memory. */
static str_id readable(struct profile *p, struct arena *scratch, uint32_t function, enum demangle_mode mode, bool again)
{
	str_id system_name = p->function.system_name[function], name = p->function.name[function];
	struct str given = profile_text(p, system_name), text;

	if (again && name && system_name)
		name = system_name;
	if (mode == DEMANGLE_NONE || (name && name != system_name))
		return name;
	text = demangle(scratch, given, mode);
	/* Most stay as they are. */
	if (text.ptr == given.ptr && text.len == given.len)
		return system_name;
	return text.ptr ? strtab_add(&p->strings, &p->arena, text) : STR_ID_NONE;
}

bool symbolize_demangle(struct profile *p, enum demangle_mode mode, bool again, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	str_id *name = ARENA_ARRAY(&p->arena, str_id, p->function.n);
	bool ok = name != NULL;

	for (uint32_t i = 0; ok && i < p->function.n; i++) {
		name[i] = readable(p, &scratch, i, mode, again);
		ok = name[i] != STR_ID_NONE;
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	if (!ok)
		return error_nomem(err, "names");
	p->function.name = name;
	return true;
}
