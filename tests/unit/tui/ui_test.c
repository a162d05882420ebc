/*
 * Unit tests of tui/ui.h: what stands around views, driven by scripts through the loop.
 */
#include "config.h"

#include "tui/loop.h"

#include "tests/test.h"

#include <stdio.h>

/* Two views of one list, which can lose its rows. */
struct model {
	size_t n;
	uint64_t generation;
	int n_open;
	struct list list[2];
};

struct lines {
	struct model *model;
	struct list *list;
};

static struct lines views_of_model[2];

static bool open_lines(int i, void *app, void **state)
{
	struct model *m = app;

	m->n_open++;
	views_of_model[i] = (struct lines){ .model = m, .list = &m->list[i] };
	*state = &views_of_model[i];
	return true;
}

static bool open_first(void *app, void **state, struct error *err)
{
	(void)err;
	return open_lines(0, app, state);
}

static bool open_second(void *app, void **state, struct error *err)
{
	(void)err;
	return open_lines(1, app, state);
}

static bool open_broken(void *app, void **state, struct error *err)
{
	(void)app;
	(void)state;
	return error_set(err, ERR_NOTFOUND, "nothing to see here");
}

static bool refresh(void *state, struct error *err)
{
	struct lines *l = state;

	(void)err;
	list_resize(l->list, l->model->n);
	return true;
}

static void close_lines(void *state)
{
	struct lines *l = state;

	l->model->n_open--;
}

static struct str name_of(size_t row, char buf[16])
{
	int n = snprintf(buf, 16, "item%zu", row);

	return (struct str){ buf, (size_t)n };
}

static void draw(const void *state, struct area a, const struct search *what)
{
	const struct lines *l = state;
	size_t top = list_top(l->list, a.rows);

	(void)what;
	for (int i = 0; i < a.rows && top + (size_t)i < l->list->n; i++) {
		bool is_selected = top + (size_t)i == l->list->selected;
		char buf[16];

		grid_text(a, i, 0, 1, is_selected ? STR(">") : STR(" "), AT_TEXT);
		grid_text(a, i, 1, a.cols, name_of(top + (size_t)i, buf), AT_TEXT);
	}
}

static bool act(void *state, struct ui *ui, const struct act *a)
{
	struct lines *l = state;

	if (a->action == ACT_OPEN) {
		out_fmt(ui_page_start(ui, "page", STR_EMPTY), "line one\nline two of %zu\n", l->list->selected);
		ui_page_show(ui);
		return true;
	}
	return list_act(l->list, a, a->area.rows, 0);
}

static void status(const void *state, struct area line)
{
	const struct lines *l = state;

	grid_fmt(line, 0, 0, line.cols, AT_TEXT, "at %zu of %zu", l->list->selected, l->list->n);
}

static struct str subject(const void *state)
{
	static char buf[16];

	return name_of(((const struct lines *)state)->list->selected, buf);
}

static bool search(void *state, const struct act *where, const struct search *what,
		   enum search_step step)
{
	struct lines *l = state;
	size_t n = l->list->n, at = l->list->selected;

	for (size_t i = 0; i < n; i++) {
		size_t row = step == SEARCH_HERE ? (at + i) % n
			     : step == SEARCH_NEXT ? (at + i + 1) % n
						   : (at + n - i - 1) % n;
		char buf[16];

		if (regex_match(what->regex, name_of(row, buf))) {
			list_select(l->list, row, where->area.rows);
			return true;
		}
	}
	return false;
}

static const struct view first = {
	.name = "top", .title = "First", .summary = "the first", .open = open_first,
	.refresh = refresh, .close = close_lines, .draw = draw, .act = act,
	.status = status, .subject = subject, .search = search,
};
static const struct view second = {
	.name = "flame", .title = "Second", .summary = "the second", .open = open_second,
	.refresh = refresh, .close = close_lines, .draw = draw, .act = act,
	.status = status, .subject = subject, .search = search,
};
static const struct view broken = {
	.name = "tree", .title = "Broken", .summary = "fails", .open = open_broken,
	.refresh = refresh, .close = close_lines, .draw = draw, .act = act,
	.status = status, .subject = subject, .search = search,
};
static const struct view *const views[] = { &first, &second, &broken, NULL };

static uint64_t generation(void *ctx)
{
	return ((struct model *)ctx)->generation;
}

static void crumbs(void *ctx, struct area line)
{
	grid_fmt(line, 0, 0, line.cols, AT_TEXT, "%zu items", ((struct model *)ctx)->n);
}

static void chosen(struct ui *ui, void *ctx, size_t i)
{
	struct model *m = ctx;

	m->n = 5 * i;
	m->generation++;
	ui_message(ui, "kept %zu", m->n);
}

static bool act_on_model(void *ctx, struct ui *ui, const struct act *a)
{
	struct menu *menu;

	if (a->action != ACT_SAMPLE_TYPE)
		return false;
	menu = ui_menu_start(ui, "keep");
	menu_add(menu, STR("none"), false);
	menu_add(menu, STR("five"), false);
	menu_add(menu, STR("ten"), true);
	ui_menu_show(ui, chosen, ctx);
	return true;
}

static bool command(void *ctx, struct ui *ui, struct str line, struct out *out, struct error *err)
{
	(void)ctx;
	(void)ui;
	if (str_eq(line, STR("bad")))
		return error_set(err, ERR_USAGE, "no command \"bad\"");
	if (str_eq(line, STR("lines")))
		out_lit(out, "one\ntwo\n");
	if (str_has_prefix(line, STR("say ")))
		out_str(out, str_from_offset(line, 4));
	return true;
}

/* Runs a script on 12 by 30 cells and compares the last screen. */
static void shows(const char *script, const char *want)
{
	struct model m = { .n = 20 };
	struct ui_app app = { .ctx = &m, .generation = generation, .crumbs = crumbs,
			      .act = act_on_model, .command = command };
	struct script s = script_over(str_from(script));
	struct error err = ERROR_INIT;
	struct ui ui;
	struct out o;

	out_open_memory(&o);
	assert_true(ui_init(&ui, views, &app, 10, 30, GLYPHS_UTF8, &err));
	if (!loop_run_script(&ui, &s, LOOP_DUMP_SCREEN, &o, &err))
		fail_msg("%s", err.msg);
	assert_str(out_text(&o), want);
	ui_release(&ui);
	assert_int_equal(m.n_open, 0);
	out_release(&o);
}

#define FOOT " Enter open   ? help  q quit\n"
/* Of what lies over the view. */
#define PAGE_FOOT " Space page          q close\n"
#define MENU_FOOT " Enter choose        q close\n"
#define TYPING_FOOT " Enter done       Esc cancel\n"

static void the_first_screen(void **state)
{
	(void)state;
	shows("", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n item4\n"
		  " item5\nat 0 of 20\n" FOOT);
}

static void counts_and_views(void **state)
{
	(void)state;
	shows("10j", " 1 First  2 Second  3 Broken\n20 items\n item5\n item6\n item7\n item8\n item9\n"
		     ">item10\nat 10 of 20\n" FOOT);
	shows("0 3 G 2 j 1 @dump 2",
	      " 1 First  2 Second  3 Broken\n20 items\n item0\n item1\n>item2\n item3\n item4\n item5\n"
	      "at 2 of 20\n" FOOT
	      " 1 First  2 Second  3 Broken\n20 items\n item0\n>item1\n item2\n item3\n item4\n item5\n"
	      "at 1 of 20\n c hottest    ? help  q quit\n");
}

static void a_view_that_cannot_open_says_why(void **state)
{
	(void)state;
	shows("3", " 1 First  2 Second  3 Broken\n20 items\nnothing to see here\n\n\n\n\n\n\n"
		   " l unfold     ? help  q quit\n");
}

static void searching_moves_while_typing(void **state)
{
	(void)state;
	shows("/m1", " 1 First  2 Second  3 Broken\n20 items\n item0\n>item1\n item2\n item3\n item4\n"
		     " item5\n/m1\n" TYPING_FOOT);
	shows("/m1 Enter n n", " 1 First  2 Second  3 Broken\n20 items\n item6\n item7\n item8\n"
			       " item9\n item10\n>item11\nat 11 of 20\n" FOOT);
	shows("/M1 Enter", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
			   " item4\n item5\nnot found: M1\n" FOOT);
	shows("/m1x Enter", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
			    " item4\n item5\nnot found: m1x\n" FOOT);
	shows("/[ Enter", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
			  " item4\n item5\nerror parsing regexp: missing…\n" FOOT);
	shows("j*", " 1 First  2 Second  3 Broken\n20 items\n item0\n>item1\n item2\n item3\n item4\n"
		    " item5\nat 1 of 20\n" FOOT);
}

static void a_menu_is_chosen_from(void **state)
{
	(void)state;
	shows("s", " 1 First  2 Second  3 Broken\n20 items\n>item0   ┌─ keep ───┐\n"
		   " item1   │ 1   none │\n item2   │ 2   five │\n item3   │ 3 ● ten  │\n"
		   " item4   └──────────┘\n item5\nat 0 of 20\n" MENU_FOOT);
	shows("G s k Enter", " 1 First  2 Second  3 Broken\n5 items\n item0\n item1\n item2\n item3\n"
			     ">item4\n\nkept 5\n" FOOT);
	shows("s Esc", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
		       " item4\n item5\nat 0 of 20\n" FOOT);
	shows("s1", " 1 First  2 Second  3 Broken\n0 items\n\n\n\n\n\n\nkept 0\n" FOOT);
}

static void commands_answer_in_a_pane_or_a_line(void **state)
{
	(void)state;
	shows(":lines", " 1 First  2 Second  3 Broken\n20 items\none\ntwo\n\n\n\n\n"
			"lines: line 1 of 2; q closes\n" PAGE_FOOT);
	shows(":lines\nq", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n"
			   " item3\n item4\n item5\nat 0 of 20\n" FOOT);
	shows(":say hello", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n"
			    " item3\n item4\n item5\nhello\n" FOOT);
	shows(":bad", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
		      " item4\n item5\nno command \"bad\"\n" FOOT);
	shows("\":\" Up", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n"
			  " item3\n item4\n item5\n:\n" TYPING_FOOT);
}

static void the_mouse_points_at_everything(void **state)
{
	(void)state;
	shows("@click 5 3", " 1 First  2 Second  3 Broken\n20 items\n item0\n item1\n item2\n>item3\n"
			    " item4\n item5\nat 3 of 20\n" FOOT);
	shows("@click 0 12", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
			     " item4\n item5\nat 0 of 20\n c hottest    ? help  q quit\n");
	shows("s @click 4 14", " 1 First  2 Second  3 Broken\n5 items\n>item0\n item1\n item2\n item3\n"
			       " item4\n\nkept 5\n" FOOT);
	shows("@wheel down 4 4", " 1 First  2 Second  3 Broken\n20 items\n>item3\n item4\n item5\n"
				 " item6\n item7\n item8\nat 3 of 20\n" FOOT);
}

static void pasted_text_is_not_a_command(void **state)
{
	(void)state;
	shows("@paste q2jjj", " 1 First  2 Second  3 Broken\n20 items\n>item0\n item1\n item2\n item3\n"
			      " item4\n item5\nat 0 of 20\n" FOOT);
}

static void screens_too_small_say_so(void **state)
{
	(void)state;
	shows("@resize 19x6", "needs 20x6 cells\n\n\n\n\n\n");
	shows("@resize 20x6", " 1 First  2  3\n>item0\n item1\n item2\n item3\nat 0 of 20\n");
	shows("jjj @resize 1x1", "…\n");
	shows("jjj @resize 20x6 @resize 30x10",
	      " 1 First  2 Second  3 Broken\n20 items\n item0\n item1\n item2\n>item3\n item4\n item5\n"
	      "at 3 of 20\n" FOOT);
}

static void help_comes_from_the_key_table(void **state)
{
	(void)state;
	shows("?", " 1 First  2 Second  3 Broken\n20 items\nFirst: the first\n\nMoving\n"
		   "  k, Up              one up\n  j, Down            one down\n"
		   "  Left               to the l→\nHelp: line 1 of 67; q closes\n" PAGE_FOOT);
}

static void a_script_that_is_wrong_is_refused(void **state)
{
	struct test *t = *state;
	struct model m = { .n = 20 };
	struct ui_app app = { .ctx = &m };
	struct script s = script_over(STR("j\n@jump 3"));
	struct ui ui;
	struct out o;

	out_open_memory(&o);
	assert_true(ui_init(&ui, views, &app, 10, 30, GLYPHS_ASCII, &t->err));
	assert_false(loop_run_script(&ui, &s, LOOP_DUMP_SCREEN, &o, &t->err));
	assert_error(&t->err, ERR_USAGE, "script line 2: \"@jump\" is not understood");
	ui_release(&ui);
	out_release(&o);
}

/* ---- Giving up ---- */

/* A terminal where somebody gives up the work of that number, and has typed `k` meanwhile. */
struct impatience {
	int n_work, given_up;
};

static bool work(void *ctx, struct ui *ui, const struct ui_work *w, struct error *err)
{
	struct impatience *i = ctx;
	bool ok = w->run(w->ctx, err);

	if (++i->n_work != i->given_up)
		return ok;
	cancel_raise(&ui->cancel);
	return error_set(err, ERR_CANCELLED, "interrupted");
}

static void press(struct ui *ui, uint32_t key)
{
	struct event ev = { .type = EVENT_KEY };

	ev.key = key;
	ui_handle(ui, &ev);
	ui_draw(ui);
}

static void expect_row(struct ui *ui, int row, const char *want)
{
	struct str text, line = STR_EMPTY;
	struct out o;

	out_open_memory(&o);
	grid_dump_text(&ui->grid, &o);
	text = out_text(&o);
	for (int i = 0; i <= row; i++)
		(void)str_cut(text, '\n', &line, &text);
	assert_str(line, want);
	out_release(&o);
}

static void who_gives_up_a_view_is_where_he_was(void **state)
{
	struct test *t = *state;
	struct model m = { .n = 20 };
	struct ui_app app = { .ctx = &m, .generation = generation };
	struct impatience i = { .given_up = 2 };
	struct ui ui;

	assert_true(ui_init(&ui, views, &app, 10, 30, GLYPHS_ASCII, &t->err));
	ui.terminal = (struct ui_terminal){ .ctx = &i, .work = work };
	ui_draw(&ui);
	press(&ui, 'j');
	press(&ui, '2');
	assert_int_equal(ui.shown, 0);
	assert_int_equal(i.n_work, 2);
	assert_false(cancel_is_raised(&ui.cancel));
	expect_row(&ui, 3, ">item1");
	expect_row(&ui, 8, "given up");
	press(&ui, '2'); /* another time it may come */
	assert_int_equal(ui.shown, 1);
	expect_row(&ui, 2, ">item0");
	ui_release(&ui);
	assert_int_equal(m.n_open, 0);
}

static void who_gives_up_the_first_screen_is_told(void **state)
{
	struct test *t = *state;
	struct model m = { .n = 20 };
	struct ui_app app = { .ctx = &m, .generation = generation };
	struct impatience i = { .given_up = 1 };
	struct ui ui;

	assert_true(ui_init(&ui, views, &app, 10, 30, GLYPHS_ASCII, &t->err));
	ui.terminal = (struct ui_terminal){ .ctx = &i, .work = work };
	ui_draw(&ui);
	expect_row(&ui, 8, "given up");
	press(&ui, 'j');
	expect_row(&ui, 3, ">item1");
	ui_release(&ui);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_screen),
		TEST(counts_and_views),
		TEST(a_view_that_cannot_open_says_why),
		TEST(searching_moves_while_typing),
		TEST(a_menu_is_chosen_from),
		TEST(commands_answer_in_a_pane_or_a_line),
		TEST(the_mouse_points_at_everything),
		TEST(pasted_text_is_not_a_command),
		TEST(screens_too_small_say_so),
		TEST(help_comes_from_the_key_table),
		TEST(a_script_that_is_wrong_is_refused),
		TEST(who_gives_up_a_view_is_where_he_was),
		TEST(who_gives_up_the_first_screen_is_told),
	};

	return TEST_RUN(tests, argc, argv);
}
