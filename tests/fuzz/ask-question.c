/*
 * A question and a selection, from any bytes: a refusal says why, terms are
 * those of the index of words, and marks lie within the text in order.
 */
#include <stdint.h>

#include "search/rank.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct err e = { 0 };
	struct question *q = question_parse(text, n % 2 == 0, &e);
	struct where w;
	struct mark *marks;
	struct arena *a;
	size_t count, at = 0;

	if (q == NULL) {
		if (e.text[0] == '\0')
			__builtin_trap();
	} else {
		a = arena_new();
		if (q->nterms != index_count(q->words))
			__builtin_trap();
		count = rank_marks(q, text, a, &marks);
		for (size_t i = 0; i < count; i++) {
			if (marks[i].from < at || marks[i].to > n ||
			    marks[i].from >= marks[i].to)
				__builtin_trap();
			at = marks[i].to;
		}
		arena_free(a);
	}
	question_free(q);
	e.text[0] = '\0';
	if (!where_parse(text, &w, &e) && e.text[0] == '\0')
		__builtin_trap();
	return 0;
}
