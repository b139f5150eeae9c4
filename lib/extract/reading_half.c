/*
 * "右肺:上叶前段见结节,下叶见…": a place of which the side was said before, once
 * for all that follow; "两肺上叶…:右7mm,左5mm": sides of which the rest was.
 */
#include "extract/reading_part.h"

/* What was said last of a side. */
struct side {
	uint32_t value;   /* of the first halves; FIELD_NONE: not known */
	uint32_t to;      /* where it ends */
	bool heading;     /* with a colon: of all its line */
	bool whole_lines; /* a line of its own: of those below it, too */
};

static struct side
side_at(const struct reading *r, const struct hit *h, uint32_t value)
{
	const struct slice s = r->view.text;
	bool within = s.p[h->to - 1] == ':';
	bool heading = within || (h->to < s.n && s.p[h->to] == ':');
	uint32_t next = h->to + (heading && !within);

	return (struct side){ value, h->to, heading,
		heading && next < s.n && s.p[next] == '\n' };
}

/* Whether a side still holds at a place behind it. */
static bool
holds(const struct reading *r, const struct side *side, uint32_t at)
{
	struct slice s =
	    slice_span(r->view.text.p + side->to, r->view.text.p + at);

	if (side->value == FIELD_NONE || s.n > READING_LONGEST_SENTENCE)
		return false;
	if (side->whole_lines)
		return true;
	return memchr(s.p, '\n', s.n) == NULL &&
	    (side->heading || slice_find(s, SLICE("。")) == NULL);
}

/* The word of the code that two halves make, or FIELD_NONE. */
static uint32_t
joined(const struct field *f, uint32_t side, uint32_t half)
{
	return side == FIELD_NONE || half == FIELD_NONE
	    ? FIELD_NONE
	    : f->joined[side * f->halves[1]->ncodes + half];
}

/* "双下肺": whether a second half begins with a first that it makes no code of. */
static bool
tells_sides(const struct reading *r, const struct field *f, const struct hit *h,
    uint32_t half)
{
	struct slice s =
	    slice_span(r->view.text.p + h->from, r->view.text.p + h->to);

	for (uint32_t i = 0; i < f->halves[0]->ncodes; i++) {
		struct slice code = f->halves[0]->codes[i].code;

		if (slice_find(s, code) == s.p &&
		    joined(f, i, half) == FIELD_NONE)
			return true;
	}
	return false;
}

/* "右7mm": whether a number stands directly behind a side. */
static bool
is_measured(const struct reading *r, const struct hit *h)
{
	const struct slice s = r->view.text;

	return h->to < s.n && s.p[h->to] >= '0' && s.p[h->to] <= '9';
}

/*
 * Both halves together are the word of a code.  A half that touches a place
 * that is told is a part of it: 上叶舌段.  A half of both sides, which make no
 * code with it, is that of the sides that are measured behind it.
 */
void
reading_join_halves(struct reading *r)
{
	const struct field *f = r->type->halved;
	struct side side = { .value = FIELD_NONE }, half = side;
	uint32_t told = 0;

	for (size_t i = 0; f != NULL && i < r->nhits; i++) {
		struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);
		uint32_t word;

		if (&r->type->fields[w->field] != f)
			continue;
		if (w->role == ROLE_SIDE) {
			side = side_at(r, h, w->value);
			word = joined(f, w->value, half.value);
			if (word != FIELD_NONE && is_measured(r, h) &&
			    holds(r, &half, h->from))
				h->word = word;
		} else if (w->role == ROLE_CODE) {
			if (side.value != f->side_of[w->value] || !side.heading)
				side = (struct side){ f->side_of[w->value],
					h->to, false, false };
			half.value = FIELD_NONE;
			told = h->to;
		} else if (w->role == ROLE_HALF) {
			word = FIELD_NONE;
			if (h->from > told && holds(r, &side, h->from) &&
			    !tells_sides(r, f, h, w->value))
				word = joined(f, side.value, w->value);
			half = (struct side){ word == FIELD_NONE ? w->value
								 : FIELD_NONE,
				h->to, false, false };
			if (word != FIELD_NONE)
				h->word = word;
			told = h->to;
		}
	}
}
