/*
 * genprofile: a synthetic CPU or heap profile of a chosen size.
 *
 *	genprofile [-samples N] [-funcs F] [-depth D] [-labels L] [-seed S] [-kind cpu|heap]
 *		   [-nogzip] [-o FILE]
 *
 * Lives here: the shape of the profile.  Stacks are random walks on a fixed call relation, so
 * that prefixes are shared; three locations a function, every seventh with an inlined caller;
 * ten packages, one mapping.  -labels L gives each sample one of L trace ids and one of 40
 * endpoints.  The same options give the same bytes.
 * Not here: measuring (measure.c, bench.sh).
 */
#include "config.h"

#include "base/arena.h"
#include "base/strtab.h"
#include "base/vec.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
	LOCATIONS_PER_FUNCTION = 3,
	CALLEES_MAX = 4,
	ENDPOINTS = 40,
	FLUSH_BYTES = 1 << 20,
	TEXT_BYTES = 256,
};

static const char *const packages[] = {
	"runtime",
	"net/http",
	"encoding/json",
	"database/sql",
	"example.com/shop/cart",
	"example.com/shop/orders",
	"google.golang.org/grpc/internal/transport",
	"github.com/jackc/pgx/v5",
	"go.uber.org/zap/zapcore",
	"example.com/shop/search/index",
};

struct options {
	uint64_t samples, funcs, depth, labels, seed;
	const char *out;
	bool is_heap, is_raw;
};

typedef VEC(uint8_t) buffer;

struct generator {
	struct options opt;
	uint64_t random;
	uint64_t n_locations;
	uint32_t *callee;   /* CALLEES_MAX for each location id */
	uint8_t *n_callees; /* of each location id */
	struct arena arena;
	struct strtab strings;
	buffer top; /* what is to be written next */
	gzFile file;
};

static void check(bool ok, const char *what)
{
	if (ok)
		return;
	(void)fprintf(stderr, "genprofile: %s\n", what);
	exit(1);
}

/* splitmix64 */
static uint64_t random_u64(struct generator *g)
{
	uint64_t x = g->random += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/* 0 .. n-1 */
static uint64_t random_below(struct generator *g, uint64_t n)
{
	__extension__ typedef unsigned __int128 u128;

	return (uint64_t)((u128)random_u64(g) * n >> 64);
}

static void put_varint(buffer *b, uint64_t v)
{
	check(vec_reserve(b, 10), "out of memory");
	for (; v >= 0x80; v >>= 7)
		b->at[b->n++] = (uint8_t)(v | 0x80);
	b->at[b->n++] = (uint8_t)v;
}

static void put_bytes(buffer *b, unsigned field, const void *p, size_t n)
{
	put_varint(b, field << 3 | 2);
	put_varint(b, n);
	check(vec_reserve(b, n), "out of memory");
	if (n)
		memcpy(b->at + b->n, p, n);
	b->n += n;
}

static void put_u64(buffer *b, unsigned field, uint64_t v)
{
	if (!v)
		return;
	put_varint(b, field << 3);
	put_varint(b, v);
}

static void put_packed(buffer *b, unsigned field, const uint64_t *v, size_t n)
{
	static buffer scratch = VEC_INIT;

	scratch.n = 0;
	for (size_t i = 0; i < n; i++)
		put_varint(&scratch, v[i]);
	put_bytes(b, field, scratch.at, scratch.n);
}

/* Appends a message that was built apart, and empties it. */
static void put_message(buffer *b, unsigned field, buffer *message)
{
	put_bytes(b, field, message->at, message->n);
	message->n = 0;
}

static void flush(struct generator *g)
{
	if (g->top.n)
		check(gzwrite(g->file, g->top.at, (unsigned)g->top.n) == (int)g->top.n,
		      "cannot write");
	g->top.n = 0;
}

static void flush_when_large(struct generator *g)
{
	if (g->top.n > FLUSH_BYTES)
		flush(g);
}

static uint64_t intern(struct generator *g, const char *text)
{
	str_id id = strtab_add(&g->strings, &g->arena, str_from(text));

	check(id != STR_ID_NONE, "out of memory");
	return id;
}

static void put_value_type(struct generator *g, unsigned field, const char *type, const char *unit)
{
	buffer m = VEC_INIT;

	put_u64(&m, 1, intern(g, type));
	put_u64(&m, 2, intern(g, unit));
	put_message(&g->top, field, &m);
	vec_release(&m);
}

static void put_sample_types(struct generator *g)
{
	if (g->opt.is_heap) {
		put_value_type(g, 1, "alloc_objects", "count");
		put_value_type(g, 1, "alloc_space", "bytes");
		put_value_type(g, 1, "inuse_objects", "count");
		put_value_type(g, 1, "inuse_space", "bytes");
	} else {
		put_value_type(g, 1, "samples", "count");
		put_value_type(g, 1, "cpu", "nanoseconds");
	}
}

/* Who calls whom: one to four callees for each location. */
static void make_callees(struct generator *g)
{
	g->callee = ARENA_ARRAY(&g->arena, uint32_t, (g->n_locations + 1) * CALLEES_MAX);
	g->n_callees = ARENA_ZERO(&g->arena, uint8_t, g->n_locations + 1);
	check(g->callee && g->n_callees, "out of memory");
	for (uint64_t i = 1; i <= g->n_locations; i++) {
		g->n_callees[i] = (uint8_t)(1 + random_below(g, CALLEES_MAX));
		for (unsigned k = 0; k < g->n_callees[i]; k++)
			g->callee[i * CALLEES_MAX + k] =
				(uint32_t)(1 + random_below(g, g->n_locations));
	}
}

/* The next location of a walk: mostly the first callee, now and then anywhere. */
static uint64_t step(struct generator *g, uint64_t at)
{
	uint64_t roll = random_below(g, 10), k = 0;

	if (roll > 6 && g->n_callees[at] > 1)
		k = 1 + random_below(g, (uint64_t)g->n_callees[at] - 1);
	at = g->callee[at * CALLEES_MAX + k];
	return random_below(g, 50) ? at : 1 + random_below(g, g->n_locations);
}

/* A walk from one of eight roots, written leaf first; stack has room for twice the depth. */
static size_t walk(struct generator *g, uint64_t *stack)
{
	size_t n = g->opt.depth / 2 + random_below(g, g->opt.depth);
	uint64_t at = 1 + random_below(g, 8);

	for (size_t i = n; i-- > 0; at = step(g, at))
		stack[i] = at;
	return n;
}

static void put_label(buffer *sample, uint64_t key, unsigned field, uint64_t value)
{
	static buffer label = VEC_INIT;

	put_u64(&label, 1, key);
	put_u64(&label, field, value);
	put_message(sample, 3, &label);
}

static void put_values(struct generator *g, buffer *sample, uint64_t key_bytes)
{
	uint64_t n = 1 + random_below(g, 5), size;

	if (!g->opt.is_heap) {
		put_packed(sample, 2, (const uint64_t[]){ n, n * 10000000 }, 2);
		return;
	}
	size = (uint64_t)16 << random_below(g, 12);
	put_packed(sample, 2, (const uint64_t[]){ n * 10, n * 10 * size, n, n * size }, 4);
	put_label(sample, key_bytes, 3, size);
}

static void put_samples(struct generator *g)
{
	uint64_t *stack = ARENA_ARRAY(&g->arena, uint64_t, g->opt.depth * 2);
	uint64_t *trace = ARENA_ARRAY(&g->arena, uint64_t, g->opt.labels);
	uint64_t key_trace = intern(g, "trace_id"), key_end = intern(g, "endpoint"), key_bytes;
	uint64_t endpoint[ENDPOINTS];
	char text[TEXT_BYTES];
	buffer sample = VEC_INIT;

	check(stack && trace, "out of memory");
	for (unsigned i = 0; i < ENDPOINTS; i++) {
		(void)snprintf(text, sizeof(text), "/api/v1/resource%02u", i);
		endpoint[i] = intern(g, text);
	}
	for (uint64_t i = 0; i < g->opt.labels; i++) {
		uint64_t high = random_u64(g), low = random_u64(g);

		(void)snprintf(text, sizeof(text), "%016" PRIx64 "%016" PRIx64, high, low);
		trace[i] = intern(g, text);
	}
	key_bytes = intern(g, "bytes");
	for (uint64_t i = 0; i < g->opt.samples; i++) {
		put_packed(&sample, 1, stack, walk(g, stack));
		put_values(g, &sample, key_bytes);
		if (g->opt.labels) {
			put_label(&sample, key_trace, 2, trace[random_below(g, g->opt.labels)]);
			put_label(&sample, key_end, 2, endpoint[random_below(g, ENDPOINTS)]);
		}
		put_message(&g->top, 2, &sample);
		flush_when_large(g);
	}
	vec_release(&sample);
}

static void put_mapping(struct generator *g)
{
	buffer m = VEC_INIT;

	put_u64(&m, 1, 1);
	put_u64(&m, 2, 0x400000);
	put_u64(&m, 3, 0x4000000);
	put_u64(&m, 5, intern(g, "/usr/local/bin/shop"));
	put_u64(&m, 6, intern(g, "5a1f0c3e9b"));
	put_u64(&m, 7, 1);
	put_u64(&m, 8, 1);
	put_u64(&m, 9, 1);
	put_message(&g->top, 3, &m);
	vec_release(&m);
}

static void put_line(buffer *location, buffer *line, uint64_t function_id, uint64_t number)
{
	put_u64(line, 1, function_id);
	put_u64(line, 2, number);
	put_message(location, 4, line);
}

static void put_locations(struct generator *g)
{
	buffer m = VEC_INIT, line = VEC_INIT;

	for (uint64_t i = 1; i <= g->n_locations; i++) {
		put_u64(&m, 1, i);
		put_u64(&m, 2, 1);
		put_u64(&m, 3, 0x400000 + i * 16);
		put_line(&m, &line, (i - 1) % g->opt.funcs + 1, 10 + i % 900);
		if (i % 7 == 0)
			put_line(&m, &line, i * 31 % g->opt.funcs + 1, 5 + i % 500);
		put_message(&g->top, 4, &m);
		flush_when_large(g);
	}
	vec_release(&line);
	vec_release(&m);
}

static void name_function(char *text, uint64_t i, const char *package)
{
	if (i % 11 == 0)
		(void)snprintf(text, TEXT_BYTES, "%s.Func%" PRIu64 ".func%" PRIu64, package, i,
			       i % 5 + 1);
	else if (i % 3 == 0)
		(void)snprintf(text, TEXT_BYTES, "%s.Func%" PRIu64, package, i);
	else
		(void)snprintf(text, TEXT_BYTES, "%s.(*Type%" PRIu64 ").Method%" PRIu64, package,
			       i % 97, i);
}

static void put_functions(struct generator *g)
{
	buffer m = VEC_INIT;
	char text[TEXT_BYTES];

	for (uint64_t i = 1; i <= g->opt.funcs; i++) {
		const char *package = packages[i % (sizeof(packages) / sizeof(packages[0]))];
		uint64_t name;

		name_function(text, i, package);
		name = intern(g, text);
		(void)snprintf(text, sizeof(text), "/src/%s/file%" PRIu64 ".go", package, i % 400);
		put_u64(&m, 1, i);
		put_u64(&m, 2, name);
		put_u64(&m, 3, name);
		put_u64(&m, 4, intern(g, text));
		put_u64(&m, 5, 1 + i % 800);
		put_message(&g->top, 5, &m);
		flush_when_large(g);
	}
	vec_release(&m);
}

/* The string table, and the fields behind it; their strings are interned before. */
static void put_rest(struct generator *g)
{
	const char *type = g->opt.is_heap ? "space" : "cpu";
	const char *unit = g->opt.is_heap ? "bytes" : "nanoseconds";

	(void)intern(g, type);
	(void)intern(g, unit);
	for (uint32_t i = 0; i < strtab_count(&g->strings); i++) {
		struct str s = strtab_get(&g->strings, i);

		put_bytes(&g->top, 6, s.ptr, s.len);
		flush_when_large(g);
	}
	put_u64(&g->top, 9, 1765000000000000000u);
	put_u64(&g->top, 10, 30000000000u);
	put_value_type(g, 11, type, unit);
	put_u64(&g->top, 12, 10000000);
	flush(g);
}

static void generate(const struct options *opt)
{
	struct generator g = { .opt = *opt, .random = opt->seed };

	g.n_locations = opt->funcs * LOCATIONS_PER_FUNCTION;
	check(strtab_init(&g.strings), "out of memory");
	g.file = gzopen(opt->out, opt->is_raw ? "wbT" : "wb1");
	check(g.file != NULL, "cannot open the output");
	(void)gzbuffer(g.file, FLUSH_BYTES);
	put_sample_types(&g);
	make_callees(&g);
	put_samples(&g);
	put_mapping(&g);
	put_locations(&g);
	put_functions(&g);
	put_rest(&g);
	check(gzclose(g.file) == Z_OK, "cannot write");
	vec_release(&g.top);
	strtab_release(&g.strings);
	arena_release(&g.arena);
}

static uint64_t number(const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);

	check(*text && !*end && n < UINT32_MAX / 16, "a number is expected, and not a huge one");
	return n;
}

/* -name VALUE or --name VALUE */
static void parse(struct options *opt, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *name = argv[i] + strspn(argv[i], "-");
		const char *value = i + 1 < argc ? argv[i + 1] : "";

		if (!strcmp(name, "nogzip")) {
			opt->is_raw = true;
			continue;
		}
		if (!strcmp(name, "samples"))
			opt->samples = number(value);
		else if (!strcmp(name, "funcs"))
			opt->funcs = number(value);
		else if (!strcmp(name, "depth"))
			opt->depth = number(value);
		else if (!strcmp(name, "labels"))
			opt->labels = number(value);
		else if (!strcmp(name, "seed"))
			opt->seed = number(value);
		else if (!strcmp(name, "kind"))
			opt->is_heap = strcmp(value, "cpu") != 0;
		else if (!strcmp(name, "o"))
			opt->out = value;
		else
			check(false, "unknown option; see the head of bench/genprofile.c");
		i++;
	}
	check(opt->funcs > 2 && opt->depth > 0, "-funcs above 2 and -depth above 0, please");
}

int main(int argc, char **argv)
{
	struct options opt = {
		.samples = 100000,
		.funcs = 20000,
		.depth = 40,
		.seed = 1,
		.out = "big.pb.gz",
	};

	parse(&opt, argc, argv);
	generate(&opt);
	return 0;
}
