/*
 * Unit tests of prefault_start(): what is in the pages stays, and pages come.
 */
#include "config.h"

#include "base/prefault.h"

#include "base/worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "tests/test.h"

enum { AREA_BYTES = 1 << 24, PAGE_BYTES = 4096 };

static char *area_new(void)
{
	char *at = mmap(NULL, AREA_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(at != MAP_FAILED);
	return at;
}

static void what_is_there_stays(void **state)
{
	char *at = area_new();
	struct prefault p;

	(void)state;
	for (size_t i = 0; i < AREA_BYTES; i += 997)
		at[i] = (char)i;
	prefault_start(&p, at + 1, AREA_BYTES - 2);
	prefault_end(&p);
	for (size_t i = 0; i < AREA_BYTES; i += 997)
		assert_int_equal(at[i], (char)i);
	(void)munmap(at, AREA_BYTES);
}

static bool is_resident(char *at)
{
	unsigned char is_in;

	return mincore(at, PAGE_BYTES, &is_in) == 0 && (is_in & 1);
}

/* A kernel that cannot do it says so here too. */
static bool system_knows_how(void)
{
#ifdef MADV_POPULATE_WRITE
	char *at = area_new();
	bool knows = madvise(at, PAGE_BYTES, MADV_POPULATE_WRITE) == 0;

	(void)munmap(at, AREA_BYTES);
	return knows;
#else
	return false;
#endif
}

static void pages_come_by_themselves(void **state)
{
	static const struct timespec moment = { .tv_nsec = 1000000 };
	char *at = area_new(), *last = at + AREA_BYTES - PAGE_BYTES;
	struct prefault p;

	(void)state;
	if (worker_count() < 2 || !system_knows_how() || sysconf(_SC_PAGESIZE) != PAGE_BYTES)
		skip();
	prefault_start(&p, at, AREA_BYTES);
	for (int i = 0; i < 10000 && !is_resident(last); i++)
		(void)nanosleep(&moment, NULL);
	assert_true(is_resident(last));
	prefault_end(&p);
	prefault_end(&p);
	(void)munmap(at, AREA_BYTES);
}

static void a_small_area_is_left_alone(void **state)
{
	char *at = area_new();
	struct prefault p;

	(void)state;
	prefault_start(&p, at, PAGE_BYTES * 4);
	assert_null(p.worker);
	prefault_end(&p);
	(void)munmap(at, AREA_BYTES);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST(what_is_there_stays),
		TEST(pages_come_by_themselves),
		TEST(a_small_area_is_left_alone),
	};

	return TEST_RUN(tests, argc, argv);
}
