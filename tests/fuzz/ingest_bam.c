#include "member.h"

/* The mark says which of the three is meant. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *format = n > 1 && data[1] == 'C' ? "cram" : "bam";

	if (n > 2 && data[1] == 'B' && data[2] == 'C')
		format = "bcf";
	options.variants = true;
	return read_member(format, data, n);
}
