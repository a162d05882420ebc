/*
 * Fuzz target: inflating.
 *
 * Lives here: the promises of gzip_inflate_upto() that hold for any bytes, and that what it gives
 * is what zlib's own stream gives.
 */
#include "config.h"

#include "base/gzip.h"

#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LARGEST_BYTES = 1 << 20 };

/*
 * Whether zlib gives other bytes than these.  What it refuses and Go takes (reserved flags in a
 * header) does not count.
 */
static bool zlib_differs(struct bytes in, const uint8_t *wanted, size_t n)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)in.ptr, .avail_in = (uInt)in.len };
	uint8_t *to = malloc(n + 1);
	bool ok = to && inflateInit2(&z, 15 + 16) == Z_OK;
	int status = Z_OK;

	z.next_out = to;
	z.avail_out = (uInt)n + 1;
	while (ok && status == Z_OK) {
		status = inflate(&z, Z_FINISH);
		if (status == Z_STREAM_END && z.avail_in)
			status = inflateReset(&z);
	}
	if (status == Z_STREAM_END)
		ok = z.avail_out == 1 && (!n || memcmp(to, wanted, n) == 0);
	(void)inflateEnd(&z);
	free(to);
	return !ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes in = { data, size };
	struct error err = ERROR_INIT;
	struct blob b;

	if (!gzip_is(in))
		return 0;
	if (gzip_inflate_upto(in, LARGEST_BYTES, &b, &err)) {
		if (b.len > LARGEST_BYTES || zlib_differs(in, b.ptr, b.len))
			abort();
	} else if (b.len || !err.msg[0] || (err.code != ERR_FORMAT && err.code != ERR_LIMIT)) {
		abort();
	}
	blob_release(&b);
	return 0;
}
