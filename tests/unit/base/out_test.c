/*
 * Unit tests of base/out.h: output to memory, descriptors and files.
 *
 * Lives here: also the few cases that need a temporary file, which is the thing tested.
 */
#include "config.h"

#include "base/out.h"

#include "base/cancel.h"

#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void numbers_are_written_in_full_range(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	out_i64(&o, 0);
	out_char(&o, ' ');
	out_i64(&o, INT64_MIN);
	out_char(&o, ' ');
	out_i64(&o, INT64_MAX);
	out_char(&o, ' ');
	out_hex(&o, 0);
	out_char(&o, ' ');
	out_hex(&o, UINT64_MAX);
	assert_str(out_text(&o), "0 -9223372036854775808 9223372036854775807 0x0 0xffffffffffffffff");
	out_release(&o);
}

static void nothing_written_is_an_empty_text(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	assert_str(out_text(&o), "");
	out_release(&o);
	out_release(&o);
}

static void padding_counts_code_points_and_never_cuts(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	out_pad_left(&o, STR("h\xc3\xa9"), 4);
	out_char(&o, '|');
	out_pad_right(&o, STR("\xe2\x82\xac"), 3);
	out_char(&o, '|');
	out_pad_left(&o, STR("abc"), 2);
	assert_str(out_text(&o), "  h\xc3\xa9|\xe2\x82\xac  |abc");
	out_release(&o);
}

static void any_number_of_spaces_is_written(void **state)
{
	struct test *t = *state;
	struct out o;

	for (size_t n = 0; n < 200; n += 9) {
		out_open_memory(&o);
		out_spaces(&o, n);
		out_char(&o, '|');
		assert_true(str_eq(out_text(&o), arena_fmt(&t->arena, "%*s|", (int)n, "")));
		out_release(&o);
	}
}

static void formatted_text_may_be_longer_than_the_small_buffer(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	out_fmt(&o, "%s=%d", "n", 3);
	out_fmt(&o, "%2000s", "x");
	assert_int_equal(o.total, 2003);
	assert_str(str_head(out_text(&o), 4), "n=3 ");
	assert_str(str_from_offset(out_text(&o), 2001), " x");
	out_release(&o);
}

static void memory_grows_past_one_buffer(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	for (int i = 0; i < 100000; i++)
		out_lit(&o, "0123456789");
	assert_int_equal(out_text(&o).len, 1000000);
	assert_str(str_from_offset(out_text(&o), 999990), "0123456789");
	out_release(&o);
}

static void text_is_made_safe_on_a_terminal_only_and_bytes_never(void **state)
{
	struct out o;

	(void)state;
	out_open_memory(&o);
	out_str(&o, STR("a\x1b"));
	o.is_terminal = true;
	out_str(&o, STR("b\x1b\n"));
	out_bytes(&o, "\x1b", 1);
	assert_str(out_text(&o), "a\x1b" "b\xe2\x90\x9b\n\x1b");
	out_release(&o);
}

/* A path in a directory of its own, which clean_up() removes. */
static struct str temporary_path(struct arena *a)
{
	char dir[] = "/tmp/out_test.XXXXXX";

	assert_non_null(mkdtemp(dir));
	return arena_fmt(a, "%s/report.txt", dir);
}

static void clean_up(struct test *t, struct str path)
{
	struct str dir = arena_str(&t->arena, str_head(path, (size_t)str_rfind_char(path, '/')));

	(void)unlink(path.ptr);
	assert_int_equal(rmdir(dir.ptr), 0);
}

static struct str content(struct arena *a, struct str path)
{
	char buf[256];
	FILE *f = fopen(path.ptr, "r");
	size_t n;

	if (!f)
		return STR("(no file)");
	n = fread(buf, 1, sizeof(buf), f);
	(void)fclose(f);
	return arena_str(a, (struct str){ buf, n });
}

static void a_file_appears_whole_when_it_is_closed(void **state)
{
	struct test *t = *state;
	struct str path = temporary_path(&t->arena);
	struct out o;

	assert_true(out_open_file(&o, path.ptr, &t->err));
	out_lit(&o, "done\n");
	assert_str(content(&t->arena, path), "(no file)");
	assert_true(out_close(&o, &t->err));
	assert_str(content(&t->arena, path), "done\n");
	clean_up(t, path);
}

static void a_file_that_is_given_up_leaves_the_old_one(void **state)
{
	struct test *t = *state;
	struct str path = temporary_path(&t->arena);
	struct out o;

	assert_true(out_open_file(&o, path.ptr, &t->err));
	out_lit(&o, "old\n");
	assert_true(out_close(&o, &t->err));
	assert_true(out_open_file(&o, path.ptr, &t->err));
	out_lit(&o, "new\n");
	out_release(&o);
	assert_str(content(&t->arena, path), "old\n");
	clean_up(t, path);
}

static void an_existing_file_keeps_its_mode(void **state)
{
	struct test *t = *state;
	struct str path = temporary_path(&t->arena);
	struct stat st;
	struct out o;

	assert_true(out_open_file(&o, path.ptr, &t->err));
	assert_true(out_close(&o, &t->err));
	assert_int_equal(chmod(path.ptr, 0640), 0);
	assert_true(out_open_file(&o, path.ptr, &t->err));
	assert_true(out_close(&o, &t->err));
	assert_int_equal(stat(path.ptr, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	clean_up(t, path);
}

static void a_device_is_written_directly(void **state)
{
	struct test *t = *state;
	struct out o;

	assert_true(out_open_file(&o, "/dev/null", &t->err));
	out_lit(&o, "gone");
	assert_true(out_close(&o, &t->err));
}

static void a_directory_that_is_not_there_is_named(void **state)
{
	struct test *t = *state;
	struct out o;

	assert_false(out_open_file(&o, "/nonexistent/report.txt", &t->err));
	assert_error(&t->err, ERR_IO, "open /nonexistent/report.txt: no such file or directory");
}

static void a_failed_write_is_told_at_the_end(void **state)
{
	struct test *t = *state;
	struct out o;

	assert_true(out_open_file(&o, "/dev/full", &t->err));
	for (int i = 0; i < 100000; i++)
		out_lit(&o, "0123456789");
	assert_false(out_close(&o, &t->err));
	assert_error(&t->err, ERR_IO, "write /dev/full: no space left on device");
}

static void numbered_files_take_the_first_free_name(void **state)
{
	struct test *t = *state;
	struct str path = temporary_path(&t->arena), first, second;
	struct str stem = arena_fmt(&t->arena, "%.*s.", STR_FMT(path));
	struct out o;

	assert_true(out_open_numbered(&o, stem.ptr, ".gz", &t->err));
	assert_true(out_close_file(&o, &t->arena, &first, &t->err));
	assert_true(str_has_suffix(first, STR("report.txt.001.gz")));
	assert_true(out_open_numbered(&o, stem.ptr, ".gz", &t->err));
	assert_true(out_close_file(&o, &t->arena, &second, &t->err));
	assert_true(str_has_suffix(second, STR("report.txt.002.gz")));
	(void)unlink(second.ptr);
	assert_true(out_open_numbered(&o, stem.ptr, ".gz", &t->err));
	out_release(&o);
	assert_int_equal(access(second.ptr, F_OK), -1);
	clean_up(t, first);
}

static int starts;

static int start_nothing(void *ctx)
{
	starts++;
	return *(int *)ctx;
}

static void an_output_for_later_is_started_once_and_only_for_bytes_or_a_close(void **state)
{
	struct test *t = *state;
	int fd = open("/dev/null", O_WRONLY);
	struct out o;

	starts = 0;
	out_open_later(&o, start_nothing, &fd);
	out_lit(&o, "given up");
	out_release(&o);
	assert_int_equal(starts, 0);
	out_open_later(&o, start_nothing, &fd);
	assert_true(out_close(&o, &t->err));
	assert_int_equal(starts, 1);
	out_open_later(&o, start_nothing, &fd);
	for (int i = 0; i < 100000; i++)
		out_lit(&o, "0123456789");
	assert_int_equal(starts, 2);
	assert_true(out_close(&o, &t->err));
	assert_int_equal(starts, 2);
	(void)close(fd);
}

static void a_cancelled_output_drops_what_follows_and_says_so(void **state)
{
	struct test *t = *state;
	struct cancel cancel = { .is_raised = false };
	struct out o;

	assert_true(out_open_file(&o, "/dev/full", &t->err));
	o.cancel = &cancel;
	out_lit(&o, "0123456789");
	cancel_raise(&cancel);
	out_flush(&o);
	assert_true(o.is_broken);
	assert_false(out_close(&o, &t->err));
	assert_error(&t->err, ERR_CANCELLED, "interrupted");
}

static void an_output_goes_on_after_a_failure_that_is_forgotten(void **state)
{
	struct test *t = *state;
	int fd = open("/dev/null", O_WRONLY);
	struct cancel cancel = { .is_raised = true };
	struct out o;

	out_open_fd(&o, fd);
	o.cancel = &cancel;
	out_lit(&o, "lost");
	out_flush(&o);
	assert_true(o.is_broken);
	cancel_reset(&cancel);
	out_recover(&o);
	out_lit(&o, "kept");
	assert_true(out_close(&o, &t->err));
	(void)close(fd);
}

static void collect(void *ctx, const void *p, size_t n)
{
	out_bytes(ctx, p, n);
}

static void a_sink_gets_every_byte_in_order(void **state)
{
	struct test *t = *state;
	struct out to, o;

	out_open_memory(&to);
	out_open_sink(&o, collect, &to);
	for (int64_t i = 0; i < 30000; i++) {
		out_i64(&o, i);
		out_char(&o, ' ');
	}
	assert_true(to.n > 0);
	assert_true(out_close(&o, &t->err));
	assert_int_equal(to.n, 168890);
	assert_str(str_from_offset(out_text(&to), 168884), "29999 ");
	out_release(&to);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(numbers_are_written_in_full_range),
		TEST(nothing_written_is_an_empty_text),
		TEST(padding_counts_code_points_and_never_cuts),
		TEST(any_number_of_spaces_is_written),
		TEST(formatted_text_may_be_longer_than_the_small_buffer),
		TEST(memory_grows_past_one_buffer),
		TEST(text_is_made_safe_on_a_terminal_only_and_bytes_never),
		TEST(a_file_appears_whole_when_it_is_closed),
		TEST(a_file_that_is_given_up_leaves_the_old_one),
		TEST(an_existing_file_keeps_its_mode),
		TEST(a_device_is_written_directly),
		TEST(a_directory_that_is_not_there_is_named),
		TEST(a_failed_write_is_told_at_the_end),
		TEST(numbered_files_take_the_first_free_name),
		TEST(an_output_for_later_is_started_once_and_only_for_bytes_or_a_close),
		TEST(a_cancelled_output_drops_what_follows_and_says_so),
		TEST(an_output_goes_on_after_a_failure_that_is_forgotten),
		TEST(a_sink_gets_every_byte_in_order),
	};

	return TEST_RUN(tests, argc, argv);
}
