/*
 * keys: how long a terminal program keeps a person waiting.
 *
 *	keys COLUMNSxROWS TEXT KEY,KEY*N,... COMMAND [ARG...]
 *
 * Lives here: running it on a pseudo-terminal; prints milliseconds from the start to the first screen (TEXT
 * is on it and nothing follows for a while), then of all keys the median, the 95th percentile and the
 * longest from the key to the last byte of the answer, and the peak resident kB.
 * Not here: what to run (bench.sh), commands that print and end (measure.c).
 *
 * A key is a letter or one of the names below; a word that begins with ':' is typed at once, and Enter.  The
 * last key is q, which is not counted.  Exit status 1 and no figures when the screen never comes.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum {
	QUIET_MS = 60,	   /* without a byte: the answer is complete */
	PATIENCE_MS = 120000,
	ANSWER_MS = 1500,  /* for the first byte after a key */
	LEAVE_MS = 20,	   /* between looks whether it has left */
	LEAVE_LOOKS = 100,
	SEEN_BYTES = 1 << 16,
	KEYS_MOST = 1000,
};

static const struct {
	const char *name, *bytes;
} key_name[] = {
	{ "Enter", "\r" },	 { "Esc", "\033" },	 { "Tab", "\t" },	  { "Space", " " },
	{ "Up", "\033[A" },	 { "Down", "\033[B" },	 { "Right", "\033[C" },	  { "Left", "\033[D" },
	{ "Home", "\033[H" },	 { "End", "\033[F" },	 { "PgUp", "\033[5~" },	  { "PgDn", "\033[6~" },
	{ "Backspace", "\177" },
};

struct terminal {
	int fd;
	pid_t pid;
	char seen[SEEN_BYTES + 1]; /* the newest text, without escape sequences */
	size_t n_seen;
	int escape; /* 0: outside; 1: behind ESC; 2: in a sequence */
};

static double now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* In the child: fd, the other end of the pseudo-terminal, becomes its terminal. */
static void become(int fd, char **argv)
{
	if (setsid() < 0 || ioctl(fd, TIOCSCTTY, 0) < 0)
		_exit(126);
	for (int i = 0; i < 3; i++)
		if (dup2(fd, i) < 0)
			_exit(126);
	(void)setenv("TERM", "xterm-256color", 1);
	(void)execvp(argv[0], argv);
	_exit(127);
}

static bool start(struct terminal *t, const struct winsize *size, char **argv)
{
	const char *name;
	int fd;

	t->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->fd < 0 || grantpt(t->fd) < 0 || unlockpt(t->fd) < 0)
		return false;
	name = ptsname(t->fd);
	fd = name ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	if (fd < 0 || ioctl(fd, TIOCSWINSZ, size) < 0)
		return false;
	t->pid = fork();
	if (t->pid == 0)
		become(fd, argv);
	(void)close(fd);
	return t->pid > 0;
}

/* Keeps the newest half when it is full. */
static void see(struct terminal *t, char c)
{
	if (t->n_seen == SEEN_BYTES) {
		memmove(t->seen, t->seen + SEEN_BYTES / 2, SEEN_BYTES / 2);
		t->n_seen = SEEN_BYTES / 2;
	}
	t->seen[t->n_seen++] = c;
	t->seen[t->n_seen] = '\0';
}

static void take(struct terminal *t, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = bytes[i];

		if (t->escape == 1)
			t->escape = c == '[' || c == '(' || c == ']' ? 2 : 0;
		else if (t->escape == 2)
			t->escape = (c >= '@' && c <= '~') || c == '\a' ? 0 : 2;
		else if (c == '\033')
			t->escape = 1;
		else
			see(t, c);
	}
}

/*
 * Reads until nothing has come for a while, but waits for the first byte as long as wait_ms; the time of the last
 * byte.  Below 0: none came.
 */
static double drain(struct terminal *t, double wait_ms)
{
	char bytes[1 << 14];
	double end = now_ms() + wait_ms, last = -1;

	for (;;) {
		struct pollfd p = { .fd = t->fd, .events = POLLIN };
		double left = (last < 0 ? end : last + QUIET_MS) - now_ms();
		ssize_t n;

		if (left <= 0 || poll(&p, 1, (int)left + 1) == 0)
			return last;
		n = read(t->fd, bytes, sizeof(bytes));
		if (n <= 0)
			return last;
		last = now_ms();
		take(t, bytes, (size_t)n);
	}
}

static double first_screen(struct terminal *t, const char *text, double begin)
{
	double last = -1;

	while (now_ms() - begin < PATIENCE_MS) {
		double at = drain(t, PATIENCE_MS);

		if (at < 0)
			return -1;
		last = at;
		if (strstr(t->seen, text))
			return last - begin;
	}
	return -1;
}

static void send_key(const struct terminal *t, const char *key)
{
	const char *bytes = key;
	ssize_t ignored;

	for (size_t i = 0; i < sizeof(key_name) / sizeof(key_name[0]); i++)
		if (strcmp(key, key_name[i].name) == 0)
			bytes = key_name[i].bytes;
	ignored = write(t->fd, bytes, strlen(bytes));
	if (key[0] == ':' && key[1])
		ignored = write(t->fd, "\r", 1);
	(void)ignored;
}

/* Presses one key so many times; adds what each took to ms. */
static size_t repeat(struct terminal *t, const char *key, long times, double *ms, size_t n)
{
	for (long i = 0; i < times && n < KEYS_MOST; i++) {
		double begin = now_ms(), last;

		send_key(t, key);
		last = drain(t, ANSWER_MS);
		/* A key that changes nothing has no answer. */
		if (last >= 0)
			ms[n++] = last - begin;
	}
	return n;
}

/* Milliseconds of each key that is answered; gives their number. */
static size_t press(struct terminal *t, char *keys, double *ms)
{
	size_t n = 0;

	while (*keys) {
		char *key = keys, *end = strchr(keys, ','), *star;
		long times = 1;

		keys = end ? end + 1 : key + strlen(key);
		if (end)
			*end = '\0';
		star = *key ? strchr(key + 1, '*') : NULL;
		if (star) {
			*star = '\0';
			times = strtol(star + 1, NULL, 10);
		}
		n = repeat(t, key, times, ms, n);
	}
	return n;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool finish(struct terminal *t, struct rusage *use)
{
	int status;

	send_key(t, "q");
	for (int i = 0; i < LEAVE_LOOKS; i++) {
		/* Nothing can be read any more once it has closed its side. */
		if (drain(t, LEAVE_MS) < 0)
			(void)poll(NULL, 0, LEAVE_MS);
		if (wait4(t->pid, &status, WNOHANG, use) == t->pid)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	(void)kill(t->pid, SIGKILL);
	(void)wait4(t->pid, &status, 0, use);
	return false;
}

int main(int argc, char **argv)
{
	static struct terminal t;
	struct winsize size = { .ws_row = 0 };
	double ms[KEYS_MOST] = { 0 }, begin = now_ms(), first;
	struct rusage use;
	size_t n;

	if (argc < 5 || sscanf(argv[1], "%hux%hu", &size.ws_col, &size.ws_row) != 2) {
		(void)fprintf(stderr, "usage: keys COLUMNSxROWS TEXT KEY,... COMMAND [ARG...]\n");
		return 2;
	}
	if (!start(&t, &size, argv + 4)) {
		(void)fprintf(stderr, "keys: no pseudo-terminal: %s\n", strerror(errno));
		return 1;
	}
	first = first_screen(&t, argv[2], begin);
	n = first < 0 ? 0 : press(&t, argv[3], ms);
	if (!finish(&t, &use) || first < 0) {
		(void)fprintf(stderr, "keys: %s %s\n", argv[4],
			      first < 0 ? "never showed the text" : "did not leave, or failed");
		return 1;
	}
	qsort(ms, n, sizeof(ms[0]), by_value);
	(void)printf("%.1f %.2f %.2f %.2f %ld\n", first, n ? ms[n / 2] : 0, n ? ms[(n - 1) * 95 / 100] : 0,
		     n ? ms[n - 1] : 0, use.ru_maxrss);
	return 0;
}
