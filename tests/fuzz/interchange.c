/* Any bytes as mappings of another tool; what is read can be written. */
#include <stdint.h>

#include "terms/interchange.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const forms[] = { "sssom", "stcm", "usagi",
		"conceptmap", "csv" };
	static struct systems *systems;
	const struct slice text = { (const char *)data, n };
	struct interchange how = { .field = "diagnosis" };
	struct mapping_rows rows;
	struct err e = { 0 };
	struct buf b = { 0 };

	if (systems == NULL &&
	    (systems = systems_load("lib/share", NULL, NULL, &e)) == NULL)
		__builtin_trap();
	how.systems = systems;
	mapping_rows_init(&rows);
	interchange_is(text);
	if (!interchange_read(&how, "fuzz", text, &rows, NULL, &e) &&
	    e.text[0] == '\0')
		__builtin_trap();
	for (size_t i = 0; i < 5; i++)
		interchange_write(&how, forms[i], &rows, &b);
	buf_release(&b);
	mapping_rows_release(&rows);
	return 0;
}
