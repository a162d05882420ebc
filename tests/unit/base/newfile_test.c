/*
 * Unit tests of base/newfile.h: files that appear whole or not at all.
 *
 * Each case runs twice: where a file can do without a name, and where the system has none such.
 */
#include "config.h"

#include "base/newfile.h"

#include "tests/test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_unnamed; /* files: what the pretended system has */
static bool is_full;	 /* its disk */

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

int __wrap_open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list ap;

	va_start(ap, flags);
	if (flags & (O_CREAT | O_TMPFILE))
		mode = va_arg(ap, mode_t);
	va_end(ap);
	if ((flags & O_TMPFILE) == O_TMPFILE && !has_unnamed) {
		errno = EOPNOTSUPP;
		return -1;
	}
	return __real_open(path, flags, mode);
}

int __real_fallocate(int fd, int mode, off_t at, off_t n);
int __wrap_fallocate(int fd, int mode, off_t at, off_t n);

int __wrap_fallocate(int fd, int mode, off_t at, off_t n)
{
	if (!is_full)
		return __real_fallocate(fd, mode, at, n);
	errno = ENOSPC;
	return -1;
}

/* A folder of one case, and the names of files in it. */
struct folder {
	struct test *t;
	char path[64];
};

static void folder_make(struct folder *d, struct test *t)
{
	d->t = t;
	(void)snprintf(d->path, sizeof(d->path), "/tmp/newfile_test.XXXXXX");
	assert_non_null(mkdtemp(d->path));
}

static const char *in(struct folder *d, const char *name)
{
	return arena_fmt(&d->t->arena, "%s/%s", d->path, name).ptr;
}

static int count(struct folder *d)
{
	DIR *dir = opendir(d->path);
	int n = 0;

	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir)) != NULL;)
		n += e->d_name[0] != '.';
	(void)closedir(dir);
	return n;
}

static void folder_remove(struct folder *d, const char *const name[])
{
	for (; *name; name++)
		assert_int_equal(unlink(in(d, *name)), 0);
	assert_int_equal(rmdir(d->path), 0); /* there was nothing else */
}

#define FOLDER_REMOVE(d, ...) folder_remove(d, (const char *const[]){ __VA_ARGS__, NULL })

static void put(struct newfile *f, const char *text)
{
	assert_int_equal(write(f->fd, text, strlen(text)), strlen(text));
}

static void expect(struct folder *d, const char *name, const char *text)
{
	char buf[64] = "";
	int fd = __real_open(in(d, name), O_RDONLY);

	assert_true(fd >= 0);
	assert_true(read(fd, buf, sizeof(buf) - 1) >= 0);
	(void)close(fd);
	assert_string_equal(buf, text);
}

static void make(struct folder *d, const char *name, const char *text)
{
	struct newfile f;

	assert_true(newfile_open(&f, in(d, name), &d->t->err));
	put(&f, text);
	assert_true(newfile_publish(&f));
	newfile_release(&f);
	expect(d, name, text);
}

static void a_new_file_is_there_once_it_is_published(void **state)
{
	struct test *t = *state;
	struct folder d;

	folder_make(&d, t);
	make(&d, "a", "whole");
	assert_int_equal(count(&d), 1);
	FOLDER_REMOVE(&d, "a");
}

static void the_old_file_stays_until_then(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct newfile f;
	struct stat st;

	folder_make(&d, t);
	make(&d, "a", "old");
	assert_int_equal(chmod(in(&d, "a"), 0640), 0);
	assert_true(newfile_open(&f, in(&d, "a"), &t->err));
	put(&f, "new");
	expect(&d, "a", "old");
	if (has_unnamed)
		assert_int_equal(count(&d), 1); /* so a kill would leave nothing */
	newfile_release(&f);
	expect(&d, "a", "old");
	make(&d, "a", "new");
	assert_int_equal(stat(in(&d, "a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	FOLDER_REMOVE(&d, "a");
}

static void a_link_stays_and_its_file_is_replaced(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct stat st;

	folder_make(&d, t);
	make(&d, "real", "old");
	assert_int_equal(symlink("real", in(&d, "link")), 0);
	assert_int_equal(symlink(in(&d, "link"), in(&d, "far")), 0);
	make(&d, "far", "new");
	expect(&d, "real", "new");
	assert_int_equal(lstat(in(&d, "link"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	FOLDER_REMOVE(&d, "real", "link", "far");
}

static void a_link_to_nothing_gets_its_file(void **state)
{
	struct test *t = *state;
	struct folder d;

	folder_make(&d, t);
	assert_int_equal(symlink("real", in(&d, "link")), 0);
	make(&d, "link", "new");
	expect(&d, "real", "new");
	FOLDER_REMOVE(&d, "real", "link");
}

static void a_link_to_itself_is_an_error(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct newfile f;

	folder_make(&d, t);
	assert_int_equal(symlink("link", in(&d, "link")), 0);
	assert_false(newfile_open(&f, in(&d, "link"), &t->err));
	assert_int_equal(t->err.code, ERR_IO);
	error_clear(&t->err);
	FOLDER_REMOVE(&d, "link");
}

static void a_number_that_is_taken_is_passed_over(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct newfile f;

	folder_make(&d, t);
	assert_true(newfile_open_numbered(&f, in(&d, "p"), ".svg", &t->err));
	put(&f, "mine");
	make(&d, "p001.svg", "somebody else's");
	assert_true(newfile_publish(&f));
	assert_string_equal(f.path, in(&d, "p002.svg"));
	newfile_release(&f);
	expect(&d, "p001.svg", "somebody else's");
	expect(&d, "p002.svg", "mine");
	FOLDER_REMOVE(&d, "p001.svg", "p002.svg");
}

static void a_numbered_file_that_is_given_up_leaves_nothing(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct newfile f;

	folder_make(&d, t);
	assert_true(newfile_open_numbered(&f, in(&d, "p"), ".svg", &t->err));
	newfile_release(&f);
	assert_int_equal(rmdir(d.path), 0);
}

static void a_device_is_written_as_it_is(void **state)
{
	struct test *t = *state;
	struct newfile f;

	assert_true(newfile_open(&f, "/dev/null", &t->err));
	put(&f, "gone");
	assert_true(newfile_publish(&f));
	newfile_release(&f);
}

/* What a folder of somebody else is to somebody who may write to a file in it. */
static void lock(struct folder *d, const char *name, mode_t mode)
{
	enum { NOBODY = 65534 };

	assert_int_equal(chmod(in(d, name), 0666), 0);
	assert_int_equal(chmod(d->path, mode), 0);
	if (geteuid() == 0)
		assert_int_equal(seteuid(NOBODY), 0);
}

static void unlock(struct folder *d)
{
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(d->path, 0755), 0);
}

static void a_folder_that_takes_no_file_keeps_its_own_until_then(void **state)
{
	static const char *const old[] = { "short", "longer than the new one" };
	struct test *t = *state;
	struct folder d;
	struct newfile f;
	struct stat before, after;

	folder_make(&d, t);
	for (size_t i = 0; i < 2; i++) {
		make(&d, "a", old[i]);
		assert_int_equal(stat(in(&d, "a"), &before), 0);
		lock(&d, "a", 0555);
		assert_true(newfile_open(&f, in(&d, "a"), &t->err));
		put(&f, "new and whole");
		expect(&d, "a", old[i]);
		assert_true(newfile_publish(&f));
		newfile_release(&f);
		expect(&d, "a", "new and whole");
		assert_int_equal(stat(in(&d, "a"), &after), 0);
		assert_int_equal(before.st_ino, after.st_ino);
		unlock(&d);
	}
	FOLDER_REMOVE(&d, "a");
}

static void a_full_disk_leaves_what_cannot_be_replaced(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct newfile f;

	folder_make(&d, t);
	make(&d, "a", "old");
	lock(&d, "a", 0555);
	assert_true(newfile_open(&f, in(&d, "a"), &t->err));
	put(&f, "new");
	is_full = true;
	assert_false(newfile_publish(&f));
	is_full = false;
	assert_int_equal(errno, ENOSPC);
	newfile_release(&f);
	expect(&d, "a", "old");
	unlock(&d);
	FOLDER_REMOVE(&d, "a");
}

/* As in /tmp, where everybody may make files and nobody may replace those of others. */
static void a_file_of_somebody_else_in_a_shared_folder_is_written(void **state)
{
	struct test *t = *state;
	struct folder d;
	struct newfile f;

	folder_make(&d, t);
	make(&d, "a", "old");
	lock(&d, "a", 01777);
	assert_true(newfile_open(&f, in(&d, "a"), &t->err));
	put(&f, "new");
	assert_true(newfile_publish(&f));
	newfile_release(&f);
	expect(&d, "a", "new");
	assert_int_equal(count(&d), 1);
	unlock(&d);
	FOLDER_REMOVE(&d, "a");
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	struct test *t = *state;
	struct newfile f;

	assert_false(newfile_open(&f, "/nonexistent/a", &t->err));
	assert_error(&t->err, ERR_IO, "open /nonexistent/a: no such file or directory");
	error_clear(&t->err);
}

static int where_there_are(void **state)
{
	has_unnamed = true;
	return test_setup(state);
}

static int where_there_are_none(void **state)
{
	has_unnamed = false;
	return test_setup(state);
}

#define BOTH(name)                                                               \
	cmocka_unit_test_setup_teardown(name, where_there_are, test_teardown),   \
	{ #name "_without_unnamed_files", name, where_there_are_none, test_teardown, NULL }

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		BOTH(a_new_file_is_there_once_it_is_published),
		BOTH(the_old_file_stays_until_then),
		BOTH(a_link_stays_and_its_file_is_replaced),
		BOTH(a_link_to_nothing_gets_its_file),
		BOTH(a_link_to_itself_is_an_error),
		BOTH(a_number_that_is_taken_is_passed_over),
		BOTH(a_numbered_file_that_is_given_up_leaves_nothing),
		BOTH(a_device_is_written_as_it_is),
		BOTH(a_folder_that_takes_no_file_keeps_its_own_until_then),
		BOTH(a_full_disk_leaves_what_cannot_be_replaced),
		BOTH(a_file_of_somebody_else_in_a_shared_folder_is_written),
		BOTH(a_folder_that_is_not_there_is_told),
	};

	return TEST_RUN(tests, argc, argv);
}
