/*
 * Unit tests of base/spawn.h.
 *
 * Lives here: children that are gone in a moment.
 */
#include "config.h"

#include "base/spawn.h"

#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct spawn_files inherited = { -1, -1 };

static void a_child_reads_what_is_written(void **state)
{
	static const char *const argv[] = { "sh", "-c", "read line && test \"$line\" = hello", NULL };
	struct test *t = *state;
	struct spawn s;

	assert_true(spawn_open(&s, argv, inherited, &t->err));
	assert_int_equal(write(s.in_fd, "hello\n", 6), 6);
	assert_true(spawn_close(&s, &t->err));
}

static void its_output_goes_where_it_is_told(void **state)
{
	static const char *const argv[] = { "sh", "-c", "echo out; echo err >&2", NULL };
	struct test *t = *state;
	struct spawn s;
	char text[32];
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	assert_true(spawn_open(&s, argv, (struct spawn_files){ fd[1], fd[1] }, &t->err));
	assert_true(spawn_close(&s, &t->err));
	assert_int_equal(read(fd[0], text, sizeof(text)), 8);
	assert_memory_equal(text, "out\nerr\n", 8);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

/* Ctrl-C on a terminal reaches both: it ends the child, and we go on. */
static void one_that_is_attended_has_its_files_and_its_interrupts(void **state)
{
	static const char *const talk[] = { "sh", "-c", "read line; echo got $line", NULL };
	static const char *const interrupted[] = { "sh", "-c", "kill -INT $PPID; kill -INT $$; sleep 10", NULL };
	static const char *const absent[] = { "no-such-program-at-all", NULL };
	struct test *t = *state;
	int in[2], out[2];
	char text[32];

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	assert_int_equal(write(in[1], "it\n", 3), 3);
	assert_true(spawn_attended(talk, in[0], out[1], &t->err));
	assert_int_equal(read(out[0], text, sizeof(text)), 7);
	assert_memory_equal(text, "got it\n", 7);
	assert_false(spawn_attended(interrupted, in[0], out[1], &t->err));
	assert_error(&t->err, ERR_IO, "signal: interrupt");
	error_clear(&t->err);
	assert_false(spawn_attended(absent, in[0], out[1], &t->err));
	assert_error(&t->err, ERR_NOTFOUND,
		     "exec: \"no-such-program-at-all\": executable file not found in $PATH");
	for (int i = 0; i < 2; i++) {
		(void)close(in[i]);
		(void)close(out[i]);
	}
}

static void a_failure_is_told_by_its_status(void **state)
{
	static const char *const argv[] = { "sh", "-c", "exit 3", NULL };
	struct test *t = *state;
	struct spawn s;

	assert_true(spawn_open(&s, argv, inherited, &t->err));
	assert_false(spawn_close(&s, &t->err));
	assert_error(&t->err, ERR_IO, "exit status 3");
}

static void a_child_that_was_killed_says_so(void **state)
{
	static const char *const argv[] = { "sh", "-c", "kill -KILL $$", NULL };
	struct test *t = *state;
	struct spawn s;

	assert_true(spawn_open(&s, argv, inherited, &t->err));
	assert_false(spawn_close(&s, &t->err));
	assert_error(&t->err, ERR_IO, "signal: killed");
}

static void a_program_that_is_not_there_is_named(void **state)
{
	static const char *const absent[] = { "no-such-program-at-all", NULL };
	static const char *const path[] = { "/nonexistent/program", NULL };
	struct test *t = *state;
	struct spawn s;

	assert_false(spawn_open(&s, absent, inherited, &t->err));
	assert_error(&t->err, ERR_NOTFOUND,
		     "exec: \"no-such-program-at-all\": executable file not found in $PATH");
	assert_false(spawn_open(&s, path, inherited, &t->err));
	assert_error(&t->err, ERR_NOTFOUND, "fork/exec /nonexistent/program: no such file or directory");
}

static void writing_to_a_child_that_has_gone_is_an_error_and_no_signal(void **state)
{
	static const char *const argv[] = { "true", NULL };
	struct test *t = *state;
	struct spawn s;
	ssize_t n = 1;

	assert_true(spawn_open(&s, argv, inherited, &t->err));
	while (n > 0)
		n = write(s.in_fd, "x", 1);
	assert_int_equal(errno, EPIPE);
	assert_true(spawn_close(&s, &t->err));
}

static void a_filter_gives_what_it_made_of_the_input(void **state)
{
	static const char *const argv[] = { "tr", "a-z", "A-Z", NULL };
	struct test *t = *state;
	struct out out;

	out_open_memory(&out);
	assert_true(spawn_filter(argv, STR("hello"), &out, &t->err));
	assert_str(out_text(&out), "HELLO");
	out_release(&out);
}

static void a_filter_may_read_little_and_write_much(void **state)
{
	static const char *const argv[] = { "sh", "-c", "head -c 1 >/dev/null; head -c 1000000 /dev/zero", NULL };
	struct test *t = *state;
	char *input = ARENA_ZERO(&t->arena, char, 1000000);
	struct out out;

	out_open_memory(&out);
	assert_true(spawn_filter(argv, (struct str){ input, 1000000 }, &out, &t->err));
	assert_int_equal(out_text(&out).len, 1000000);
	out_release(&out);
}

static void a_filter_that_fails_says_why(void **state)
{
	static const char *const argv[] = { "sh", "-c", "echo some; echo 'no way' >&2; exit 3", NULL };
	struct test *t = *state;
	struct out out;

	out_open_memory(&out);
	assert_false(spawn_filter(argv, STR("hello"), &out, &t->err));
	assert_error(&t->err, ERR_IO, "no way: exit status 3");
	assert_int_equal(out_text(&out).len, 0);
	out_release(&out);
}

static void a_child_that_nobody_waits_for_is_stopped(void **state)
{
	static const char *const sleeps[] = { "sleep", "100", NULL };
	static const char *const stays[] = { "sh", "-c", "trap '' TERM; echo; while :; do sleep 0.1; done", NULL };
	struct cancel cancel = { .is_raised = true };
	struct test *t = *state;
	struct spawn s;
	char byte;
	int fd[2];

	assert_true(spawn_open(&s, sleeps, inherited, &t->err));
	assert_false(spawn_close_or_stop(&s, &cancel, &t->err));
	assert_error(&t->err, ERR_IO, "signal: terminated");
	error_clear(&t->err);
	assert_int_equal(pipe(fd), 0);
	assert_true(spawn_open(&s, stays, (struct spawn_files){ fd[1], -1 }, &t->err));
	assert_int_equal(read(fd[0], &byte, 1), 1); /* it does not listen any more */
	assert_false(spawn_close_or_stop(&s, &cancel, &t->err));
	assert_error(&t->err, ERR_IO, "signal: killed");
	error_clear(&t->err);
	(void)close(fd[0]);
	(void)close(fd[1]);
}

static void a_child_that_does_not_read_keeps_nobody(void **state)
{
	static const char *const argv[] = { "sleep", "100", NULL };
	static const char text[1 << 17];
	struct cancel cancel = { .is_raised = true };
	struct test *t = *state;
	struct spawn s;
	struct out out;

	assert_true(spawn_open(&s, argv, inherited, &t->err));
	spawn_unblock(&s);
	while (write(s.in_fd, text, sizeof(text)) > 0)
		continue;
	assert_int_equal(errno, EAGAIN);
	out_open_fd(&out, s.in_fd);
	out.cancel = &cancel;
	out_bytes(&out, text, sizeof(text));
	assert_true(out.is_broken);
	out_release(&out);
	assert_false(spawn_close_or_stop(&s, &cancel, &t->err));
	error_clear(&t->err);
}

static void programs_are_found_in_path(void **state)
{
	(void)state;
	assert_true(spawn_exists("sh"));
	assert_true(spawn_exists("/bin/sh"));
	assert_false(spawn_exists("no-such-program-anywhere"));
	assert_false(spawn_exists("/bin/no-such-program"));
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_child_reads_what_is_written),
		TEST(its_output_goes_where_it_is_told),
		TEST(one_that_is_attended_has_its_files_and_its_interrupts),
		TEST(a_failure_is_told_by_its_status),
		TEST(a_child_that_was_killed_says_so),
		TEST(a_program_that_is_not_there_is_named),
		TEST(writing_to_a_child_that_has_gone_is_an_error_and_no_signal),
		TEST(a_filter_gives_what_it_made_of_the_input),
		TEST(a_filter_may_read_little_and_write_much),
		TEST(a_filter_that_fails_says_why),
		TEST(a_child_that_nobody_waits_for_is_stopped),
		TEST(a_child_that_does_not_read_keeps_nobody),
		TEST(programs_are_found_in_path),
	};

	return TEST_RUN(tests, argc, argv);
}
