/*
 * replay: drives a fuzz target over files, without a fuzzer.
 *
 *	fuzz_<format> [-cuts N] [-changes N] [-seed S] [FILE...]
 *
 * Lives here: each file as it is, then N random cuts and N changes of a single byte of it.
 * Without files, those of tests/fuzz/corpus/<format>/.  Prints TAP, one case a file.  An input that
 * takes longer than a second fails; one that ends the program is left in crash-<format>.
 * Not here: looking for new inputs (libFuzzer, `make fuzz`).
 */
#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	CUTS = 50,
	CHANGES = 500,
	SECONDS_MAX = 1,
	PATH_BYTES = 4096,
};

struct options {
	unsigned long cuts, changes, seed;
};

/* For tell(), which runs when the program dies. */
static struct {
	const uint8_t *data;
	size_t size;
	char path[PATH_BYTES];
} now_running;

static void tell(void)
{
	int fd = open(now_running.path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd < 0)
		return;
	(void)!write(fd, now_running.data, now_running.size);
	(void)close(fd);
}

static void on_signal(int number)
{
	tell();
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

/* Of the sanitizers, where the program is built with them. */
extern void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void watch(const char *format)
{
	(void)snprintf(now_running.path, sizeof(now_running.path), "crash-%s", format);
	if (__sanitizer_set_death_callback) {
		__sanitizer_set_death_callback(tell);
		return;
	}
	(void)signal(SIGABRT, on_signal);
	(void)signal(SIGSEGV, on_signal);
	(void)signal(SIGFPE, on_signal);
}

static double seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In a block of just that size, so that a sanitizer sees a read behind it.  False: too slow. */
static bool feed(const uint8_t *data, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);
	double start = seconds();

	if (!exact)
		abort();
	if (size)
		memcpy(exact, data, size);
	now_running.data = exact;
	now_running.size = size;
	(void)LLVMFuzzerTestOneInput(exact, size);
	start = seconds() - start;
	if (start > SECONDS_MAX) {
		(void)printf("# %.1f s for %zu bytes, left in %s\n", start, size, now_running.path);
		tell();
	}
	free(exact);
	return start <= SECONDS_MAX;
}

/* splitmix64 */
static uint64_t random_u64(uint64_t *state)
{
	uint64_t x = *state += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static bool feed_variations(const struct options *opt, uint8_t *data, size_t size)
{
	uint64_t state = opt->seed;
	bool ok = feed(data, size);

	for (unsigned long i = 0; size && i < opt->cuts; i++)
		ok &= feed(data, random_u64(&state) % size);
	for (unsigned long i = 0; size && i < opt->changes; i++) {
		size_t at = random_u64(&state) % size;
		uint8_t was = data[at];

		data[at] ^= (uint8_t)(1 + random_u64(&state) % 255);
		ok &= feed(data, size);
		data[at] = was;
	}
	return ok;
}

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = NULL;
	long n = -1;

	if (f && fseek(f, 0, SEEK_END) == 0)
		n = ftell(f);
	if (n >= 0) {
		rewind(f);
		*size = (size_t)n;
		data = malloc(*size + 1);
	}
	if (data && fread(data, 1, *size, f) != *size) {
		free(data);
		data = NULL;
	}
	if (f)
		(void)fclose(f);
	return data;
}

static bool run(const struct options *opt, size_t number, const char *path)
{
	size_t size;
	uint8_t *data = read_file(path, &size);
	const char *name = strrchr(path, '/');
	bool ok = data && feed_variations(opt, data, size);

	(void)printf("%sok %zu - %s, %lu cuts, %lu changes\n", ok ? "" : "not ", number,
		     name ? name + 1 : path, opt->cuts, opt->changes);
	(void)fflush(stdout);
	free(data);
	return ok;
}

/* Where the options end. */
static int parse(struct options *opt, int argc, char **argv)
{
	int i = 1;

	for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
		unsigned long n = strtoul(argv[i + 1], NULL, 10);

		if (!strcmp(argv[i], "-cuts"))
			opt->cuts = n;
		else if (!strcmp(argv[i], "-changes"))
			opt->changes = n;
		else if (!strcmp(argv[i], "-seed"))
			opt->seed = n;
	}
	return i;
}

int main(int argc, char **argv)
{
	struct options opt = { .cuts = CUTS, .changes = CHANGES, .seed = 1 };
	const char *format = strstr(argv[0], "fuzz_"), *top = getenv("srcdir");
	int first = parse(&opt, argc, argv), status = 0;
	char pattern[PATH_BYTES];
	glob_t corpus;

	format = format ? format + strlen("fuzz_") : "input";
	(void)snprintf(pattern, sizeof(pattern), "%s/tests/fuzz/corpus/%s/*", top ? top : ".",
		       format);
	watch(format);
	if (first == argc && glob(pattern, 0, NULL, &corpus) == 0) {
		argv = corpus.gl_pathv;
		argc = (int)corpus.gl_pathc;
		first = 0;
	}
	(void)printf("1..%d\n", argc - first);
	for (int i = first; i < argc; i++)
		if (!run(&opt, (size_t)(i - first + 1), argv[i]))
			status = 1;
	if (first == 0)
		globfree(&corpus);
	/* A corpus that is not found is not a passed one. */
	return argc == first ? 1 : status;
}
