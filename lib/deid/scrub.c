#include "deid/scrub.h"

#include "base/mem.h"
#include "base/utf8.h"

/* The digits of the text at *p, in as many places as they had. */
static void
put_digits(struct buf *b, unsigned value, size_t places)
{
	buf_addf(b, "%0*u", (int)places, value);
}

/*
 * The shifted date in the form of the old one: separators, and zeros where
 * there were zeros, stay.  Full-width digits become plain ones.
 */
static void
put_date(struct buf *b, struct slice old, struct date d)
{
	const unsigned parts[3] = { (unsigned)d.year, d.month, d.day };
	const char *p = old.p, *end = old.p + old.n;
	size_t part = 0, run = 0;
	unsigned long long number;
	bool compact = slice_number(old, &number);

	if (compact) {
		buf_addf(b, "%04d%02u%02u", d.year, d.month, d.day);
		return;
	}
	while (p <= end && part < 4) {
		const char *from = p;
		uint32_t c = p < end ? utf8_narrow(utf8_next(&p, end)) : 0;

		if (c >= '0' && c <= '9') {
			run++;
			continue;
		}
		if (run > 0 && part < 3) {
			unsigned v = parts[part++];

			put_digits(b, v, run == 2 || part == 1 ? run : 1);
			run = 0;
		}
		if (from == end)
			break;
		buf_add(b, from, (size_t)(p - from));
	}
}

static void
put_found(const struct scrub *s, struct slice old, const struct found *f,
    struct buf *b)
{
	struct date d = f->date;

	if (f->label == LABEL_AGE_OVER_89) {
		buf_adds(b, "90岁以上");
	} else if (f->label == LABEL_DATE && d.year != 0 && s->offset != 0) {
		date_add_days(&d, s->offset);
		put_date(b, old, d);
	} else {
		buf_addf(b, "[%s]", label_name(f->label));
	}
}

static void
note_move(const struct scrub *s, struct slice text, const struct found *f,
    struct slice now)
{
	struct move *m;

	if (s->moves == NULL)
		return;
	*s->moves = mem_room(*s->moves, *s->nmoves, s->moves_room, sizeof(*m));
	m = &(*s->moves)[(*s->nmoves)++];
	m->from = utf8_count(text.p, f->from);
	m->to = m->from + utf8_count(text.p + f->from, f->to - f->from);
	m->grows = (long)utf8_count(now.p, now.n) - (long)(m->to - m->from);
}

void
scrub_text(const struct scrub *s, struct slice text, struct arena *arena,
    struct buf *b)
{
	struct found *found;
	size_t n = find_all(s->words, text, s->known, s->nknown, arena, &found);
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		const struct found *f = &found[i];
		size_t begin;

		if (s->labels != NULL && !s->labels[f->label])
			continue;
		buf_add(b, text.p + at, f->from - at);
		begin = b->n;
		put_found(s,
		    (struct slice){ text.p + f->from, f->to - f->from }, f, b);
		at = f->to;
		if (s->found != NULL)
			s->found[f->label]++;
		note_move(
		    s, text, f, (struct slice){ b->p + begin, b->n - begin });
	}
	buf_add(b, text.p + at, text.n - at);
}
