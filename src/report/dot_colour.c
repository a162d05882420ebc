/*
 * Colours of drawings.
 *
 * Lives here: spec/reports.md 15.3.
 */
#include "config.h"

#include "report/internal.h"

#include <math.h>

/* A channel of 0..1 as two digits; NaN is 0. */
static void put_channel(double x, char *to)
{
	static const char hex[] = "0123456789abcdef";
	unsigned v = (unsigned)(uint8_t)i64_from_double(x * 255.0);

	to[0] = hex[v >> 4];
	to[1] = hex[v & 15];
}

/* Red for more, green for less, grey for little. */
struct str dot_colour(double score, enum dot_layer layer, char to[DOT_COLOUR_BYTES])
{
	double saturation = layer == DOT_BACKGROUND ? 0.1 : 1.0;
	double value = layer == DOT_BACKGROUND ? 0.93 : 0.7;
	double r, g, b;

	if (score < -1)
		score = -1;
	else if (score > 1)
		score = 1;
	if (fabs(score) < 0.2)
		saturation *= fabs(score) / 0.2;
	if (score > 0)
		score = pow(score, 0.3);
	else if (score < 0)
		score = -pow(-score, 0.3);
	if (score < 0) {
		g = value;
		r = value * (1 + saturation * score);
	} else {
		r = value;
		g = value * (1 - saturation * score);
	}
	b = value * (1 - saturation);
	to[0] = '#';
	put_channel(r, to + 1);
	put_channel(g, to + 3);
	put_channel(b, to + 5);
	return (struct str){ to, DOT_COLOUR_BYTES };
}
