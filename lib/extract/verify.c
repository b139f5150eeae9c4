#include "extract/verify.h"

#include "base/ascii.h"

#define OUT_OF_PLAY                                                  \
	(1u << CUE_HISTORY | 1u << CUE_OUTSIDE | 1u << CUE_PLANNED | \
	    1u << CUE_ELSEWHERE)
#define ADJOINS 24 /* bytes between a quote and the word that announces it */

/* One place of the quote in the view, and what can be said against it. */
struct place {
	uint32_t from, to; /* of the quote */
	uint32_t at, end;  /* of the value within it */
	struct slice value;
	bool outside, anchored, denied;
	const char *why; /* NULL: nothing */
};

/* The order of reasons: of several occurrences the best one counts. */
static int
merit(const char *why)
{
	static const char *const worst_first[] = { "no_quote", "cut_quote",
		"no_value", "other_value", "suspect_text", "other_scope",
		"other_object", "other_field", NULL };
	int i = 0;

	if (why == NULL)
		return 100;
	while (worst_first[i] != NULL && strcmp(worst_first[i], why) != 0)
		i++;
	return i;
}

/* Whether a border between two bytes parts a number or a Latin word. */
static bool
cuts(char left, char right)
{
	if ((is_digit(left) || left == '.') &&
	    (is_digit(right) || right == '.'))
		return is_digit(left) || is_digit(right);
	return is_letter(left) && is_letter(right);
}

static bool
is_cut(struct slice s, uint32_t from, uint32_t to)
{
	return (from > 0 && cuts(s.p[from - 1], s.p[from])) ||
	    (to < s.n && cuts(s.p[to - 1], s.p[to]));
}

/* --- the value that the words of the quote have --------------------------- */

static bool
same_number(struct slice a, struct slice b, struct arena *arena)
{
	struct decimal x, y;
	struct err e;

	return decimal_parse(a, arena, &x, &e) &&
	    decimal_parse(b, arena, &y, &e) && decimal_cmp(&x, &y) == 0;
}

static bool
same_list(struct json claim, struct json value, struct arena *arena)
{
	struct json_walk a = json_enter(claim), b = json_enter(value);
	struct json x, y;

	if (json_length(claim) != json_length(value))
		return false;
	while (json_next_element(&a, &x) && json_next_element(&b, &y))
		if (!same_number(x.text, y.text, arena))
			return false;
	return true;
}

/* A string is the value as written: it is read like the text. */
static bool
as_written(const struct field *f, struct slice text, struct slice value,
    struct arena *arena)
{
	struct measure *m;
	struct view view;
	bool outside;
	size_t n;

	view_make(&view, text, arena);
	m = measure_scan(&view, arena, &n);
	while (n > 1 && m[n - 1].part)
		n--;
	if (n == 1 && m->unit == NULL)
		m->unit = f->unit;
	return n == 1 &&
	    slice_eq(candidate_value(f, m, arena, &outside), value);
}

static bool
claims_value(const struct field *f, struct json claim, struct slice value,
    struct arena *arena)
{
	struct json v = json_of(value);

	switch (claim.type) {
	case JSON_STRING:
		return as_written(f, json_text(claim, arena), value, arena);
	case JSON_ARRAY:
		return v.type == JSON_ARRAY && same_list(claim, v, arena);
	case JSON_OBJECT:
		return v.type == JSON_OBJECT &&
		    slice_eq(
			json_get(claim, "min").text, json_get(v, "min").text) &&
		    slice_eq(
			json_get(claim, "max").text, json_get(v, "max").text);
	case JSON_NUMBER:
		return v.type == JSON_NUMBER &&
		    same_number(claim.text, v.text, arena);
	default:
		return false;
	}
}

/* Whether another field's word claims this measure and none of ours does. */
static bool
is_others(
    const struct verifier *v, const struct field *f, const struct measure *m)
{
	const struct doctype *t = v->reading->type;
	bool others = false;

	for (size_t i = 0; i < t->nfields; i++)
		for (const struct candidate *c = v->found->first[i]; c != NULL;
		     c = c->next) {
			if (c->measure != m || c->rule == 0)
				continue;
			if (&t->fields[i] == f)
				return false;
			others = true;
		}
	return others;
}

/* Whether the rules found the measure to be the field's. */
static bool
is_known(
    const struct verifier *v, const struct field *f, const struct measure *m)
{
	const struct doctype *t = v->reading->type;

	for (const struct candidate *c = v->found->first[f - t->fields];
	     c != NULL; c = c->next)
		if (c->measure == m)
			return true;
	return false;
}

static void
number(
    const struct verifier *v, const struct claim_made *claim, struct place *p)
{
	const struct reading *r = v->reading;
	bool seen = false;

	for (size_t i = 0; i < r->nmeasures; i++) {
		const struct measure *m = &r->measures[i];
		struct slice value;
		bool outside;

		if (m->from < p->from || m->to > p->to ||
		    (m->glued && !is_known(v, claim->field, m)))
			continue;
		value = candidate_value(claim->field, m, r->arena, &outside);
		if (value.n == 0)
			continue;
		seen = true;
		if (!claims_value(claim->field, claim->value, value, r->arena))
			continue;
		p->value = value;
		p->outside = outside;
		p->at = m->from;
		p->end = m->to;
		p->why = is_others(v, claim->field, m) ? "other_field" : NULL;
		if (p->why == NULL)
			return;
	}
	if (p->value.n == 0)
		p->why = seen ? "other_value" : "no_value";
}

/* The codes of two parts side by side are one code (右叶 and 中部). */
static void
code(const struct verifier *v, const struct claim_made *claim, struct place *p)
{
	const struct reading *r = v->reading;
	const struct field *f = claim->field;
	struct slice want = json_text(claim->value, r->arena);
	struct slice part[2] = { { "", 0 }, { "", 0 } };
	bool seen = false;

	p->at = p->from;
	p->end = p->to;
	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (h->from < p->from || h->to > p->to ||
		    &r->type->fields[w->field] != f)
			continue;
		if (w->role == ROLE_CODE &&
		    slice_eq(f->codes[w->value].code, want)) {
			p->value = claim->value.text;
			p->at = h->from;
			p->end = h->to;
			return;
		}
		seen |= w->role == ROLE_CODE || w->role == ROLE_PART;
		if (w->role == ROLE_PART)
			part[w->value >> 16] = f->parts[w->value >> 16]
						   ->codes[w->value & 0xFFFF]
						   .code;
	}
	if (part[0].n > 0 && part[0].n + part[1].n == want.n &&
	    memcmp(part[0].p, want.p, part[0].n) == 0 &&
	    memcmp(part[1].p, want.p + part[0].n, part[1].n) == 0)
		p->value = claim->value.text;
	else
		p->why = seen ? "other_value" : "no_value";
}

static void
text(const struct verifier *v, const struct claim_made *claim, struct place *p)
{
	const struct reading *r = v->reading;
	struct view want;

	view_make(&want, json_text(claim->value, r->arena), r->arena);
	p->at = p->from;
	p->end = p->to;
	if (want.text.n > 0 &&
	    slice_find(
		slice_span(r->view.text.p + p->from, r->view.text.p + p->to),
		want.text) != NULL)
		p->value = claim->value.text;
	else
		p->why = "other_value";
}

static void
truth(const struct verifier *v, const struct claim_made *claim, struct place *p)
{
	const struct reading *r = v->reading;
	bool says = claim->value.type == JSON_TRUE && !claim->absent;

	p->at = p->from;
	p->end = p->to;
	/* The field's own word is what the denial must be about. */
	for (size_t i = 0; i < r->nhits; i++) {
		const struct word *w = reading_word(r, &r->hits[i]);

		if (r->hits[i].from >= p->from && r->hits[i].to <= p->to &&
		    w->role == ROLE_ANCHOR &&
		    &r->type->fields[w->field] == claim->field) {
			p->at = r->hits[i].from;
			p->end = r->hits[i].to;
			break;
		}
	}
	p->denied =
	    (reading_context(r, p->at, p->end) & 1u << CUE_NEGATED) != 0;
	if (says == p->denied)
		p->why = "other_value";
	else
		p->value = p->denied ? SLICE("false") : SLICE("true");
}

/* --- where it stands ----------------------------------------------------- */

static bool
is_anchored(
    const struct verifier *v, const struct field *f, const struct place *p)
{
	const struct reading *r = v->reading;

	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (&r->type->fields[w->field] == f &&
		    (w->role == ROLE_ANCHOR || w->role == ROLE_STRONG ||
			w->role == ROLE_CODE || w->role == ROLE_PART) &&
		    h->to + ADJOINS >= p->from && h->from <= p->to + ADJOINS)
			return true;
	}
	return false;
}

/* Whether the clause speaks of the object that is claimed, or of all. */
static bool
is_of_object(const struct verifier *v, const struct claim_made *claim,
    const struct place *p)
{
	uint32_t alive, mask;
	unsigned n = 0;

	if (claim->object == 0)
		return true;
	alive = v->answers->groups[claim->field->group].alive;
	mask = reading_focus(
		   v->reading, claim->field, reading_clause(v->reading, p->at))
		   .objects &
	    alive;
	if (mask == 0)
		return true;
	for (unsigned i = 0; i < READING_OBJECTS; i++) {
		if ((alive & (uint32_t)1 << i) == 0)
			continue;
		if (++n == claim->object)
			return (mask & (uint32_t)1 << i) != 0;
	}
	return true;
}

static void
check_place(
    const struct verifier *v, const struct claim_made *claim, struct place *p)
{
	const struct reading *r = v->reading;
	const struct field *f = claim->field;
	const struct clause *c;
	unsigned context;

	switch (f->d->type) {
	case TYPE_CODE:
	case TYPE_MARK:
		code(v, claim, p);
		break;
	case TYPE_TEXT:
	case TYPE_DATE:
		text(v, claim, p);
		break;
	case TYPE_BOOL:
		truth(v, claim, p);
		break;
	default:
		number(v, claim, p);
	}
	if (p->why != NULL)
		return;
	context = reading_context(r, p->at, p->end);
	c = reading_clause(r, p->at);
	p->anchored = is_anchored(v, f, p);
	p->denied = (context & 1u << CUE_NEGATED) != 0;
	if (context & 1u << CUE_INSTRUCTS)
		p->why = "suspect_text";
	else if ((context & OUT_OF_PLAY) ||
	    (f->d->type != TYPE_BOOL && p->denied && !claim->absent) ||
	    (f->sections != 0 && c->marked && !(f->sections & c->sections)))
		p->why = "other_scope";
	else if (!is_of_object(v, claim, p))
		p->why = "other_object";
}

/* --- the quote in the text ------------------------------------------------ */

/* The first byte of the view that stands for this byte of the original. */
static uint32_t
in_view(const struct view *v, uint32_t byte)
{
	size_t low = 0, high = v->text.n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (v->byte[mid] < byte)
			low = mid + 1;
		else
			high = mid;
	}
	return (uint32_t)low;
}

static void
better(struct place *best, const struct place *p)
{
	if (merit(p->why) > merit(best->why))
		*best = *p;
}

static void
occurrences(const struct verifier *v, const struct claim_made *claim,
    struct slice text, struct slice quote, bool original, struct place *best)
{
	const struct view *view = &v->reading->view;
	const char *at = text.p, *end = text.p + text.n;

	while ((at = slice_find(slice_span(at, end), quote)) != NULL) {
		struct place p = { .from = (uint32_t)(at - text.p) };

		p.to = p.from + (uint32_t)quote.n;
		if (original) {
			p.from = in_view(view, p.from);
			p.to = in_view(view, p.to);
		}
		if (p.from >= p.to || is_cut(view->text, p.from, p.to))
			p.why = "cut_quote";
		else
			check_place(v, claim, &p);
		better(best, &p);
		at++;
	}
}

/* Exactly in the text; if it is not there at all, exactly in the view. */
static struct place
find(const struct verifier *v, const struct claim_made *claim,
    struct slice quote)
{
	const struct view *view = &v->reading->view;
	struct place best = { .why = "no_quote" };
	struct view q;

	if (slice_trim(quote).n == 0)
		return best;
	occurrences(v, claim, view->original, quote, true, &best);
	if (strcmp(best.why == NULL ? "" : best.why, "no_quote") != 0)
		return best;
	view_make(&q, slice_trim(quote), v->reading->arena);
	if (q.text.n > 0)
		occurrences(v, claim, view->text, q.text, false, &best);
	return best;
}

static bool
refuse(const struct claim_made *claim, struct answer *out, const char *why)
{
	out->status = STATUS_UNGROUNDED;
	out->value = SLICE("");
	out->claimed = claim->value.text;
	out->why = slice_of(why);
	return false;
}

bool
verify(const struct verifier *v, const struct claim_made *claim,
    struct answer *out)
{
	struct place first = { .why = "no_quote" };

	out->evidence = NULL;
	for (size_t i = 0; i < claim->nquotes; i++) {
		struct place p = find(v, claim, claim->quotes[i]);

		if (p.why != NULL)
			return refuse(claim, out, p.why);
		if (i == 0)
			first = p;
		evidence_add(
		    out, v->reading, v->sources, v->nsources, p.from, p.to);
	}
	if (first.why != NULL)
		return refuse(claim, out, first.why);
	out->claimed = SLICE("");
	out->why = first.anchored ? SLICE("") : SLICE("no_anchor");
	out->value = first.value;
	out->status = first.outside          ? STATUS_OUT_OF_RANGE
	    : slice_is(first.value, "false") ? STATUS_NEGATED
					     : STATUS_OK;
	if (claim->uncertain) {
		out->status = STATUS_UNCERTAIN;
		out->claimed = first.value;
		out->value = SLICE("");
	} else if (claim->absent && claim->field->d->type != TYPE_BOOL) {
		out->status = STATUS_NEGATED;
		out->value = SLICE("");
	}
	return true;
}
