/*
 * The places that a clause says, one after the other: codes, the parts of
 * them, or phrases.
 */
#include "extract/objects_part.h"

#include "extract/phrase.h"

#define REVERSED 20 /* bytes between the parts of a place in English */

#define TEST_REACH 96 /* bytes from the name of a test to its result */

bool
objects_has_place(const struct tracker *t, const struct clause *c)
{
	int code;

	for (size_t k = c->hit; k < c->hits_end; k++)
		if (objects_part_of(
			t, reading_word(t->r, &t->r->hits[k]), &code) >= 0)
			return true;
	return false;
}

unsigned
objects_barring(const struct tracker *t, const struct clause *c)
{
	const uint32_t gone =
	    ROLE_GONE | (uint32_t)(t->group - t->r->type->groups);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(t->r, &t->r->hits[k]);

		if (w->role == ROLE_EXCLUDE && w->value == gone)
			return OBJECTS_BAD_CONTEXT & ~(1u << CUE_HISTORY);
	}
	return OBJECTS_BAD_CONTEXT | OBJECTS_DENIED;
}

static bool
next_phrase(struct tracker *t, const struct clause *c, struct mention part[2])
{
	const struct phrase *p = &t->phrases[t->phrase], *best;

	part[1] = (struct mention){ -1, 0, 0 };
	if (t->phrase >= t->nphrases || p->from >= c->to)
		return false;
	t->phrase++;
	best = &t->phrases[p->best];
	part[0] = (struct mention){ p->code, best->from, best->to };
	if (best->rest != 0)
		part[1] = (struct mention){ 0, best->rest, best->end };
	return true;
}

/*
 * "肺炎支原体核酸 阳性": a spelling that is the name of a test tells of itself
 * only by a result, behind it before the next name or before it in its clause.
 */
static bool
is_mere_test(const struct tracker *t, const struct clause *c, size_t hit)
{
	const struct reading *r = t->r;
	const struct hit *h = &r->hits[hit];
	bool test = false;
	int code;

	for (size_t k = c->hit; k < r->nhits; k++) {
		const struct hit *o = &r->hits[k];
		const struct word *w = reading_word(r, o);

		if (o->from > h->to + TEST_REACH ||
		    (o->from >= h->to && objects_part_of(t, w, &code) >= 0))
			break;
		test |= w->role == ROLE_TEST && o->from == h->to;
		if (w->role == ROLE_CUE && w->value >> 8 == CUE_AFFIRMED)
			return false;
	}
	return test;
}

/* A genus (诺卡菌属) without the word that calls it one. */
static struct slice
stem(struct slice name)
{
	static const char genus[] = "属";
	size_t n = sizeof(genus) - 1;

	if (name.n > n && memcmp(name.p + name.n - n, genus, n) == 0)
		name.n -= n;
	return name;
}

/*
 * "菌名:X", "1.X", "药物 X Y": what a line, a heading or a cell gives is no mere
 * talk.
 */
static bool
is_entry(const struct reading *r, uint32_t from)
{
	const char *p = r->view.text.p;
	const bool parted =
	    r->view.gap[from] && !r->view.noisy && !r->view.spaced;

	while (from > 0 && strchr("0123456789.()\"'*- ", p[from - 1]) != NULL)
		from--;
	return parted || from == 0 || strchr(":|\n", p[from - 1]) != NULL ||
	    (p[from] != '(' && r->view.gap[from] && !r->view.noisy &&
		!r->view.spaced);
}

/* Whether the sentence of a clause goes on with the one before: "…;…". */
static bool
continues(const struct reading *r, const struct clause *c)
{
	return c > r->clauses &&
	    (c[-1].sentence == c->sentence ||
		r->view.text.p[c->from - 1] == ';');
}

/*
 * "流感后以金黄色葡萄球菌多见": a name in a sentence that tells of no specimen,
 * no test and no result is talked of, not found.
 */
static bool
is_mere_talk(const struct tracker *t, const struct clause *c, size_t hit)
{
	const struct reading *r = t->r;
	const struct clause *last = c;

	if (is_entry(r, r->hits[hit].from))
		return false;
	while (continues(r, c))
		c--;
	while (last + 1 < r->clauses + r->nclauses &&
	    last[1].sentence == last->sentence)
		last++;
	for (size_t k = c->hit; k < last->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_SHOWN || w->role == ROLE_RATED ||
		    w->role == ROLE_RATING ||
		    (w->role == ROLE_CUE && w->value >> 8 == CUE_AFFIRMED))
			return false;
	}
	return true;
}

/* Of two spellings of a name the Chinese one goes before, then the longer. */
static bool
is_fuller(struct slice name, struct slice other)
{
	bool latin = (unsigned char)name.p[0] < 0x80;

	return latin == ((unsigned char)other.p[0] < 0x80) ? name.n > other.n
							   : !latin;
}

/* Whether a name is that of a kind which the other is one of. */
static bool
is_kind_of(const struct tracker *t, struct slice name, struct slice other)
{
	const struct field_settings *how = &t->group->identify->how;

	for (size_t i = 0; i < how->nkinds; i++) {
		const struct kind_settings *k = &how->kinds[i];

		for (size_t n = 0; slice_eq(k->name, name) && n < k->of.n; n++)
			if (slice_eq(k->of.list[n], other))
				return true;
	}
	return false;
}

/* A name as it is written, and by its code. */
struct naming_of {
	struct slice written, code;
};

static struct naming_of
naming_of(const struct tracker *t, uint32_t from, uint32_t to, int code)
{
	const char *p = t->r->view.text.p;

	return (struct naming_of){ stem(slice_span(p + from, p + to)),
		stem(t->group->identify->codes[code].code) };
}

/* Whether a name says no more than another, 奴卡菌 no more than 皮疽诺卡菌. */
static bool
is_vaguer(
    const struct tracker *t, struct naming_of name, struct naming_of other)
{
	return slice_find(other.written, name.written) != NULL ||
	    slice_find(other.code, name.written) != NULL ||
	    slice_find(other.written, name.code) != NULL ||
	    slice_find(other.code, name.code) != NULL ||
	    is_kind_of(t, name.code, other.code);
}

/*
 * Names that texts write as they like are of one object where one says no more
 * than the other: 奴卡菌属 is the 皮疽诺卡菌 of the same report, 新冠 the
 * 新型冠状病毒.  The one that says more stays.
 */
static int
known_as(const struct tracker *t, const struct hit *h, int code)
{
	const struct naming_of name = naming_of(t, h->from, h->to, code);

	for (size_t i = 0; i < t->cast->n; i++) {
		struct mention *m = &t->cast->objects[i].part[0];
		struct naming_of other;

		if (m->code < 0)
			continue;
		other = naming_of(t, m->from, m->to, m->code);
		if (m->code == code ? !is_fuller(name.written, other.written)
				    : is_vaguer(t, name, other))
			return m->code;
		if (m->code == code || is_vaguer(t, other, name)) {
			*m = (struct mention){ code, h->from, h->to };
			return code;
		}
	}
	return code;
}

/* "药敏(链球菌)": a word for a kind names no object that the text has not. */
static bool
is_mere_echo(const struct tracker *t, size_t hit, int code)
{
	const struct reading *r = t->r;
	const struct hit *h = &r->hits[hit];

	for (size_t k = reading_first_hit(r, h->from);
	     k < r->nhits && r->hits[k].from == h->from; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_AGAIN &&
		    r->hits[k].to == h->to)
			return code == (int)reading_word(r, h)->value;
	return false;
}

/* "甲流H1N1 -": the mark behind a name, or behind others that touch it. */
static bool
is_crossed_out(const struct tracker *t, const struct clause *c, size_t hit)
{
	uint32_t to = t->r->hits[hit].to;
	int code;

	for (size_t k = hit + 1; k < c->hits_end && t->r->hits[k].from <= to;
	     k++)
		if (t->r->hits[k].from == to &&
		    objects_part_of(
			t, reading_word(t->r, &t->r->hits[k]), &code) >= 0)
			to = t->r->hits[k].to;
	return reading_mark(t->r, to) < 0;
}

/*
 * "尖段(近前段交界)", "靠近舌段": a place beside that of the object; but the
 * second part of one may be told so, "右叶近中部".
 */
static bool
is_near(
    const struct reading *r, const struct hit *h, const struct mention *lobe)
{
	static const struct slice words[] = { SPELT("近"), SPELT("毗邻"),
		SPELT_END };
	const size_t n = slice_ends_in(r->view.text.p, h->from, words);

	return n > 0 && (lobe->code < 0 || lobe->to + n != h->from);
}

/* In a table a place is told in its column alone. */
static bool
is_of_other_column(const struct reading *r, const struct hit *h)
{
	const struct table_cell *c =
	    r->ncells == 0 ? NULL : reading_cell(r, h->from);

	return c != NULL && !c->place;
}

/* "mid right lobe", "lower pole of the left lobe": a second part may go first. */
static bool
is_reversed(
    const struct reading *r, const struct mention part[2], uint32_t from)
{
	const char *p = r->view.text.p;
	uint32_t at = part[1].to;

	if (part[0].code >= 0 || part[1].code < 0 || from <= at ||
	    from - at > REVERSED)
		return false;
	while (at < from && (p[at] == ' ' || (p[at] >= 'a' && p[at] <= 'z')))
		at++;
	return at == from;
}

/* The next place said in the clause: its first part, its second, or both. */
bool
objects_next_place(struct tracker *t, const struct clause *c, size_t *k,
    struct mention part[2])
{
	const struct reading *r = t->r;
	const struct field *id = t->group->identify;
	unsigned bad = t->group->how->named || (id != NULL && id->announced)
	    ? objects_barring(t, c)
	    : OBJECTS_BAD_CONTEXT;
	const struct mention none = { -1, 0, 0 };
	int seen = -1;

	if (t->phrases != NULL)
		return next_phrase(t, c, part);
	part[0] = part[1] = none;
	for (; *k < c->hits_end; (*k)++) {
		const struct hit *h = &r->hits[*k];
		int code, which = objects_part_of(t, reading_word(r, h), &code);

		if (which < 0 || is_of_other_column(r, h) ||
		    (reading_context(r, h->from, h->to) & bad & ~t->despite) ||
		    (id->sections != 0 && (id->sections & c->sections) == 0) ||
		    is_near(r, h, which == 1 ? &part[0] : &none) ||
		    !reading_concerns(r, id, h->from, h->to) ||
		    (t->group->how->named && is_crossed_out(t, c, *k)) ||
		    (id->how.tests.n > 0 && is_mere_test(t, c, *k)) ||
		    (id->how.shown.n > 0 && is_mere_talk(t, c, *k)))
			continue;
		if (which <= seen && !is_reversed(r, part, h->from))
			return true;
		if (t->group->how->named && id->d->type == TYPE_TEXT)
			code = known_as(t, h, code);
		if (is_mere_echo(t, *k, code))
			continue;
		part[which] = (struct mention){ code, h->from, h->to };
		seen = which > seen ? which : seen;
	}
	return seen >= 0;
}
