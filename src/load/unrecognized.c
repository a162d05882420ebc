/*
 * What an input is that is no profile.
 *
 * Lives here: telling by the first bytes, and what to do then.
 * Not here: formats that can be read (load/formats.c).
 */
#include "config.h"

#include "base/cursor.h"
#include "load/formats.h"
#include "profile/wire.h"

#include <inttypes.h>

enum {
	SHOWN_BYTES = 40,
	FIELDS_LAST = 15, /* of the message Profile */
};

/* ---- by the first bytes ---- */

/* Bytes that a file begins with, after white space for texts. */
static const struct look {
	const char *start;
	size_t len;
	bool is_text; /* any case */
	const char *is; /* and what to do */
} look_table[] = {
#define START(bytes) .start = (bytes), .len = sizeof(bytes) - 1
	{ START("\x7f" "ELF"), .is = "this is an ELF object file; name a profile after it" },
	{ START("MZ"), .is = "this looks like a Windows program; name a profile after it" },
	{ START("\xcf\xfa\xed\xfe"), .is = "this is a macOS program; name a profile after it" },
	{ START("\xca\xfe\xba\xbe"), .is = "this is a macOS program or a Java class; name a profile after it" },
	{ START("PERFILE2"), .is = "this is perf.data of Linux perf; convert it with perf_to_profile "
				   "(https://github.com/google/perf_data_converter)" },
	{ START("\x1f\x8b"), .is = "this was compressed twice; unpack it once with gunzip" },
	{ START("\x28\xb5\x2f\xfd"), .is = "this is compressed with zstd; unpack it with zstd -d" },
	{ START("\xfd" "7zXZ"), .is = "this is compressed with xz; unpack it with xz -d" },
	{ START("BZh"), .is = "this is compressed with bzip2; unpack it with bunzip2" },
	{ START("PK\x03\x04"), .is = "this is a zip archive; unpack it first" },
	{ START("<!doctype"), .is_text = true,
	  .is = "this is a web page; check the address (it ends in /debug/pprof/profile, heap, ...) and "
		"whether it needs a login" },
	{ START("<html"), .is_text = true,
	  .is = "this is a web page; check the address (it ends in /debug/pprof/profile, heap, ...) and "
		"whether it needs a login" },
	{ START("<?xml"), .is_text = true, .is = "this is XML, not a profile; check where it comes from" },
	{ START("{"), .is_text = true, .is = "this looks like JSON, not a profile; check where it comes from" },
	{ START("["), .is_text = true, .is = "this looks like JSON, not a profile; check where it comes from" },
	{ START("goroutine profile:"), .is_text = true, .is = "this is a goroutine profile that was changed" },
	{ START("goroutine "), .is_text = true,
	  .is = "this looks like the stacks that a Go program prints when it dies, or "
		"/debug/pprof/goroutine?debug=2; fetch it with debug=0" },
	{ START("panic: "), .is_text = true, .is = "this looks like what a Go program prints when it dies" },
	{ START("fatal error: "), .is_text = true, .is = "this looks like what a Go program prints when it dies" },
	{ START("SIGQUIT: "), .is_text = true, .is = "this looks like what a Go program prints when it dies" },
	{ START("heap profile:"), .is_text = true, .is = "this is a heap profile of a kind we do not know" },
	{ START("--- threadz"), .is_text = true,
	  .is = "this is threadz text without its memory map; was it cut short?" },
	{ START("--- Thread "), .is_text = true,
	  .is = "this is threadz text without its memory map; was it cut short?" },
	{ START("--- contention"), .is_text = true,
	  .is = "this is a contention profile with lines we do not know" },
	{ START("--- mutex:"), .is_text = true, .is = "this is a contention profile with lines we do not know" },
	{ START("--- heapz"), .is_text = true, .is = "this is a Java profile with lines we do not know" },
	{ START("--- symbol"), .is_text = true,
	  .is = "this is a gperftools profile with symbols in it (pprof --raw); give the plain profile and "
		"the binary" },
	{ START("\0\0\0\0\3\0\0\0"), .is = "this is a CPU profile of gperftools that was cut short or changed" },
	{ START("\0\0\0\0\0\0\0\3"), .is = "this is a CPU profile of gperftools that was cut short or changed" },
	{ START("\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0"),
	  .is = "this is a CPU profile of gperftools that was cut short or changed" },
	{ START("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3"),
	  .is = "this is a CPU profile of gperftools that was cut short or changed" },
#undef START
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool begins_with(struct str head, const struct look *look)
{
	if (look->is_text)
		head = str_trim(head);
	if (head.len < look->len)
		return false;
	for (size_t i = 0; i < look->len; i++)
		if (look->is_text ? lower(head.ptr[i]) != lower(look->start[i]) : head.ptr[i] != look->start[i])
			return false;
	return true;
}

/* "go 1.22 trace\0": the version, else empty. */
static struct str trace_version(struct str head)
{
	ptrdiff_t end = str_find(head, STR(" trace"));

	return end > 3 && end < 16 && str_has_prefix(head, STR("go 1")) ? str_head(head, (size_t)end) : STR_EMPTY;
}

/* ---- by what stands in it ---- */

/*
 * Whether it begins like a profile.proto: a field of the message Profile with the wire type that it
 * has there.  Text may do so by accident, and is told from it before.
 */
static bool begins_like_proto(struct str head)
{
	struct cursor c = cursor_over((struct bytes){ (const uint8_t *)head.ptr, head.len });
	struct error ignored = ERROR_INIT;
	struct wire_field f = { .number = 0 };

	if (!cursor_left(&c))
		return false;
	/* A field that is longer than the head is known, too. */
	(void)wire_next(&c, &f, &ignored);
	if (f.number == 0 || f.number > FIELDS_LAST)
		return false;
	return f.type == (f.number <= 6 || f.number == 11 || f.number == 13 ? WIRE_BYTES : WIRE_VARINT);
}

/* UTF-8 without control characters but white space.  The head may end within a character. */
static bool is_text(struct str head)
{
	uint32_t rune;

	while (head.len) {
		size_t n = str_rune(head, &rune);

		if (n == 1 && rune == 0xfffd)
			return head.len < 4;
		if ((rune < 0x20 && (rune < '\t' || rune > '\r')) || rune == 0x7f)
			return false;
		head = str_from_offset(head, n);
	}
	return true;
}

/* The first line, as far as it can be shown anywhere. */
static struct str first_words(struct str head, char shown[SHOWN_BYTES])
{
	struct str line, rest;
	size_t n = 0;

	(void)str_cut(str_trim(head), '\n', &line, &rest);
	for (; n < line.len && n < SHOWN_BYTES; n++)
		shown[n] = line.ptr[n] >= 0x20 && line.ptr[n] < 0x7f ? line.ptr[n] : '?';
	return (struct str){ shown, n };
}

static const struct look *find_look(struct str head)
{
	for (size_t i = 0; i < sizeof(look_table) / sizeof(*look_table); i++)
		if (begins_with(head, &look_table[i]))
			return &look_table[i];
	return NULL;
}

void load_tell_look(struct str head, size_t size, struct error *err)
{
	const struct look *look = find_look(head);
	const struct error said = *err;

	if (look)
		error_set(err, said.code, "%s: %s", said.msg, look->is);
	else if (!is_text(head))
		error_set(err, said.code, "%s: %zu bytes of no kind we know", said.msg, size);
}

void load_unrecognized(struct str head, size_t size, const struct error *broken, struct error *err)
{
	static const char said[] = "parsing profile: unrecognized profile format";
	const struct look *look = find_look(head);
	struct str version = trace_version(head), words;
	char shown[SHOWN_BYTES];

	if (version.len) {
		error_set(err, ERR_FORMAT, "%s: this is an execution trace (%.*s), not a profile; see it with go tool trace",
			  said, STR_FMT(version));
	} else if (look) {
		error_set(err, ERR_FORMAT, "%s: %s", said, look->is);
	} else if (is_text(head)) {
		words = first_words(head, shown);
		error_set(err, ERR_FORMAT, "%s: this is text of no kind we know, beginning with \"%.*s\"; check where it comes from",
			  said, STR_FMT(words));
	} else if (begins_like_proto(head)) {
		error_set(err, ERR_FORMAT,
			  "%s: this is a profile that was cut short or changed, of %zu bytes: %s; fetch it again", said,
			  size, broken->msg);
	} else {
		error_set(err, ERR_FORMAT, "%s: %zu bytes of no kind we know", said, size);
	}
}
