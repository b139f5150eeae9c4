/*
 * Lists of annotations (TAL) in the data records of the + kinds:
 *
 *	onset [0x15 duration] 0x14 text 0x14 text 0x14 ... 0x00
 *
 * The first list of the first such signal tells when its data record began
 * and has an empty text for that.
 */
#include <string.h>

#include "base/decimal.h"
#include "json/write.h"
#include "sources/edf.h"

struct list {
	struct slice onset, duration, texts; /* texts: each with its 0x14 */
};

/* True with a list; *bad where there is something that is none. */
static bool
next_list(struct slice *rest, struct list *to, bool *bad)
{
	const char *end, *mark, *dash;
	struct slice all;

	*bad = false;
	while (rest->n > 0 && rest->p[0] == '\0') {
		rest->p++;
		rest->n--;
	}
	if (rest->n == 0)
		return false;
	end = memchr(rest->p, '\0', rest->n);
	all = end == NULL ? *rest : slice_span(rest->p, end);
	rest->p += all.n;
	rest->n -= all.n;
	mark = memchr(all.p, 0x14, all.n);
	*bad = mark == NULL || (all.p[0] != '+' && all.p[0] != '-') ||
	    all.p[all.n - 1] != 0x14;
	if (*bad)
		return true;
	to->onset = slice_span(all.p, mark);
	to->texts = slice_span(mark + 1, all.p + all.n);
	to->duration = (struct slice){ NULL, 0 };
	dash = memchr(to->onset.p, 0x15, to->onset.n);
	if (dash != NULL) {
		to->duration = slice_span(dash + 1, mark);
		to->onset = slice_span(all.p, dash);
	}
	return true;
}

static bool
nanoseconds(struct slice s, int64_t *ns)
{
	unsigned places;

	if (!wave_number(s, ns, &places))
		return false;
	for (; places > 9; places--)
		*ns /= 10;
	for (; places < 9; places++)
		if (__builtin_mul_overflow(*ns, 10, ns))
			return false;
	return true;
}

static struct slice
lists_of(const struct edf *h, const struct edf_signal *s, const char *record)
{
	return (struct slice){ record + s->at, s->samples * h->width };
}

bool
edf_onset(const struct edf *h, const char *record, int64_t *ns)
{
	for (size_t i = 0; i < h->nsignals; i++) {
		struct slice rest;
		struct list list;
		bool bad;

		if (!h->signals[i].is_annotations)
			continue;
		rest = lists_of(h, &h->signals[i], record);
		return next_list(&rest, &list, &bad) && !bad &&
		    nanoseconds(list.onset, ns);
	}
	return false;
}

/*
 * The onset counts from the record's own `start`: as it stood where the first
 * data record begins at 0, else with that beginning taken off.
 */
static void
put_onset(struct edf *h, struct slice onset, struct buf *b)
{
	struct decimal at, nano, late, first;
	struct err e = { 0 };
	struct arena *a = h->scratch;

	if (h->first_ns == 0) {
		if (onset.n > 0 && onset.p[0] == '+') {
			onset.p++;
			onset.n--;
		}
		json_put_string(b, onset);
		return;
	}
	nano = decimal_of_long(1, a);
	nano.exponent = -9;
	first = decimal_of_long(h->first_ns, a);
	if (decimal_parse(onset, a, &at, &e) &&
	    decimal_mul(&first, &nano, a, &late, &e) &&
	    decimal_sub(&at, &late, a, &at, &e)) {
		at = decimal_strip(&at);
		json_put_string(b, decimal_text(&at, a));
	} else {
		json_put_string(b, onset);
	}
}

static void
put_list(struct edf *h, const struct list *list)
{
	struct slice rest = list->texts, text;
	struct arena *kept = h->arena;
	struct buf *b = &h->notes;

	h->arena = h->scratch;
	arena_reset(h->scratch);
	while (slice_next(&rest, 0x14, &text)) {
		if (text.n == 0)
			continue;
		json_put_comma(b);
		buf_addc(b, '{');
		json_put_key(b, "onset");
		put_onset(h, list->onset, b);
		if (list->duration.n > 0) {
			json_put_key(b, "duration");
			json_put_string(b, list->duration);
		}
		json_put_key(b, "text");
		json_put_string(b, edf_decode(h, text));
		buf_addc(b, '}');
	}
	h->arena = kept;
}

void
edf_annotations(struct edf *h, const char *record)
{
	int64_t ns;

	if (h->seen == 0 && edf_onset(h, record, &ns)) {
		h->has_first = true;
		h->first_ns = ns;
	}
	for (size_t i = 0; i < h->nsignals; i++) {
		struct slice rest;
		struct list list;
		bool bad;

		if (!h->signals[i].is_annotations)
			continue;
		rest = lists_of(h, &h->signals[i], record);
		while (next_list(&rest, &list, &bad)) {
			int64_t at;

			if (!bad && nanoseconds(list.onset, &at))
				put_list(h, &list);
			else
				h->damaged++;
		}
	}
}
