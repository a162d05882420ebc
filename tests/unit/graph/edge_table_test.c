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

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_call_counts_once_for_each_stack),
		TEST(an_edge_is_inline_when_all_its_calls_are_and_residual_when_one_is),
		TEST(many_edges_keep_their_sums_and_the_order_in_which_they_came),
		TEST(merging_is_as_if_one_table_had_counted_all),
	};

	return TEST_RUN(tests, argc, argv);
}
