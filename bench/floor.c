/*
 * floor: the least that reading a profile costs.
 *
 *	floor FILE
 *
 * Lives here: zlib's inflate of the whole file, then one pass over the bytes that decodes them
 * as varints.  Prints wall seconds and peak resident kB; whoever answers from a profile is
 * measured against it.
 * Not here: any use of what was read.
 */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <zlib.h>

struct block {
	unsigned char *ptr;
	size_t n;
};

static void check(bool ok, const char *what)
{
	if (ok)
		return;
	(void)fprintf(stderr, "floor: %s\n", what);
	exit(1);
}

static struct block read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct block b = { NULL, 0 };
	long size;

	check(f != NULL && fseek(f, 0, SEEK_END) == 0, "cannot open the file");
	size = ftell(f);
	check(size >= 8, "no gzip file");
	rewind(f);
	b.n = (size_t)size;
	b.ptr = malloc(b.n);
	check(b.ptr && fread(b.ptr, 1, b.n, f) == b.n, "cannot read the file");
	(void)fclose(f);
	return b;
}

/* One member, whose last four bytes tell its inflated size. */
static struct block inflate_file(struct block gz)
{
	z_stream z = { .next_in = gz.ptr, .avail_in = (uInt)gz.n };
	struct block b = { NULL, 0 };
	uint32_t size;

	memcpy(&size, gz.ptr + gz.n - 4, sizeof(size));
	b.n = size;
	b.ptr = malloc(b.n ? b.n : 1);
	z.next_out = b.ptr;
	z.avail_out = (uInt)b.n;
	check(b.ptr != NULL, "out of memory");
	check(inflateInit2(&z, 15 + 16) == Z_OK, "cannot start to inflate");
	check(inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == b.n, "no whole gzip file");
	(void)inflateEnd(&z);
	return b;
}

/* The sum makes the values count, so that the loop stays. */
static uint64_t sum_varints(struct block b)
{
	const unsigned char *p = b.ptr, *end = b.ptr + b.n;
	uint64_t sum = 0;

	while (p < end) {
		uint64_t v = *p & 0x7f;

		for (unsigned shift = 7; *p++ >= 0x80 && p < end; shift += 7)
			v |= (uint64_t)(*p & 0x7f) << (shift & 63);
		sum += v;
	}
	return sum;
}

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double start = now();
	struct rusage use;
	struct block gz, raw;
	volatile uint64_t sum;

	check(argc == 2, "usage: floor FILE");
	gz = read_file(argv[1]);
	raw = inflate_file(gz);
	sum = sum_varints(raw);
	(void)sum;
	free(raw.ptr);
	free(gz.ptr);
	(void)getrusage(RUSAGE_SELF, &use);
	(void)printf("%.6f %ld\n", now() - start, use.ru_maxrss);
	return 0;
}
