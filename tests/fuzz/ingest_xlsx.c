#include "member.h"

/* The second byte chooses among the options of a sheet. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const sheets[] = { "1", "S", NULL };
	unsigned how = n < 2 ? 0 : data[1];

	options.sheets = (how & 1) != 0 ? sheets : NULL;
	options.pad = (how & 2) != 0;
	options.header = (how & 4) != 0 ? "no" : NULL;
	options.skip_lines = how >> 6;
	return read_member("xlsx", data, n);
}
