/*
 * Profiles written as text, for tests.
 *
 * Lives here: making a small profile from lines, and the lines of a profile.
 * Not here: anything a user can see; the order of samples is that of the profile.
 *
 * A line is a sample: its locations, leaf first, a colon, its values, and after another colon its
 * labels, if it has any:
 *
 *	A [X|B] C : 1 20 : key=value bytes#1024 size#2kb
 *
 * [X|B] is one location where X is inlined into B.  A name stands for a function of that name in
 * the file "NAME.c", a location for an address, both in order of first use.  All is in the mapping
 * /bin/prog.  Sample types are a/count, b/nanoseconds, c/bytes, as many as there are values.
 */
#ifndef TESTS_PROFILE_TEXT_H
#define TESTS_PROFILE_TEXT_H

#include "profile/profile.h"
#include "tests/test.h"

/* Fails the test when the text is none.  Free it with profile_free(). */
struct profile *profile_from_text(const char *text);

/* Lives in the test's arena. */
struct str profile_to_text(struct test *t, const struct profile *p);

#define assert_profile(p, text) test_str(profile_to_text(t, (p)), str_from(text), __FILE__, __LINE__)

#endif
