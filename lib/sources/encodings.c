#include "sources/encodings.h"

#include <stddef.h>
#include <string.h>

#include "io/encoding.h"

struct encoding *
encodings_find(struct encodings *x, const char *name)
{
	struct err ignored = { 0 };

	for (size_t i = 0; i < ENCODINGS_OPEN; i++) {
		if (x->names[i] == NULL) {
			x->names[i] = name;
			x->open[i] = encoding_open(name, &ignored);
		}
		if (strcmp(x->names[i], name) == 0)
			return x->open[i];
	}
	return NULL;
}

void
encodings_release(struct encodings *x)
{
	for (size_t i = 0; i < ENCODINGS_OPEN; i++)
		encoding_close(x->open[i]);
	memset(x, 0, sizeof(*x));
}
