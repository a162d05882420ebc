/*
 * The terminal is given back however the program ends.
 *
 * Lives here: signal handlers, and what they need to know.
 */
#include "config.h"

#include "tui/screen_rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { RESCUE_BYTES = 256 };

/*
 * What signal handlers need to know.  A handler cannot be given an argument, so this is the
 * one place with state of its own.
 */
static struct {
	int pipe_in, pipe_out; /* handlers write signal numbers into pipe_in */
	int out_fd;
	volatile sig_atomic_t is_armed; /* the terminal is ours and must be given back */
	volatile sig_atomic_t n_waiting; /* requests to leave that the loop has not read yet */
	struct termios modes;
	char restore[RESCUE_BYTES]; /* what makes the terminal as it was */
	size_t n_restore;
	char crash_stack[16384];
} rescue = { .pipe_in = -1, .pipe_out = -1, .out_fd = -1 };

static const int loop_signals[] = { SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGTSTP };
static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT };

enum {
	N_LOOP_SIGNALS = sizeof(loop_signals) / sizeof(loop_signals[0]),
	N_CRASH_SIGNALS = sizeof(crash_signals) / sizeof(crash_signals[0]),
};

_Static_assert((int)N_LOOP_SIGNALS + (int)N_CRASH_SIGNALS <= (int)SCREEN_SIGNALS, "room");

/* Only calls that are allowed in a signal handler. */
static void give_back(void)
{
	ssize_t ignored;

	if (!rescue.is_armed)
		return;
	rescue.is_armed = 0;
	ignored = write(rescue.out_fd, rescue.restore, rescue.n_restore);
	(void)ignored;
	(void)tcsetattr(rescue.out_fd, TCSAFLUSH, &rescue.modes);
}

/* The handler was installed with SA_RESETHAND: raising again does what it does by default. */
static void on_crash(int number)
{
	give_back();
	(void)raise(number);
}

static void on_signal(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;
	ssize_t ignored;

	if (number == SIGTERM || number == SIGINT || number == SIGHUP) {
		if (rescue.n_waiting >= 1) { /* the loop does not listen: leave from here */
			give_back();
			(void)signal(number, SIG_DFL);
			(void)raise(number);
		}
		rescue.n_waiting++;
	}
	ignored = write(rescue.pipe_in, &byte, 1);
	(void)ignored;
	errno = saved;
}

void rescue_arm(struct sigaction old[SCREEN_SIGNALS])
{
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	struct sigaction crash = { .sa_handler = on_crash,
				   .sa_flags = SA_ONSTACK | (int)SA_RESETHAND | SA_NODEFER };
	stack_t stack = { .ss_sp = rescue.crash_stack, .ss_size = sizeof(rescue.crash_stack) };

	(void)sigaltstack(&stack, NULL);
	sigemptyset(&act.sa_mask);
	sigemptyset(&crash.sa_mask);
	for (int i = 0; i < N_LOOP_SIGNALS; i++)
		(void)sigaction(loop_signals[i], &act, &old[i]);
	for (int i = 0; i < N_CRASH_SIGNALS; i++)
		(void)sigaction(crash_signals[i], &crash, &old[N_LOOP_SIGNALS + i]);
	rescue.n_waiting = 0;
	rescue.is_armed = 1;
}

void rescue_disarm(const struct sigaction old[SCREEN_SIGNALS])
{
	rescue.is_armed = 0;
	for (int i = 0; i < N_LOOP_SIGNALS; i++)
		(void)sigaction(loop_signals[i], &old[i], NULL);
	for (int i = 0; i < N_CRASH_SIGNALS; i++)
		(void)sigaction(crash_signals[i], &old[N_LOOP_SIGNALS + i], NULL);
}

void rescue_add(const char *text)
{
	if (!text || text == (char *)-1)
		return;
	while (*text && rescue.n_restore < RESCUE_BYTES) {
		const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;

		if (end)
			text = end + 1;
		else
			rescue.restore[rescue.n_restore++] = *text++;
	}
}

bool rescue_open(int out_fd, struct error *err)
{
	if (rescue.pipe_in < 0) {
		int ends[2];

		if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
			return error_set(err, ERR_IO, "pipe: %s", strerror(errno));
		rescue.pipe_out = ends[0];
		rescue.pipe_in = ends[1];
	}
	rescue.out_fd = out_fd;
	rescue.n_restore = 0;
	if (tcgetattr(out_fd, &rescue.modes) < 0)
		return error_set(err, ERR_UNSUPPORTED, "terminal: %s", strerror(errno));
	return true;
}

int rescue_fd(void)
{
	return rescue.pipe_out;
}

bool rescue_next(int *number)
{
	unsigned char byte;

	if (read(rescue.pipe_out, &byte, 1) != 1)
		return false;
	*number = byte;
	if (byte != SIGTSTP && byte != SIGWINCH)
		rescue.n_waiting = 0;
	return true;
}
