/*
 * Fuzz target: stacks of threads in text.
 *
 * Lives here: the choice of the decoder; what must hold is in tests/fuzz/legacy.h.
 */
#include "config.h"

#include "tests/fuzz/legacy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_legacy(profile_decode_legacy_thread, data, size);
}
