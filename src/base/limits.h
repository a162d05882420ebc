/*
 * Every ceiling on what comes from outside, with its reason.
 *
 * Lives here: constants only.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/*
 * Inflated size of one input.  The largest profiles seen inflate to a few hundred
 * megabytes; a bomb of one gigabyte of zeros takes a megabyte.
 */
#define LIMIT_INFLATED_BYTES ((uint64_t)8 << 30)

/* What is read from a device file: /dev/zero never ends, and no profile comes from one. */
#define LIMIT_DEVICE_BYTES ((uint64_t)64 << 20)

/* One model in memory: columns, strings, stacks. */
#define LIMIT_PROFILE_BYTES ((uint64_t)32 << 30)

/* Rows of any table: a row is 32 bits, and the last value means "none". */
#define LIMIT_ROWS ((uint64_t)UINT32_MAX - 1)

/* Sample types of a profile; real ones have one to six. */
#define LIMIT_SAMPLE_TYPES 4096

/* Objects and arrays inside each other; what is read here nests three deep. */
#define LIMIT_JSON_DEPTH 64

/* A user's settings: some hundred bytes a saved configuration. */
#define LIMIT_SETTINGS_BYTES ((size_t)16 << 20)

/* Sources named on one command line. */
#define LIMIT_SOURCES 65536

#endif
