#include "member.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	options.variants = n > 1 && (data[1] & 1) == 0;
	return read_member("vcf", data, n) + read_member("fastq", data, n);
}
