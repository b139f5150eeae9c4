#include "record/first.h"

#include <string.h>

bool
first_lines(struct block *b, uint64_t *left)
{
	const char *p = b->text, *end = p + b->n;

	if (*left == 0)
		return false;
	while (p<end && * left> 0) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));

		p = lf == NULL ? end : lf + 1;
		--*left;
	}
	b->n = (size_t)(p - b->text);
	return true;
}
