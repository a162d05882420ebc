/*
 * Files of program text: where they are looked for, their lines, what is not read.
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

/* A directory with proj/sub in it, removed at the end. */
struct tree {
	char dir[32], root[64], sub[64];
};

static void write_file(struct test *t, const char *dir, const char *name, struct str text)
{
	struct str path = arena_fmt(&t->arena, "%s/%s", dir, name);
	int fd = open(path.ptr, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text.ptr, text.len), text.len);
	assert_int_equal(close(fd), 0);
}

static void remove_file(struct test *t, const char *dir, const char *name)
{
	assert_int_equal(unlink(arena_fmt(&t->arena, "%s/%s", dir, name).ptr), 0);
}

static void make_tree(struct tree *tree)
{
	(void)snprintf(tree->dir, sizeof(tree->dir), "/tmp/source_test.XXXXXX");
	assert_non_null(mkdtemp(tree->dir));
	(void)snprintf(tree->root, sizeof(tree->root), "%s/proj", tree->dir);
	(void)snprintf(tree->sub, sizeof(tree->sub), "%s/proj/sub", tree->dir);
	assert_int_equal(mkdir(tree->root, 0777), 0);
	assert_int_equal(mkdir(tree->sub, 0777), 0);
}

static void remove_tree(struct tree *tree)
{
	assert_int_equal(rmdir(tree->sub), 0);
	assert_int_equal(rmdir(tree->root), 0);
	assert_int_equal(rmdir(tree->dir), 0);
}

static void files_are_found_in_parents_and_kept(void **state)
{
	struct test *t = *state;
	const struct source_file *f;
	struct source_cache *c;
	struct tree tree;

	make_tree(&tree);
	write_file(t, tree.root, "a.c", STR("one\ntwo\r\n\nlast"));
	c = source_cache_new(STR_EMPTY, str_from(tree.sub), &t->err);
	assert_non_null(c);
	f = source_open(c, STR("/elsewhere/sub/a.c"), &t->err);
	assert_non_null(f);
	assert_str(f->path, arena_fmt(&t->arena, "%s/a.c", tree.root).ptr);
	remove_file(t, tree.root, "a.c");
	assert_ptr_equal(source_open(c, STR("/elsewhere/sub/a.c"), &t->err), f);
	assert_int_equal(f->n_line, 4);
	assert_str(source_line(f, 1), "one");
	assert_str(source_line(f, 2), "two");
	assert_str(source_line(f, 3), "");
	assert_str(source_line(f, 4), "last");
	assert_null(source_line(f, 0).ptr);
	assert_null(source_line(f, 5).ptr);
	assert_null(source_line(f, INT64_MIN).ptr);
	assert_null(source_line(f, INT64_MAX).ptr);
	source_cache_free(c);
	remove_tree(&tree);
}

static void lines_end_before_one_of_64_kib(void **state)
{
	static char text[200000];
	struct test *t = *state;
	const struct source_file *f;
	struct source_cache *c;
	struct tree tree;

	make_tree(&tree);
	memset(text, 'x', sizeof(text));
	text[10] = '\n';
	text[11 + 65535] = '\n';
	write_file(t, tree.sub, "long", (struct str){ text, sizeof(text) });
	write_file(t, tree.sub, "empty", STR(""));
	c = source_cache_new(STR_EMPTY, str_from(tree.sub), &t->err);
	f = source_open(c, STR("long"), &t->err);
	assert_non_null(f);
	assert_int_equal(f->n_line, 2);
	assert_int_equal(source_line(f, 2).len, 65535);
	f = source_open(c, STR("empty"), &t->err);
	assert_non_null(f);
	assert_int_equal(f->n_line, 0);
	f = source_open(c, str_from(tree.sub), &t->err);
	assert_non_null(f);
	assert_int_equal(f->n_line, 0);
	source_cache_free(c);
	remove_file(t, tree.sub, "long");
	remove_file(t, tree.sub, "empty");
	remove_tree(&tree);
}

static void a_missing_file_is_told_twice_alike(void **state)
{
	struct test *t = *state;
	struct source_cache *c = source_cache_new(STR("/x"), STR("/nowhere:/nor/here"), &t->err);

	assert_non_null(c);
	for (int i = 0; i < 2; i++) {
		error_clear(&t->err);
		assert_null(source_open(c, STR("/x/no such.c"), &t->err));
		assert_error(&t->err, ERR_NOTFOUND,
			     "could not find file no such.c on path /nowhere:/nor/here");
	}
	assert_null(source_open(c, STR("/no/such.c"), &t->err));
	assert_error(&t->err, ERR_IO, "open /no/such.c: no such file or directory");
	assert_null(source_open(c, STR("/a\0b"), &t->err));
	assert_int_equal(t->err.code, ERR_IO);
	source_cache_free(c);
}

static void devices_and_pipes_are_not_read(void **state)
{
	struct test *t = *state;
	struct source_cache *c = source_cache_new(STR("/x"), STR_EMPTY, &t->err);
	struct tree tree;
	struct str path;

	make_tree(&tree);
	path = arena_fmt(&t->arena, "%s/pipe", tree.sub);
	assert_int_equal(mkfifo(path.ptr, 0600), 0);
	assert_null(source_open(c, path, &t->err));
	assert_int_equal(t->err.code, ERR_IO);
	assert_null(source_open(c, STR("/dev/zero"), &t->err));
	assert_error(&t->err, ERR_IO, "open /dev/zero: not a regular file");
	remove_file(t, tree.sub, "pipe");
	remove_tree(&tree);
	source_cache_free(c);
	source_cache_free(NULL);
}

static void all_that_was_tried_is_told_in_order(void **state)
{
	struct test *t = *state;
	const struct source_try *tried;
	struct source_cache *c = source_cache_new(STR("/x"), STR("/nowhere/at:/all"), &t->err);

	assert_non_null(c);
	assert_int_equal(source_tried(c, STR("/x/a/b.c"), &tried), 0);
	assert_null(source_open(c, STR("/x/a/b.c"), &t->err));
	/* /a/b.c is above both: told once */
	assert_int_equal(source_tried(c, STR("/x/a/b.c"), &tried), 4);
	assert_str(tried[0].path, "/nowhere/at/a/b.c");
	assert_str(tried[0].why, "no such file or directory");
	assert_str(tried[1].path, "/nowhere/a/b.c");
	assert_str(tried[2].path, "/a/b.c");
	assert_str(tried[3].path, "/all/a/b.c");
	error_clear(&t->err);
	assert_null(source_open(c, STR("/nowhere/c.c"), &t->err));
	assert_int_equal(source_tried(c, STR("/nowhere/c.c"), &tried), 1);
	assert_str(tried[0].path, "/nowhere/c.c");
	source_cache_free(c);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(files_are_found_in_parents_and_kept),
		TEST(lines_end_before_one_of_64_kib),
		TEST(a_missing_file_is_told_twice_alike),
		TEST(all_that_was_tried_is_told_in_order),
		TEST(devices_and_pipes_are_not_read),
	};

	return TEST_RUN(tests, argc, argv);
}
