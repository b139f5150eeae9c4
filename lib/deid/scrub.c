#include "deid/scrub.h"

#include "base/mem.h"
#include "deid/letters.h"

/* Runs of digits; three of them are a year, a month and a day. */
static size_t
digit_runs(struct slice text)
{
	const char *p = text.p, *end = p + text.n;
	bool inside = false;
	size_t runs = 0;

	while (p < end) {
		uint32_t c = letters_plain(utf8_next(&p, end));
		bool digit = c >= '0' && c <= '9';

		runs += digit && !inside;
		inside = digit;
	}
	return runs;
}

/*
 * The shifted date in the form of the old one: separators, and zeros where
 * there were zeros, stay.  Full-width digits become plain ones.  False where
 * the form is none that can be kept.
 */
static bool
put_date(struct buf *b, struct slice old, struct date d)
{
	const unsigned parts[3] = { (unsigned)d.year, d.month, d.day };
	const char *p = old.p, *end = old.p + old.n;
	size_t part = 0, places = 0, runs = digit_runs(old);

	if (runs == 1)
		buf_addf(b, "%04u%02u%02u", parts[0], parts[1], parts[2]);
	if (runs != 3)
		return runs == 1;
	while (p <= end) {
		const char *from = p;
		uint32_t c = p < end ? letters_plain(utf8_next(&p, end)) : 0;

		if (c >= '0' && c <= '9') {
			places++;
			continue;
		}
		if (places > 0) {
			buf_addf(b, "%0*u", (int)places, parts[part++]);
			places = 0;
		}
		if (from == end)
			break;
		buf_add(b, from, (size_t)(p - from));
	}
	return true;
}

static void
put_found(const struct scrub *s, struct slice old, const struct found *f,
    struct buf *b)
{
	struct date d = f->date;

	if (f->label == LABEL_AGE_OVER_89) {
		buf_adds(b, "90岁以上");
		return;
	}
	if (f->label == LABEL_DATE && d.year != 0 && s->offset != 0) {
		date_add_days(&d, s->offset);
		if (put_date(b, old, d))
			return;
	}
	buf_addf(b, "[%s]", label_name(f->label));
}

/* from: code points before what was found. */
static void
note_move(
    const struct scrub *s, struct slice old, size_t from, struct slice now)
{
	struct move *m;

	if (s->moves == NULL)
		return;
	*s->moves = mem_room(*s->moves, *s->nmoves, s->moves_room, sizeof(*m));
	m = &(*s->moves)[(*s->nmoves)++];
	m->from = from;
	m->to = from + utf8_count(old.p, old.n);
	m->grows = (long)utf8_count(now.p, now.n) - (long)(m->to - m->from);
}

void
scrub_text(const struct scrub *s, struct slice text, struct arena *arena,
    struct buf *b)
{
	struct found *found;
	size_t n = find_all(s->words, text, s->known, s->nknown, arena, &found);
	size_t at = 0, codes = 0;

	for (size_t i = 0; i < n; i++) {
		const struct found *f = &found[i];
		struct slice old;
		size_t begin;

		if (s->labels != NULL && !s->labels[f->label])
			continue;
		codes += utf8_count(text.p + at, f->from - at);
		buf_add(b, text.p + at, f->from - at);
		begin = b->n;
		old = (struct slice){ text.p + f->from, f->to - f->from };
		put_found(s, old, f, b);
		at = f->to;
		if (s->found != NULL)
			s->found[f->label]++;
		note_move(s, old, codes,
		    (struct slice){ b->p + begin, b->n - begin });
		codes += utf8_count(old.p, old.n);
	}
	buf_add(b, text.p + at, text.n - at);
}

struct slice
scrub_mark(struct slice text)
{
	enum label label;

	for (size_t i = 0; i < text.n; i++) {
		size_t n = 1;

		if (text.p[i] != '[')
			continue;
		while (i + n < text.n && text.p[i + n] != ']')
			n++;
		if (i + n < text.n &&
		    label_parse(
			(struct slice){ text.p + i + 1, n - 1 }, &label))
			return (struct slice){ text.p + i, n + 1 };
	}
	return SLICE("");
}
