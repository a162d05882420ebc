/*
 * Unit tests of base/hash.h: row index and id map.
 */
#include "config.h"

#include "base/hash.h"

#include "tests/test.h"

static void equal_bytes_hash_alike_and_others_apart(void **state)
{
	(void)state;
	assert_true(hash_bytes(1, "0123456789", 10) == hash_bytes(1, "0123456789", 10));
	assert_true(hash_bytes(1, "0123456789", 10) != hash_bytes(1, "0123456788", 10));
	assert_true(hash_bytes(1, "0123456789", 10) != hash_bytes(2, "0123456789", 10));
	assert_true(hash_bytes(1, "a\0", 2) != hash_bytes(1, "a", 1));
	assert_true(hash_bytes(1, NULL, 0) == hash_bytes(1, "", 0));
}

static void rows_hash_by_value_and_order(void **state)
{
	static const uint32_t a[] = { 1, 2, 3 }, b[] = { 1, 3, 2 };

	(void)state;
	assert_true(hash_rows(9, a, 3) == hash_rows(9, a, 3));
	assert_true(hash_rows(9, a, 3) != hash_rows(9, b, 3));
	assert_true(hash_rows(9, a, 3) != hash_rows(9, a, 2));
}

/* The row of `key` in a table whose row i holds i * i, as the header shows it. */
static uint32_t find_square(const struct row_index *ix, uint64_t key)
{
	uint64_t hash = hash_mix(ix->seed, key);
	uint32_t row;

	for (size_t at = row_index_start(hash);
	     (row = row_index_probe(ix, &at, hash)) != ROW_NONE;)
		if ((uint64_t)row * row == key)
			return row;
	return ROW_NONE;
}

static void an_index_finds_each_row_after_growing(void **state)
{
	struct row_index ix;

	(void)state;
	row_index_init(&ix);
	assert_int_equal(find_square(&ix, 4), ROW_NONE);
	for (uint32_t i = 0; i < 5000; i++)
		assert_true(row_index_add(&ix, hash_mix(ix.seed, (uint64_t)i * i), i));
	for (uint32_t i = 0; i < 5000; i++)
		assert_int_equal(find_square(&ix, (uint64_t)i * i), i);
	assert_int_equal(find_square(&ix, 5), ROW_NONE);
	row_index_release(&ix);
	row_index_release(&ix);
}

static void rows_of_one_hash_are_all_offered(void **state)
{
	struct row_index ix;
	uint32_t row, seen = 0;

	(void)state;
	row_index_init(&ix);
	for (uint32_t i = 0; i < 10; i++)
		assert_true(row_index_add(&ix, 42, i));
	for (size_t at = row_index_start(42); (row = row_index_probe(&ix, &at, 42)) != ROW_NONE;)
		seen |= 1u << row;
	assert_int_equal(seen, 0x3ff);
	row_index_release(&ix);
}

static void ids_from_one_to_n_are_found_by_array(void **state)
{
	uint64_t id[] = { 1, 2, 3, 4 };
	struct id_map m;

	(void)state;
	assert_true(id_map_build(&m, id, 4));
	assert_non_null(m.dense);
	assert_int_equal(id_map_find(&m, 3), 2);
	assert_int_equal(id_map_find(&m, 0), ROW_NONE);
	assert_int_equal(id_map_find(&m, 5), ROW_NONE);
	assert_int_equal(id_map_find(&m, UINT64_MAX), ROW_NONE);
	id_map_release(&m);
}

static void ids_far_apart_are_found_by_hash(void **state)
{
	uint64_t id[] = { UINT64_MAX, 0x7f0000000000, 5, 0 };
	struct id_map m;

	(void)state;
	assert_true(id_map_build(&m, id, 4));
	assert_null(m.dense);
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(id_map_find(&m, id[i]), i);
	assert_int_equal(id_map_find(&m, 6), ROW_NONE);
	id_map_release(&m);
}

static void a_repeated_id_means_its_last_row(void **state)
{
	uint64_t near[] = { 3, 3, 1, 3 }, far[] = { UINT64_MAX, 3, UINT64_MAX, 3 };
	struct id_map m;

	(void)state;
	assert_true(id_map_build(&m, near, 4));
	assert_int_equal(id_map_find(&m, 3), 3);
	id_map_release(&m);
	assert_true(id_map_build(&m, far, 4));
	assert_int_equal(id_map_find(&m, 3), 3);
	assert_int_equal(id_map_find(&m, UINT64_MAX), 2);
	id_map_release(&m);
}

static void a_map_of_nothing_finds_nothing(void **state)
{
	struct id_map m;

	(void)state;
	assert_true(id_map_build(&m, NULL, 0));
	assert_int_equal(id_map_find(&m, 0), ROW_NONE);
	assert_int_equal(id_map_find(&m, 1), ROW_NONE);
	id_map_release(&m);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(equal_bytes_hash_alike_and_others_apart),
		TEST(rows_hash_by_value_and_order),
		TEST(an_index_finds_each_row_after_growing),
		TEST(rows_of_one_hash_are_all_offered),
		TEST(ids_from_one_to_n_are_found_by_array),
		TEST(ids_far_apart_are_found_by_hash),
		TEST(a_repeated_id_means_its_last_row),
		TEST(a_map_of_nothing_finds_nothing),
	};

	return TEST_RUN(tests, argc, argv);
}
