/*
 * Loading: names in, one profile out.
 *
 * Lives here: one source from its name to a profile, and what is done when all are one.
 * Not here: which bytes are which format (load/formats.c), several sources (load/combine.c).
 */
#include "config.h"

#include "load/load.h"

#include "base/blob.h"
#include "base/gzip.h"
#include "base/gzip_feed.h"
#include "load/formats.h"
#include "load/internal.h"
#include "profile/transform.h"

#include <string.h>

/* An input while it is decoded: whole, or as it is inflated. */
struct reading {
	struct blob blob;
	struct feed *feed; /* NULL: it is whole */
	struct progress *progress; /* of the only source; NULL: nobody looks */
};

static void discard(void *reading, size_t upto)
{
	struct reading *in = reading;

	if (in->feed)
		in->feed->discard(in->feed, upto);
	else
		blob_discard_front(&in->blob, upto);
	progress_set(in->progress, upto, in->feed ? in->feed->n_expected : in->blob.len);
}

/* Inflates in place of the compressed bytes. */
static bool inflate(struct blob *b, struct progress *progress, struct error *err)
{
	struct blob inflated;

	if (!gzip_is(blob_bytes(b)))
		return true;
	progress_begin(progress, "inflating");
	if (!gzip_inflate(blob_bytes(b), &inflated, err)) {
		const struct error said = *err;

		if (said.code == ERR_FORMAT)
			error_set(err, ERR_FORMAT, "%s: this is gzip that was cut short or changed, of %zu bytes; fetch it again",
				  said.msg, blob_bytes(b).len);
		return error_context(err, "decompressing profile: ");
	}
	blob_release(b);
	*b = inflated;
	return true;
}

/* A profile without mappings gets an empty one, which all locations are in (spec/profile.md 2.4). */
static bool add_missing_mapping(struct profile *p)
{
	if (p->n_mapping)
		return true;
	p->mapping = ARENA_ZERO(&p->arena, struct mapping, 1);
	p->location.mapping_row = ARENA_ZERO(&p->arena, uint32_t, p->location.n);
	if (!p->mapping || !p->location.mapping_row)
		return false;
	p->mapping[0].id = 1;
	p->n_mapping = 1;
	return true;
}

static bool name_binary(struct profile *p, const struct load_request *r)
{
	struct mapping *m = &p->mapping[0];

	if (r->binary.len)
		m->filename = strtab_add(&p->strings, &p->arena, r->binary);
	if (r->build_id.len && !m->build_id)
		m->build_id = strtab_add(&p->strings, &p->arena, r->build_id);
	return m->filename != STR_ID_NONE && m->build_id != STR_ID_NONE;
}

/* Decodes while it inflates; NULL: that is not for this input, or it is broken. */
static struct profile *decode_ahead(struct reading *in, const char *path, bool without_stacks)
{
	struct profile *p;

	in->feed = strcmp(path, "-") == 0 ? NULL : gzip_feed_open(path);
	if (!in->feed)
		return NULL;
	progress_begin(in->progress, "decoding");
	p = profile_decode_ahead(in->feed, without_stacks, discard, in);
	gzip_feed_close(in->feed);
	in->feed = NULL;
	return p;
}

static struct profile *decode_whole(struct reading *in, const char *path, struct error *err)
{
	struct profile *p = NULL;

	progress_begin(in->progress, "reading");
	if (!blob_read_file(&in->blob, path, err))
		return NULL;
	if (inflate(&in->blob, in->progress, err)) {
		progress_begin(in->progress, "decoding");
		p = load_decode(blob_bytes(&in->blob), discard, in, err);
	}
	blob_release(&in->blob);
	return p;
}

static struct profile *decode(const char *path, const struct load_request *r, bool is_alone, struct error *err)
{
	struct reading in = { .progress = r->n_source + r->n_base == 1 ? r->progress : NULL };
	struct profile *p = is_alone ? decode_ahead(&in, path, r->without_stacks && r->n_base == 0) : NULL;

	if (!p)
		p = decode_whole(&in, path, err);
	if (p && (!add_missing_mapping(p) || !name_binary(p, r))) {
		profile_free(p);
		error_nomem(err, "profile");
		return NULL;
	}
	return p;
}

/* "http://host/..." or "host:6060", with or without a path: what is no file and would be fetched. */
static bool is_address(struct str s)
{
	ptrdiff_t colon = str_find_char(s, ':'), slash = str_find_char(s, '/');
	size_t i = (size_t)colon + 1;

	if (str_find(s, STR("://")) > 0)
		return true;
	if (colon < 0 || (slash >= 0 && slash < colon))
		return false;
	while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
		i++;
	return i > (size_t)colon + 1 && (i == s.len || s.ptr[i] == '/' || s.ptr[i] == '?');
}

/* Says how to come by what is there; a server's address alone stands for its CPU profile (spec/driver.md 2.2). */
static void refuse_address(struct str s, struct error *err)
{
	bool has_scheme = str_find(s, STR("://")) > 0;
	struct str host = has_scheme ? str_from_offset(s, (size_t)str_find(s, STR("://")) + 3) : s;
	ptrdiff_t slash = str_find_char(host, '/');
	bool is_bare = str_find_char(s, '?') < 0 && (slash < 0 || (size_t)slash + 1 == host.len);

	if (is_bare && slash >= 0)
		s.len--;
	error_set(err, ERR_UNSUPPORTED, "fetching is not there yet: curl -o profile.pb.gz '%s%.*s%s', and open that",
		  has_scheme ? "" : host.ptr[0] == ':' ? "http://localhost" : "http://", STR_FMT(s),
		  is_bare ? "/debug/pprof/profile" : "");
}

struct profile *load_one(struct str source, const struct load_request *r, bool is_alone, struct error *err)
{
	struct arena scratch = ARENA_INIT;
	struct str path = arena_str(&scratch, source);
	struct profile *p = NULL;

	if (!path.ptr)
		error_nomem(err, "path");
	else
		p = decode(path.ptr, r, is_alone, err);
	if (!p && err->code == ERR_NOTFOUND && is_address(source))
		refuse_address(source, err);
	arena_release(&scratch);
	return p;
}

/* A file name that is a URL says where a profile came from, not what was run (spec/profile.md 2.4). */
static bool is_url(struct str s)
{
	ptrdiff_t colon = str_find_char(s, ':');

	if (colon <= 0)
		return false;
	for (ptrdiff_t i = 0; i < colon; i++) {
		char c = s.ptr[i];
		bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!is_letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
			return false;
	}
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
			return false;
	return true;
}

static void clear_urls(struct profile *p)
{
	for (uint32_t i = 0; i < p->n_mapping; i++)
		if (!p->mapping[i].build_id && is_url(profile_text(p, p->mapping[i].filename)))
			p->mapping[i].filename = 0;
}

static bool add_comment(struct profile *p, struct str text)
{
	str_id *comment = ARENA_ARRAY(&p->arena, str_id, (size_t)p->n_comment + 1);

	if (!comment)
		return false;
	if (p->n_comment)
		memcpy(comment, p->comment, p->n_comment * sizeof(*comment));
	comment[p->n_comment] = strtab_add(&p->strings, &p->arena, text);
	p->comment = comment;
	return p->comment[p->n_comment++] != STR_ID_NONE;
}

static bool finish(struct profile *p, const struct load_request *r, struct out *notice, struct error *err)
{
	if (r->all_frames)
		p->drop_frames = p->keep_frames = 0;
	if (!load_names(p, r->symbolize, notice, err) || !profile_prune(p, err))
		return false;
	clear_urls(p);
	if (r->for_session && !profile_drop_unstorable_labels(p, err))
		return false;
	return !r->add_comment.len || add_comment(p, r->add_comment) || error_nomem(err, "comment");
}

struct profile *load_profile(const struct load_request *r, struct out *notice, struct error *err)
{
	struct profile *p = load_combined(r, notice, err);
	struct out ignored; /* what there is to say has been said of p */
	bool ok;

	if (!p)
		return NULL;
	out_open_memory(&ignored);
	progress_begin(r->progress, "naming");
	ok = finish(p, r, notice, err) && (!p->apart || finish(p->apart, r, &ignored, err));
	out_release(&ignored);
	if (ok)
		return p;
	profile_free(p);
	return NULL;
}
