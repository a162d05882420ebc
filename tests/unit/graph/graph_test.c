/*
 * Unit tests of graph/: nodes, edges, trimming, order.
 */
#include "config.h"

#include "graph/graph.h"
#include "profile/builder.h"
#include "profile/transform.h"

#include "tests/test.h"

/*
 * A sample: its stack from root to leaf, a letter a function, letters in parentheses inlined into the one
 * before them; its value, and its count for the mean.
 */
struct row {
	const char *stack;
	int64_t value, count;
};

struct maker {
	struct profile_builder b;
	uint32_t function[128]; /* by letter */
	uint32_t location[64];
	char text[64][16]; /* of each location */
	size_t n_location;
};

static uint32_t function_of(struct maker *m, char letter)
{
	uint32_t *row = &m->function[(unsigned char)letter];

	if (*row == ROW_NONE) {
		str_id name = profile_builder_str(&m->b, (struct str){ &letter, 1 });

		*row = profile_builder_function(&m->b, (uint64_t)letter, name, name, 0, 0);
	}
	return *row;
}

/* "a(bc)": a with b inlined into it and c into b; lines go innermost first. */
static uint32_t location_of(struct maker *m, const char *text, size_t len)
{
	uint32_t row;

	for (size_t i = 0; i < m->n_location; i++)
		if (strlen(m->text[i]) == len && memcmp(m->text[i], text, len) == 0)
			return m->location[i];
	memcpy(m->text[m->n_location], text, len);
	row = profile_builder_location(&m->b, m->n_location + 1, ROW_NONE, 0, false);
	m->location[m->n_location++] = row;
	for (size_t i = len; i-- > 0;)
		if (text[i] != '(' && text[i] != ')')
			assert_true(profile_builder_line(&m->b, function_of(m, text[i]), 0, 0));
	return row;
}

static void add_sample(struct maker *m, const struct row *r)
{
	uint32_t stack[16], *room;
	int64_t value[2] = { r->count, r->value };
	size_t n = 0;

	for (const char *at = r->stack; *at;) {
		size_t len = at[1] == '(' ? strcspn(at, ")") + 1 : 1;

		stack[n++] = location_of(m, at, len);
		at += len;
	}
	room = profile_builder_stack_room(&m->b, n);
	assert_non_null(room);
	for (size_t i = 0; i < n; i++)
		room[i] = stack[n - 1 - i];
	assert_true(profile_builder_sample(&m->b, profile_builder_stack(&m->b, n), 0, value));
}

static struct profile *make(struct test *t, const struct row *row, size_t n)
{
	static const struct value_type types[2] = { { 0, 0 }, { 0, 0 } };
	struct maker m = { .n_location = 0 };

	memset(m.function, 0xff, sizeof(m.function));
	assert_true(profile_builder_init(&m.b, &t->err));
	assert_true(profile_builder_sample_types(&m.b, types, 2));
	for (size_t i = 0; i < n; i++)
		add_sample(&m, &row[i]);
	return profile_builder_seal(&m.b, &t->err);
}

#define MAKE(t, rows) make((t), (rows), sizeof(rows) / sizeof((rows)[0]))

static struct graph *build(struct test *t, const struct profile *p, struct graph_options opt)
{
	struct graph *g;

	opt.value_index = 1;
	g = graph_build(p, &opt, &t->err);
	assert_non_null(g);
	return g;
}

/* The graph as text: "a 5/10 >b 5 ..." for each node in order: flat/cum, then edges out. */
static struct str shown(struct test *t, const struct graph *g)
{
	struct str all = STR_EMPTY;

	for (uint32_t i = 0; i < g->n_list; i++) {
		const struct graph_node *n = &g->node[g->list[i]];

		all = arena_fmt(&t->arena, "%.*s%s%.*s %lld/%lld", STR_FMT(all), i ? ", " : "",
				STR_FMT(graph_name(g, g->list[i])), (long long)graph_flat(n), (long long)graph_cum(n));
		for (uint32_t k = 0; k < n->n_out; k++) {
			const struct graph_edge *e = graph_out(g, g->list[i], k);

			all = arena_fmt(&t->arena, "%.*s %s%s%.*s %lld", STR_FMT(all), e->is_residual ? "..." : ">",
					e->is_inline ? "=" : "", STR_FMT(graph_name(g, e->to_row)), (long long)e->weight);
		}
	}
	return all;
}

/* Builds and compares; releases both. */
static void expect(struct test *t, struct profile *p, struct graph_options opt, const char *text)
{
	struct graph *g = build(t, p, opt);

	assert_str(shown(t, g), text);
	graph_free(g);
	profile_free(p);
}

static void flat_is_of_the_leaf_and_cum_of_all_on_the_stack(void **state)
{
	static const struct row rows[] = { { "ab", 5, 1 }, { "a", 3, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "b 5/5, a 3/8 >b 5");
}

static bool is_a_or_d(const void *ctx, const struct graph *g, const struct node_info *info)
{
	struct str name = graph_text(g, info->name);

	(void)ctx;
	return str_eq(name, STR("a")) || str_eq(name, STR("d"));
}

/* Alone, inlined, as leaf: as if they were cut, but for their own sums. */
static void frames_that_are_not_wanted_are_of_no_node(void **state)
{
	static const struct row rows[] = { { "bac", 1, 1 }, { "ba", 20, 1 }, { "b(ac)d", 300, 1 }, { "c", 4000, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .wants = is_a_or_d },
	       "d 300/300, a 20/321 ...d 300");
}

static void the_order_of_creation_can_stay(void **state)
{
	static const struct row rows[] = { { "ab", 5, 1 }, { "ac", 9, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .flags = GRAPH_UNORDERED | GRAPH_NO_EDGES },
	       "a 0/14, b 5/5, c 9/9");
}

static void a_recursion_counts_once(void **state)
{
	static const struct row rows[] = { { "abab", 5, 1 }, { "aaa", 2, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "b 5/5 >a 5, a 2/7 >b 5");
}

static void equal_values_go_by_name(void **state)
{
	static const struct row rows[] = { { "c", 5, 1 }, { "b", 5, 1 }, { "a", 5, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "a 5/5, b 5/5, c 5/5");
}

static void negative_values_go_by_their_size(void **state)
{
	static const struct row rows[] = { { "a", 5, 1 }, { "b", -7, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "b -7/-7, a 5/5");
}

static void negative_nodes_can_be_dropped(void **state)
{
	static const struct row rows[] = { { "a", 5, 1 }, { "b", -7, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .flags = GRAPH_DROP_NEGATIVE }, "a 5/5");
}

static void an_edge_to_a_node_that_nets_to_zero_stays(void **state)
{
	static const struct row rows[] = { { "ab", 5, 1 }, { "ab", -5, 1 }, { "a", 1, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "a 1/1 >b 0");
}

static void frames_inlined_into_another_have_inline_edges(void **state)
{
	static const struct row rows[] = { { "a(bc)", 5, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "c 5/5, a 0/5 >=b 5, b 0/5 >=c 5");
}

static void one_call_that_is_not_inlined_makes_the_edge_plain(void **state)
{
	static const struct row rows[] = { { "a(b)", 5, 1 }, { "ab", 2, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 }, "b 7/7, a 0/7 >b 7");
}

static void light_nodes_leave_a_residual_edge(void **state)
{
	static const struct row rows[] = { { "axb", 1, 1 }, { "ab", 9, 1 }, { "ac", 90, 1 } };
	struct graph_options opt = { .nodefraction = 0.05 };
	struct test *t = *state;
	struct profile *p = MAKE(t, rows);
	struct graph *g = build(t, p, opt);

	assert_str(shown(t, g), "c 90/90, b 10/10, a 0/100 >c 90 ...b 10");
	assert_int_equal(g->n_dropped_node, 1);
	assert_int_equal(g->n_before_top, 3);
	graph_free(g);
	profile_free(p);
}

static void the_value_of_a_leaf_that_is_cut_is_lost(void **state)
{
	static const struct row rows[] = { { "ax", 1, 1 }, { "a", 99, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .nodefraction = 0.05 }, "a 99/100");
}

static void a_node_at_the_cutoff_stays(void **state)
{
	static const struct row rows[] = { { "x", 5, 1 }, { "a", 95, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .nodefraction = 0.05 }, "a 95/95, x 5/5");
}

static void the_first_nodes_of_the_order_remain(void **state)
{
	static const struct row rows[] = { { "ab", 5, 1 }, { "ac", 3, 1 }, { "ad", 1, 1 } };
	struct test *t = *state;
	struct profile *p = MAKE(t, rows);
	struct graph *g = build(t, p, (struct graph_options){ .nodecount = 2, .flags = GRAPH_BY_CUM });

	assert_str(shown(t, g), "a 0/9 >b 5, b 5/5");
	assert_int_equal(g->n_before_top, 4);
	graph_free(g);
	profile_free(p);
}

static void light_edges_are_dropped(void **state)
{
	static const struct row rows[] = { { "ab", 1, 1 }, { "b", 50, 1 }, { "a", 49, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .edgefraction = 0.05 }, "b 51/51, a 49/50");
}

static void means_divide_what_is_shown_and_not_what_is_compared(void **state)
{
	static const struct row rows[] = { { "a", 100, 50 }, { "b", 60, 2 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .is_mean = true }, "a 2/2, b 30/30");
}

static void a_call_tree_has_a_node_for_each_path(void **state)
{
	static const struct row rows[] = { { "ac", 5, 1 }, { "bc", 3, 1 }, { "ac", 1, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .flags = GRAPH_CALL_TREE },
	       "c 6/6, c 3/3, a 0/6 >c 6, b 0/3 >c 3");
}

static void cutting_a_call_tree_hangs_children_on_the_next_ancestor(void **state)
{
	/* b and d are light in flat order: with three nodes a, c and e remain */
	static const struct row rows[] = { { "abc", 50, 1 }, { "ade", 40, 1 }, { "a", 30, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .flags = GRAPH_CALL_TREE, .nodecount = 3 },
	       "c 50/50, e 40/40, a 30/120 ...c 50 ...e 40");
}

/* The edge into x is light: what x scores in the end is without it, three times its value. */
static void dropped_edges_stay_dropped_when_a_call_tree_is_cut(void **state)
{
	static const struct row rows[] = { { "rx", 9, 1 }, { "ry", 10, 1 }, { "rz", 1, 1 } };
	static const struct graph_options opt = { .flags = GRAPH_CALL_TREE | GRAPH_DRAWING, .nodecount = 3,
						  .edgefraction = 0.5 };

	expect(*state, MAKE(*state, rows), opt, "x 9/9, r 0/20 >y 10, y 10/10");
}

/* The reference compares its size, which is negative, with 0. */
static void a_node_of_the_least_value_is_not_among_the_first(void **state)
{
	static const struct row rows[] = { { "ab", INT64_MIN, 1 }, { "c", 5, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .nodecount = 10 }, "c 5/5");
}

static void a_drawing_leaves_out_residual_edges_that_others_explain(void **state)
{
	/* a -> b -> c is there, and so a ... c (through the light x) says nothing new */
	static const struct row rows[] = { { "abc", 60, 1 }, { "axc", 1, 1 }, { "ab", 20, 1 } };
	struct test *t = *state;
	struct profile *p = MAKE(t, rows);
	struct graph *g = build(t, p, (struct graph_options){ .flags = GRAPH_DRAWING, .nodefraction = 0.05 });

	for (uint32_t i = 0; i < g->n_list; i++)
		for (uint32_t k = 0; k < g->node[g->list[i]].n_out; k++)
			assert_false(graph_out(g, g->list[i], k)->is_residual);
	graph_free(g);
	profile_free(p);
}

/* spec/reports.md 4.1: the score is not a number, and what becomes of it sorts first. */
static void a_node_with_an_edge_of_zero_comes_first_in_a_drawing(void **state)
{
	static const struct row rows[] = { { "ab", 5, 1 }, { "ab", -5, 1 }, { "a", 1, 1 }, { "c", 10, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ .flags = GRAPH_DRAWING }, "a 1/1 >b 0, c 10/10");
}

/* Of equal size are +5, -5 and +5; in the order of the input b comes last, and by its name it is before d. */
static void edges_of_one_size_go_by_name_whatever_their_sign(void **state)
{
	static const struct row rows[] = { { "ad", 5, 1 }, { "ac", -5, 1 }, { "ab", 5, 1 } };

	expect(*state, MAKE(*state, rows), (struct graph_options){ 0 },
	       "b 5/5, c -5/-5, d 5/5, a 0/5 >b 5 >c -5 >d 5");
}

static void only_inlining_counts_the_same_edges_without_lists(void **state)
{
	static const struct row rows[] = { { "a(b)", 5, 1 }, { "cb", 2, 1 }, { "a(d)", 1, 1 } };
	struct test *t = *state;
	struct profile *p = MAKE(t, rows);
	struct graph *full = build(t, p, (struct graph_options){ 0 });
	struct graph *lean = build(t, p, (struct graph_options){ .flags = GRAPH_ONLY_INLINING });

	assert_int_equal(full->n_list, lean->n_list);
	for (uint32_t i = 0; i < full->n_list; i++) {
		const struct graph_node *x = &full->node[full->list[i]], *y = &lean->node[lean->list[i]];

		assert_int_equal(x->n_inline_in, y->n_inline_in);
		assert_true(x->n_inline_in == 0 || x->n_in == y->n_in);
	}
	graph_free(full);
	graph_free(lean);
	profile_free(p);
}

/* Light nodes and edges go, locations have up to four frames, functions recur: the marks are those of all edges. */
static void inlining_is_the_same_without_the_other_edges(void **state)
{
	static const char *const place[] = { "a", "b", "c", "d", "a(e)", "b(c)", "c(fa)", "d(d)", "e(gbc)", "h(c)" };
	enum { PLACES = sizeof(place) / sizeof(place[0]), ROWS = 60, DEPTH = 7 };
	static char stack[ROWS][DEPTH * 8];
	struct row row[ROWS];
	struct test *t = *state;
	uint32_t x = 1, n_marked = 0;

	for (int i = 0; i < ROWS; i++) {
		stack[i][0] = '\0';
		for (int k = 0; k < 1 + i % DEPTH; k++, x = x * 1664525 + 1013904223)
			strcat(stack[i], place[(x >> 16) % PLACES]);
		row[i] = (struct row){ stack[i], i % 11 == 0 ? -3 : 1 + i % 5, 1 };
	}
	for (int cut = 0; cut < 8; cut++) {
		struct graph_options opt = { .nodefraction = 0.1 * cut, .edgefraction = 0.02 * cut };
		struct profile *p = make(t, row, ROWS);
		struct graph *full = build(t, p, opt), *lean;

		opt.flags = GRAPH_ONLY_INLINING;
		lean = build(t, p, opt);
		assert_int_equal(full->n_list, lean->n_list);
		for (uint32_t i = 0; i < full->n_list; i++) {
			const struct graph_node *a = &full->node[full->list[i]], *b = &lean->node[lean->list[i]];

			assert_int_equal(a->n_inline_in, b->n_inline_in);
			assert_true(a->n_inline_in == 0 || a->n_in == b->n_in);
			n_marked += b->n_inline_in > 0;
		}
		graph_free(full);
		graph_free(lean);
		profile_free(p);
	}
	assert_true(n_marked > 10);
}

static void expect_edges(const struct graph *full, const struct graph_edge *const *want, uint32_t n_want,
			 const struct graph *lean, const struct graph_edge *edge, uint32_t n)
{
	assert_int_equal(n, n_want);
	for (uint32_t i = 0; i < n; i++) {
		assert_str(graph_name(lean, edge[i].from_row), graph_name(full, want[i]->from_row).ptr);
		assert_str(graph_name(lean, edge[i].to_row), graph_name(full, want[i]->to_row).ptr);
		assert_int_equal(edge[i].weight, want[i]->weight);
		assert_int_equal(edge[i].weight_div, want[i]->weight_div);
		assert_int_equal(edge[i].is_inline, want[i]->is_inline);
	}
}

/* The edges at each node alone are those of the graph with all edges. */
static void expect_around(struct test *t, const struct profile *p, bool is_mean)
{
	struct graph *full = build(t, p, (struct graph_options){ .is_mean = is_mean });
	struct graph *lean = build(t, p, (struct graph_options){
						 .is_mean = is_mean, .flags = GRAPH_NO_EDGES | GRAPH_KEEP_STACKS });

	assert_int_equal(lean->n_edge, 0);
	for (uint32_t i = 0; i < full->n_list; i++) {
		uint32_t row = full->list[i];
		const struct graph_node *n = &full->node[row];
		const struct graph_edge *want[64];
		struct graph_around around;

		assert_true(graph_around(lean, row, &t->arena, &around, &t->err));
		for (uint32_t k = 0; k < n->n_in; k++)
			want[k] = graph_in(full, row, k);
		expect_edges(full, want, n->n_in, lean, around.in, around.n_in);
		for (uint32_t k = 0; k < n->n_out; k++)
			want[k] = graph_out(full, row, k);
		expect_edges(full, want, n->n_out, lean, around.out, around.n_out);
	}
	graph_free(full);
	graph_free(lean);
}

static void the_edges_at_one_node_are_those_of_the_whole_graph(void **state)
{
	static const struct row rows[] = {
		{ "abab", 5, 1 },  { "aaa", 2, 1 }, { "a(bc)", 3, 1 }, { "cab", -4, 2 }, { "dab", 5, 3 },
		{ "cb(a)", 7, 1 }, { "bca", 1, 1 }, { "db", 0, 0 },    { "c", 9, 1 },	 { "eab", 5, 1 },
	};
	struct profile *p = MAKE(*state, rows);

	expect_around(*state, p, true);
	profile_free(p);
}

/* 40,000 stacks are cut into shares; the sums must be those of one share, and the edges at a node those of all. */
static void many_stacks_give_the_sums_of_few(void **state)
{
	enum { N = 40000, DEPTH = 6 };
	static const struct value_type types[2] = { { 0, 0 }, { 0, 0 } };
	struct test *t = *state;
	struct maker m = { .n_location = 0 };
	struct profile *p;
	struct graph *g;
	int64_t sum = 0, flat = 0;

	memset(m.function, 0xff, sizeof(m.function));
	assert_true(profile_builder_init(&m.b, &t->err));
	assert_true(profile_builder_sample_types(&m.b, types, 2));
	for (char c = 'a'; c <= 'z'; c++)
		(void)location_of(&m, &c, 1);
	for (uint32_t i = 0; i < N; i++) {
		uint32_t *room = profile_builder_stack_room(&m.b, DEPTH), x = i;
		int64_t value[2] = { 1, (int64_t)i };

		assert_non_null(room);
		for (int k = 0; k < DEPTH; k++, x = x * 7 + 3)
			room[k] = m.location[(x >> 3) % 26];
		sum += value[1];
		assert_true(profile_builder_sample(&m.b, profile_builder_stack(&m.b, DEPTH), 0, value));
	}
	p = profile_builder_seal(&m.b, &t->err);
	g = build(t, p, (struct graph_options){ 0 });
	for (uint32_t i = 0; i < g->n_list; i++)
		flat += g->node[g->list[i]].flat;
	assert_true(flat == sum);
	graph_free(g);
	expect_around(t, p, false);
	profile_free(p);
}

/* The graph of p by what is known, and without. */
static void expect_same(struct test *t, const struct profile *p, struct graph_sums *sums, struct graph_options opt)
{
	struct graph *full = build(t, p, opt), *lean;

	opt.sums = sums;
	lean = build(t, p, opt);
	assert_str(shown(t, lean), shown(t, full).ptr);
	graph_free(full);
	graph_free(lean);
}

static struct profile *filtered(struct test *t, const struct profile *p, const char *focus, const char *ignore,
				const char *hide)
{
	struct profile *derived = profile_derive(p, &t->err);
	const char *const text[3] = { focus, ignore, hide };
	struct regex *re[3] = { NULL, NULL, NULL };
	unsigned matched = 0;

	assert_non_null(derived);
	for (int i = 0; i < 3; i++)
		if (text[i])
			re[i] = regex_compile(str_from(text[i]), &t->err);
	assert_true(profile_filter_names(derived, &(struct name_filter){ re[0], re[1], re[2], NULL }, &matched, &t->err));
	for (int i = 0; i < 3; i++)
		regex_free(re[i]);
	return derived;
}

static void sums_that_are_known_give_the_same_graph(void **state)
{
	static const struct row rows[] = {
		{ "abab", 5, 1 }, { "a(bc)", 3, 1 }, { "cab", -4, 2 }, { "dab", 5, 3 },	     { "cb(a)", 7, 1 },
		{ "b(cde)c", 1, 1 }, { "db", 0, 0 },  { "c", 9, 1 },	{ "eab", 5, 1 }, { "e", -9, 4 },
	};
	static const struct {
		const char *focus, *ignore, *hide;
	} filter[] = { { 0 }, { "a", 0, 0 }, { 0, "d", 0 }, { "e", 0, 0 }, { 0, 0, "b" }, { "c", "a", 0 }, { 0 } };
	struct test *t = *state;
	struct profile *p = MAKE(t, rows);
	struct graph_sums *sums = graph_sums_new(p);

	assert_non_null(sums);
	for (size_t i = 0; i < sizeof(filter) / sizeof(filter[0]); i++) {
		struct profile *d = filtered(t, p, filter[i].focus, filter[i].ignore, filter[i].hide);

		expect_same(t, d, sums, (struct graph_options){ 0 });
		expect_same(t, d, sums, (struct graph_options){ .is_mean = true });
		expect_same(t, d, sums, (struct graph_options){ .flags = GRAPH_ONLY_INLINING, .nodefraction = 0.3 });
		profile_free(d);
	}
	graph_sums_free(sums);
	profile_free(p);
}

/* An entropy of shares of a negative total is no number: such nodes come first, the lighter ones before. */
static void a_drawing_has_nodes_of_negative_totals_in_front(void **state)
{
	static const struct row rows[] = { { "rbz", -10, 1 }, { "rb", -600, 1 }, { "ryz", -10, 1 }, { "ry", -20, 1 } };
	static const char *const order[] = { "y", "b", "r", "z" };
	struct test *t = *state;
	struct profile *p = MAKE(t, rows);
	struct graph *g = build(t, p, (struct graph_options){ .flags = GRAPH_DRAWING });

	assert_int_equal(g->n_list, 4);
	for (uint32_t i = 0; i < 4; i++)
		assert_str(graph_name(g, g->list[i]), order[i]);
	graph_free(g);
	profile_free(p);
}

static void building_ends_when_nobody_waits_for_it(void **state)
{
	static const struct row row[] = { { "ab", 1, 0 }, { "ac", 2, 0 } };
	static const unsigned flags[] = { 0, GRAPH_CALL_TREE, GRAPH_DRAWING, GRAPH_KEEP_STACKS };
	struct cancel cancel = { .is_raised = true };
	struct test *t = *state;
	struct profile *p = make(t, row, 2);

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		struct graph_options opt = { .value_index = 1, .flags = flags[i], .cancel = &cancel };

		assert_null(graph_build(p, &opt, &t->err));
		assert_error(&t->err, ERR_CANCELLED, "interrupted");
	}
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(flat_is_of_the_leaf_and_cum_of_all_on_the_stack),
		TEST(frames_that_are_not_wanted_are_of_no_node),
		TEST(the_order_of_creation_can_stay),
		TEST(a_recursion_counts_once),
		TEST(equal_values_go_by_name),
		TEST(negative_values_go_by_their_size),
		TEST(negative_nodes_can_be_dropped),
		TEST(an_edge_to_a_node_that_nets_to_zero_stays),
		TEST(frames_inlined_into_another_have_inline_edges),
		TEST(one_call_that_is_not_inlined_makes_the_edge_plain),
		TEST(light_nodes_leave_a_residual_edge),
		TEST(the_value_of_a_leaf_that_is_cut_is_lost),
		TEST(a_node_at_the_cutoff_stays),
		TEST(the_first_nodes_of_the_order_remain),
		TEST(light_edges_are_dropped),
		TEST(means_divide_what_is_shown_and_not_what_is_compared),
		TEST(a_call_tree_has_a_node_for_each_path),
		TEST(dropped_edges_stay_dropped_when_a_call_tree_is_cut),
		TEST(a_node_of_the_least_value_is_not_among_the_first),
		TEST(cutting_a_call_tree_hangs_children_on_the_next_ancestor),
		TEST(a_drawing_leaves_out_residual_edges_that_others_explain),
		TEST(a_node_with_an_edge_of_zero_comes_first_in_a_drawing),
		TEST(edges_of_one_size_go_by_name_whatever_their_sign),
		TEST(only_inlining_counts_the_same_edges_without_lists),
		TEST(inlining_is_the_same_without_the_other_edges),
		TEST(the_edges_at_one_node_are_those_of_the_whole_graph),
		TEST(many_stacks_give_the_sums_of_few),
		TEST(sums_that_are_known_give_the_same_graph),
		TEST(a_drawing_has_nodes_of_negative_totals_in_front),
		TEST(building_ends_when_nobody_waits_for_it),
	};

	return TEST_RUN(tests, argc, argv);
}
