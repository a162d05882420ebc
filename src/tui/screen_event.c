/*
 * What comes from the terminal.
 *
 * Lives here: waiting for bytes, signals and workers, whichever comes first, and making events of them.
 * Not here: what bytes mean (tui/input.h), how signals get here (tui/screen_rescue.h).
 */
#include "config.h"

#include "tui/screen.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

enum {
	ESC_WAIT_MS = 12, /* a sequence arrives whole; this long after ESC it was the key */
};

/* Stops as Ctrl-Z would have without us; goes on when the shell says so. */
static void stop(struct screen *s)
{
	screen_pause(s);
	(void)raise(SIGTSTP);
	screen_resume(s);
}

static void resized(struct screen *s, struct event *ev)
{
	*ev = (struct event){ .type = EVENT_RESIZE };
	screen_size(s, &ev->size.rows, &ev->size.cols);
}

bool screen_next_signal(struct screen *s, struct event *ev)
{
	int number;

	while (rescue_next(&number)) {
		if (number == SIGTSTP)
			stop(s);
		if (number == SIGTSTP || number == SIGWINCH) {
			resized(s, ev);
			return true;
		}
		*ev = (struct event){ .type = EVENT_SIGNAL };
		ev->signal = number;
		return true;
	}
	return false;
}

/* Reads what is there.  False: the terminal is gone. */
static bool take_bytes(struct screen *s)
{
	uint8_t b[INPUT_LONGEST];
	size_t room = sizeof(b) - s->input.n;
	ssize_t n = read(s->in_fd, b, room);

	if (n > 0)
		(void)input_feed(&s->input, (struct bytes){ b, (size_t)n });
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

static uint64_t now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static bool from_input(struct screen *s, struct event *ev)
{
	if (!input_next(&s->input, s->is_silent, ev))
		return false;
	input_pair_clicks(&s->input, ev, now_ms());
	return true;
}

static bool next_event(struct screen *s, int timeout_ms, struct event *ev)
{
	if (s->is_resized) {
		s->is_resized = false;
		resized(s, ev);
		return true;
	}
	for (;;) {
		struct pollfd fds[3] = { { .fd = s->in_fd, .events = POLLIN },
					 { .fd = rescue_fd(), .events = POLLIN },
					 { .fd = s->wake_fd, .events = POLLIN } };
		bool waits_esc;
		int n;

		if (from_input(s, ev))
			return true;
		waits_esc = input_is_waiting(&s->input);
		n = poll(fds, 3, waits_esc ? ESC_WAIT_MS : timeout_ms);
		s->is_silent = waits_esc && n == 0;
		if (s->is_silent)
			continue;
		if (n < 0 && errno != EINTR)
			fds[0].revents = POLLERR;
		else if (n < 0)
			continue;
		if (fds[1].revents && screen_next_signal(s, ev))
			return true;
		if (fds[0].revents && !take_bytes(s)) {
			*ev = (struct event){ .type = EVENT_END };
			return true;
		}
		if (fds[2].revents) {
			*ev = (struct event){ .type = EVENT_WAKE };
			return true;
		}
		if (n == 0)
			return false;
	}
}

bool screen_next(struct screen *s, int timeout_ms, struct event *ev)
{
	bool has_come = next_event(s, timeout_ms, ev);

	if (has_come && ev->type != EVENT_WAKE)
		screen_note_event(s);
	return has_come;
}

void screen_note_event(struct screen *s)
{
	s->event_ms = now_ms();
}

int screen_idle_ms(const struct screen *s)
{
	uint64_t idle = now_ms() - s->event_ms;

	return idle < INT_MAX ? (int)idle : INT_MAX;
}
