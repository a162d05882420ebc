/*
 * Formats of profiles.
 *
 * Lives here: the table of formats and the order in which they are tried (spec/profile.md 1.1,
 * 6.1).
 * Not here: what unknown bytes look like (load/unrecognized.c).
 */
#include "config.h"

#include "load/formats.h"

#include "base/cursor.h"
#include "base/limits.h"
#include "profile/legacy.h"

struct format {
	const char *name;
	/* ERR_UNSUPPORTED: not mine. */
	struct profile *(*decode)(struct bytes input, struct error *err);
};

/* Tried when the input is no profile.proto, in this order, which is the reference's. */
static const struct format format_table[] = {
	{ .name = "CPU profile of gperftools", .decode = profile_decode_legacy_cpu },
	{ .name = "heap profile in text", .decode = profile_decode_legacy_heap },
	{ .name = "count profile in text", .decode = profile_decode_legacy_count },
	{ .name = "threadz", .decode = profile_decode_legacy_thread },
	{ .name = "contention profile in text", .decode = profile_decode_legacy_contention },
	{ .name = "Java profile in text", .decode = profile_decode_legacy_java },
};

/*
 * Whether one of the table might claim the input, or fail on it: then no byte may be given away before
 * they have seen it.  What profile.proto begins with is nothing of that.
 */
static bool may_be_other(struct bytes input)
{
	struct cursor c = cursor_over(input);
	struct str line;

	if (input.len >= 4 && input.ptr[0] == 0 && input.ptr[1] == 0 && input.ptr[2] == 0 && input.ptr[3] == 0)
		return true;
	while (cursor_line(&c, &line)) {
		struct str text = str_trim(line);

		if (line.len >= LIMIT_LEGACY_LINE_BYTES || str_find(text, STR("profile:")) >= 0 ||
		    str_find(text, STR("--- ")) >= 0)
			return true;
		if (text.len && text.ptr[0] != '#')
			break;
	}
	return false;
}

/* By the formats before profile.proto.  NULL with ERR_UNSUPPORTED: none of them knows it. */
static struct profile *decode_other(struct bytes input, struct str head, struct error *err)
{
	for (size_t i = 0; i < sizeof(format_table) / sizeof(*format_table); i++) {
		struct profile *p = format_table[i].decode(input, err);

		if (p)
			return p;
		if (err->code == ERR_UNSUPPORTED)
			continue;
		if (err->code != ERR_FORMAT) {
			error_context(err, "%s: ", format_table[i].name);
			return NULL;
		}
		error_context(err, "parsing profile: ");
		load_tell_look(head, input.len, err);
		return NULL;
	}
	return NULL;
}

struct profile *load_decode(struct bytes input, void (*done)(void *ctx, size_t upto), void *ctx,
			    struct error *err)
{
	struct str head = str_head((struct str){ (const char *)input.ptr, input.len }, LOAD_HEAD_BYTES);
	bool is_other = may_be_other(input);
	char kept[LOAD_HEAD_BYTES];
	struct profile *p;
	struct error broken;

	/* It may be given away. */
	if (head.len)
		memcpy(kept, head.ptr, head.len);
	head.ptr = kept;
	p = profile_decode(input, is_other ? NULL : done, ctx, err);
	broken = *err;
	if (p || err->code != ERR_UNSUPPORTED)
		return p;
	if (is_other) {
		p = decode_other(input, head, err);
		if (p || err->code != ERR_UNSUPPORTED)
			return p;
	}
	load_unrecognized(head, input.len, &broken, err);
	return NULL;
}
