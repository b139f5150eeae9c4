#include "member.h"

/* The header alone, and with windows of samples of several lengths. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint64_t lengths[] = { 0, 1000000, 750000000,
		UINT64_C(60000000000) };

	options.samples_ns = n == 0 ? 0 : lengths[data[0] >> 6];
	return read_member("edf", data, n);
}
