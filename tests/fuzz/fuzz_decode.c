/*
 * Fuzz target: profile.proto.
 */
#include "config.h"

#include "profile/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;

	profile_free(profile_decode((struct bytes){ data, size }, NULL, NULL, &err));
	return 0;
}
