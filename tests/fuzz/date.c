/*
 * What is read must print as a date that parses to the same instant.  The
 * first byte chooses among the formats that can be declared.
 */
#include <stdint.h>

#include "base/date.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const formats[] = { "", "mdy", "dmy yy:30", "yy",
		"excel", "excel1904", "epoch", "epoch_ms", "oracle" };
	struct slice text = { (const char *)data + 1, n - 1 };
	struct date_format f;
	struct date d, back;
	struct err e = { 0 };
	char out[DATE_TEXT];

	if (n == 0)
		return 0;
	if (!date_format_parse(slice_of(formats[data[0] % 9]), &f, &e))
		__builtin_trap();
	if (date_read(text, &f, &d, &e)) {
		date_print(&d, out);
		if (!date_parse(slice_of(out), &back, NULL) ||
		    date_cmp(&d, &back) != 0)
			__builtin_trap();
	} else if (e.text[0] == '\0') {
		__builtin_trap();
	}
	date_read_time(text, &d, &e);
	date_format_parse(text, &f, &e);
	return 0;
}
