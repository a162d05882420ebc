/*
 * Directories that the user has named: what an answer stands for, keeping it between runs.
 */
#include "config.h"

#include "source/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/test.h"

/* A home with src/json/decode.go in it; the state directory is in it too. */
struct home {
	char dir[32], src[40], json[48], file[64], state[48], kept[64];
};

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(close(fd), 0);
}

static void make_home(struct home *h)
{
	(void)snprintf(h->dir, sizeof(h->dir), "/tmp/places_test.XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	(void)snprintf(h->src, sizeof(h->src), "%s/src", h->dir);
	(void)snprintf(h->json, sizeof(h->json), "%s/json", h->src);
	(void)snprintf(h->file, sizeof(h->file), "%s/decode.go", h->json);
	(void)snprintf(h->state, sizeof(h->state), "%s/cpprof-view", h->dir);
	(void)snprintf(h->kept, sizeof(h->kept), "%s/source_places", h->state);
	assert_int_equal(mkdir(h->src, 0777), 0);
	assert_int_equal(mkdir(h->json, 0777), 0);
	assert_int_equal(mkdir(h->state, 0777), 0);
	write_text(h->file, "package json\n");
	assert_int_equal(setenv("XDG_STATE_HOME", h->dir, 1), 0);
	assert_int_equal(setenv("HOME", h->dir, 1), 0);
}

static void remove_home(struct home *h)
{
	(void)unlink(h->kept);
	assert_int_equal(unlink(h->file), 0);
	assert_int_equal(rmdir(h->state), 0);
	assert_int_equal(rmdir(h->json), 0);
	assert_int_equal(rmdir(h->src), 0);
	assert_int_equal(rmdir(h->dir), 0);
}

/* Asserts what the answer makes of the path: the file found, and prefix and directory. */
static void assert_learns(struct test *t, const char *path, const char *answer, const char *prefix, const char *dir)
{
	struct source_places p;
	struct str found;

	source_places_open(&p);
	assert_true(source_places_learn(&p, str_from(path), str_from(answer), &t->arena, &found, &t->err));
	assert_true(str_has_suffix(found, STR("/src/json/decode.go")));
	assert_int_equal(p.place.n, 1);
	assert_str(p.place.at[0].prefix, prefix);
	assert_str(p.place.at[0].dir, dir);
	assert_str(source_place_path(&p, 0, str_from(path), &t->arena),
		   arena_fmt(&t->arena, "%.*s", STR_FMT(found)).ptr);
	assert_int_equal(unlink(p.path.ptr), 0);
	source_places_release(&p);
}

static void an_answer_holds_for_all_that_is_beside_the_file(void **state)
{
	struct test *t = *state;
	struct home h;

	make_home(&h);
	assert_learns(t, "/build/go/json/decode.go", h.src, "/build/go/", h.src);
	assert_learns(t, "/build/go/json/decode.go", h.json, "/build/go/json/", h.json);
	assert_learns(t, "/build/go/json/decode.go", arena_fmt(&t->arena, "%s/", h.src).ptr, "/build/go/", h.src);
	assert_learns(t, "json/decode.go", h.src, "", h.src);
	assert_learns(t, "/build/json/decode.go", " ~/src ", "/build/", h.src);
	/* the file itself */
	assert_learns(t, "/build/go/json/decode.go", h.file, "/build/go/", h.src);
	assert_learns(t, "json/decode.go", h.file, "", h.src);
	assert_learns(t, "/build/code.go", h.file, "/build/code.go", h.file);
	remove_home(&h);
}

static void a_file_that_is_not_there_is_told(void **state)
{
	struct test *t = *state;
	struct source_places p;
	struct str found;
	struct home h;

	make_home(&h);
	source_places_open(&p);
	assert_false(source_places_learn(&p, STR("/b/x/encode.go"), STR("/nowhere"), &t->arena, &found, &t->err));
	assert_error(&t->err, ERR_NOTFOUND, "encode.go is not in /nowhere, under no end of its path");
	assert_int_equal(p.place.n, 0);
	assert_int_equal(access(h.kept, F_OK), -1);
	source_places_release(&p);
	remove_home(&h);
}

static void places_are_there_the_next_time(void **state)
{
	struct test *t = *state;
	struct source_places p;
	struct str found;
	struct home h;

	make_home(&h);
	source_places_open(&p);
	assert_true(source_places_learn(&p, STR("/b/json/decode.go"), str_from(h.src), &t->arena, &found, &t->err));
	source_places_release(&p);
	source_places_open(&p);
	assert_int_equal(p.place.n, 1);
	assert_str(source_place_path(&p, 0, STR("/b/x.go"), &t->arena), arena_fmt(&t->arena, "%s/x.go", h.src).ptr);
	assert_null(source_place_path(&p, 0, STR("/bb/x.go"), &t->arena).ptr);
	source_places_release(&p);
	remove_home(&h);
}

static void broken_lines_are_passed_over_and_the_longest_prefix_is_first(void **state)
{
	struct test *t = *state;
	struct source_places p;
	struct home h;

	(void)t;
	make_home(&h);
	write_text(h.kept, "no tab\n/a/\trelative\n\t\n/a/\t/one\n/a/b/\t/two\n/c\033[2J\t/three\n/a/\t/four\n"
			   "\t/five\n/cut off");
	source_places_open(&p);
	assert_int_equal(p.place.n, 3);
	assert_str(p.place.at[0].dir, "/two");
	assert_str(p.place.at[1].dir, "/four");
	assert_str(p.place.at[2].prefix, "");
	source_places_release(&p);
	remove_home(&h);
}

/* What stands in its place is left alone, and nothing is waited for. */
static void what_is_no_file_holds_no_places(void **state)
{
	struct test *t = *state;
	struct source_places p;
	struct str found;
	struct home h;

	make_home(&h);
	assert_int_equal(mkfifo(h.kept, 0600), 0);
	source_places_open(&p);
	assert_int_equal(p.place.n, 0);
	source_places_release(&p);
	assert_int_equal(unlink(h.kept), 0);
	assert_int_equal(mkdir(h.kept, 0700), 0);
	source_places_open(&p);
	assert_int_equal(p.place.n, 0);
	/* It holds for this run all the same. */
	assert_true(source_places_learn(&p, STR("/b/json/decode.go"), str_from(h.src), &t->arena, &found, &t->err));
	assert_int_equal(p.place.n, 1);
	source_places_release(&p);
	assert_int_equal(rmdir(h.kept), 0);
	remove_home(&h);
}

static void a_place_comes_before_all_other_paths(void **state)
{
	struct test *t = *state;
	const struct source_file *f;
	struct source_places p;
	struct source_cache *c;
	struct str found;
	struct home h;

	make_home(&h);
	source_places_open(&p);
	c = source_cache_new(STR_EMPTY, STR("/nowhere"), &t->err);
	assert_non_null(c);
	assert_true(source_places_learn(&p, STR("/b/json/decode.go"), str_from(h.src), &t->arena, &found, &t->err));
	source_cache_use(c, &p);
	f = source_open(c, STR("/b/json/decode.go"), &t->err);
	assert_non_null(f);
	assert_str(source_line(f, 1), "package json");
	source_cache_free(c);
	source_places_release(&p);
	remove_home(&h);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(an_answer_holds_for_all_that_is_beside_the_file),
		TEST(a_file_that_is_not_there_is_told),
		TEST(places_are_there_the_next_time),
		TEST(broken_lines_are_passed_over_and_the_longest_prefix_is_first),
		TEST(what_is_no_file_holds_no_places),
		TEST(a_place_comes_before_all_other_paths),
	};

	return TEST_RUN(tests, argc, argv);
}
