/*
 * What is told of a jq expression from its tokens: a refusal says why, and a
 * member that is read stands in the expression.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/expression.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = mem_string((const char *)data, n);
	struct index *members = index_new();
	struct err e = { 0 };
	bool any;

	if (!expression_read(text, members, &any, &e)) {
		if (e.text[0] == '\0')
			__builtin_trap();
	} else {
		for (size_t i = 0; i < index_count(members); i++)
			if (slice_find(
				slice_of(text), index_name(members, i)) == NULL)
				__builtin_trap();
	}
	index_free(members);
	mem_free(text);
	return 0;
}
