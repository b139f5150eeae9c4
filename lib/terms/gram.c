#include "terms/gram.h"

#include <stdlib.h>

#include "base/utf8.h"

size_t
gram_characters(struct slice folded, uint16_t to[GRAM_CHARACTERS])
{
	const char *p = folded.p, *end = folded.p + folded.n;
	size_t n = 0;

	while (p < end && n < GRAM_CHARACTERS)
		to[n++] = (uint16_t)utf8_next(&p, end);
	return n;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Terms are short: a list of a few grams sorts faster by insertion. */
static void
sort(uint32_t *list, size_t n)
{
	if (n > 64) {
		qsort(list, n, sizeof(*list), by_number);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t one = list[i];
		size_t k = i;

		for (; k > 0 && list[k - 1] > one; k--)
			list[k] = list[k - 1];
		list[k] = one;
	}
}

size_t
gram_list(struct slice folded, uint32_t to[GRAM_MOST])
{
	uint16_t characters[GRAM_CHARACTERS];
	size_t count = gram_characters(folded, characters), n = 0, kept = 0;

	for (size_t i = 0; i < count; i++) {
		to[n++] = characters[i];
		if (i > 0)
			to[n++] =
			    (uint32_t)characters[i - 1] << 16 | characters[i];
	}
	sort(to, n);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || to[kept - 1] != to[i])
			to[kept++] = to[i];
	return kept;
}
