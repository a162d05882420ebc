/*
 * Every ceiling on what comes from outside, with its reason.
 *
 * Lives here: constants only.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/*
 * Inflated size of one input.  The largest profiles seen inflate to a few hundred megabytes, and to 3 to
 * 20 times their size.  Go's heap profile of 65,536 stacks of one deep recursion reaches 35 times, and
 * who writes a sample for each event of the same 4 stacks, 200 frames deep, 117 times.  Zeros reach 1032
 * times: a bomb of one gigabyte takes a megabyte.  So LIMIT_BOMB_BYTES are believed of any input, and
 * beyond them LIMIT_BOMB_RATIO times what is there.
 */
#define LIMIT_INFLATED_BYTES ((uint64_t)8 << 30)
#define LIMIT_BOMB_BYTES ((uint64_t)256 << 20)
#define LIMIT_BOMB_RATIO 50

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

/* A file of program text, and all that one report opens; a line index is up to four times that. */
#define LIMIT_SOURCE_BYTES ((uint64_t)32 << 20)
#define LIMIT_SOURCE_CACHE_BYTES ((uint64_t)512 << 20)

/* One command: a regexp of all functions of a large program is some hundred kilobytes. */
#define LIMIT_LINE_BYTES (1 << 20)

/* Sources named on one command line. */
#define LIMIT_SOURCES 65536

/* A mangled name; real ones of heavily templated C++ reach some tens of thousands. */
#define LIMIT_MANGLED_BYTES 65536

/*
 * Parts that a demangled name prints, where a part is a few bytes; a name of 200 bytes can ask for
 * 2 to the power of 60.  A template parameter counts as so many.
 */
#define LIMIT_DEMANGLED_PARTS ((uint64_t)1 << 18)
#define DEMANGLE_ARGUMENT_PARTS 16

/* Each can double what a Rust name prints. */
#define LIMIT_RUST_BACK_REFERENCES 18

/*
 * A line of a legacy text profile, newline not counted, must be shorter: the size of the
 * reference's line buffer.  Java's are not read through it.
 */
#define LIMIT_LEGACY_LINE_BYTES 65536

/*
 * Bytes compared and copied for `$name` in one memory map.  Real ones use a name or two; names
 * that stand for names double with each line.
 */
#define LIMIT_MAP_EXPANSION ((size_t)1 << 28)

#endif
