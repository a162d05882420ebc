/*
 * CPU profiles in words.
 *
 * Lives here: gperftools' CPU profile of C++ and Java programs (spec/profile.md 6.2).
 *
 *	0 3 J P 0	J: 0 C++, 1 Java; P: microseconds a sample
 *	count n a...	count samples of a stack of n addresses
 *	0 1 0		the end; the memory map or Java's locations follow as text
 */
#include "config.h"

#include "base/arith.h"
#include "profile/legacy_shared.h"

enum { HEADER_WORDS = 5, STRIPS = 2 };

/* How words stand in the file. */
struct layout {
	unsigned word_bytes;
	bool is_big_endian;
};

struct cpu {
	struct legacy l;
	struct layout layout;
	struct cursor c;
	bool is_java;
	int64_t period_nanos;
};

static bool next_word(struct cursor *c, const struct layout *layout, uint64_t *word)
{
	struct bytes b;

	*word = 0;
	if (!cursor_take(c, layout->word_bytes, &b))
		return false;
	for (unsigned i = 0; i < layout->word_bytes; i++) {
		unsigned from = layout->is_big_endian ? i : layout->word_bytes - 1 - i;

		*word = *word << 8 | b.ptr[from];
	}
	return true;
}

/* The layout is the one in which the header makes sense. */
static bool take_header(struct cpu *cpu, struct bytes input)
{
	static const struct layout layouts[] = { { 4, false }, { 4, true }, { 8, false }, { 8, true } };
	uint64_t word[HEADER_WORDS];

	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
		bool ok = true;

		cpu->layout = layouts[i];
		cpu->c = cursor_over(input);
		for (int k = 0; k < HEADER_WORDS; k++)
			ok = ok && next_word(&cpu->c, &cpu->layout, &word[k]);
		if (ok && word[0] == 0 && word[1] == 3 && word[2] <= 1 && word[3] > 0 && word[4] == 0) {
			cpu->is_java = word[2] == 1;
			cpu->period_nanos = i64_mul((int64_t)word[3], 1000);
			return true;
		}
	}
	return false;
}

/* Words that are missing at the end count as 0, and nothing is left behind them. */
static uint64_t next_address(struct cpu *cpu)
{
	uint64_t address;

	if (!next_word(&cpu->c, &cpu->layout, &address))
		cpu->c.at = cpu->c.end;
	return address;
}

static bool take_sample(struct cpu *cpu, uint64_t count, uint64_t n, struct error *err)
{
	int64_t value[] = { (int64_t)count, i64_mul((int64_t)count, cpu->period_nanos) };
	enum legacy_adjust adjust = cpu->is_java ? LEGACY_KEEP : LEGACY_CALLS_BEFORE;

	for (uint64_t i = 0; i < n; i++)
		if (!legacy_frame(&cpu->l, next_address(cpu), adjust, err))
			return false;
	return legacy_sample(&cpu->l, value, 0, err);
}

static bool take_records(struct cpu *cpu, struct error *err)
{
	while (cursor_left(&cpu->c)) {
		struct cursor addresses;
		uint64_t count, n;

		/* The reference allows four bytes a word whatever the size of a word. */
		if (!next_word(&cpu->c, &cpu->layout, &count) || !next_word(&cpu->c, &cpu->layout, &n) ||
		    n > cursor_left(&cpu->c) / 4)
			return error_set(err, ERR_UNSUPPORTED, "no CPU profile: cut record");
		addresses = cpu->c;
		if (count == 0 && n == 1 && next_address(cpu) == 0)
			break;
		cpu->c = addresses;
		if (!take_sample(cpu, count, n, err))
			return false;
	}
	return true;
}

/* ---- frames of the signal handler ---- */

/*
 * The location that nearly all samples have at index 1, or ROW_NONE.  A majority, if there is
 * one, is what is left when unlike ones cancel each other out.
 */
static uint32_t common_caller(const struct legacy *l)
{
	uint32_t common = ROW_NONE;
	size_t surplus = 0, n = 0;

	for (size_t i = 0; i < l->sample.n; i++) {
		const struct legacy_sample *s = &l->sample.at[i];

		if (s->n_frame < 2)
			continue;
		if (surplus == 0)
			common = l->frame.at[s->frame + 1];
		if (l->frame.at[s->frame + 1] == common)
			surplus++;
		else
			surplus--;
	}
	for (size_t i = 0; i < l->sample.n; i++) {
		const struct legacy_sample *s = &l->sample.at[i];

		n += s->n_frame > 1 && l->frame.at[s->frame + 1] == common;
	}
	return n && n >= l->sample.n - l->sample.n / 32 ? common : ROW_NONE;
}

/* The leaf moves over its caller. */
static void strip_caller(struct legacy *l, uint32_t caller)
{
	for (size_t i = 0; i < l->sample.n; i++) {
		struct legacy_sample *s = &l->sample.at[i];

		if (s->n_frame < 2 || l->frame.at[s->frame + 1] != caller)
			continue;
		l->frame.at[s->frame + 1] = l->frame.at[s->frame];
		s->frame++;
		s->n_frame--;
	}
}

static bool finish_cxx(struct cpu *cpu, struct error *err)
{
	cpu->l.flags = LEGACY_DROPS_TWIN_CALLERS;
	for (int i = 0; i < STRIPS; i++) {
		uint32_t caller = common_caller(&cpu->l);

		if (caller == ROW_NONE)
			break;
		strip_caller(&cpu->l, caller);
	}
	return legacy_maps(&cpu->l, &cpu->c, err);
}

static bool finish_java(struct cpu *cpu, struct error *err)
{
	cpu->l.flags = LEGACY_CLEARS_ADDRESSES;
	return legacy_java_locations(&cpu->l, &cpu->c, err);
}

static bool take_all(struct cpu *cpu, struct error *err)
{
	const struct legacy_type types[] = {
		{ STR("samples"), STR("count") },
		{ STR("cpu"), STR("nanoseconds") },
	};

	return legacy_sample_types(&cpu->l, types, 2, err) &&
	       legacy_period(&cpu->l, types[1], cpu->period_nanos, err) && take_records(cpu, err) &&
	       (cpu->is_java ? finish_java(cpu, err) : finish_cxx(cpu, err));
}

struct profile *profile_decode_legacy_cpu(struct bytes input, struct error *err)
{
	struct cpu cpu = { .is_java = false };
	struct profile *p = NULL;

	error_clear(err);
	if (!take_header(&cpu, input)) {
		error_set(err, ERR_UNSUPPORTED, "no CPU profile");
		return NULL;
	}
	if (legacy_init(&cpu.l, err) && take_all(&cpu, err))
		p = legacy_seal(&cpu.l, err);
	legacy_release(&cpu.l);
	return p;
}
