/*
 * Child processes.
 *
 * Lives here: the pipes around fork and exec.
 */
#include "config.h"

#include "base/spawn.h"

#include "base/golike.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READ_END, WRITE_END };

static bool failed(struct error *err, const char *name, int errnum)
{
	char why[128];

	if (errnum == ENOENT && !strchr(name, '/'))
		return error_set(err, ERR_NOTFOUND, "exec: \"%s\": executable file not found in $PATH", name);
	go_errno_text(errnum, why, sizeof(why));
	return error_set(err, errnum == ENOENT ? ERR_NOTFOUND : ERR_IO, "fork/exec %s: %s", name, why);
}

/* In the child; only what is safe after fork.  Tells errno through told_fd when it fails. */
static void become(const char *const argv[], struct spawn_files files, int in_fd, int told_fd)
{
	union {
		const char *const *in;
		char *const *out;
	} arg = { .in = argv }; /* execvp() does not change them */
	sigset_t none;
	int why;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	if (dup2(in_fd, STDIN_FILENO) >= 0 && (files.out_fd < 0 || dup2(files.out_fd, STDOUT_FILENO) >= 0) &&
	    (files.err_fd < 0 || dup2(files.err_fd, STDERR_FILENO) >= 0))
		(void)execvp(argv[0], arg.out);
	why = errno;
	(void)!write(told_fd, &why, sizeof(why));
	_exit(127);
}

/* The pipes: what we write to it, and what it tells when exec fails. */
struct pipes {
	int in[2], told[2];
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static void close_pipes(struct pipes *p)
{
	for (int i = READ_END; i <= WRITE_END; i++) {
		close_fd(&p->in[i]);
		close_fd(&p->told[i]);
	}
}

/* Waits until the child runs its program, or has told why not. */
static int exec_errno(int told_fd)
{
	ssize_t n;
	int why;

	do
		n = read(told_fd, &why, sizeof(why));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(why) ? why : 0;
}

static void ignore_pipe_signal(struct spawn *s)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigemptyset(&ignore.sa_mask);
	(void)sigaction(SIGPIPE, &ignore, &s->old_pipe);
}

bool spawn_open(struct spawn *s, const char *const argv[], struct spawn_files files, struct error *err)
{
	struct pipes p = { { -1, -1 }, { -1, -1 } };
	struct error ignored = ERROR_INIT;
	int why;

	*s = (struct spawn){ .pid = -1, .in_fd = -1 };
	if (pipe2(p.in, O_CLOEXEC) != 0 || pipe2(p.told, O_CLOEXEC) != 0)
		s->pid = -1;
	else
		s->pid = fork();
	if (s->pid < 0) {
		why = errno;
		close_pipes(&p);
		return failed(err, argv[0], why);
	}
	if (s->pid == 0)
		become(argv, files, p.in[READ_END], p.told[WRITE_END]);
	ignore_pipe_signal(s);
	s->in_fd = p.in[WRITE_END];
	p.in[WRITE_END] = -1;
	close_fd(&p.told[WRITE_END]);
	why = exec_errno(p.told[READ_END]);
	close_pipes(&p);
	if (!why)
		return true;
	(void)spawn_close(s, &ignored);
	return failed(err, argv[0], why);
}

static bool told(int status, struct error *err)
{
	if (WIFSIGNALED(status)) {
		error_set(err, ERR_IO, "%s", strsignal(WTERMSIG(status)));
		err->msg[0] = (char)tolower((unsigned char)err->msg[0]);
		return error_context(err, "signal: ");
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return error_set(err, ERR_IO, "exit status %d", WEXITSTATUS(status));
}

static pid_t wait_once(pid_t pid, int *status, int flags)
{
	pid_t got;

	do
		got = waitpid(pid, status, flags);
	while (got < 0 && errno == EINTR);
	return got;
}

static bool ended(struct spawn *s, pid_t got, int status, struct error *err)
{
	s->pid = -1;
	(void)sigaction(SIGPIPE, &s->old_pipe, NULL);
	return got < 0 || told(status, err);
}

bool spawn_close(struct spawn *s, struct error *err)
{
	int status = 0;
	pid_t got;

	close_fd(&s->in_fd);
	if (s->pid < 0)
		return true;
	got = wait_once(s->pid, &status, 0);
	return ended(s, got, status, err);
}

void spawn_unblock(struct spawn *s)
{
	(void)fcntl(s->in_fd, F_SETFL, O_NONBLOCK);
}

bool spawn_close_or_stop(struct spawn *s, const struct cancel *cancel, struct error *err)
{
	static const struct timespec look = { .tv_nsec = 2000000 };
	enum { PATIENCE_LOOKS = 250 };
	int n_look = 0, status = 0;
	pid_t got;

	close_fd(&s->in_fd);
	if (s->pid < 0)
		return true;
	while ((got = wait_once(s->pid, &status, WNOHANG)) == 0) {
		if (cancel_is_raised(cancel) && n_look++ % PATIENCE_LOOKS == 0)
			(void)kill(s->pid, n_look == 1 ? SIGTERM : SIGKILL);
		(void)nanosleep(&look, NULL);
	}
	return ended(s, got, status, err);
}

static const int typed_signals[] = { SIGINT, SIGQUIT };

enum { N_TYPED_SIGNALS = sizeof(typed_signals) / sizeof(typed_signals[0]) };

/* Forks and becomes argv; gives errno, or 0 when it runs. */
static int start_attended(struct spawn *s, const char *const argv[], int in_fd, int out_fd)
{
	int tell[2], why;

	if (pipe2(tell, O_CLOEXEC) != 0)
		return errno;
	s->pid = fork();
	why = s->pid < 0 ? errno : 0;
	if (s->pid == 0) {
		for (int i = 0; i < N_TYPED_SIGNALS; i++)
			(void)signal(typed_signals[i], SIG_DFL);
		become(argv, (struct spawn_files){ out_fd, out_fd }, in_fd, tell[WRITE_END]);
	}
	(void)close(tell[WRITE_END]);
	if (s->pid > 0) {
		ignore_pipe_signal(s);
		why = exec_errno(tell[READ_END]);
	}
	(void)close(tell[READ_END]);
	return why;
}

bool spawn_attended(const char *const argv[], int in_fd, int out_fd, struct error *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old[N_TYPED_SIGNALS];
	struct spawn s = { .pid = -1, .in_fd = -1 };
	struct error ignored = ERROR_INIT;
	int why;
	bool ok;

	(void)sigemptyset(&ignore.sa_mask);
	for (int i = 0; i < N_TYPED_SIGNALS; i++)
		(void)sigaction(typed_signals[i], &ignore, &old[i]);
	why = start_attended(&s, argv, in_fd, out_fd);
	ok = spawn_close(&s, why ? &ignored : err);
	for (int i = 0; i < N_TYPED_SIGNALS; i++)
		(void)sigaction(typed_signals[i], &old[i], NULL);
	return why ? failed(err, argv[0], why) : ok;
}

void spawn_leave(struct spawn *s)
{
	close_fd(&s->in_fd);
	if (s->pid >= 0)
		(void)sigaction(SIGPIPE, &s->old_pipe, NULL);
	s->pid = -1;
}
