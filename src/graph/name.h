/*
 * Function names: their short form, and the package that they belong to.
 *
 * Lives here: what is cut from names of Go, Java and C++ (spec/reports.md 16).
 * Not here: the name of a node with its place (graph/graph.h); names without parameters, as
 * drop_frames sees them (profile/transform.h).
 */
#ifndef GRAPH_NAME_H
#define GRAPH_NAME_H

#include "base/arena.h"
#include "base/str.h"

/*
 * The name without import path, package or namespace: github.com/x/foo.Bar -> foo.Bar,
 * java.bar.Foo.run(int) -> Foo.run, a::b::Class::f() -> Class::f.  A view of name, or in the
 * arena when /v2 had to be cut out; ptr NULL: no memory.
 */
struct str name_short(struct arena *a, struct str name);

/* path/pkg of path/pkg.(*T).f, std of std::vector; empty when there is none.  A view. */
struct str name_package(struct str name);

#endif
