/*
 * Unit tests of the units of numeric labels: spec/profile.md 2.9.
 */
#include "config.h"

#include "profile/label_units.h"

#include "tests/profile_text.h"

static struct str unit_of(const struct profile *p, const struct label_units *u, const char *key)
{
	return label_units_get(u, strtab_find(&p->strings, str_from(key)));
}

static void the_first_unit_is_the_one_of_the_key(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1 : size#1\nA : 1 : size#2kb\nA : 1 : size#3mb\n");
	struct label_units u;

	assert_true(label_units_init(&u, p, &t->arena, &t->err));
	assert_str(unit_of(p, &u, "size"), "kb");
	profile_free(p);
}

static void keys_without_a_unit_have_their_own_name(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1 : latency#1 request#2 alignment#3 bytes#4 k=v\n");
	struct label_units u;

	assert_true(label_units_init(&u, p, &t->arena, &t->err));
	assert_str(unit_of(p, &u, "latency"), "latency");
	assert_str(unit_of(p, &u, "request"), "bytes");
	assert_str(unit_of(p, &u, "alignment"), "bytes");
	assert_str(unit_of(p, &u, "bytes"), "bytes");
	assert_str(unit_of(p, &u, "k"), "");
	assert_str(unit_of(p, &u, "A"), "");
	assert_int_equal(u.n_conflict, 0);
	profile_free(p);
}

static void other_units_of_a_key_are_listed_in_order(void **state)
{
	struct test *t = *state;
	struct profile *p = profile_from_text("A : 1 : z#1s z#2ms z#3ns a#1kb\nA : 1 : z#4ns z#5s a#2kb a#3b\n");
	struct label_units u;

	assert_true(label_units_init(&u, p, &t->arena, &t->err));
	assert_int_equal(u.n_conflict, 2);
	assert_str(profile_text(p, u.conflict[0].key), "a");
	assert_int_equal(u.conflict[0].n_other, 1);
	assert_str(profile_text(p, u.conflict[0].other[0]), "b");
	assert_str(profile_text(p, u.conflict[1].key), "z");
	assert_int_equal(u.conflict[1].n_other, 2);
	assert_str(profile_text(p, u.conflict[1].other[0]), "ms");
	assert_str(profile_text(p, u.conflict[1].other[1]), "ns");
	assert_str(unit_of(p, &u, "z"), "s");
	profile_free(p);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_unit_is_the_one_of_the_key),
		TEST(keys_without_a_unit_have_their_own_name),
		TEST(other_units_of_a_key_are_listed_in_order),
	};

	return TEST_RUN(tests, argc, argv);
}
