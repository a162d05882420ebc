/*
 * Reports as text, for tests.
 */
#include "config.h"

#include "tests/report_text.h"

#include "base/arith.h"

#include <stdio.h>

void report_over(struct test *t, struct report_input *in, const struct profile *p)
{
	struct label_units *units = ARENA_ZERO(&t->arena, struct label_units, 1);
	uint32_t last = p->n_sample_type - 1;

	assert_non_null(units);
	assert_true(label_units_init(units, p, &t->arena, &t->err));
	*in = (struct report_input){
		.profile = p, .value_index = last, .ratio = 1,
		.type = profile_text(p, p->sample_type[last].type),
		.sample_unit = profile_text(p, p->sample_type[last].unit),
		.output_unit = STR("minimum"), .label_units = units,
	};
	for (uint32_t i = 0; i < p->sample.n; i++)
		in->total = i64_add(in->total, i64_abs(p->sample.value[last][i]));
}

struct str report_text(struct test *t, const struct report_input *in,
		       bool (*write)(const struct report_input *in, struct out *out, struct error *err))
{
	struct out out;
	struct str text;
	bool ok;

	out_open_memory(&out);
	ok = write(in, &out, &t->err);
	assert_string_equal(t->err.msg, "");
	assert_true(ok);
	text = arena_str(&t->arena, out_text(&out));
	out_release(&out);
	return text;
}

void test_has_line(struct str text, const char *line, const char *file, int at)
{
	struct str left = text, one;

	for (bool more = true; more;) {
		more = str_cut(left, '\n', &one, &left);
		if (str_eq(one, str_from(line)))
			return;
	}
	print_error("no line \"%s\" in:\n%.*s", line, STR_FMT(text));
	_fail(file, at);
}
