/*
 * measure: how long a command takes and how much memory it needs.
 *
 *	measure RUNS COMMAND [ARG...]
 *
 * Lives here: running it RUNS times with its output thrown away, and the medians: prints wall
 * seconds and peak resident kB.  Exit status 1 and no figures when the command fails.
 * Not here: what to run (bench.sh).
 */
#include "config.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { RUNS_MAX = 99 };

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* False when the command cannot be started or fails. */
static bool run(char **argv, double *seconds, double *kb)
{
	posix_spawn_file_actions_t files;
	struct rusage use;
	double start;
	pid_t pid;
	int status, error;

	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	start = now();
	error = posix_spawnp(&pid, argv[0], &files, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&files);
	if (error) {
		(void)fprintf(stderr, "measure: %s: %s\n", argv[0], strerror(error));
		return false;
	}
	if (wait4(pid, &status, 0, &use) != pid)
		return false;
	*seconds = now() - start;
	*kb = (double)use.ru_maxrss;
	return status == 0;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_value);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

int main(int argc, char **argv)
{
	double seconds[RUNS_MAX], kb[RUNS_MAX];
	long n = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

	if (n < 1 || n > RUNS_MAX) {
		(void)fprintf(stderr, "usage: measure RUNS COMMAND [ARG...]\n");
		return 2;
	}
	for (long i = 0; i < n; i++)
		if (!run(argv + 2, &seconds[i], &kb[i]))
			return 1;
	(void)printf("%.6f %.0f\n", median(seconds, (size_t)n), median(kb, (size_t)n));
	return 0;
}
