/*
 * gzip: whole inputs in and streams out.
 *
 * Lives here: the only uses of zlib and libdeflate.
 *
 * libdeflate inflates a whole member at a time, twice as fast as zlib.  What it refuses is
 * given to zlib, which says where the trouble is.
 */
#include "config.h"

#include "base/gzip.h"

#include "base/arith.h"
#include "base/cursor.h"
#include "base/limits.h"
#include "base/prefault.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#ifdef HAVE_LIBDEFLATE
#include <libdeflate.h>
#endif

enum {
	HEADER_BYTES = 10,
	TRAILER_BYTES = 8,
	DEFLATE_BEST = 1032, /* no input byte becomes more output bytes than that */
	FIRST_BYTES = 1 << 16,
	LONGEST_TEXT = 512, /* of a name or comment in a header, its NUL included, as in Go */
};

bool gzip_is(struct bytes in)
{
	return in.len >= 2 && in.ptr[0] == 0x1f && in.ptr[1] == 0x8b;
}

static uint32_t little32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The most that n bytes can become, with room for a short start. */
static uint64_t largest_output(uint64_t n, uint64_t ceiling)
{
	uint64_t most = n < UINT64_MAX / DEFLATE_BEST / 2 ? n * DEFLATE_BEST + FIRST_BYTES : UINT64_MAX;

	return most < ceiling ? most : ceiling;
}

/* The size in the trailer, a guess that nobody vouches for. */
static uint64_t guess(struct bytes in, uint64_t ceiling)
{
	uint64_t said = in.len >= TRAILER_BYTES ? little32(in.ptr + in.len - 4) : 0;

	said = said < in.len ? in.len : said;
	return said < largest_output(in.len, ceiling) ? said : largest_output(in.len, ceiling);
}

static bool too_large(uint64_t ceiling, struct error *err)
{
	return error_set(err, ERR_LIMIT, "inflates to more than %" PRIu64 " bytes", ceiling);
}

/* More room behind b->len, but no more than `left` bytes of input can fill. */
static bool grow(struct blob *b, size_t left, uint64_t ceiling, struct error *err)
{
	uint64_t most = largest_output((uint64_t)left + FIRST_BYTES, UINT64_MAX / 2) + b->len;
	uint64_t cap = b->cap ? (uint64_t)b->cap * 2 : FIRST_BYTES;

	if (b->cap >= ceiling)
		return too_large(ceiling, err);
	cap = cap > most && most > b->cap ? most : cap;
	cap = cap > ceiling ? ceiling : cap;
	return blob_reserve(b, (size_t)cap) || error_nomem(err, "inflated input");
}

/* Room for output, in as much as the ceiling allows. */
static size_t room(const struct blob *b, uint64_t ceiling)
{
	return (size_t)(b->cap < ceiling ? b->cap : ceiling) - b->len;
}

static bool cut_short(struct error *err)
{
	return error_set(err, ERR_FORMAT, "unexpected EOF");
}

static bool bad_header(struct error *err)
{
	return error_set(err, ERR_FORMAT, "gzip: invalid header");
}

/* A text of the header up to its NUL. */
static bool skip_text(struct cursor *c, struct error *err)
{
	const uint8_t *nul;
	struct bytes text;

	if (cursor_left(c) == 0)
		return cut_short(err);
	nul = memchr(c->at, '\0', cursor_left(c));
	if (!nul)
		return cursor_left(c) >= LONGEST_TEXT ? bad_header(err) : cut_short(err);
	if (nul - c->at >= LONGEST_TEXT)
		return bad_header(err);
	return cursor_take(c, (uint64_t)(nul - c->at) + 1, &text);
}

/*
 * 1f 8b 08 flags, mtime in 4, 2 more; then as flags say: 04 a length in 2 and as many bytes,
 * 08 a name, 10 a comment, 02 the lower half of the CRC of all that.
 */
bool gzip_read_header(struct cursor *c, struct error *err)
{
	const uint8_t *start = c->at;
	struct bytes fixed, extra;
	uint8_t flags;

	if (!cursor_take(c, HEADER_BYTES, &fixed))
		return cut_short(err);
	if (!gzip_is(fixed) || fixed.ptr[2] != 8)
		return bad_header(err);
	flags = fixed.ptr[3];
	if ((flags & 0x04) &&
	    (!cursor_take(c, 2, &extra) ||
	     !cursor_take(c, (uint64_t)extra.ptr[0] | (uint64_t)extra.ptr[1] << 8, &extra)))
		return cut_short(err);
	if ((flags & 0x08) && !skip_text(c, err))
		return false;
	if ((flags & 0x10) && !skip_text(c, err))
		return false;
	if (flags & 0x02) {
		uLong crc = crc32_z(0, start, (size_t)(c->at - start));

		if (!cursor_take(c, 2, &extra))
			return cut_short(err);
		if ((crc & 0xffff) != (uLong)(extra.ptr[0] | extra.ptr[1] << 8))
			return bad_header(err);
	}
	return true;
}

#ifdef HAVE_LIBDEFLATE
enum outcome { DONE, FAILED, REFUSED };

/* REFUSED: something is wrong with the input; zlib will tell. */
static enum outcome inflate_whole(struct libdeflate_decompressor *d, struct bytes in, uint64_t ceiling,
				  struct blob *b, struct error *err)
{
	while (in.len) {
		struct cursor c = cursor_over(in);
		struct error ignored;
		size_t used, made;

		/* libdeflate does not look at all of it. */
		if (!gzip_read_header(&c, &ignored))
			return REFUSED;
		switch (libdeflate_gzip_decompress_ex(d, in.ptr, in.len, b->ptr + b->len,
						      room(b, ceiling), &used, &made)) {
		case LIBDEFLATE_SUCCESS:
			b->len += made;
			in = (struct bytes){ in.ptr + used, in.len - used };
			break;
		case LIBDEFLATE_INSUFFICIENT_SPACE: /* the member starts again */
			if (!grow(b, in.len, ceiling, err))
				return FAILED;
			break;
		default:
			return REFUSED;
		}
	}
	return DONE;
}

static enum outcome try_whole(struct bytes in, uint64_t ceiling, struct blob *b, struct error *err)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	struct prefault pages;
	enum outcome outcome = FAILED;
	size_t size = (size_t)guess(in, ceiling);

	if (!d || !blob_reserve(b, size)) {
		libdeflate_free_decompressor(d);
		error_nomem(err, "inflated input");
		return FAILED;
	}
	/* What the trailer says is believed as far as real profiles go. */
	prefault_start(&pages, b->ptr, size / GZIP_LIKELY_RATIO < in.len ? size : in.len * GZIP_LIKELY_RATIO);
	outcome = inflate_whole(d, in, ceiling, b, err);
	prefault_end(&pages);
	libdeflate_free_decompressor(d);
	return outcome;
}
#endif

/* One call of inflate() on as much as its 32-bit counters take. */
static int inflate_step(z_stream *z, struct cursor *c, struct blob *b, uint64_t ceiling)
{
	enum { CHUNK_BYTES = 1 << 30 };
	size_t in = cursor_left(c), out = room(b, ceiling);
	struct bytes taken;
	int result;

	z->avail_in = (uInt)(in < CHUNK_BYTES ? in : CHUNK_BYTES);
	z->avail_out = (uInt)(out < CHUNK_BYTES ? out : CHUNK_BYTES);
	z->next_in = (z_const Bytef *)c->at;
	z->next_out = b->ptr + b->len;
	result = inflate(z, Z_NO_FLUSH);
	(void)cursor_take(c, (uint64_t)(z->next_in - c->at), &taken);
	b->len = (size_t)(z->next_out - b->ptr);
	return result;
}

/* The compressed part of one member. */
static bool inflate_body(z_stream *z, struct cursor *c, struct blob *b, uint64_t ceiling,
			 struct error *err)
{
	const uint8_t *start = c->at;

	for (;;) {
		if (room(b, ceiling) == 0 && !grow(b, cursor_left(c), ceiling, err))
			return false;
		switch (inflate_step(z, c, b, ceiling)) {
		case Z_STREAM_END:
			return true;
		case Z_OK:
		case Z_BUF_ERROR:
			if (cursor_left(c) == 0 && z->avail_out)
				return cut_short(err);
			break;
		case Z_MEM_ERROR:
			return error_nomem(err, "inflated input");
		default:
			return error_set(err, ERR_FORMAT, "flate: corrupt input before offset %zu",
					 (size_t)(c->at - start));
		}
	}
}

static bool inflate_member(z_stream *z, struct cursor *c, struct blob *b, uint64_t ceiling,
			   struct error *err)
{
	size_t start = b->len;
	struct bytes trailer;

	if (inflateReset(z) != Z_OK)
		return error_nomem(err, "inflated input");
	if (!gzip_read_header(c, err) || !inflate_body(z, c, b, ceiling, err))
		return false;
	if (!cursor_take(c, TRAILER_BYTES, &trailer))
		return cut_short(err);
	if (little32(trailer.ptr) != crc32_z(0, b->ptr + start, b->len - start) ||
	    little32(trailer.ptr + 4) != (uint32_t)(b->len - start))
		return error_set(err, ERR_FORMAT, "gzip: invalid checksum");
	return true;
}

static bool inflate_stream(struct bytes in, uint64_t ceiling, struct blob *b, struct error *err)
{
	struct cursor c = cursor_over(in);
	z_stream z = { .next_in = NULL };
	bool ok = true;

	if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
		return error_nomem(err, "inflated input");
	do
		ok = inflate_member(&z, &c, b, ceiling, err);
	while (ok && cursor_left(&c));
	(void)inflateEnd(&z);
	return ok;
}

bool gzip_inflate_upto(struct bytes in, uint64_t largest, struct blob *inflated, struct error *err)
{
	bool ok;

	*inflated = (struct blob)BLOB_INIT;
#ifdef HAVE_LIBDEFLATE
	switch (try_whole(in, largest, inflated, err)) {
	case DONE:
		blob_fit(inflated);
		return true;
	case FAILED:
		blob_release(inflated);
		return false;
	case REFUSED:
		inflated->len = 0;
		break;
	}
#endif
	ok = inflate_stream(in, largest, inflated, err);
	if (ok)
		blob_fit(inflated);
	else
		blob_release(inflated);
	return ok;
}

uint64_t gzip_ceiling(size_t compressed_bytes)
{
	if (compressed_bytes >= (LIMIT_INFLATED_BYTES - LIMIT_BOMB_BYTES) / LIMIT_BOMB_RATIO)
		return LIMIT_INFLATED_BYTES;
	return LIMIT_BOMB_BYTES + (uint64_t)compressed_bytes * LIMIT_BOMB_RATIO;
}

bool gzip_inflate(struct bytes in, struct blob *inflated, struct error *err)
{
	uint64_t ceiling = gzip_ceiling(in.len);

	if (gzip_inflate_upto(in, ceiling, inflated, err))
		return true;
	if (err->code != ERR_LIMIT || ceiling == LIMIT_INFLATED_BYTES)
		return false;
	return error_set(err, ERR_LIMIT,
			 "%zu bytes inflate to more than %" PRIu64 " MB, as those of no profile do; if it is one, "
			 "gunzip it and open that",
			 in.len, ceiling >> 20);
}

struct gzip_writer {
	z_stream z;
	struct out *to;
	uLong crc;
	uint32_t size; /* modulo 2^32, as the trailer has it */
};

struct gzip_writer *gzip_writer_new(struct out *to, struct error *err)
{
	static const uint8_t header[HEADER_BYTES] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff };
	struct gzip_writer *w = calloc(1, sizeof(*w));

	if (!w || deflateInit2(&w->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
			       Z_DEFAULT_STRATEGY) != Z_OK) {
		free(w);
		error_nomem(err, "compression");
		return NULL;
	}
	w->to = to;
	out_bytes(to, header, sizeof(header));
	return w;
}

static void deflate_all(struct gzip_writer *w, int flush)
{
	Bytef chunk[1 << 15];
	int result;

	do {
		w->z.next_out = chunk;
		w->z.avail_out = sizeof(chunk);
		result = deflate(&w->z, flush);
		out_bytes(w->to, chunk, sizeof(chunk) - w->z.avail_out);
	} while (result == Z_OK && (w->z.avail_out == 0 || flush == Z_FINISH));
}

void gzip_write(struct gzip_writer *w, const void *p, size_t n)
{
	const Bytef *at = p;

	w->crc = crc32_z(w->crc, at, n);
	w->size += (uint32_t)n;
	while (n) {
		enum { CHUNK_BYTES = 1 << 30 };
		size_t part = n < CHUNK_BYTES ? n : CHUNK_BYTES;

		w->z.next_in = (z_const Bytef *)at;
		w->z.avail_in = (uInt)part;
		deflate_all(w, Z_NO_FLUSH);
		at += part;
		n -= part;
	}
}

void gzip_finish(struct gzip_writer *w)
{
	uint8_t trailer[TRAILER_BYTES];

	deflate_all(w, Z_FINISH);
	for (int i = 0; i < 4; i++) {
		trailer[i] = (uint8_t)(w->crc >> 8 * i);
		trailer[4 + i] = (uint8_t)(w->size >> 8 * i);
	}
	out_bytes(w->to, trailer, sizeof(trailer));
	(void)deflateEnd(&w->z);
	free(w);
}
