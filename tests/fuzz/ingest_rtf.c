#include "member.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	return read_member("rtf", data, n);
}
