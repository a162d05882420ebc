/*
 * Unit tests of base/arena.h: memory of one model.
 */
#include "config.h"

#include "base/arena.h"

#include "base/vec.h"

#include "tests/test.h"

#include <string.h>

static void releasing_an_empty_arena_twice_is_harmless(void **state)
{
	struct arena a = ARENA_INIT;

	(void)state;
	arena_release(&a);
	arena_release(&a);
	assert_null(a.blocks);
	assert_int_equal(a.used_bytes, 0);
}

static void a_size_of_zero_gives_a_pointer(void **state)
{
	struct test *t = *state;

	assert_non_null(arena_alloc(&t->arena, 0));
	assert_non_null(ARENA_ARRAY(&t->arena, uint64_t, 0));
	assert_non_null(ARENA_ZERO(&t->arena, uint64_t, 0));
}

static void joined_parts_keep_their_nuls(void **state)
{
	struct test *t = *state;
	struct str part[] = { STR("a\0b"), STR_EMPTY, STR("c") };
	struct str all = arena_join(&t->arena, part, 3), none = arena_join(&t->arena, part, 0);

	assert_int_equal(all.len, 4);
	assert_memory_equal(all.ptr, "a\0bc", 5);
	assert_non_null(none.ptr);
	assert_int_equal(none.len, 0);
}

static void every_pointer_is_aligned_and_its_bytes_are_its_own(void **state)
{
	struct test *t = *state;
	unsigned char *p[200];

	for (size_t i = 0; i < 200; i++) {
		p[i] = arena_alloc(&t->arena, i * 7);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
		memset(p[i], (int)i, i * 7);
	}
	for (size_t i = 0; i < 200; i++)
		for (size_t k = 0; k < i * 7; k++)
			assert_int_equal(p[i][k], i);
}

static void zeroed_items_are_zero_in_reused_memory_too(void **state)
{
	struct test *t = *state;
	void *dirty = arena_alloc(&t->arena, 1000);
	uint64_t *clean;

	assert_non_null(dirty);
	memset(dirty, 0xff, 1000);
	arena_reset(&t->arena);
	clean = ARENA_ZERO(&t->arena, uint64_t, 125);
	assert_ptr_equal(clean, dirty);
	for (size_t i = 0; i < 125; i++)
		assert_int_equal(clean[i], 0);
}

static void reset_forgets_everything_that_was_used(void **state)
{
	struct test *t = *state;

	assert_non_null(arena_alloc(&t->arena, 100000));
	assert_non_null(arena_alloc(&t->arena, 10));
	assert_true(t->arena.used_bytes >= 100010);
	arena_reset(&t->arena);
	assert_int_equal(t->arena.used_bytes, 0);
}

static void a_product_that_overflows_gives_null(void **state)
{
	struct test *t = *state;

	assert_null(arena_alloc_array(&t->arena, SIZE_MAX / 2, 4));
	assert_null(arena_alloc_zero(&t->arena, SIZE_MAX, SIZE_MAX));
	assert_null(arena_alloc(&t->arena, SIZE_MAX));
	assert_int_equal(t->arena.used_bytes, 0);
}

static void nothing_is_given_beyond_the_ceiling(void **state)
{
	struct test *t = *state;

	t->arena.ceiling_bytes = 4096;
	assert_non_null(arena_alloc(&t->arena, 4000));
	assert_null(arena_alloc(&t->arena, 4000));
	assert_non_null(arena_alloc(&t->arena, 64));
}

static void a_copied_string_has_a_nul_behind_it(void **state)
{
	struct test *t = *state;
	struct str s = arena_str(&t->arena, STR("a\0b"));

	assert_int_equal(s.len, 3);
	assert_memory_equal(s.ptr, "a\0b", 4);
	assert_str(arena_str(&t->arena, (struct str){ NULL, 0 }), "");
}

static void formatted_text_may_be_longer_than_a_block(void **state)
{
	struct test *t = *state;
	struct str s = arena_fmt(&t->arena, "%d|%9000s|", 7, "x");

	assert_int_equal(s.len, 9003);
	assert_str(str_head(s, 3), "7| ");
	assert_str(str_from_offset(s, 9000), " x|");
}

static void an_adopted_block_counts_and_is_freed_with_the_rest(void **state)
{
	struct test *t = *state;
	VEC(uint32_t) v = VEC_INIT;

	for (uint32_t i = 0; i < 1000; i++)
		assert_true(vec_push(&v, i));
	assert_true(arena_adopt(&t->arena, v.at, 4000));
	assert_true(t->arena.used_bytes >= 4000);
	assert_non_null(arena_alloc(&t->arena, 10));
}

static void adopting_beyond_the_ceiling_frees_the_block(void **state)
{
	struct test *t = *state;
	VEC(uint32_t) v = VEC_INIT;

	t->arena.ceiling_bytes = 100;
	assert_true(vec_reserve(&v, 1000));
	assert_false(arena_adopt(&t->arena, v.at, 4000));
	assert_int_equal(t->arena.used_bytes, 0);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(releasing_an_empty_arena_twice_is_harmless),
		TEST(a_size_of_zero_gives_a_pointer),
		TEST(joined_parts_keep_their_nuls),
		TEST(every_pointer_is_aligned_and_its_bytes_are_its_own),
		TEST(zeroed_items_are_zero_in_reused_memory_too),
		TEST(reset_forgets_everything_that_was_used),
		TEST(a_product_that_overflows_gives_null),
		TEST(nothing_is_given_beyond_the_ceiling),
		TEST(a_copied_string_has_a_nul_behind_it),
		TEST(formatted_text_may_be_longer_than_a_block),
		TEST(an_adopted_block_counts_and_is_freed_with_the_rest),
		TEST(adopting_beyond_the_ceiling_frees_the_block),
	};

	return TEST_RUN(tests, argc, argv);
}
