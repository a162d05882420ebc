/*
 * Unit tests of base/litter.h.
 */
#include "config.h"

#include "base/litter.h"

#include "tests/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void a_file_is_for_this_user_alone(void **state)
{
	struct test *t = *state;
	struct litter l;
	struct stat st;
	char text[8] = "";
	FILE *f;

	assert_true(litter_make(&l, "litter", ".txt", STR("hello"), &t->err));
	assert_non_null(strstr(l.path, "/litter-"));
	assert_string_equal(l.path + strlen(l.path) - 4, ".txt");
	assert_int_equal(stat(l.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	f = fopen(l.path, "r");
	assert_non_null(f);
	assert_int_equal(fread(text, 1, sizeof(text), f), 5);
	assert_string_equal(text, "hello");
	(void)fclose(f);
	litter_release(&l);
}

static void it_is_gone_when_it_is_released(void **state)
{
	struct test *t = *state;
	struct litter l;
	char path[256];

	assert_true(litter_make(&l, "litter", ".txt", STR("hello"), &t->err));
	(void)snprintf(path, sizeof(path), "%s", l.path);
	litter_release(&l);
	assert_int_not_equal(access(path, F_OK), 0);
	litter_release(&l);
}

/* Waits until there is no such file. */
static bool goes_away(const char *path)
{
	struct timespec step = { .tv_nsec = 10 * 1000 * 1000 };

	for (int i = 0; i < 500; i++) {
		if (access(path, F_OK) != 0)
			return true;
		(void)nanosleep(&step, NULL);
	}
	return false;
}

static void it_is_gone_when_the_process_is_killed(void **state)
{
	struct test *t = *state;
	struct litter l;
	char path[256] = "";
	int fd[2];
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		if (litter_make(&l, "litter", ".txt", STR("hello"), &t->err))
			(void)!write(fd[1], l.path, strlen(l.path));
		(void)kill(getpid(), SIGKILL);
	}
	assert_true(pid > 0);
	assert_true(read(fd[0], path, sizeof(path) - 1) > 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_true(goes_away(path));
	(void)close(fd[0]);
	(void)close(fd[1]);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	struct test *t = *state;
	struct litter l;

	assert_int_equal(setenv("TMPDIR", "/nonexistent", 1), 0);
	assert_false(litter_make(&l, "litter", ".txt", STR("hello"), &t->err));
	assert_int_equal(unsetenv("TMPDIR"), 0);
	assert_int_equal(t->err.code, ERR_IO);
	assert_non_null(strstr(t->err.msg, "no such file or directory"));
	litter_release(&l);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_file_is_for_this_user_alone),
		TEST(it_is_gone_when_it_is_released),
		TEST(it_is_gone_when_the_process_is_killed),
		TEST(a_folder_that_is_not_there_is_told),
	};

	return TEST_RUN(tests, argc, argv);
}
