/*
 * cpprof-view: entry.
 *
 * Lives here: argv, the choice of front end, the exit status; the only exit, and the only state
 * of the process.
 */
#include "config.h"

#include "analysis/analysis.h"
#include "base/cancel.h"
#include "base/out.h"
#include "load/load.h"
#include "shell/arguments.h"
#include "shell/prompt.h"
#include "tui/tui.h"

#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum { STATUS_FAILED = 2 };

/* Raised by Ctrl-C while the prompt runs. */
static struct cancel interrupted;

static int fail(struct out *notice, const struct error *err)
{
	struct error ignored = ERROR_INIT;

	out_lit(notice, "cpprof-view: ");
	out_str(notice, str_from(err->msg));
	out_char(notice, '\n');
	(void)out_close(notice, &ignored);
	return STATUS_FAILED;
}

/* Standard output is closed with an error when its reader is gone: that is no failure of ours. */
static bool write_text(void (*write)(struct out *), struct error *err)
{
	struct out out;

	out_open_fd(&out, STDOUT_FILENO);
	write(&out);
	return out_close(&out, err);
}

static void write_version(struct out *out)
{
	out_lit(out, PACKAGE_STRING "\n");
}

/* Several arguments: the first may be the binary that the profile is of. */
static struct load_request request_of(const struct arguments *a)
{
	struct load_request r = {
		.source = a->source.v.at,
		.n_source = a->source.v.n,
		.base = a->base.v.n ? a->base.v.at : a->diff_base.v.at,
		.n_base = a->base.v.n ? a->base.v.n : a->diff_base.v.n,
		.is_diff = a->diff_base.v.n > 0,
		.normalize = a->options.value[OPT_NORMALIZE].is_set,
		.build_id = a->build_id,
		.add_comment = a->add_comment,
		.symbolize = a->symbolize,
		.all_frames = a->all_frames,
		.for_session = !a->report,
		.without_stacks = a->report && (a->report->flags & REPORT_WITHOUT_STACKS) && !options_have_filters(&a->options),
	};

	if (r.n_source > 1 && load_is_object(r.source[0])) {
		r.binary = *r.source++;
		r.n_source--;
	}
	return r;
}

static bool write_report(const struct profile *p, const struct arguments *a, const struct report *report,
			 struct out *notice, struct error *err)
{
	struct destination_request r = {
		.profile = p, .options = &a->options, .report = report, .regex = a->report_regex
	};
	struct destination to = { .waits = true, .file = VEC_INIT };
	bool ok = destination_deliver(&to, &r, notice, err);

	destination_release(&to);
	return ok;
}

static void interrupt(int signal_number)
{
	(void)signal_number;
	cancel_raise(&interrupted);
}

/* Ctrl-C ends the report and not the program, for somebody who can type the next command. */
static void catch_interrupt(void)
{
	struct sigaction action = { .sa_handler = interrupt };

	(void)sigemptyset(&action.sa_mask);
	if (isatty(STDIN_FILENO))
		(void)sigaction(SIGINT, &action, NULL);
}

static bool prompt_with(struct shell *s, struct out *notice, bool *is_empty, struct error *err)
{
	struct out out;
	bool ok;

	/* The head of each report would say what the greeting has said. */
	if (!options_set(s->options, OPT_COMPACT_LABELS, STR("true"), err))
		return false;
	catch_interrupt();
	out_open_fd(&out, STDOUT_FILENO);
	ok = shell_prompt(s, &interrupted, &out, notice, is_empty, err);
	if (!ok)
		out_release(&out);
	return ok && out_close(&out, err);
}

/* *is_empty: there was no command at all. */
static bool prompt(const struct profile *p, const struct arguments *a, struct out *notice, bool *is_empty,
		   struct error *err)
{
	struct destination to = DESTINATION_INIT;
	struct options o;
	struct shell s = { .profile = p,
			   .options = &o,
			   .flags = SHELL_MAY_WRITE | SHELL_MAY_RUN,
			   .cancel = &interrupted,
			   .destination = &to };
	bool ok;

	if (!options_copy(&o, &a->options, err))
		return false;
	ok = prompt_with(&s, notice, is_empty, err);
	destination_release(&to);
	options_release(&o);
	return ok;
}

/* A report by flags; commands from standard input; or the table when there is nobody to ask. */
static bool show(const struct profile *p, const struct arguments *a, struct out *notice, struct error *err)
{
	bool is_empty = false;

	if (a->report)
		return write_report(p, a, a->report, notice, err);
	if (a->is_interactive || !isatty(STDIN_FILENO)) {
		if (!prompt(p, a, notice, &is_empty, err))
			return false;
		if (!is_empty)
			return true;
	}
	return write_report(p, a, report_find(STR("top")), notice, err);
}

/* What the thread that loads for the viewer gets.  What there is to say of it waits in memory. */
struct load_input {
	struct load_request request;
	struct out *notice;
};

static void *load_beside(const void *input, const struct cancel *cancel, struct progress *progress,
			 struct error *err)
{
	const struct load_input *in = input;
	struct load_request r = in->request;

	r.cancel = cancel;
	r.progress = progress;
	return load_profile(&r, in->notice, err);
}

static void discard_profile(void *profile)
{
	profile_free(profile);
}

static const struct worker_job load_job = { .run = load_beside, .discard = discard_profile };

/* Leaves as the signal would have made it leave, had the viewer not cared for the terminal. */
static void leave_by(int number)
{
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

static bool view(const struct arguments *a, struct out *notice, struct error *err)
{
	struct out told, out;
	struct load_input input = { .request = request_of(a), .notice = &told };
	struct tui_request r = { .arguments = a, .load = &load_job, .load_input = &input, .out = &out };
	struct error ignored = ERROR_INIT;
	int number;
	bool ok;

	input.request.keeps_apart = true;
	out_open_memory(&told);
	out_open_fd(&out, STDOUT_FILENO);
	ok = tui_run(&r, &number, err);
	if (number)
		leave_by(number);
	if (err->code == ERR_CANCELLED)
		_exit(0); /* the thread that loads may still use all of this */
	out_str(notice, out_text(&told));
	out_release(&told);
	return out_close(&out, ok ? err : &ignored) && ok;
}

/* Somebody sits at a terminal, or a script stands for them. */
static bool wants_viewer(const struct arguments *a)
{
	bool reads_input = a->source.v.n && str_eq(a->source.v.at[0], STR("-"));

	if (a->report || a->is_interactive)
		return false;
	if (a->script.len || a->dump_screen || a->dump_cells)
		return true;
	return isatty(STDOUT_FILENO) && (isatty(STDIN_FILENO) || reads_input);
}

/*
 * glibc keeps what is freed once it has seen large arrays come and go, since it takes them for the usual
 * case.  Here each is the only one of its kind: -top of 400,000 samples took 110 MB instead of 118.
 */
static void return_large_arrays(void)
{
#ifdef __GLIBC__
	enum { LARGE_BYTES = 1 << 20 };

	(void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
#endif
}

/*
 * For one report: its threads ask seldom for memory, and a second heap has to be filled with pages, too.  In the
 * viewer, where threads come and go with each key, they would wait for each other.
 */
static void share_one_heap(void)
{
#ifdef __GLIBC__
	(void)mallopt(M_ARENA_MAX, 1);
#endif
}

static bool run(const struct arguments *a, struct out *notice, struct error *err)
{
	struct load_request r = request_of(a);
	struct profile *p;
	bool ok;

	if (wants_viewer(a))
		return view(a, notice, err);
	share_one_heap();
	p = load_profile(&r, notice, err);
	if (!p)
		return false;
	ok = show(p, a, notice, err);
	profile_free(p);
	return ok;
}

int main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct arguments a;
	struct out notice;
	bool ok;

	return_large_arrays();
	/* Only the kind of characters: decimals stay dots. */
	(void)setlocale(LC_CTYPE, "");
	out_open_fd(&notice, STDERR_FILENO);
	ok = arguments_parse(&a, argc, argv, &notice, &err);
	if (ok && a.action == ARGUMENTS_HELP)
		ok = write_text(arguments_write_help, &err);
	else if (ok && a.action == ARGUMENTS_VERSION)
		ok = write_text(write_version, &err);
	else if (ok)
		ok = run(&a, &notice, &err);
	arguments_release(&a);
	if (!ok)
		return fail(&notice, &err);
	(void)out_close(&notice, &err);
	return 0;
}
