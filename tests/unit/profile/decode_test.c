/*
 * Unit tests of profile_decode(): profile.proto, byte by byte.
 */
#include "config.h"

#include "base/vec.h"
#include "profile/profile.h"

#include "tests/input.h"
#include "tests/test.h"

/* Messages by hand: tag, length, content.  Strings: "", samples, count, cpu, nanoseconds, main, k, v. */
#define TYPES "\x0a\x04\x08\x01\x10\x02" /* samples/count */
#define FUNCTION "\x2a\x04\x08\x01\x10\x05" /* 1: main */
#define LOCATION "\x22\x08\x08\x01\x18\x10\x22\x02\x08\x01" /* 1 at 0x10: main */
#define STRINGS "\x32\x00\x32\x07samples\x32\x05" "count\x32\x03" "cpu\x32\x0bnanoseconds\x32\x04main\x32\x01k\x32\x01v"

static struct profile *decode(struct test *t, struct bytes b)
{
	return profile_decode(b, NULL, NULL, &t->err);
}

static void one_sample_names_its_frame(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES(TYPES "\x12\x04\x08\x01\x10\x07" LOCATION FUNCTION STRINGS));

	assert_non_null(p);
	assert_int_equal(p->sample.n, 1);
	assert_int_equal(p->sample.value[0][0], 7);
	assert_int_equal(p->stack.len[p->sample.stack_row[0]], 1);
	assert_int_equal(p->location.address[0], 0x10);
	assert_str(profile_text(p, p->function.name[p->line.function_row[0]]), "main");
	profile_free(p);
}

static void the_order_of_tables_does_not_matter(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES(STRINGS FUNCTION "\x12\x04\x08\x01\x10\x07" TYPES LOCATION));

	assert_non_null(p);
	assert_str(profile_text(p, p->function.name[p->line.function_row[0]]), "main");
	profile_free(p);
}

static void equal_stacks_and_label_sets_are_stored_once(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES(TYPES "\x12\x0a\x08\x01\x10\x07\x1a\x04\x08\x06\x10\x07"
						  "\x12\x0a\x10\x01\x08\x01\x1a\x04\x08\x06\x10\x07" LOCATION FUNCTION STRINGS));

	assert_non_null(p);
	assert_int_equal(p->sample.n, 2);
	assert_int_equal(p->stack.n, 2); /* with the empty one */
	assert_int_equal(p->label_set.n, 2);
	assert_int_equal(p->sample.stack_row[0], p->sample.stack_row[1]);
	assert_int_equal(p->sample.label_set_row[0], p->sample.label_set_row[1]);
	profile_free(p);
}

static void packed_and_single_numbers_mix(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES(TYPES "\x12\x0a\x08\x01\x0a\x02\x01\x01\x08\x01\x10\x07" LOCATION FUNCTION STRINGS));

	assert_non_null(p);
	assert_int_equal(p->stack.len[p->sample.stack_row[0]], 4);
	profile_free(p);
}

/* spec/profile.md 2.2 */
static void a_numeric_label_of_zero_without_unit_is_dropped(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES(TYPES "\x12\x08\x08\x01\x10\x07\x1a\x02\x08\x06" LOCATION FUNCTION STRINGS));

	assert_non_null(p);
	assert_int_equal(p->sample.label_set_row[0], 0);
	profile_free(p);
}

static void a_unit_on_one_value_is_a_list_of_units_for_its_key(void **state)
{
	struct test *t = *state;
	/* k=5, k=6 with unit v */
	struct profile *p = decode(t, BYTES(TYPES "\x12\x12\x08\x01\x10\x07\x1a\x04\x08\x06\x18\x05\x1a\x06\x08\x06\x18\x06\x20\x07"
						  LOCATION FUNCTION STRINGS));

	assert_non_null(p);
	assert_int_equal(p->label_set.len[1], 2);
	assert_int_equal(p->label_set.label[0].flags, LABEL_IS_NUMERIC | LABEL_HAS_UNIT);
	assert_str(profile_text(p, p->label_set.label[0].text), "");
	assert_str(profile_text(p, p->label_set.label[1].text), "v");
	profile_free(p);
}

static void string_labels_come_before_numeric_ones_and_by_key(void **state)
{
	struct test *t = *state;
	/* numeric k=5, then v:main, then k:v */
	struct profile *p = decode(t, BYTES(TYPES "\x12\x16\x08\x01\x10\x07\x1a\x04\x08\x06\x18\x05\x1a\x04\x08\x07\x10\x05"
						  "\x1a\x04\x08\x06\x10\x07" LOCATION FUNCTION STRINGS));

	assert_non_null(p);
	assert_int_equal(p->label_set.len[1], 3);
	assert_str(profile_text(p, p->label_set.label[0].key), "k");
	assert_str(profile_text(p, p->label_set.label[1].key), "v");
	assert_true(p->label_set.label[2].flags & LABEL_IS_NUMERIC);
	profile_free(p);
}

static void a_name_may_hold_a_nul(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES("\x32\x00\x32\x03" "a\0b" "\x70\x00" "\x6a\x01\x01"));

	assert_non_null(p);
	assert_int_equal(p->n_comment, 1);
	assert_int_equal(profile_text(p, p->comment[0]).len, 3);
	profile_free(p);
}

static void a_cut_varint_is_named_by_its_byte(void **state)
{
	struct test *t = *state;

	assert_null(decode(t, BYTES("\x12\x80")));
	assert_error(&t->err, ERR_UNSUPPORTED, "truncated varint at byte 1");
}

static void a_length_beyond_the_end_is_named_by_its_byte(void **state)
{
	struct test *t = *state;

	assert_null(decode(t, BYTES("\x32\x05" "ab")));
	assert_error(&t->err, ERR_UNSUPPORTED, "field of 5 bytes at byte 2, where 2 are left");
}

static void nothing_is_an_empty_file(void **state)
{
	struct test *t = *state;

	assert_null(decode(t, (struct bytes){ NULL, 0 }));
	assert_error(&t->err, ERR_FORMAT, "parsing profile: empty input file: "
					"this is what a program leaves that ends before its profile is written");
}

/* Broken as protobuf, and so perhaps of another format (spec/profile.md 1.3, 1.4). */
static void bytes_that_are_no_profile_are_left_to_others(void **state)
{
	static const struct bytes rows[] = {
		{ (const uint8_t *)"\x0b", 1 },			/* a group */
		{ (const uint8_t *)"\x12\x01", 2 },		/* length without content */
		{ (const uint8_t *)"\x32\x01x", 3 },		/* string 0 is not empty */
		{ (const uint8_t *)"\x0a\x02\x08\x01", 4 },	/* string 1 of none */
		{ (const uint8_t *)"\x10\x01", 2 },		/* sample as a number */
		{ (const uint8_t *)"\x32\x00\x3a\x00", 4 },	/* drop_frames as bytes */
		{ (const uint8_t *)"\x08\x01", 2 },		/* sample type as a number */
		{ (const uint8_t *)"\x32\x00\x70\x09", 4 },	/* default type beyond the table */
		{ (const uint8_t *)"\x48\x01", 2 },		/* no string table at all */
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_null(decode(t, rows[i]));
		assert_int_equal(t->err.code, ERR_UNSUPPORTED);
	}
}

static void unknown_fields_are_skipped_whatever_their_type(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES("\x32\x00\xa0\x06\x05\xa2\x06\x02xy\xa1\x06" "12345678" "\xa5\x06" "1234"));

	assert_non_null(p);
	profile_free(p);
}

static void two_profiles_in_one_file_are_told_by_their_times(void **state)
{
	struct test *t = *state;

	assert_null(decode(t, BYTES("\x32\x00\x48\x05\x48\x06")));
	assert_error(&t->err, ERR_FORMAT, "parsing profile: concatenated profiles detected; "
					"give each a file of its own, and name them all");
}

struct broken {
	struct bytes in;
	const char *text;
};

#define BROKEN(lit, why) { { (const uint8_t *)(lit), sizeof(lit) - 1 }, "malformed profile: " why "; fetch it again, or ask who wrote it" }

/* spec/profile.md 2.3: the rules, and that the first one in order is told. */
static void broken_rules_are_told_in_order(void **state)
{
	static const struct broken rows[] = {
		BROKEN("\x12\x02\x10\x07" STRINGS, "missing sample type information"),
		BROKEN(TYPES "\x12\x04\x10\x07\x10\x08" STRINGS, "mismatch: sample has 2 values vs. 1 types (it ends at byte 12)"),
		BROKEN(TYPES "\x12\x04\x10\x07\x08\x09" STRINGS, "sample has nil location (it ends at byte 12)"),
		BROKEN("\x1a\x00" STRINGS, "found mapping with reserved ID=0"),
		BROKEN("\x1a\x02\x08\x01\x1a\x02\x08\x01" STRINGS, "multiple mappings with same id: 1"),
		BROKEN("\x2a\x00" STRINGS, "found function with reserved ID=0"),
		BROKEN(FUNCTION FUNCTION STRINGS, "multiple functions with same id: 1"),
		BROKEN("\x22\x00" STRINGS, "found location with reserved id=0"),
		BROKEN(LOCATION LOCATION FUNCTION STRINGS, "multiple locations with same id: 1"),
		BROKEN(LOCATION STRINGS, "location id: 1 has a line with nil function"),
		BROKEN(LOCATION "\x1a\x00" "\x12\x02\x10\x07" STRINGS, "missing sample type information"),
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_null(decode(t, rows[i].in));
		assert_error(&t->err, ERR_FORMAT, rows[i].text);
	}
}

static void ids_may_be_any_number(void **state)
{
	struct test *t = *state;
	/* location id 2^63, function id 2^62 */
	struct profile *p = decode(t, BYTES(TYPES "\x12\x0d\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01\x10\x07"
						  "\x22\x17\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"
						  "\x22\x0a\x08\x80\x80\x80\x80\x80\x80\x80\x80\x40"
						  "\x2a\x0c\x08\x80\x80\x80\x80\x80\x80\x80\x80\x40\x10\x05" STRINGS));

	assert_non_null(p);
	assert_true(p->location.id[0] == (uint64_t)1 << 63);
	assert_int_equal(p->line.function_row[0], 0);
	profile_free(p);
}

static void a_location_of_an_unknown_mapping_has_none(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES("\x22\x04\x08\x01\x10\x05" STRINGS));

	assert_non_null(p);
	assert_int_equal(p->location.mapping_row[0], UINT32_MAX);
	profile_free(p);
}

static void the_last_period_type_counts_as_a_whole(void **state)
{
	struct test *t = *state;
	struct profile *p = decode(t, BYTES("\x5a\x02\x08\x03\x5a\x02\x10\x04" STRINGS));

	assert_non_null(p);
	assert_str(profile_text(p, p->period_type.type), "");
	assert_str(profile_text(p, p->period_type.unit), "nanoseconds");
	profile_free(p);
}

enum {
	MANY = 40000, /* samples: they are read in many parts */
	STACKS = 300,
};

/* A varint of two bytes. */
#define TWO(n) (uint8_t)(0x80 | ((n) & 0x7f)), (uint8_t)((n) >> 7)

/* The stack of 1 and i % STACKS + 1, the value i % 7 + 1, and for every third one the label k=v. */
static void put_sample(struct input *in, unsigned i)
{
	const uint8_t sample[] = { 0x12, i % 3 ? 7 : 13, 0x0a, 3, 1, TWO(i % STACKS + 1), 0x10, (uint8_t)(i % 7 + 1),
				   0x1a, 4, 0x08, 6, 0x10, 7 };

	put(in, (struct bytes){ sample, i % 3 ? 9 : 15 });
}

static void put_tables(struct input *in)
{
	for (unsigned i = 1; i <= STACKS; i++) {
		const uint8_t location[] = { 0x22, 7, 0x08, TWO(i), 0x22, 2, 0x08, 1 };

		put(in, (struct bytes){ location, sizeof(location) });
	}
	put(in, BYTES(FUNCTION STRINGS));
}

static struct profile *decode_input(struct test *t, struct input *in)
{
	struct profile *p = decode(t, (struct bytes){ in->bytes.at, in->bytes.n });

	vec_release(&in->bytes);
	return p;
}

static void samples_of_many_parts_keep_their_order(void **state)
{
	struct test *t = *state;
	struct input in = { .bytes = VEC_INIT };
	struct profile *p;

	put(&in, BYTES(TYPES));
	for (unsigned i = 0; i < MANY; i++)
		put_sample(&in, i);
	put_tables(&in);
	p = decode_input(t, &in);
	assert_non_null(p);
	assert_int_equal(p->sample.n, MANY);
	assert_int_equal(p->stack.n, STACKS + 1);
	assert_int_equal(p->label_set.n, 2);
	for (unsigned i = 0; i < MANY; i++) {
		assert_int_equal(p->sample.value[0][i], i % 7 + 1);
		assert_int_equal(p->sample.stack_row[i], i % STACKS + 1);
		assert_int_equal(p->sample.label_set_row[i], i % 3 ? 0 : 1);
	}
	for (unsigned i = 0; i < STACKS; i++) {
		assert_int_equal(p->stack.len[i + 1], 2);
		assert_int_equal(p->stack.location_row[p->stack.start[i + 1] + 1], i);
	}
	profile_free(p);
}

/* The input goes away behind what was read. */
static void forget(void *input, size_t upto)
{
	struct input *in = input;

	memset(in->bytes.at, 0, upto);
}

static void what_stands_before_the_samples_is_read_before_it_goes(void **state)
{
	struct test *t = *state;
	struct input in = { .bytes = VEC_INIT };
	struct profile *p;

	put(&in, BYTES(TYPES "\x5a\x04\x08\x03\x10\x04" /* cpu/nanoseconds */));
	for (unsigned i = 0; i < 8u * MANY; i++)
		put_sample(&in, i);
	put_tables(&in);
	p = profile_decode((struct bytes){ in.bytes.at, in.bytes.n }, forget, &in, &t->err);
	assert_int_equal(in.bytes.at[0], 0);
	assert_non_null(p);
	assert_int_equal(p->sample.n, 8 * MANY);
	assert_str(profile_text(p, p->sample_type[0].type), "samples");
	assert_str(profile_text(p, p->period_type.unit), "nanoseconds");
	profile_free(p);
	vec_release(&in.bytes);
}

/* A broken rule is told when all else can be read, and then the first one. */
static void errors_of_many_parts_come_in_order(void **state)
{
	static const struct bytes no_location = { (const uint8_t *)"\x12\x04\x08\x00\x10\x07", 6 };
	static const struct bytes two_values = { (const uint8_t *)"\x12\x04\x10\x07\x10\x08", 6 };
	static const struct bytes cut_id = { (const uint8_t *)"\x12\x02\x08\x80", 4 };
	struct test *t = *state;

	for (unsigned is_cut = 0; is_cut < 2; is_cut++) {
		struct input in = { .bytes = VEC_INIT };

		put(&in, BYTES(TYPES));
		for (unsigned i = 0; i < MANY; i++) {
			put_sample(&in, i);
			if (i == MANY / 4 || i == MANY / 2)
				put(&in, i == MANY / 4 ? no_location : two_values);
			if (is_cut && i >= MANY * 3u / 4)
				put(&in, cut_id);
		}
		put_tables(&in);
		assert_null(decode_input(t, &in));
		if (is_cut)
			assert_error(&t->err, ERR_UNSUPPORTED, "sample before byte 330037: truncated varint at byte 330036");
		else
			assert_error(&t->err, ERR_FORMAT, "malformed profile: sample has nil location (it ends at byte 110025); "
						     "fetch it again, or ask who wrote it");
	}
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(one_sample_names_its_frame),
		TEST(the_order_of_tables_does_not_matter),
		TEST(equal_stacks_and_label_sets_are_stored_once),
		TEST(packed_and_single_numbers_mix),
		TEST(a_numeric_label_of_zero_without_unit_is_dropped),
		TEST(a_unit_on_one_value_is_a_list_of_units_for_its_key),
		TEST(string_labels_come_before_numeric_ones_and_by_key),
		TEST(a_name_may_hold_a_nul),
		TEST(a_cut_varint_is_named_by_its_byte),
		TEST(a_length_beyond_the_end_is_named_by_its_byte),
		TEST(nothing_is_an_empty_file),
		TEST(bytes_that_are_no_profile_are_left_to_others),
		TEST(unknown_fields_are_skipped_whatever_their_type),
		TEST(two_profiles_in_one_file_are_told_by_their_times),
		TEST(broken_rules_are_told_in_order),
		TEST(ids_may_be_any_number),
		TEST(a_location_of_an_unknown_mapping_has_none),
		TEST(samples_of_many_parts_keep_their_order),
		TEST(what_stands_before_the_samples_is_read_before_it_goes),
		TEST(errors_of_many_parts_come_in_order),
		TEST(the_last_period_type_counts_as_a_whole),
	};

	return TEST_RUN(tests, argc, argv);
}
