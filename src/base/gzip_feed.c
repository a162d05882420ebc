/*
 * Inflating piece by piece.
 *
 * Lives here: the only use of ISA-L.  It inflates in pieces at the speed at which libdeflate does it in one.
 */
#include "config.h"

#include "base/gzip_feed.h"

#ifdef HAVE_ISAL

#include "base/gzip.h"
#include "base/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_BYTES_MIN = 1 << 18, /* compressed; less is inflated before a thread has begun */
	INPUT_BYTES = 1 << 18,
	HEADER_BYTES_MAX = 1 << 17, /* of a member, and more */
	PIECE_BYTES = 1 << 17,	    /* that the reader gets at a time */
	TRAILER_BYTES = 4,	    /* the size, at the very end */
};

struct gzip_feed {
	struct feed feed;
	int fd;
	struct blob inflated; /* its len is the room there is */
	size_t n_paged;	      /* bytes of it that have memory, or had it */
	size_t n_moved;	      /* bytes whose memory has gone to others */
	atomic_size_t n_done; /* bytes that the reader is done with */
	atomic_bool takes_memory; /* of those; else it goes back to the system */
	struct inflate_state state;
	bool is_within;	      /* a member */
	uint8_t *at, *end;    /* of what is in input[] and not yet inflated */
	bool is_at_eof;	      /* there is no more than that */
	uint8_t input[INPUT_BYTES];
};

static struct gzip_feed *of(struct feed *f)
{
	return (struct gzip_feed *)f; /* its first member */
}

static ssize_t read_some(int fd, void *to, size_t n)
{
	ssize_t got;

	do
		got = read(fd, to, n);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Moves what is left to the front and fills the room behind it.  False: the file cannot be read. */
static bool refill(struct gzip_feed *g)
{
	size_t left = (size_t)(g->end - g->at);

	memmove(g->input, g->at, left);
	g->at = g->input;
	g->end = g->input + left;
	while (!g->is_at_eof && g->end < g->input + INPUT_BYTES) {
		ssize_t got = read_some(g->fd, g->end, (size_t)(g->input + INPUT_BYTES - g->end));

		if (got < 0)
			return false;
		g->is_at_eof = got == 0;
		g->end += got;
	}
	return true;
}

static bool skip_header(struct gzip_feed *g)
{
	struct error ignored;
	struct cursor c;

	if (g->end - g->at < HEADER_BYTES_MAX && !refill(g))
		return false;
	c = cursor_over((struct bytes){ g->at, (size_t)(g->end - g->at) });
	if (!gzip_read_header(&c, &ignored))
		return false;
	g->at += cursor_offset(&c);
	return true;
}

/* Memory for a piece: rather some that is no longer needed than fresh pages, which the system would clear. */
static void page_piece(struct gzip_feed *g)
{
	while (g->n_paged < g->feed.n_ready + PIECE_BYTES) {
		size_t end = g->n_moved + BLOB_MOVE_BYTES;

		if (atomic_load(&g->takes_memory) && end <= atomic_load(&g->n_done) &&
		    g->n_paged + BLOB_MOVE_BYTES <= g->inflated.cap) {
			if (blob_move(&g->inflated, g->n_moved, g->n_paged, BLOB_MOVE_BYTES))
				g->n_moved = end;
			else
				atomic_store(&g->takes_memory, false);
		}
		g->n_paged += BLOB_MOVE_BYTES;
	}
}

static bool begin_member(struct gzip_feed *g)
{
	isal_inflate_reset(&g->state);
	g->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
	g->is_within = skip_header(g);
	return g->is_within;
}

/* Inflates up to a piece more of a member; false: broken, or it does not get on. */
static bool inflate_piece(struct gzip_feed *g)
{
	uint8_t *to = g->inflated.ptr + g->feed.n_ready;
	size_t room = g->inflated.len - g->feed.n_ready, n_in;
	struct inflate_state *s = &g->state;

	if (g->at == g->end && !refill(g))
		return false;
	page_piece(g);
	n_in = (size_t)(g->end - g->at);
	s->next_in = g->at;
	s->avail_in = (uint32_t)n_in;
	s->next_out = to;
	s->avail_out = (uint32_t)(room < PIECE_BYTES ? room : PIECE_BYTES);
	if (isal_inflate(s) != ISAL_DECOMP_OK)
		return false;
	g->at = g->end - s->avail_in;
	g->feed.n_ready += (size_t)(s->next_out - to);
	g->is_within = s->block_state != ISAL_BLOCK_FINISH;
	return s->next_out != to || s->avail_in != n_in || !g->is_within;
}

/* Behind a member there is nothing, or the next one. */
static bool next_piece(struct gzip_feed *g)
{
	if (g->is_within)
		return inflate_piece(g);
	if (g->at == g->end && !refill(g))
		return false;
	if (g->at == g->end) {
		g->feed.is_complete = true;
		return false;
	}
	return begin_member(g) && inflate_piece(g);
}

static bool more(struct feed *f)
{
	struct gzip_feed *g = of(f);

	if (next_piece(g))
		return true;
	atomic_store(&g->takes_memory, false);
	return false;
}

static void discard(struct feed *f, size_t upto)
{
	struct gzip_feed *g = of(f);

	atomic_store(&g->n_done, upto);
	if (atomic_load(&g->takes_memory))
		return;
	if (g->inflated.gone < g->n_moved)
		g->inflated.gone = g->n_moved;
	blob_discard_front(&g->inflated, upto);
}

/* The size of a file for this way, and what it says it inflates to. */
static bool is_suitable(int fd, size_t *size, size_t *inflated)
{
	uint8_t magic[2], said[TRAILER_BYTES];
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < FILE_BYTES_MIN || (uintmax_t)st.st_size > SIZE_MAX / 2)
		return false;
	*size = (size_t)st.st_size;
	if (pread(fd, magic, sizeof(magic), 0) != sizeof(magic) || !gzip_is((struct bytes){ magic, sizeof(magic) }) ||
	    pread(fd, said, sizeof(said), st.st_size - TRAILER_BYTES) != sizeof(said))
		return false;
	*inflated = (size_t)said[0] | (size_t)said[1] << 8 | (size_t)said[2] << 16 | (size_t)said[3] << 24;
	return true;
}

/* Takes over fd. */
static struct gzip_feed *feed_new(int fd, size_t size, size_t inflated)
{
	struct gzip_feed *g = calloc(1, sizeof(*g));
	uint64_t ceiling = gzip_ceiling(size), likely = (uint64_t)size * GZIP_LIKELY_RATIO;
	uint64_t room = inflated > likely ? inflated : likely;

	/* Address space; what trailers of other members say is in none of this. */
	room = (room < ceiling ? room : ceiling) + PIECE_BYTES;
	if (!g || !blob_reserve(&g->inflated, (size_t)room)) {
		(void)close(fd);
		free(g);
		return NULL;
	}
	g->fd = fd;
	g->at = g->end = g->input;
	g->inflated.len = (size_t)room;
	g->takes_memory = true;
	g->feed.start = g->inflated.ptr;
	g->feed.n_expected = inflated < likely ? inflated : (size_t)likely;
	g->feed.n_max = (size_t)room;
	g->feed.more = more;
	g->feed.discard = discard;
	isal_inflate_init(&g->state);
	return g;
}

struct feed *gzip_feed_open(const char *path)
{
	struct stat st;
	size_t size, inflated;
	struct gzip_feed *g;
	int fd;

	if (worker_count() < 2 || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	if (!is_suitable(fd, &size, &inflated)) {
		(void)close(fd);
		return NULL;
	}
	g = feed_new(fd, size, inflated);
	return g ? &g->feed : NULL;
}

void gzip_feed_close(struct feed *f)
{
	struct gzip_feed *g;

	if (!f)
		return;
	g = of(f);
	(void)close(g->fd);
	blob_release(&g->inflated);
	free(g);
}

#else

struct feed *gzip_feed_open(const char *path)
{
	(void)path;
	return NULL;
}

void gzip_feed_close(struct feed *f)
{
	(void)f;
}

#endif
