/*
 * Reports as text, for tests.
 *
 * Lives here: what a report is given when no option is set, and its text.
 */
#ifndef TESTS_REPORT_TEXT_H
#define TESTS_REPORT_TEXT_H

#include "report/report.h"
#include "tests/test.h"

/*
 * Input of a report on the last sample type of p, untrimmed: unit "minimum", the total of all samples, all
 * borrowed from p and the test's arena.
 */
void report_over(struct test *t, struct report_input *in, const struct profile *p);

/* What write() writes, in the test's arena.  Fails the test when it fails. */
struct str report_text(struct test *t, const struct report_input *in,
		       bool (*write)(const struct report_input *in, struct out *out, struct error *err));

#define assert_report(in, write, text) test_str(report_text(t, (in), (write)), str_from(text), __FILE__, __LINE__)

/* The text has this line. */
#define assert_line(text, line) test_has_line((text), (line), __FILE__, __LINE__)

void test_has_line(struct str text, const char *line, const char *file, int at);

#endif
