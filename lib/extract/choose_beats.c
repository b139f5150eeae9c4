/*
 * Which of two candidates for one field goes before the other, by the field's
 * way to pick, and whether they are peers.
 */
#include "extract/choose_part.h"

#define SCORE_LONE 80 /* what a lone length is worth less than a size */
#define DATED      30 /* bytes from a date to the value of its day */
#define NEARLY     15 /* points: candidates this near to the best are its peers */

bool
election_peers(const struct election *n, const struct candidate *c)
{
	return c->score + NEARLY >= n->best->score;
}

/* True is worse than false, a later code than an earlier one, more than less. */
static bool
is_worse(const struct field *f, const struct candidate *c,
    const struct candidate *best)
{
	if (f->d->type == TYPE_BOOL)
		return slice_is(c->value, "true") &&
		    !slice_is(best->value, "true");
	if (c->measure == NULL || best->measure == NULL)
		return c->code > best->code;
	return candidate_extent(f, c->measure) >
	    candidate_extent(f, best->measure);
}

/*
 * "切面2.1x1.6cm,三维2.1x1.6x1.4cm": the same size with one more diameter,
 * which tells more.
 */
static bool
completes(const struct field *f, const struct candidate *c,
    const struct candidate *best)
{
	const struct measure *all = c->measure, *some = best->measure;

	if (f->d->type != TYPE_DIMS || all == NULL || some == NULL ||
	    all->n <= some->n)
		return false;
	/* "冰球直径约21mm,不增强区16x15x14mm": a size goes before a length. */
	if (some->n == 1 && !best->measure->named &&
	    (c->objects != 0 || best->objects == 0) &&
	    c->score + SCORE_LONE >= best->score)
		return true;
	if (all->unit != some->unit)
		return false;
	for (size_t i = 0; i < some->n; i++) {
		size_t k = 0;

		while (k < all->n &&
		    decimal_cmp(&all->value[k], &some->value[i]) != 0)
			k++;
		if (k == all->n)
			return false;
	}
	return true;
}

/* Whether a text (JSON) is another with the word for a fluid: 尿液, 尿. */
static bool
is_fluid_of(struct slice text, struct slice other)
{
	static const char fluid[] = "液\"";
	const size_t n = sizeof(fluid) - 1;

	return text.n == other.n - 1 + n &&
	    memcmp(text.p, other.p, other.n - 1) == 0 &&
	    memcmp(text.p + text.n - n, fluid, n) == 0;
}

/* Whether a text (JSON) ends in another: 胸腔引流液, 引流液. */
static bool
is_kind_of(struct slice text, struct slice other)
{
	return text.n > other.n &&
	    memcmp(text.p + text.n - (other.n - 1), other.p + 1, other.n - 1) ==
	    0;
}

static bool
is_joined(struct slice between)
{
	static const char *const joins[] = { "、", "与", "和", "及", "/", "+",
		NULL };

	if (slice_starts(between, "培养"))
		between = (struct slice){ between.p + 6, between.n - 6 };
	for (size_t i = 0; joins[i] != NULL; i++)
		if (slice_is(between, joins[i]))
			return true;
	return false;
}

/* "导管血与外周血", "血培养、痰培养": those of a list, of which the first counts. */
static bool
is_listed_with(const struct reading *r, const struct candidate *first,
    const struct candidate *c)
{
	const char *p = r->view.text.p;

	if (c->from <= first->to)
		return false;
	for (const struct candidate *k = first; k != c; k = k->next)
		if (k->next == NULL || k->next->from < k->to ||
		    !is_joined(slice_span(p + k->to, p + k->next->from)))
			return false;
	return true;
}

/* "气管吸取物(ETA)", "下呼吸道标本(ETA)": brackets that tell a specimen anew. */
static bool
is_gloss(const struct reading *r, const struct candidate *told,
    const struct candidate *c)
{
	struct slice s = slice_span(
	    r->view.text.p + told->to, r->view.text.p + r->view.text.n);

	return (c->from == told->to + 1 && slice_starts(s, "(")) ||
	    (c->from == told->to + 7 && slice_starts(s, "标本("));
}

/* "标本类型:痰": told by its heading, wherever that stands in the report. */
bool
chooser_is_headed(const struct reading *r, const struct candidate *c)
{
	static const struct slice heads[] = { SPELT("类型:"), SPELT("种类:"),
		SPELT("来源:"), SPELT("类别:"), SPELT_END };

	return slice_ends_in(r->view.text.p, c->from, heads) > 0;
}

/* Where the words that tell of a name's test and result end: 核酸阳性. */
static uint32_t
end_of_test(const struct reading *r, uint32_t at)
{
	for (size_t k = reading_first_hit(r, at);
	     k < r->nhits && r->hits[k].from <= at; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (r->hits[k].from == at &&
		    (w->role == ROLE_TEST ||
			(w->role == ROLE_CUE &&
			    w->value >> 8 == CUE_AFFIRMED))) {
			at = r->hits[k].to;
			k = reading_first_hit(r, at) - 1;
		}
	}
	return at;
}

/* "隐球菌荚膜抗原(血清)阳性": in brackets behind a name, or its test. */
static bool
is_bracketed_to(const struct reading *r, const struct mention *name,
    const struct candidate *c)
{
	return c->from > name->to && r->view.text.p[c->from - 1] == '(' &&
	    end_of_test(r, name->to) + 1 == c->from;
}

/*
 * Of what is told before a name the last, but that of a heading behind it; also
 * what is bracketed to it, "具核梭杆菌(痰)", or touches it, 肺炎链球菌尿抗原.  A
 * specimen that is named in full is not named anew by a test of it ("标本:尿液
 * 项目:军团菌尿抗原"), nor by its acronym, 气管吸取物(ETA).
 */
bool
chooser_beats_before(const struct reading *r, const struct candidate *c,
    const struct candidate *best, const struct mention *name)
{
	if (is_fluid_of(best->value, c->value) ||
	    is_kind_of(best->value, c->value) || is_listed_with(r, best, c) ||
	    is_gloss(r, best, c))
		return false;
	return is_fluid_of(c->value, best->value) || c->from < name->from ||
	    c->from == name->to ||
	    (chooser_is_headed(r, c) && !chooser_is_headed(r, best)) ||
	    (best->from < name->from && is_bracketed_to(r, name, c));
}

/*
 * The month that is told before a value, "2025年6月片为6mm", counted from the
 * year 0; 0: none.
 */
static unsigned
month_before(const struct reading *r, uint32_t at)
{
	const char *p = r->view.text.p;
	uint32_t low = at < DATED ? 0 : at - DATED;

	for (uint32_t i = at; i-- > low;) {
		unsigned year = 0, month = 0, n = 0;

		while (
		    i + n < at && n < 4 && p[i + n] >= '0' && p[i + n] <= '9')
			year = year * 10 + (unsigned)(p[i + n++] - '0');
		if (n < 4 || year < 1980 || year > 2100)
			continue;
		while (
		    i + n < at && (p[i + n] < '0' || p[i + n] > '9') && n < 8)
			n++;
		while (i + n < at && p[i + n] >= '0' && p[i + n] <= '9')
			month = month * 10 + (unsigned)(p[i + n++] - '0');
		return year * 12 + (month <= 12 ? month : 0);
	}
	return 0;
}

/* Whether the field has the earlier values of another. */
static bool
is_past_of_some(const struct reading *r, const struct field *f)
{
	for (size_t i = 0; i < r->type->nfields; i++)
		if (r->type->fields[i].past == f)
			return true;
	return false;
}

/* Of the values of earlier films the latest; 0: no dates tell. */
static int
is_later(const struct reading *r, const struct field *f,
    const struct candidate *c, const struct candidate *best)
{
	unsigned a, b;

	if (!is_past_of_some(r, f))
		return 0;
	a = month_before(r, c->from);
	b = month_before(r, best->from);
	return a == 0 || b == 0 || a == b ? 0 : a > b ? 1 : -1;
}

/* "体温6:00 37.4,14:00 38.8": the highest, however far its word is from it. */
static bool
asks_for_highest(const struct field *f)
{
	return f->how.pick == PICK_LARGEST && f->how.upper;
}

/*
 * "总时间158s:左叶68s,右叶90s": of several objects the one's own goes before the
 * total of all.
 */
static bool
is_own_part(const struct candidate *part, const struct candidate *total)
{
	return reading_bits(part->objects) == 1 &&
	    reading_bits(total->objects) != 1;
}

bool
chooser_beats(const struct reading *r, const struct field *f,
    const struct candidate *c, const struct candidate *best,
    const struct mention *name, bool several)
{
	int gap = c->score - best->score;

	if (f->how.pick == PICK_BEFORE)
		return chooser_beats_before(r, c, best, name);
	if (is_later(r, f, c, best) != 0)
		return is_later(r, f, c, best) > 0;
	if (completes(f, c, best))
		return true;
	/* "①20s②30s,合计50s": a total that is told as one beats its parts. */
	if (f->how.pick == PICK_TOTAL && c->total != best->total &&
	    (c->total ? c : best)->rule != 0)
		return c->total !=
		    (several &&
			is_own_part(c->total ? best : c, c->total ? c : best));
	if ((gap > NEARLY || gap < -NEARLY) && !asks_for_highest(f))
		return gap > 0;
	/* What is said of an object goes before what is said of none. */
	if (f->how.own && (c->objects == 0) != (best->objects == 0))
		return best->objects == 0;
	switch (f->how.pick) {
	case PICK_LAST:
		return true;
	case PICK_FIRST:
	case PICK_COUNT:
		return false;
	case PICK_SMALLEST:
		return c->measure != NULL && best->measure != NULL &&
		    candidate_extent(f, c->measure) <
		    candidate_extent(f, best->measure);
	case PICK_LARGEST:
	case PICK_WORST:
		return is_worse(f, c, best);
	default:
		return gap > 0;
	}
}
