/*
 * Frame of the fuzz targets.
 *
 * Lives here: what a target must define.
 *
 * A target is tests/fuzz/fuzz_<format>.c with a corpus in tests/fuzz/corpus/<format>/.  Built
 * with --enable-fuzz (clang) libFuzzer drives it, see `make fuzz`; built without, replay.c does,
 * and make check runs it over the corpus.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/*
 * Works on one input and forgets it.  Returns 0.  What goes wrong ends the program: a
 * sanitizer, or abort() where the target sees that an answer cannot be.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
