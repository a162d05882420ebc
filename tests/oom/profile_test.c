/*
 * profile/ with memory running out.
 *
 * Lives here: one life of a profile, over a real one that is small.
 */
#include "config.h"

#include "profile/encode.h"
#include "profile/legacy.h"
#include "profile/merge.h"
#include "profile/profile.h"
#include "profile/transform.h"

#include "tests/oom/oom.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { INPUT_MAX = 1 << 16 };

/* name: <format>/<file> */
static struct bytes read_corpus(struct arena *a, const char *name)
{
	const char *top = getenv("srcdir");
	struct str path = arena_fmt(a, "%s/tests/fuzz/corpus/%s", top ? top : ".", name);
	uint8_t *to = arena_alloc(a, INPUT_MAX);
	FILE *f = fopen(path.ptr, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(to, 1, INPUT_MAX, f);
	(void)fclose(f);
	assert_true(n > 0);
	return (struct bytes){ to, n };
}

static bool decode(void *ctx, struct error *err)
{
	const struct bytes *input = ctx;
	struct profile *p = profile_decode(*input, NULL, NULL, err);

	profile_free(p);
	return p != NULL;
}

static bool encode(void *ctx, struct error *err)
{
	const struct profile *p = ctx;
	struct out o;
	bool ok;

	out_open_memory(&o);
	ok = profile_encode(p, 0.5, &o, err);
	/* Memory that was short for the text itself shows at the end, as a failed write does. */
	if (ok && o.is_broken)
		ok = error_nomem(err, "text");
	out_release(&o);
	return ok;
}

static bool transform(struct profile *p, const struct regex *re, struct tag_filter *tags,
		      struct arena *scratch, struct error *err)
{
	const struct name_filter names = { .focus = re, .hide = re };
	struct label_units units;
	unsigned matched = 0;

	return label_units_init(&units, p, scratch, err) && profile_prune(p, err) &&
	       profile_filter_tags(p, NULL, tags, &units, &matched, err) &&
	       profile_add_tag_frames(p, STR("key,bytes"), STR("bytes"), STR("minimum"), &matched,
				      err) &&
	       profile_filter_names(p, &names, &matched, err) &&
	       profile_show_from(p, re, &matched, err) && profile_prune_from(p, re, err) &&
	       profile_filter_label_keys(p, re, NULL, &matched, err) &&
	       profile_aggregate(p, AGGREGATE_INLINES | AGGREGATE_FUNCTION, err) &&
	       profile_set_label(p, STR("key"), STR("x"), err) &&
	       profile_remove_label(p, STR("key"), err) && profile_scale_all(p, -0.5, err);
}

static bool derive(void *ctx, struct error *err)
{
	const struct profile *below = ctx;
	struct profile *p = profile_derive(below, err);
	struct regex *re = p ? regex_compile(STR("a|e"), err) : NULL;
	struct tag_filter *tags = re ? tag_filter_new("tagignore", STR("nothing"), err) : NULL;
	struct arena scratch = ARENA_INIT;
	bool ok = tags && transform(p, re, tags, &scratch, err);

	arena_release(&scratch);
	tag_filter_free(tags);
	regex_free(re);
	profile_free(p);
	return ok;
}

/* Adds the input, and once more with its values negated: all of it adds up to zero, and goes. */
static bool add_to_merger(struct profile_merger *m, struct bytes input, double ratio, struct error *err)
{
	struct profile *p = profile_decode(input, NULL, NULL, err);

	if (p && ratio != 1 && !profile_scale_all(p, ratio, err)) {
		profile_free(p);
		return false;
	}
	return p && profile_merger_add(m, p, err);
}

static bool merge(void *ctx, struct error *err)
{
	const struct bytes *input = ctx;
	struct profile_merger m;
	struct profile *p = NULL;

	profile_merger_init(&m);
	m.most_pending_bytes = 0; /* nothing waits */
	if (add_to_merger(&m, *input, 1, err) && add_to_merger(&m, *input, 1, err) &&
	    add_to_merger(&m, *input, -2, err))
		p = profile_merger_finish(&m, err);
	profile_merger_release(&m);
	profile_free(p);
	return p != NULL;
}

static void decoding_survives_each_allocation_that_fails(void **state)
{
	static const char *const names[] = { "decode/small", "decode/json.mutex", "decode/sort.mem",
						"decode/deep-stack" };
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct bytes input = read_corpus(&t->arena, names[i]);

		oom_survives(decode, &input);
	}
}

/* One input and its decoder. */
struct legacy_work {
	const char *name;
	struct profile *(*decode)(struct bytes input, struct error *err);
	struct bytes input;
};

static bool decode_legacy(void *ctx, struct error *err)
{
	const struct legacy_work *work = ctx;
	struct profile *p = work->decode(work->input, err);

	profile_free(p);
	return p != NULL;
}

static void decoding_legacy_formats_survives_each_allocation_that_fails(void **state)
{
	struct legacy_work table[] = {
		{ .name = "legacy_contention/cxx", .decode = profile_decode_legacy_contention },
		{ .name = "legacy_count/maps-names", .decode = profile_decode_legacy_count },
		{ .name = "legacy_cpu/64-big", .decode = profile_decode_legacy_cpu },
		{ .name = "legacy_cpu/java", .decode = profile_decode_legacy_cpu },
		{ .name = "legacy_heap/tcmalloc", .decode = profile_decode_legacy_heap },
		{ .name = "legacy_java/heap", .decode = profile_decode_legacy_java },
		{ .name = "legacy_thread/map", .decode = profile_decode_legacy_thread },
	};
	struct test *t = *state;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		table[i].input = read_corpus(&t->arena, table[i].name);
		oom_survives(decode_legacy, &table[i]);
	}
}

static void encoding_survives_each_allocation_that_fails(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_decode(read_corpus(&t->arena, "decode/sort.mem"), NULL, NULL, &t->err);

	assert_non_null(p);
	oom_survives(encode, p);
	profile_free(p);
}

static void transforming_survives_each_allocation_that_fails(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_decode(read_corpus(&t->arena, "decode/sort.mem"), NULL, NULL, &t->err);

	assert_non_null(p);
	oom_survives(derive, p);
	profile_free(p);
}

static void merging_survives_each_allocation_that_fails(void **state)
{
	struct test *t = *state;
	struct bytes input = read_corpus(&t->arena, "decode/sort.mem");

	oom_survives(merge, &input);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(decoding_survives_each_allocation_that_fails),
		TEST(decoding_legacy_formats_survives_each_allocation_that_fails),
		TEST(encoding_survives_each_allocation_that_fails),
		TEST(merging_survives_each_allocation_that_fails),
		TEST(transforming_survives_each_allocation_that_fails),
	};

	return TEST_RUN(tests, argc, argv);
}
