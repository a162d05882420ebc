/*
 * Options: what the user can set, by flag, at the prompt and in a URL.
 *
 * Lives here: the table, the values, setting one from text.
 * Not here: what an option does; analysis/pipeline.c maps the values down to what each floor
 * needs.
 */
#ifndef ANALYSIS_OPTIONS_H
#define ANALYSIS_OPTIONS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_type {
	OPTION_BOOL,
	OPTION_INT,
	OPTION_FLOAT,
	OPTION_TEXT,
	OPTION_REGEX,
	OPTION_CHOICE,
};

enum option_flag {
	OPTION_IS_SAVED = 1 << 0, /* part of a saved configuration */
	OPTION_FILTERS = 1 << 1,  /* changes which samples and frames there are; empty: none of them */
};

enum option_id {
#define OPTION(id, name, type, initial, url, flags, help) OPT_##id,
#include "analysis/options.def"
#undef OPTION
	OPTION_COUNT,
};

/* A value that an option of type OPTION_CHOICE can have; also a flag of its own. */
struct option_choice {
	enum option_id option;
	const char *name;
	const char *help;
};

struct option {
	const char *name;
	enum option_type type;
	const char *initial;
	const char *url; /* parameter name, or "" */
	unsigned flags;	 /* enum option_flag */
	const char *help;
};

extern const struct option option_table[OPTION_COUNT];
extern const struct option_choice option_choice_table[];
extern const size_t option_choice_n;

/* The member that the option's type says. */
union option_value {
	bool is_set;
	int64_t integer;
	double number;
	struct str text; /* TEXT, REGEX, CHOICE; an empty choice is the default */
};

/* Owns its texts.  Copying the struct shares them: options_copy() makes an own one. */
struct options {
	struct arena arena;
	union option_value value[OPTION_COUNT];
};

/* All at their initial values. */
bool options_init(struct options *o, struct error *err);
bool options_copy(struct options *to, const struct options *from, struct error *err);
void options_release(struct options *o);

/* No filter, and no frames made of labels. */
void options_clear_filters(struct options *o);
/* Whether there is any of those. */
bool options_have_filters(const struct options *o);

/* -1 when there is none of that name. */
int option_find(struct str name);
/* NULL when there is none of that name. */
const struct option_choice *option_choice_find(struct str name);

/*
 * Sets an option from text by the rules of the prompt (spec/driver.md 3.2).  ERR_USAGE in the
 * reference's words.
 */
bool options_set(struct options *o, enum option_id id, struct str text, struct error *err);

/* The value as text that sets it again; in the arena.  ptr NULL: no memory. */
struct str options_text(const struct options *o, enum option_id id, struct arena *arena);

bool options_is_initial(const struct options *o, enum option_id id);

#endif
