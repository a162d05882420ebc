/*
 * Unit tests of base/vec.h: growable arrays.
 */
#include "config.h"

#include "base/vec.h"

#include "tests/test.h"

static void pushing_keeps_what_was_there(void **state)
{
	VEC(uint32_t) v = VEC_INIT;

	(void)state;
	for (uint32_t i = 0; i < 10000; i++)
		assert_true(vec_push(&v, i * 3));
	assert_int_equal(v.n, 10000);
	for (uint32_t i = 0; i < 10000; i++)
		assert_int_equal(v.at[i], i * 3);
	vec_release(&v);
}

static void reserved_room_is_used_without_moving(void **state)
{
	VEC(uint64_t) v = VEC_INIT;
	uint64_t *at;

	(void)state;
	assert_true(vec_reserve(&v, 500));
	at = v.at;
	for (uint64_t i = 0; i < 500; i++)
		assert_true(vec_push(&v, i));
	assert_ptr_equal(v.at, at);
	vec_release(&v);
}

static void room_that_no_size_can_name_is_refused_and_changes_nothing(void **state)
{
	VEC(uint64_t) v = VEC_INIT;

	(void)state;
	assert_true(vec_push(&v, 7));
	assert_false(vec_reserve(&v, SIZE_MAX));
	assert_false(vec_reserve(&v, SIZE_MAX / 8));
	assert_int_equal(v.n, 1);
	assert_int_equal(v.at[0], 7);
	vec_release(&v);
}

static void releasing_twice_is_harmless(void **state)
{
	VEC(char) v = VEC_INIT;

	(void)state;
	assert_true(vec_push(&v, 'x'));
	vec_release(&v);
	vec_release(&v);
	assert_null(v.at);
	assert_int_equal(v.n, 0);
}

static void the_arena_takes_over_the_items_and_the_vector_is_empty(void **state)
{
	struct test *t = *state;
	VEC(uint32_t) v = VEC_INIT;
	const uint32_t *at;

	for (uint32_t i = 0; i < 100; i++)
		assert_true(vec_push(&v, i));
	at = vec_into_arena(&v, &t->arena);
	assert_non_null(at);
	assert_int_equal(at[99], 99);
	assert_null(v.at);
	assert_int_equal(v.n, 0);
	assert_int_equal(t->arena.used_bytes, 400);
}

static void an_empty_vector_becomes_an_empty_array(void **state)
{
	struct test *t = *state;
	VEC(uint32_t) never = VEC_INIT, once = VEC_INIT;

	assert_true(vec_push(&once, 1));
	once.n = 0;
	assert_non_null(vec_into_arena(&never, &t->arena));
	assert_non_null(vec_into_arena(&once, &t->arena));
	assert_null(once.at);
}

static void an_array_the_arena_refuses_is_gone(void **state)
{
	struct test *t = *state;
	VEC(uint32_t) v = VEC_INIT;

	t->arena.ceiling_bytes = 16;
	for (uint32_t i = 0; i < 100; i++)
		assert_true(vec_push(&v, i));
	assert_null(vec_into_arena(&v, &t->arena));
	assert_null(v.at);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(pushing_keeps_what_was_there),
		TEST(reserved_room_is_used_without_moving),
		TEST(room_that_no_size_can_name_is_refused_and_changes_nothing),
		TEST(releasing_twice_is_harmless),
		TEST(the_arena_takes_over_the_items_and_the_vector_is_empty),
		TEST(an_empty_vector_becomes_an_empty_array),
		TEST(an_array_the_arena_refuses_is_gone),
	};

	return TEST_RUN(tests, argc, argv);
}
