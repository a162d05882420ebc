/*
 * comments: what the profile says of itself.
 *
 * Lives here: spec/reports.md 12.
 */
#include "config.h"

#include "report/report.h"

bool report_comments_write(const struct report_input *in, struct out *out, struct error *err)
{
	const struct profile *p = in->profile;

	(void)err;
	for (uint32_t i = 0; i < p->n_comment; i++) {
		out_str(out, profile_text(p, p->comment[i]));
		out_char(out, '\n');
	}
	return true;
}
