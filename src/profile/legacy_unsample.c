/*
 * From a sampled heap to the whole one.
 *
 * Lives here: the scaling, with the reference's own exp(): the C library's differs in the
 * last bit once in twenty, which shows in a sum now and then.
 */
#include "config.h"

#include "base/arith.h"
#include "profile/legacy_shared.h"

#include <math.h>

/*
 * e^x as the reference computes it on amd64: x = k ln 2 + 16 r, a Taylor polynomial in r, four
 * doublings.  The order of the operations is the result.
 */
static double reference_exp(double x)
{
	static const double inverse_factorial[] = { 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120,
						    1.0 / 24,	 1.0 / 6,    1.0 / 2,	1.0 };
	double k, r, p, f;

	if (x < -745)
		return 0;
	k = rint(x * 1.4426950408889634);
	if (!(k < 1024)) /* sooner than the result overflows */
		return INFINITY;
	r = fma(-0.69314718055966295651160180568695068359375, k, x);
	r = fma(-0.28235290563031577122588448175013436025525412068e-12, k, r) / 16;
	p = inverse_factorial[0];
	for (int i = 1; i < 8; i++)
		p = fma(p, r, inverse_factorial[i]);
	f = r * p;
	for (int i = 0; i < 3; i++)
		f = f * (f + 2);
	return ldexp(fma(f, f + 2, 1), (int)k);
}

void legacy_unsample(int64_t *count, int64_t *bytes, int64_t rate)
{
	double average, scale;

	if (*count == 0 || *bytes == 0) {
		*count = *bytes = 0;
		return;
	}
	if (rate <= 1)
		return;
	average = (double)*bytes / (double)*count;
	scale = 1 / (1 - reference_exp(-average / (double)rate));
	*count = i64_from_double((double)*count * scale);
	*bytes = i64_from_double((double)*bytes * scale);
}
