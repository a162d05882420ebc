/*
 * Unit tests of graph/edge_table.h.
 */
#include "config.h"

#include "graph/edge_table.h"

#include "tests/test.h"

static const int64_t weight[] = { 1, 10, 100 }, div_of[] = { 2, 20, 200 };

static struct graph_edge *written(const struct edge_table *t, struct arena *arena)
{
	struct graph_edge *edge = ARENA_ARRAY(arena, struct graph_edge, t->n);

	assert_non_null(edge);
	edge_table_write(t, edge);
	return edge;
}

static void a_call_counts_once_for_each_stack(void **state)
{
	static const struct edge_call call[] = {
		{ .from = 1, .to = 2, .stack = 0 },
		{ .from = 1, .to = 2, .stack = 0 },
		{ .from = 1, .to = 2, .stack = 2 },
	};
	struct arena arena = ARENA_INIT;
	struct edge_table t;
	const struct graph_edge *e;

	(void)state;
	edge_table_init(&t);
	assert_true(edge_table_count(&t, call, 3, weight, div_of));
	assert_int_equal(t.n, 1);
	e = written(&t, &arena);
	assert_int_equal(e[0].weight, 101);
	assert_int_equal(e[0].weight_div, 202);
	edge_table_release(&t);
	arena_release(&arena);
}

static void an_edge_is_inline_when_all_its_calls_are_and_residual_when_one_is(void **state)
{
	static const struct edge_call call[] = {
		{ .from = 1, .to = 2, .stack = 0, .flags = EDGE_CALL_INLINE },
		{ .from = 1, .to = 3, .stack = 0, .flags = EDGE_CALL_INLINE },
		{ .from = 1, .to = 2, .stack = 1, .flags = EDGE_CALL_RESIDUAL },
		{ .from = 1, .to = 3, .stack = 1, .flags = EDGE_CALL_INLINE },
	};
	struct arena arena = ARENA_INIT;
	struct edge_table t;
	const struct graph_edge *e;

	(void)state;
	edge_table_init(&t);
	assert_true(edge_table_count(&t, call, 4, weight, NULL));
	e = written(&t, &arena);
	assert_false(e[0].is_inline);
	assert_true(e[0].is_residual);
	assert_true(e[1].is_inline);
	assert_false(e[1].is_residual);
	assert_int_equal(e[1].weight_div, 0);
	edge_table_release(&t);
	arena_release(&arena);
}

/* Far more than a table has slots at first. */
enum { MANY = 20000 };

static void many_edges_keep_their_sums_and_the_order_in_which_they_came(void **state)
{
	struct arena arena = ARENA_INIT;
	struct edge_table t;
	const struct graph_edge *e;

	(void)state;
	edge_table_init(&t);
	for (uint32_t stack = 0; stack < 2; stack++)
		for (uint32_t i = 0; i < MANY; i++) {
			struct edge_call call = { .from = i * 7 % MANY, .to = i, .stack = stack };

			assert_true(edge_table_count(&t, &call, 1, weight, NULL));
		}
	assert_int_equal(t.n, MANY);
	e = written(&t, &arena);
	for (uint32_t i = 0; i < MANY; i++) {
		assert_int_equal(e[i].from_row, i * 7 % MANY);
		assert_int_equal(e[i].to_row, i);
		assert_int_equal(e[i].weight, 11);
	}
	edge_table_release(&t);
	arena_release(&arena);
}

static void merging_is_as_if_one_table_had_counted_all(void **state)
{
	static const struct edge_call early[] = { { .from = 1, .to = 2, .stack = 0, .flags = EDGE_CALL_INLINE } };
	static const struct edge_call late[] = {
		{ .from = 9, .to = 8, .stack = 1 },
		{ .from = 1, .to = 2, .stack = 1, .flags = EDGE_CALL_INLINE | EDGE_CALL_RESIDUAL },
		{ .from = 1, .to = 2, .stack = 2 },
		{ .from = 4, .to = 5, .stack = 2 },
	};
	struct arena arena = ARENA_INIT;
	struct edge_table first, second;
	const struct graph_edge *e;

	(void)state;
	edge_table_init(&first);
	edge_table_init(&second);
	assert_true(edge_table_count(&first, early, 1, weight, NULL));
	assert_true(edge_table_count(&second, late, 4, weight, NULL));
	assert_true(edge_table_merge(&first, &second, NULL));
	assert_int_equal(first.n, 3);
	e = written(&first, &arena);
	assert_int_equal(e[0].weight, 111);
	assert_false(e[0].is_inline);
	assert_true(e[0].is_residual);
	assert_int_equal(e[1].from_row, 9);
	assert_int_equal(e[1].weight, 10);
	assert_int_equal(e[2].from_row, 4);
	assert_int_equal(e[2].weight, 100);
	edge_table_release(&first);
	edge_table_release(&second);
	arena_release(&arena);
}

enum { NODES = 40, SHARES = 3, CALLS = 2000 };

/* The calls of one share of stacks, some of them inline and few of them heavy; the same each time. */
static void count_share(struct edge_table *t, uint32_t share, const int64_t *heavy)
{
	uint32_t x = share + 1;

	for (uint32_t i = 0; i < CALLS; i++) {
		struct edge_call call;

		x = x * 1664525 + 1013904223;
		call = (struct edge_call){ .from = (x >> 8) % (NODES - share * 8), .to = (x >> 16) % NODES, .stack = share * CALLS + i,
					   .flags = x >> 30 ? EDGE_CALL_INLINE : 0 };
		assert_true(edge_table_count(t, &call, 1, heavy, NULL));
	}
}

static void what_shares_have_in_common_counts_once(void **state)
{
	static struct graph_node merged[NODES], moved[NODES];
	static int64_t heavy[SHARES * CALLS];
	struct graph g = { .node = merged }, h = { .node = moved };
	struct edge_table all[SHARES], part[SHARES];
	uint32_t n_in = 0;

	(void)state;
	for (size_t i = 0; i < SHARES * CALLS; i++)
		heavy[i] = i % 5 ? 1 : 10;
	for (uint32_t i = 0; i < SHARES; i++) {
		edge_table_init(&all[i]);
		edge_table_init(&part[i]);
		count_share(&all[i], i, heavy);
		count_share(&part[i], i, heavy);
		if (i)
			assert_true(edge_table_merge(&all[0], &all[i], NULL));
		for (uint32_t k = 0; k < i; k++)
			assert_true(edge_table_move_common(&part[k], &part[i], NULL));
	}
	edge_table_count_inlining(&all[0], 15, &g);
	for (uint32_t i = 0; i < SHARES; i++)
		edge_table_count_inlining(&part[i], 15, &h);
	for (uint32_t i = 0; i < NODES; i++) {
		assert_int_equal(merged[i].n_in, moved[i].n_in);
		assert_int_equal(merged[i].n_inline_in, moved[i].n_inline_in);
		n_in += merged[i].n_in;
	}
	assert_in_range(n_in, NODES, NODES * NODES - 1);
	for (uint32_t i = 0; i < SHARES; i++) {
		edge_table_release(&all[i]);
		edge_table_release(&part[i]);
	}
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_call_counts_once_for_each_stack),
		TEST(an_edge_is_inline_when_all_its_calls_are_and_residual_when_one_is),
		TEST(many_edges_keep_their_sums_and_the_order_in_which_they_came),
		TEST(what_shares_have_in_common_counts_once),
		TEST(merging_is_as_if_one_table_had_counted_all),
	};

	return TEST_RUN(tests, argc, argv);
}
