/*
 * Regular expressions: Go's syntax and meaning in linear time.
 *
 * Lives here: the only C++ of the program.  No exception leaves this file.
 */
#include "config.h"

#include "base/regex.h"

#include "base/regex_go.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <new>
#include <string>

#include <re2/re2.h>

namespace
{

/*
 * Of one pattern: its program and the states seen so far.  A profile brings patterns too
 * (drop_frames), so this is a ceiling on what an input may ask for; past it RE2 goes on without
 * remembered states, still in linear time.
 */
constexpr int64_t largest_bytes = 64 << 20;

/* Go refuses what is nested deeper, which also bounds the work here. */
constexpr size_t deepest_group = 1000;

re2::StringPiece piece(struct str s)
{
	return re2::StringPiece(s.len ? s.ptr : "", s.len);
}

struct str view(const std::string &s)
{
	return { s.data(), s.size() };
}

/* Whether what RE2 complains about ends the pattern. */
bool is_at_end(const RE2 &re)
{
	return str_has_suffix(view(re.pattern()), view(re.error_arg()));
}

/* Go's word for an error of RE2. */
const char *words(const RE2 &re)
{
	switch (re.error_code()) {
	case RE2::ErrorBadEscape:
		if (is_at_end(re) && (re.error_arg() == "\\p" || re.error_arg() == "\\P"))
			return "invalid character class range";
		return "invalid escape sequence";
	case RE2::ErrorBadUTF8: /* of a pattern that is UTF-8: "\x{" at its end */
		return "invalid escape sequence";
	case RE2::ErrorBadCharClass:
		return "invalid character class";
	case RE2::ErrorBadCharRange:
		return "invalid character class range";
	case RE2::ErrorMissingBracket:
		return "missing closing ]";
	case RE2::ErrorMissingParen:
		return "missing closing )";
	case RE2::ErrorUnexpectedParen:
		return "unexpected )";
	case RE2::ErrorTrailingBackslash:
		return "trailing backslash at end of expression";
	case RE2::ErrorRepeatArgument:
		return "missing argument to repetition operator";
	case RE2::ErrorRepeatSize:
		return "invalid repeat count";
	case RE2::ErrorRepeatOp:
		return "invalid nested repetition operator";
	case RE2::ErrorBadPerlOp:
		return "invalid or unsupported Perl syntax";
	case RE2::ErrorBadNamedCapture:
		return "invalid named capture";
	case RE2::ErrorPatternTooLarge:
		return "expression too large";
	default:
		return "internal error";
	}
}

bool fail(struct error *err, const char *what, struct str fragment)
{
	return error_set(err, ERR_USAGE, "error parsing regexp: %s: `%.*s`", what,
			 STR_FMT(fragment));
}

/* The part of pattern that Go names in its message for an error of RE2. */
struct str fragment_of(const RE2 &re, const struct regex_go &go, struct str pattern,
		       struct str arg)
{
	switch (re.error_code()) {
	case RE2::ErrorMissingParen:
	case RE2::ErrorUnexpectedParen:
	case RE2::ErrorPatternTooLarge:
		return pattern;
	case RE2::ErrorMissingBracket:
		return go.open_class;
	case RE2::ErrorBadUTF8:
		return STR("\\x{");
	case RE2::ErrorRepeatSize:
		return str_has_suffix(arg, STR("?")) ? str_head(arg, arg.len - 1) : arg;
	case RE2::ErrorBadCharRange:
		return regex_go_original(pattern, arg);
	default:
		return arg;
	}
}

/* text with U+FFFD for each byte that is not UTF-8. */
std::string repaired(struct str text)
{
	std::string to;

	to.reserve(text.len + 64);
	while (text.len) {
		size_t n = str_utf8_prefix(text);

		to.append(text.ptr, n);
		text = str_from_offset(text, n);
		if (text.len)
			to.append("\xef\xbf\xbd");
		text = str_from_offset(text, 1);
	}
	return to;
}

/* Offset in repaired(text) of an offset in text. */
size_t repaired_offset(struct str text, size_t offset)
{
	size_t at = 0, to = 0;

	while (at < offset && at < text.len) {
		size_t n = str_utf8_prefix(str_from_offset(text, at));

		if (n == 0) {
			at++;
			to += 3;
		} else {
			n = n < offset - at ? n : offset - at;
			at += n;
			to += n;
		}
	}
	return to;
}

/* The other way round. */
size_t original_offset(struct str text, size_t offset)
{
	size_t at = 0, to = 0;

	while (to < offset && at < text.len) {
		size_t n = str_utf8_prefix(str_from_offset(text, at));

		if (n == 0) {
			at++;
			to += 3;
		} else {
			n = n < offset - to ? n : offset - to;
			at += n;
			to += n;
		}
	}
	return at;
}

/* Whether the error may be only that the pattern was cut at a fault. */
bool is_of_cut(const RE2 &re)
{
	const std::string &arg = re.error_arg();
	auto has_only = [&arg](const char *start, const char *set) {
		return arg.compare(0, 2, start) == 0 &&
		       arg.find_first_not_of(set, 2) == std::string::npos;
	};

	switch (re.error_code()) {
	case RE2::ErrorMissingParen:
	case RE2::ErrorMissingBracket:
	case RE2::ErrorTrailingBackslash:
	case RE2::ErrorBadUTF8:
		return true;
	case RE2::ErrorBadPerlOp:
		return is_at_end(re) && has_only("(?", "imsU-");
	case RE2::ErrorBadEscape:
		return is_at_end(re) && has_only("\\x", "{0123456789abcdefABCDEF");
	case RE2::ErrorBadCharRange:
		return is_at_end(re) && arg.find('}') == std::string::npos &&
		       (arg == "\\p" || arg == "\\P" || arg.compare(0, 3, "\\p{") == 0 ||
			arg.compare(0, 3, "\\P{") == 0);
	default:
		return false;
	}
}

} /* namespace */

struct regex {
	RE2 re;
	mutable std::atomic<bool> ran_out{ false };

	regex(struct str pattern, const RE2::Options &options) : re(piece(pattern), options)
	{
	}
};

namespace
{

bool compile(struct str pattern, std::unique_ptr<regex> &re, struct error *err)
{
	struct regex_go go = {};
	RE2::Options options;

	options.set_log_errors(false);
	options.set_never_capture(true);
	options.set_max_mem(largest_bytes);
	regex_go_rewrite(&go, pattern);
	if (go.text.is_broken) {
		out_release(&go.text);
		return error_nomem(err, "regular expression");
	}
	try {
		re.reset(new regex(out_text(&go.text), options));
	} catch (...) {
		out_release(&go.text);
		throw;
	}
	out_release(&go.text);
	/* What is wrong before the fault comes first. */
	if (!re->re.ok() && !(go.fault && is_of_cut(re->re))) {
		std::string arg(re->re.error_arg());

		return fail(err, words(re->re),
			    fragment_of(re->re, go, pattern, view(arg)));
	}
	if (go.fault)
		return fail(err, go.fault, go.fragment);
	if (go.depth >= deepest_group)
		return fail(err, "expression nests too deeply", pattern);
	return true;
}

bool search(const regex *re, struct str text, size_t from, re2::StringPiece *found)
{
	/* Without a place for offsets RE2 stops at the first sign of a match. */
	return re->re.Match(piece(text), from, text.len, RE2::UNANCHORED, found, found ? 1 : 0);
}

bool find_repaired(const regex *re, struct str text, size_t from, size_t *start, size_t *end)
{
	std::string fixed = repaired(text);
	re2::StringPiece found;

	if (!search(re, view(fixed), repaired_offset(text, from), start ? &found : nullptr))
		return false;
	if (start) {
		size_t at = static_cast<size_t>(found.data() - fixed.data());

		*start = original_offset(text, at);
		*end = original_offset(text, at + found.size());
	}
	return true;
}

bool find(const regex *re, struct str text, size_t from, size_t *start, size_t *end)
{
	re2::StringPiece found;

	if (from > text.len)
		return false;
	if (str_utf8_prefix(text) < text.len)
		return find_repaired(re, text, from, start, end);
	if (!search(re, text, from, start ? &found : nullptr))
		return false;
	if (start) {
		*start = static_cast<size_t>(found.data() - (text.len ? text.ptr : found.data()));
		*end = *start + found.size();
	}
	return true;
}

} /* namespace */

struct regex *regex_compile(struct str pattern, struct error *err)
{
	try {
		std::unique_ptr<regex> re;

		return compile(pattern, re, err) ? re.release() : nullptr;
	} catch (...) {
		error_nomem(err, "regular expression");
		return nullptr;
	}
}

struct regex *regex_compile_whole(struct str pattern, struct error *err)
{
	try {
		std::string whole = "^(" + std::string(piece(pattern)) + ")$";

		return regex_compile(view(whole), err);
	} catch (...) {
		error_nomem(err, "regular expression");
		return nullptr;
	}
}

void regex_free(struct regex *re)
{
	delete re;
}

bool regex_match(const struct regex *re, struct str text)
{
	return regex_find(re, text, 0, nullptr, nullptr);
}

bool regex_find(const struct regex *re, struct str text, size_t from, size_t *start, size_t *end)
{
	try {
		return find(re, text, from, start, end);
	} catch (...) {
		re->ran_out = true;
		return false;
	}
}

bool regex_ran_out(const struct regex *re)
{
	return re->ran_out;
}
