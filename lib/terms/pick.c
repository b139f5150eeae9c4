#include "terms/pick.h"

#include <string.h>

struct pick
pick_of(struct slice cell)
{
	struct pick p = { { "", 0 }, { "", 0 } };
	const char *bar = memchr(cell.p, '|', cell.n), *last;

	if (cell.n == 0)
		return p;
	if (bar == NULL) {
		p.code = slice_trim(cell);
		return p;
	}
	p.code = slice_trim(slice_span(cell.p, bar));
	for (last = cell.p + cell.n; last > bar + 1 && last[-1] != '|'; last--)
		;
	last = last > bar + 1 ? last - 1 : cell.p + cell.n;
	p.display = slice_trim(slice_span(bar + 1, last));
	return p;
}

bool
pick_read(struct slice s, const struct slice cands[PICK_MOST],
    struct pick list[PICK_MOST], size_t *n)
{
	bool taken[PICK_MOST] = { false };
	struct slice part;

	*n = 0;
	if (slice_is(s, "0"))
		return true;
	while (slice_next(&s, '+', &part)) {
		unsigned long long k;

		if (!slice_number(slice_trim(part), &k) || k < 1 ||
		    k > PICK_MOST || cands[k - 1].n == 0)
			return false;
		if (!taken[k - 1])
			list[(*n)++] = pick_of(cands[k - 1]);
		taken[k - 1] = true;
	}
	return *n > 0;
}
