/*
 * Arithmetic that says what happens at the edges.
 *
 * Lives here: checked sizes, narrowing, and 64-bit integers that wrap as Go's do
 * (spec/profile.md 0.1); in C those overflows are undefined.
 * Not here: units and scaling (measure/).
 */
#ifndef BASE_ARITH_H
#define BASE_ARITH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False when the sum or product does not fit. */
static inline bool size_add(size_t a, size_t b, size_t *sum)
{
	return !__builtin_add_overflow(a, b, sum);
}

static inline bool size_mul(size_t a, size_t b, size_t *product)
{
	return !__builtin_mul_overflow(a, b, product);
}

/* False when n does not fit below UINT32_MAX, the row that means "none". */
static inline bool u32_from_size(size_t n, uint32_t *row)
{
	*row = (uint32_t)n;
	return n < UINT32_MAX;
}

static inline int64_t i64_add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static inline int64_t i64_sub(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a - (uint64_t)b);
}

static inline int64_t i64_mul(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a * (uint64_t)b);
}

static inline int64_t i64_neg(int64_t a)
{
	return (int64_t)(0 - (uint64_t)a);
}

/* |a|; INT64_MIN stays what it is. */
static inline int64_t i64_abs(int64_t a)
{
	return a < 0 ? i64_neg(a) : a;
}

/* Truncates toward zero; INT64_MIN / -1 is INT64_MIN.  b is not 0. */
static inline int64_t i64_div(int64_t a, int64_t b)
{
	return b == -1 ? i64_neg(a) : a / b;
}

/* Truncates toward zero; NaN and anything out of range give INT64_MIN. */
static inline int64_t i64_from_double(double x)
{
	return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? (int64_t)x : INT64_MIN;
}

#endif
