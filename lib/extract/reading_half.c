/*
 * "右肺:上叶前段见结节,下叶见…": a place of which the side was said before, once
 * for all that follow.
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

/*
 * Both halves together are the word of a code.  A half that touches a place
 * that is told is a part of it: 上叶舌段.
 */
void
reading_join_halves(struct reading *r)
{
	const struct field *f = r->type->halved;
	struct side side = { .value = FIELD_NONE };
	uint32_t told = 0;

	for (size_t i = 0; f != NULL && i < r->nhits; i++) {
		struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);
		uint32_t word;

		if (&r->type->fields[w->field] != f)
			continue;
		if (w->role == ROLE_SIDE) {
			side = side_at(r, h, w->value);
		} else if (w->role == ROLE_CODE) {
			if (side.value != f->side_of[w->value] || !side.heading)
				side = (struct side){ f->side_of[w->value],
					h->to, false, false };
			told = h->to;
		} else if (w->role == ROLE_HALF) {
			if (h->from > told && holds(r, &side, h->from)) {
				word = f->joined[side.value *
					f->halves[1]->ncodes +
				    w->value];
				if (word != FIELD_NONE)
					h->word = word;
			}
			told = h->to;
		}
	}
}
