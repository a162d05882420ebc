/*
 * Unit tests of combining profiles: spec/profile.md 7.
 */
#include "config.h"

#include "profile/merge.h"

#include "tests/profile_text.h"

/* A location's address is that of its first function: A at 0x1000, B at 0x1010 in every profile. */
static struct profile *profile_of(const char *text)
{
	struct profile *p = profile_from_text(text);

	for (uint32_t i = 0; i < p->location.n; i++) {
		uint32_t function = p->line.function_row[p->location.line_start[i]];

		p->location.address[i] = 0x1000 + 16 * (uint64_t)(profile_text(p, p->function.name[function]).ptr[0] - 'A');
	}
	return p;
}

static struct profile *merged(struct test *t, const char *const *text, size_t n)
{
	struct profile_merger m;

	profile_merger_init(&m);
	for (size_t i = 0; i < n; i++)
		assert_true(profile_merger_add(&m, profile_of(text[i]), &t->err));
	return profile_merger_finish(&m, &t->err);
}

/* Takes over both. */
static struct profile *combined(struct test *t, struct profile *a, struct profile *b)
{
	struct profile_merger m;

	profile_merger_init(&m);
	assert_true(profile_merger_add(&m, a, &t->err));
	if (!profile_merger_add(&m, b, &t->err)) {
		profile_merger_release(&m);
		return NULL;
	}
	return profile_merger_finish(&m, &t->err);
}

static str_id intern(struct profile *p, const char *text)
{
	return strtab_add(&p->strings, &p->arena, str_from(text));
}

static void equal_samples_add_up_and_others_follow(void **state)
{
	static const char *const text[] = { "A B : 1 10\nC : 2 20 : k=v\n", "C : 4 40 : k=v\nA B : 8 80 : k=v\nB A : 1 1\n" };
	struct test *t = *state;
	struct profile *p = merged(t, text, 2);

	assert_profile(p, "A B : 1 10\nC : 6 60 : k=v\nA B : 8 80 : k=v\nB A : 1 1\n");
	assert_int_equal(p->location.n, 3);
	assert_int_equal(p->function.n, 3);
	assert_int_equal(p->n_mapping, 1);
	profile_free(p);
}

static void a_single_profile_comes_back_as_it_is(void **state)
{
	static const char *const text[] = { "A : 0\nA : 1\nA : 1\n" };
	struct test *t = *state;
	struct profile *p = merged(t, text, 1);

	assert_profile(p, text[0]);
	profile_free(p);
}

static void samples_of_zero_go_with_what_only_they_need(void **state)
{
	static const char *const text[] = { "Z : 0\nA : 1\nB : 5\n", "A : -1\nC B : 2\n" };
	struct test *t = *state;
	struct profile *p = merged(t, text, 2);

	assert_profile(p, "B : 5\nC B : 2\n");
	assert_int_equal(p->location.n, 2);
	assert_int_equal(p->location.id[0], 1);
	assert_int_equal(p->function.n, 2);
	profile_free(p);
}

static void nothing_left_keeps_the_first_mapping(void **state)
{
	static const char *const text[] = { "A : 1\n", "A : -1\n" };
	struct test *t = *state;
	struct profile *p = merged(t, text, 2);

	assert_profile(p, "");
	assert_int_equal(p->location.n, 0);
	assert_int_equal(p->n_mapping, 1);
	profile_free(p);
}

static void equal_samples_of_one_profile_become_one(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_of("A B : 1 10\nC : 2 20 : k=v\nA B : 4 40\nD : 3 3\nD : -3 -3\n");
	struct profile *merged = profile_merge_equal(p, &t->err);

	assert_profile(merged, "A B : 5 50\nC : 2 20 : k=v\n");
	assert_int_equal(merged->location.n, 3);
	profile_free(merged);
	profile_free(p);
}

static void nothing_at_all_is_an_error(void **state)
{
	struct test *t = *state;
	struct profile_merger m;

	profile_merger_init(&m);
	assert_true(profile_merger_skip(&m, &t->err));
	assert_null(profile_merger_finish(&m, &t->err));
	assert_int_equal(t->err.code, ERR_NOTFOUND);
	profile_merger_release(&m);
}

static void headers_are_folded(void **state)
{
	struct test *t = *state;
	struct profile *a = profile_of("A : 1\n"), *b = profile_of("A : 1\n"), *p;
	str_id a_comment[] = { intern(a, "one"), intern(a, "two") };
	str_id b_comment[] = { intern(b, "three"), intern(b, "one") };

	a->comment = a_comment;
	b->comment = b_comment;
	a->n_comment = b->n_comment = 2;
	a->time_nanos = 500;
	b->time_nanos = 400;
	a->duration_nanos = 5;
	b->duration_nanos = 6;
	a->period = 7;
	b->period = 8;
	a->drop_frames = intern(a, "x");
	b->drop_frames = intern(b, "y");
	b->keep_frames = intern(b, "y");
	b->default_sample_type = intern(b, "a");
	b->doc_url = intern(b, "url");
	p = combined(t, a, b);
	assert_int_equal(p->time_nanos, 400);
	assert_int_equal(p->duration_nanos, 11);
	assert_int_equal(p->period, 8);
	assert_int_equal(p->n_comment, 3);
	assert_str(profile_text(p, p->comment[1]), "two");
	assert_str(profile_text(p, p->comment[2]), "three");
	assert_str(profile_text(p, p->drop_frames), "x");
	assert_str(profile_text(p, p->keep_frames), "");
	assert_str(profile_text(p, p->default_sample_type), "a");
	assert_str(profile_text(p, p->doc_url), "url");
	profile_free(p);
}

/* Time of n sources, of which the first have the given times and the others `rest`. */
static int64_t merged_time(struct test *t, size_t n, const int64_t *time, size_t n_time, int64_t rest)
{
	struct profile_merger m;
	struct profile *p;
	int64_t result;

	profile_merger_init(&m);
	for (size_t i = 0; i < n; i++) {
		p = profile_of("A : 1\n");
		p->time_nanos = i < n_time ? time[i] : rest;
		assert_true(profile_merger_add(&m, p, &t->err));
	}
	p = profile_merger_finish(&m, &t->err);
	assert_int_equal(p->sample.value[0][0], n);
	result = p->time_nanos;
	profile_free(p);
	return result;
}

static void a_time_of_zero_takes_part_in_the_fold(void **state)
{
	struct test *t = *state;

	assert_int_equal(merged_time(t, 2, (const int64_t[]){ 500, 0 }, 2, 0), 0);
	assert_int_equal(merged_time(t, 2, (const int64_t[]){ 0, 500 }, 2, 0), 500);
	assert_int_equal(merged_time(t, 3, (const int64_t[]){ 500, 0, 700 }, 3, 0), 700);
}

static void chunks_are_folded_one_after_another(void **state)
{
	struct test *t = *state;
	const int64_t first[] = { 500 };

	assert_int_equal(merged_time(t, 128, first, 1, 700), 500);
	/* 500 and zeros give 0; then 0 and 0. */
	assert_int_equal(merged_time(t, 129, first, 1, 0), 0);
	/* The second chunk is one profile of 700; 500 stays below. */
	assert_int_equal(merged_time(t, 129, first, 1, 700), 500);
	assert_int_equal(merged_time(t, 300, first, 1, 700), 500);
}

static void sources_that_failed_count_in_their_chunk(void **state)
{
	struct test *t = *state;
	struct profile_merger m;
	struct profile *p;

	profile_merger_init(&m);
	p = profile_of("A : 0\nA : 1\n");
	p->time_nanos = 500;
	assert_true(profile_merger_add(&m, p, &t->err));
	for (int i = 0; i < 300; i++)
		assert_true(profile_merger_skip(&m, &t->err));
	/* The chunks are 500; 0 then 700, which is 700; and 500 is below. */
	p = profile_of("A : 2\n");
	assert_true(profile_merger_add(&m, p, &t->err));
	p = profile_of("A : 4\n");
	p->time_nanos = 700;
	assert_true(profile_merger_add(&m, p, &t->err));
	p = profile_merger_finish(&m, &t->err);
	assert_profile(p, "A : 7\n");
	assert_int_equal(p->time_nanos, 500);
	profile_free(p);
}

/* What cancels out within a chunk comes back at the end when a later chunk has it. */
static void samples_of_zero_go_at_the_end_of_each_chunk(void **state)
{
	struct test *t = *state;
	struct profile_merger m;
	struct profile *p;

	profile_merger_init(&m);
	assert_true(profile_merger_add(&m, profile_of("A : 1\nB : 1\n"), &t->err));
	assert_true(profile_merger_add(&m, profile_of("A : -1\n"), &t->err));
	for (int i = 2; i < PROFILE_MERGE_CHUNK; i++)
		assert_true(profile_merger_skip(&m, &t->err));
	assert_true(profile_merger_add(&m, profile_of("A : 3\n"), &t->err));
	p = profile_merger_finish(&m, &t->err);
	assert_profile(p, "B : 1\nA : 3\n");
	profile_free(p);
}

static void mappings_are_the_same_by_size_offset_and_name(void **state)
{
	struct test *t = *state;
	struct profile *a = profile_of("A : 1\n"), *b = profile_of("A : 1\n"), *p;

	/* Loaded elsewhere, and larger within the same page; its build id is the other one's file. */
	b->mapping[0].start += 0x5000;
	b->mapping[0].limit += 0x4fff;
	b->mapping[0].build_id = b->mapping[0].filename;
	b->mapping[0].filename = 0;
	b->location.address[0] += 0x5000;
	p = combined(t, a, b);
	assert_profile(p, "A : 2\n");
	assert_int_equal(p->n_mapping, 1);
	assert_int_equal(p->location.address[0], 0x1000);
	profile_free(p);

	a = profile_of("A : 1\n");
	b = profile_of("A : 1\n");
	b->mapping[0].offset = 0x1000;
	p = combined(t, a, b);
	assert_profile(p, "A : 1\nA : 1\n");
	assert_int_equal(p->n_mapping, 2);
	assert_int_equal(p->function.n, 1);
	profile_free(p);
}

static void only_the_last_column_tells_locations_apart(void **state)
{
	struct test *t = *state;
	struct profile *a = profile_of("[A|B] : 1\n"), *b = profile_of("[A|B] : 1\n"), *p;

	a->line.column[0] = 5;
	b->line.column[0] = 6;
	p = combined(t, a, b);
	assert_profile(p, "[A|B] : 2\n");
	assert_int_equal(p->line.column[0], 5);
	profile_free(p);
	a = profile_of("[A|B] : 1\n");
	b = profile_of("[A|B] : 1\n");
	b->line.column[1] = 6;
	p = combined(t, a, b);
	assert_profile(p, "[A|B] : 1\n[A|B] : 1\n");
	profile_free(p);
}

static void the_finest_unit_wins(void **state)
{
	struct test *t = *state;
	struct profile *a = profile_of("A : 1 100\nB : 5 0\n"), *b = profile_of("A : 1 100\n"), *p;

	a->sample_type[1].unit = intern(a, "milliseconds");
	a->period_type.unit = intern(a, "ms");
	a->period = 1500;
	b->period_type.unit = intern(b, "ns");
	p = combined(t, a, b);
	/* B has nothing in the column that was scaled. */
	assert_profile(p, "A : 2 100000100\n");
	assert_str(profile_text(p, p->sample_type[1].unit), "nanoseconds");
	assert_str(profile_text(p, p->period_type.unit), "ns");
	assert_int_equal(p->period, 1500000000);
	profile_free(p);
}

static void common_types_are_selected_by_name(void **state)
{
	struct test *t = *state;
	struct profile *a = profile_of("A : 1 2 3\nB : 4 0 0\n"), *b = profile_of("A : 10 20\n"), *p;

	/* a, b, c and c, b */
	b->sample_type[0].type = intern(b, "c");
	b->sample_type[0].unit = intern(b, "bytes");
	p = combined(t, a, b);
	assert_profile(p, "A : 22 13\n");
	assert_str(profile_text(p, p->sample_type[0].type), "b");
	assert_str(profile_text(p, p->sample_type[1].type), "c");
	assert_str(profile_text(p, p->default_sample_type), "b");
	profile_free(p);
}

static void a_repeated_type_is_dropped_from_a_single_profile(void **state)
{
	struct test *t = *state;
	struct profile_merger m;
	struct profile *p = profile_of("A : 1 2 3\n");

	p->sample_type[1].type = p->sample_type[0].type;
	profile_merger_init(&m);
	assert_true(profile_merger_add(&m, p, &t->err));
	p = profile_merger_finish(&m, &t->err);
	assert_profile(p, "A : 3\n");
	assert_str(profile_text(p, p->default_sample_type), "c");
	profile_free(p);
}

static void types_that_do_not_fit_are_named(void **state)
{
	struct test *t = *state;
	struct profile *a = profile_of("A : 1\n"), *b = profile_of("A : 1\n");

	b->sample_type[0].type = intern(b, "z");
	assert_null(combined(t, a, b));
	assert_error(&t->err, ERR_USAGE, "profiles have empty common sample type list");

	a = profile_of("A : 1\n");
	b = profile_of("A : 1\n");
	b->period_type.type = intern(b, "space");
	b->period_type.unit = intern(b, "bytes");
	assert_null(combined(t, a, b));
	assert_error(&t->err, ERR_USAGE, "period type: incompatible types: {  0 0} {space bytes 0 0}");

	a = profile_of("A : 1\n");
	b = profile_of("A : 1\n");
	b->sample_type[0].unit = intern(b, "bytes");
	assert_null(combined(t, a, b));
	assert_error(&t->err, ERR_USAGE, "sample types: incompatible types: {a count 0 0} {a bytes 0 0}");

	/* Alike but for an s, which is enough for units and not for combining. */
	a = profile_of("A : 1\n");
	b = profile_of("A : 1\n");
	a->period_type.type = intern(a, "contention");
	b->period_type.type = intern(b, "contentions");
	assert_null(combined(t, a, b));
	assert_error(&t->err, ERR_USAGE, "incompatible period types &{contention  0 0} and &{contentions  0 0}");
}

/* Combining early gives memory back and must not show. */
static void the_result_does_not_depend_on_when_memory_is_given_back(void **state)
{
	static const char *const text[] = { "A B : 1\nC : 2 : k=v\n", "C : 4 : k=v\nB : 1\n", "A B : -1\nD : 5\n" };
	struct test *t = *state;

	for (size_t most = 0; most < 2; most++) {
		struct profile_merger m;
		struct profile *p;

		profile_merger_init(&m);
		m.most_pending_bytes = most ? SIZE_MAX : 0;
		for (size_t i = 0; i < 3; i++)
			assert_true(profile_merger_add(&m, profile_of(text[i]), &t->err));
		p = profile_merger_finish(&m, &t->err);
		assert_profile(p, "C : 6 : k=v\nB : 1\nD : 5\n");
		profile_free(p);
	}
}

static void types_that_change_late_are_met_all_the_same(void **state)
{
	struct test *t = *state;
	struct profile_merger m;
	struct profile *p;

	profile_merger_init(&m);
	m.most_pending_bytes = 0;
	assert_true(profile_merger_add(&m, profile_of("A : 1 2\n"), &t->err));
	assert_true(profile_merger_add(&m, profile_of("A : 1 2\n"), &t->err));
	p = profile_of("A : 1\n");
	p->sample_type[0].type = intern(p, "b");
	p->sample_type[0].unit = intern(p, "ms");
	assert_true(profile_merger_add(&m, p, &t->err));
	p = profile_merger_finish(&m, &t->err);
	assert_profile(p, "A : 1000004\n");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(equal_samples_add_up_and_others_follow),
		TEST(a_single_profile_comes_back_as_it_is),
		TEST(samples_of_zero_go_with_what_only_they_need),
		TEST(nothing_left_keeps_the_first_mapping),
		TEST(equal_samples_of_one_profile_become_one),
		TEST(nothing_at_all_is_an_error),
		TEST(headers_are_folded),
		TEST(a_time_of_zero_takes_part_in_the_fold),
		TEST(chunks_are_folded_one_after_another),
		TEST(sources_that_failed_count_in_their_chunk),
		TEST(samples_of_zero_go_at_the_end_of_each_chunk),
		TEST(mappings_are_the_same_by_size_offset_and_name),
		TEST(only_the_last_column_tells_locations_apart),
		TEST(the_finest_unit_wins),
		TEST(common_types_are_selected_by_name),
		TEST(a_repeated_type_is_dropped_from_a_single_profile),
		TEST(types_that_do_not_fit_are_named),
		TEST(the_result_does_not_depend_on_when_memory_is_given_back),
		TEST(types_that_change_late_are_met_all_the_same),
	};

	return TEST_RUN(tests, argc, argv);
}
