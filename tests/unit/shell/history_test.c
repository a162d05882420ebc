/*
 * Unit tests of shell/history.h.
 *
 * Lives here: one file in a directory that is made and removed.
 */
#include "config.h"

#include "shell/history.h"

#include "tests/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
	char dir[32];
	struct str file;
};

static void enter(struct place *p, struct test *t)
{
	memcpy(p->dir, "/tmp/history_test.XXXXXX", 25);
	assert_non_null(mkdtemp(p->dir));
	assert_int_equal(setenv("XDG_STATE_HOME", p->dir, 1), 0);
	p->file = arena_fmt(&t->arena, "%s/cpprof-view/history", p->dir);
}

static void leave(struct place *p, struct test *t)
{
	(void)unlink(p->file.ptr);
	(void)rmdir(arena_fmt(&t->arena, "%s/cpprof-view", p->dir).ptr);
	assert_int_equal(rmdir(p->dir), 0);
}

static void lines_are_there_the_next_time(void **state)
{
	struct test *t = *state;
	struct shell_history h;
	struct stat st;
	struct place p;

	enter(&p, t);
	shell_history_open(&h);
	assert_int_equal(h.line.n, 0);
	shell_history_add(&h, STR("top 5"));
	shell_history_add(&h, STR("  focus=m\xc3\xa9  "));
	shell_history_release(&h);
	assert_int_equal(stat(p.file.ptr, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	shell_history_open(&h);
	assert_int_equal(h.line.n, 2);
	assert_str(h.line.at[0], "top 5");
	assert_str(h.line.at[1], "focus=m\xc3\xa9");
	shell_history_release(&h);
	leave(&p, t);
}

static void empty_repeated_and_unreadable_lines_are_not_kept(void **state)
{
	struct test *t = *state;
	struct shell_history h;
	struct place p;

	enter(&p, t);
	shell_history_open(&h);
	shell_history_add(&h, STR("top"));
	shell_history_add(&h, STR("top"));
	shell_history_add(&h, STR("  "));
	shell_history_add(&h, STR("a\x1b[2J"));
	shell_history_add(&h, STR("a\xff"));
	shell_history_add(&h, STR("tree"));
	shell_history_add(&h, STR("top"));
	assert_int_equal(h.line.n, 3);
	shell_history_release(&h);
	leave(&p, t);
}

static void a_long_file_is_cut_to_its_newest_lines(void **state)
{
	struct test *t = *state;
	struct shell_history h;
	struct place p;

	enter(&p, t);
	shell_history_open(&h);
	for (int i = 0; i < 2500; i++)
		shell_history_add(&h, arena_fmt(&t->arena, "top %d", i));
	shell_history_release(&h);
	for (int i = 0; i < 2; i++) {
		shell_history_open(&h);
		assert_int_equal(h.line.n, 1000);
		assert_str(h.line.at[0], "top 1500");
		assert_str(h.line.at[999], "top 2499");
		shell_history_release(&h);
	}
	leave(&p, t);
}

static void without_a_place_history_lasts_for_the_run(void **state)
{
	struct shell_history h;

	(void)state;
	assert_int_equal(setenv("XDG_STATE_HOME", "/dev/null", 1), 0);
	shell_history_open(&h);
	shell_history_add(&h, STR("top"));
	assert_int_equal(h.line.n, 1);
	shell_history_release(&h);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(lines_are_there_the_next_time),
		TEST(empty_repeated_and_unreadable_lines_are_not_kept),
		TEST(a_long_file_is_cut_to_its_newest_lines),
		TEST(without_a_place_history_lasts_for_the_run),
	};

	return TEST_RUN(tests, argc, argv);
}
