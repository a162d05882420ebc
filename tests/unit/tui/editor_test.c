/*
 * The user's editor: which words are run.
 */
#include "config.h"

#include "tui/editor.h"

#include "tests/test.h"

/* The words with blanks between, or "none". */
static struct str words(struct test *t, const char *command, const char *path, int64_t line)
{
	const char *word[EDITOR_WORDS + 1];
	struct str all = STR_EMPTY;

	if (!editor_words(str_from(command), str_from(path), line, &t->arena, word))
		return STR("none");
	for (size_t i = 0; word[i]; i++)
		all = arena_fmt(&t->arena, "%.*s%s<%s>", STR_FMT(all), i ? " " : "", word[i]);
	return all;
}

static void each_editor_is_told_the_line_its_own_way(void **state)
{
	struct test *t = *state;

	assert_str(words(t, "vi", "/a.c", 12), "<vi> <+12> </a.c>");
	assert_str(words(t, "/usr/bin/nvim -R", "/a.c", 12), "</usr/bin/nvim> <-R> <+12> </a.c>");
	assert_str(words(t, "emacsclient -nw", "/a.c", 12), "<emacsclient> <-nw> <+12> </a.c>");
	assert_str(words(t, "code --wait", "/a.c", 12), "<code> <--wait> <-g> </a.c:12>");
	assert_str(words(t, "subl", "/a.c", 12), "<subl> </a.c:12>");
	assert_str(words(t, "ed", "/a.c", 12), "<ed> </a.c>");
	assert_str(words(t, "vim", "/a.c", 0), "<vim> </a.c>");
}

static void a_path_is_one_word_and_no_option(void **state)
{
	struct test *t = *state;

	assert_str(words(t, "vi", "-c:q! x.c", 3), "<vi> <+3> <./-c:q! x.c>");
	assert_str(words(t, "vi", "/a b;rm $(x).c", 3), "<vi> <+3> </a b;rm $(x).c>");
	assert_str(words(t, "vi", "+9", 3), "<vi> <+3> <./+9>");
}

static void a_command_without_a_word_or_with_too_many_is_none(void **state)
{
	struct test *t = *state;

	assert_str(words(t, "  ", "/a.c", 3), "none");
	assert_str(words(t, "vi a a a a a a a a a a a a a a a a a a a a", "/a.c", 3), "none");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_editor_is_told_the_line_its_own_way),
		TEST(a_path_is_one_word_and_no_option),
		TEST(a_command_without_a_word_or_with_too_many_is_none),
	};

	return TEST_RUN(tests, argc, argv);
}
