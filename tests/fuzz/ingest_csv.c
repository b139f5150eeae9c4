#include "member.h"

/* The second byte chooses among the options of a table. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const encodings[] = { NULL, "big5", "utf-16",
		"gbk" };
	static const char delimiters[] = { 0, 0, '|', '\t' };
	unsigned how = n < 2 ? 0 : data[1];

	options.encoding = encodings[how & 3];
	options.delimiter = delimiters[how >> 2 & 3];
	options.pad = (how & 16) != 0;
	options.strict_quotes = (how & 32) != 0;
	options.comment = (how & 64) != 0 ? '#' : 0;
	options.skip_lines = how >> 6;
	options.null_text = (how & 128) != 0 ? "NULL" : NULL;
	return read_member("csv", data, n);
}
