/*
 * Whose place it is that a measure stands at: the object's own, or another's.
 */
#include "extract/number_part.h"

#define LONGEST_NOUN 32 /* bytes of a word for a place */
#define ANYWHERE     UINT32_MAX

/* "左肺上叶结节": where one of these is said, a place with the other is none. */
static bool
contradicts(struct slice said, struct slice own)
{
	static const char *const sides[] = { "左", "右", NULL };
	static const char *const lobes[] = { "上叶", "中叶", "下叶", NULL };
	static const char *const *const kinds[] = { sides, lobes, NULL };

	for (size_t k = 0; kinds[k] != NULL; k++) {
		bool both = false, one = false, other = false;

		for (size_t i = 0; kinds[k][i] != NULL; i++) {
			struct slice word = slice_of(kinds[k][i]);
			bool here = slice_find(said, word) != NULL;
			bool there = slice_find(own, word) != NULL;

			both |= here && there;
			one |= here;
			other |= there;
		}
		if (one && other && !both)
			return true;
	}
	return false;
}

/* Whether the words of a hit belong to one place with what touches them. */
static bool
is_piece(const struct reading *r, const struct field *id, const struct hit *h)
{
	const struct word *w = reading_word(r, h);

	return (w->role == ROLE_CHAIN || w->role == ROLE_CODE) &&
	    &r->type->fields[w->field] == id;
}

/* What touches a spelling behind it, as far as the field's words reach. */
static uint32_t
end_of_place(const struct reading *r, const struct field *id,
    const struct clause *c, const struct hit *h)
{
	uint32_t to = h->to;

	for (const struct hit *o = h; ++o < r->hits + c->hits_end;)
		if (is_piece(r, id, o) && o->from == to)
			to = o->to;
	return to;
}

/*
 * "乳腺癌", "T2稍高信号": an organ's name, or a level's, that begins a word for
 * what is there, or how it looks.
 */
static bool
names_no_place(
    const struct reading *r, const struct field *id, const struct hit *h)
{
	for (size_t k = reading_first_hit(r, h->from);
	     k < r->nhits && r->hits[k].from == h->from; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if ((w->role == ROLE_ANCHOR || w->role == ROLE_LINK) &&
		    &r->type->fields[w->field] == id && r->hits[k].to > h->to)
			return true;
	}
	return false;
}

/* What touches a spelling before it, as far as the field's words reach. */
static uint32_t
begin_of_place(const struct reading *r, const struct field *id,
    const struct clause *c, const struct hit *h)
{
	uint32_t from = h->from;

	for (const struct hit *o = h; o-- > r->hits + c->hit;)
		if (is_piece(r, id, o) && o->to == from)
			from = o->from;
	return from;
}

/* Whether a word of the field begins or ends [from,to): 肝 is none in 结肠肝曲. */
static bool
is_word_of(
    const struct reading *r, const struct field *id, uint32_t from, uint32_t to)
{
	const uint32_t low = from < LONGEST_NOUN ? 0 : from - LONGEST_NOUN;

	for (size_t k = reading_first_hit(r, low);
	     k < r->nhits && r->hits[k].from <= from; k++)
		if (&r->type->fields[reading_word(r, &r->hits[k])->field] ==
			id &&
		    (r->hits[k].from == from || r->hits[k].to == to))
			return true;
	return false;
}

/* Whether the spelling at a hit is part of an object's place. */
static bool
is_own_place(const struct finder *x, const struct field *id,
    const struct clause *c, const struct hit *h)
{
	const struct cast *cast = &x->r->casts[id->group];
	const char *p = x->r->view.text.p;
	struct slice name = slice_span(p + h->from, p + h->to);
	struct slice whole = slice_span(p + begin_of_place(x->r, id, c, h),
	    p + end_of_place(x->r, id, c, h));

	for (size_t i = 0; i < cast->n; i++) {
		const struct mention *m = &cast->objects[i].part[0];
		struct slice own = slice_span(p + m->from, p + m->to);
		const char *at = slice_find(own, name);

		if (at != NULL &&
		    is_word_of(x->r, id, (uint32_t)(at - p),
			(uint32_t)(at - p + name.n)) &&
		    !contradicts(whole, own))
			return true;
	}
	return false;
}

/* Whether a word of the field in this role stands at [from,…) in the clause. */
static bool
has_role(const struct reading *r, const struct clause *c, const struct field *f,
    enum role role, uint32_t from)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == role && &r->type->fields[w->field] == f &&
		    (from == ANYWHERE || r->hits[k].from == from))
			return true;
	}
	return false;
}

bool
number_is_elsewhere(const struct finder *x, const struct field *f,
    const struct measure *m, const struct clause *c)
{
	const struct reading *r = x->r;
	const struct field *id;

	if (f->how.neighbours.n == 0)
		return false;
	id = r->type->groups[f->group].identify;
	for (size_t i = (size_t)(c - r->clauses) + 1; i-- > 0;) {
		const struct clause *at = &r->clauses[i];
		const struct hit *last = NULL;

		if (at->sentence != c->sentence)
			break;
		for (size_t k = at->hit; k < at->hits_end; k++) {
			const struct hit *h = &r->hits[k];
			const struct word *w = reading_word(r, h);
			const struct field *of = &r->type->fields[w->field];

			if (h->to > m->from)
				break;
			if (w->role == ROLE_CODE && of == id &&
			    (last == NULL || h->to > last->to) &&
			    !names_no_place(r, id, h))
				last = h;
		}
		if (last == NULL) {
			if (at == c && has_role(r, c, id, ROLE_WEAK, ANYWHERE))
				return false;
			continue;
		}
		if (is_own_place(x, id, at, last))
			return has_role(r, at, f, ROLE_NEVER, last->from);
		if (!has_role(r, at, f, ROLE_NEIGHBOUR, ANYWHERE))
			return true;
	}
	return false;
}
