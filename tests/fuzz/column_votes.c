/*
 * A thesaurus out of the text before its first zero byte, a name of a column
 * behind it: one column never has more than one vote.
 */
#include <stdint.h>

#include "sources/votes.h"

enum { KINDS = 3 };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n }, name = { NULL, 0 };
	const char *zero = n == 0 ? NULL : memchr(data, 0, n);
	static const char *const known[] = { "手术时间", "opTime(a)", "血压" };
	unsigned tally[KINDS] = { 0 }, sum = 0;
	struct err e = { 0 };
	struct thesaurus *t;
	static struct initials *initials; /* once for all runs */
	struct votes *v;

	if (zero != NULL) {
		text = slice_span(text.p, zero);
		name = slice_span(zero + 1, (const char *)data + n);
	}
	t = thesaurus_parse("t", text, &e);
	if (t == NULL && e.text[0] == '\0')
		__builtin_trap();
	if (t == NULL)
		return 0;
	if (initials == NULL)
		initials = initials_new(&e);
	v = votes_new(t, initials);
	for (size_t i = 0; i < KINDS; i++)
		votes_learn(v, i, slice_of(known[i]));
	votes_learn(v, 0, name);
	votes_cast(v, name, tally);
	for (size_t i = 0; i < KINDS; i++)
		sum += tally[i];
	if (sum > VOTE)
		__builtin_trap();
	votes_free(v);
	return 0;
}
