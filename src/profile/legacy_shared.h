/*
 * Legacy profiles: what their files share.
 *
 * Lives here: reading lines, collecting locations and samples, the memory map, and making a
 * struct profile of it all (spec/profile.md 6.1, 6.8, 6.9).
 * Not here: what one format's lines look like (profile/legacy_<format>.c).
 */
#ifndef PROFILE_LEGACY_SHARED_H
#define PROFILE_LEGACY_SHARED_H

#include "base/cursor.h"
#include "profile/builder.h"
#include "profile/legacy.h"

enum { LEGACY_TYPES_MAX = 4 };

struct legacy_location {
	uint64_t address;
	int64_t line;	       /* of the function */
	uint32_t function_row; /* in legacy.function; ROW_NONE but for Java */
	uint32_t row;	       /* in the profile; ROW_NONE until a sample uses it */
};

struct legacy_sample {
	size_t frame;	  /* the first of its n_frame in legacy.frame; leaf first */
	size_t n_frame;
	int64_t block_bytes; /* label `bytes` */
	int64_t value[LEGACY_TYPES_MAX];
};

struct legacy_function {
	str_id name, filename;
	uint32_t row; /* in the profile; ROW_NONE until a location uses it */
};

/* A line of the memory map.  Texts are views into the input or into legacy.scratch. */
struct legacy_map {
	uint64_t start, limit, offset;
	struct str filename, build_id;
};

/* `name = text` among the memory map: $name means text from there on. */
struct legacy_definition {
	struct str name, text;
};

enum legacy_flag {
	LEGACY_HAS_BLOCK_BYTES = 1 << 0,      /* samples carry the label `bytes` */
	LEGACY_DROPS_TWIN_CALLERS = 1 << 1,   /* a frame 1 that is the leaf's own address goes */
	LEGACY_CLEARS_ADDRESSES = 1 << 2,     /* addresses were only names of locations */
};

/* How an address becomes that of the call before it. */
enum legacy_adjust {
	LEGACY_KEEP,	    /* it is that already */
	LEGACY_ALL_BEFORE,  /* every one is decremented */
	LEGACY_CALLS_BEFORE /* every one but the leaf's is */
};

/* One profile being read.  Owns everything in it. */
struct legacy {
	struct profile_builder b; /* header fields and strings; rows come with legacy_seal() */
	struct arena scratch;
	uint32_t flags; /* enum legacy_flag */
	VEC(struct legacy_location) location; /* in order of first mention */
	struct row_index location_index;
	VEC(uint32_t) frame; /* location rows; those behind the last sample's are of the next */
	VEC(struct legacy_sample) sample;
	VEC(uint32_t) used; /* location rows in order of use by samples */
	VEC(struct legacy_function) function;
	struct row_index function_index;
	VEC(struct legacy_map) map;
	VEC(struct legacy_definition) definition;
	VEC(char) expanded;    /* the line at hand with names replaced */
	size_t expansion_work; /* bytes compared and copied for that */
};

/* Harmless to release after a failure. */
bool legacy_init(struct legacy *l, struct error *err);
void legacy_release(struct legacy *l);

/* ---- lines (profile/legacy_text.c) ---- */

/*
 * The next line, without '\n' and one '\r' before it.  False at the end; false with
 * ERR_FORMAT when the line has 65536 bytes or more, as the reference's line reader would.
 * Loop while it is true, then look at err->code.
 */
bool legacy_line(struct cursor *c, struct str *line, struct error *err);

/* Nothing but white space, or a comment. */
bool legacy_is_blank(struct str line);

/* The line behind which the memory map stands. */
bool legacy_is_map_marker(struct str line);

/* The next line that is not blank, trimmed; else as legacy_line(). */
bool legacy_text_line(struct cursor *c, struct str *line, struct error *err);

/*
 * A number in decimal, or one whose base is in the text (0x1f, 010, 1_000).  ERR_FORMAT in Go's words
 * when it is none, or has more than 64 bits.
 */
bool legacy_dec64(struct str text, int64_t *v, struct error *err);
bool legacy_auto64(struct str text, int64_t *v, struct error *err);

/* ---- samples (profile/legacy.c) ---- */

struct legacy_type {
	struct str type, unit;
};

/* Once; n is 4 at most. */
bool legacy_sample_types(struct legacy *l, const struct legacy_type *type, uint32_t n, struct error *err);
bool legacy_period(struct legacy *l, struct legacy_type type, int64_t period, struct error *err);

/* One more frame of the sample that comes next. */
bool legacy_frame(struct legacy *l, uint64_t address, enum legacy_adjust adjust, struct error *err);

/* All 0x... in text as frames. */
bool legacy_frames(struct legacy *l, struct str text, enum legacy_adjust adjust, struct error *err);

bool legacy_has_frames(const struct legacy *l);
void legacy_forget_frames(struct legacy *l);

/* The frames since the last sample become one; value has one a sample type. */
bool legacy_sample(struct legacy *l, const int64_t *value, int64_t block_bytes, struct error *err);

/* Row in l->location of an address; ROW_NONE when absent. */
uint32_t legacy_location_find(const struct legacy *l, uint64_t address);

/* Row in l->function of that name; the filename is of the first that asked.  ROW_NONE: no memory. */
uint32_t legacy_function(struct legacy *l, struct str name, struct str filename);

/* ---- memory map (profile/legacy_maps.c) ---- */

/* Reads all lines that are left as memory map. */
bool legacy_maps(struct legacy *l, struct cursor *c, struct error *err);

/* As legacy_maps(), from the first marker on; `line` is where to look first. */
bool legacy_maps_after_marker(struct legacy *l, struct cursor *c, struct str line, struct error *err);

/* Joins maps that continue each other; the main binary goes first (spec/profile.md 6.9, 1-3). */
bool legacy_maps_tidy(struct legacy *l, struct error *err);

/*
 * The map_row[] of each of n addresses, ROW_NONE for address 0 (spec/profile.md 6.9, 5-8).  May
 * change maps, and adds one for addresses that no map holds.
 */
bool legacy_maps_assign(struct legacy *l, const uint64_t *address, uint32_t *map_row, uint32_t n,
			struct error *err);

/* ---- and all ---- */

/*
 * The profile: locations that samples use, numbered in order of use, maps assigned.  l remains to
 * be released.
 */
struct profile *legacy_seal(struct legacy *l, struct error *err);

/* drop_frames and keep_frames, by the names of the sample types (profile/legacy_unshown.c). */
bool legacy_unshown_frames(struct profile_builder *b, struct error *err);

/*
 * What a sampled heap stands for: one allocation in `rate` bytes was counted (spec/profile.md
 * 6.3.4).
 */
void legacy_unsample(int64_t *count, int64_t *bytes, int64_t rate);

/* Lines `0xADDRESS name (file:line)` that name the locations of a Java profile. */
bool legacy_java_locations(struct legacy *l, struct cursor *c, struct error *err);

#endif
