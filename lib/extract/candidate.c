#include "extract/candidate.h"

#include "base/buf.h"
#include "extract/panel.h"
#include "json/write.h"

/*
 * Scores, in points; a byte of distance costs one.  Only their order counts:
 * a strong anchor beats any plain one, an anchor in the clause any outside it,
 * an anchor any bare measure, and a plausible value an implausible one.
 */
enum {
	SCORE_ANCHORED = 200,
	SCORE_FARTHEST = 90,
	SCORE_STRONG = 100,
	SCORE_BEFORE = 6, /* for standing before its measure */
	SCORE_OTHER_CLAUSE = -80,
	SCORE_TOTAL = 60,
	SCORE_PLAUSIBLE = 10,
	SCORE_OUTSIDE = -60,
	SCORE_BARE = 20,
	SCORE_RANK = 40, /* a group of a pattern weighs less than the last */
	SCORE_UNITLESS = -20,
	SCORE_WEAK = -100,
	NEAR_UNITLESS = 24, /* bytes from an anchor to a number without unit */
	STATEMENT = 24,     /* bytes behind a word that tell yes or no */
	NEAR_SINGLE = 15    /* bytes from an anchor to a lone diameter */
};

struct finder {
	const struct reading *r;
	struct candidates *out;
	bool *taken; /* measures, by a pattern */
	bool past;   /* the measure at hand gave way to a later one */
};

static bool
in_section(const struct field *f, const struct clause *c)
{
	return f->sections == 0 || (f->sections & c->sections) != 0;
}

/* Whether the field may have a value here, by section and by subject. */
static bool
standing_at(const struct finder *x, const struct field *f,
    const struct clause *c, uint32_t from, uint32_t to)
{
	return in_section(f, c) && reading_concerns(x->r, f, from, to);
}

/* Whether the subject is only said along with others: 其余瓣膜. */
static bool
is_weak(const struct finder *x, uint32_t field, uint32_t at)
{
	const struct reading *r = x->r;
	const struct topic *t = reading_topic(r, at);
	const struct clause *c;

	if (t == NULL || r->type->fields[field].how.weak.n == 0)
		return false;
	c = reading_clause(r, t->from);
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_WEAK && w->field == field &&
		    r->hits[k].from >= t->from && r->hits[k].from < t->to)
			return true;
	}
	return false;
}

/*
 * Whose the value is: of several objects of the clause the one named last
 * before it.  False where objects must be named and none is yet.
 */
static bool
own_objects(const struct reading *r, const struct field *f, uint32_t at,
    uint32_t *objects)
{
	const struct clause *c = reading_clause(r, at);
	const struct focus focus = reading_focus(r, f, c);
	bool named = r->type->groups[f->group].how->named;
	uint32_t here = reading_named(r, f, c, at);

	if (here != 0 && (named || (*objects & (*objects - 1)) != 0))
		*objects = here;
	if (!named)
		return true;
	return here != 0 || (focus.last != 0 && !reading_names(r, f, c));
}

static void
insert(struct candidates *out, struct candidate *k)
{
	struct candidate **at = &out->first[k->field];
	struct candidate *last = out->last[k->field];

	if (last == NULL || last->from <= k->from) {
		if (last != NULL)
			at = &last->next;
		out->last[k->field] = k;
	} else {
		while ((*at)->from <= k->from)
			at = &(*at)->next;
	}
	k->next = *at;
	*at = k;
}

struct candidate *
candidate_add(struct candidates *out, const struct reading *r, uint32_t field,
    uint32_t from, uint32_t to, int score)
{
	const struct field *f = &r->type->fields[field];
	const struct focus focus = reading_focus(r, f, reading_clause(r, from));
	uint32_t objects = focus.objects;
	struct candidate *k;

	if (f->how.own && f->group >= 0 && !own_objects(r, f, from, &objects))
		return NULL;
	if (out->count[field] >= CANDIDATE_MAX) {
		out->too_many[field] = true;
		return NULL;
	}
	out->count[field]++;
	k = arena_zalloc(r->arena, sizeof(*k));
	k->field = field;
	k->from = from;
	k->to = to;
	k->score = score;
	k->context = reading_context(r, from, to) & ~f->how.despite;
	k->objects = objects;
	k->last = focus.last;
	insert(out, k);
	return k;
}

static struct candidate *
add(struct finder *x, uint32_t field, uint32_t from, uint32_t to, int score)
{
	return candidate_add(x->out, x->r, field, from, to, score);
}

static uint32_t
distance(const struct hit *h, const struct measure *m)
{
	if (h->to <= m->from)
		return m->from - h->to;
	return h->from >= m->to ? h->from - m->to : 0;
}

/* The nearest word of this role and field in the clause, or UINT32_MAX. */
static uint32_t
nearest(const struct finder *x, const struct clause *c, enum role role,
    uint32_t field, const struct measure *m)
{
	uint32_t best = UINT32_MAX;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == role && w->field == field &&
		    distance(&x->r->hits[k], m) < best)
			best = distance(&x->r->hits[k], m);
	}
	return best;
}

/* --- numbers ------------------------------------------------------------- */

struct claim {
	uint32_t field, rule;
	int score;
	uint32_t near;
};

#define CLAIMS 16

static int
worth(const struct hit *h, const struct word *w, const struct measure *m,
    bool same_clause)
{
	uint32_t d = distance(h, m);
	int score =
	    SCORE_ANCHORED - (int)(d < SCORE_FARTHEST ? d : SCORE_FARTHEST);

	if (h->from < m->from)
		score += SCORE_BEFORE;
	if (w->role == ROLE_STRONG)
		score += SCORE_STRONG;
	if (!same_clause)
		score += SCORE_OTHER_CLAUSE;
	return score;
}

static bool
may_claim(const struct finder *x, const struct word *w, const struct hit *h,
    const struct clause *words, const struct clause *c, const struct measure *m)
{
	const struct field *f = &x->r->type->fields[w->field];
	uint32_t d = distance(h, m);

	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG)
		return false;
	if (f->panel || !candidate_fits(f, m))
		return false;
	if (m->glued && h->to != m->from)
		return false;
	if (w->role == ROLE_ANCHOR && !standing_at(x, f, c, m->from, m->to))
		return false;
	if (m->unit == NULL && f->how.unitless &&
	    (h->to > m->from || d > NEAR_UNITLESS))
		return false;
	/* A lone length is a size only where it is called one at once. */
	if (f->d->type == TYPE_DIMS && m->n == 1 && !m->named &&
	    d > NEAR_SINGLE)
		return false;
	return nearest(x, c, ROLE_NEVER, w->field, m) > d &&
	    (words == c || nearest(x, words, ROLE_NEVER, w->field, m) > d);
}

static void
claim(struct claim *list, size_t *n, const struct word *w, int score,
    uint32_t near)
{
	for (size_t i = 0; i < *n; i++)
		if (list[i].field == w->field) {
			if (score > list[i].score)
				list[i] = (struct claim){ w->field, w->value,
					score, near };
			return;
		}
	if (*n < CLAIMS)
		list[(*n)++] =
		    (struct claim){ w->field, w->value, score, near };
}

/* How many measures of the clause that the field could take stand before m. */
static unsigned
measures_before(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	unsigned n = 0;

	for (const struct measure *o = m;
	     o > x->r->measures && o[-1].from >= c->from; o--)
		if (candidate_fits(f, &o[-1]))
			n++;
	return n;
}

/*
 * "EF、FS分别为65%、36%": where several fields are announced, the first has
 * the first measure, and so on.
 */
static bool
respectively(struct finder *x, const struct clause *c, const struct measure *m,
    struct claim *list, size_t *n)
{
	uint32_t fields[CLAIMS];
	size_t count = 0, turn;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);
		const struct field *f = &x->r->type->fields[w->field];
		bool known = false;

		if (w->role != ROLE_ANCHOR || h->from > m->from ||
		    f->group >= 0 || !candidate_fits(f, m) || !in_section(f, c))
			continue;
		for (size_t i = 0; i < count; i++)
			known |= fields[i] == w->field;
		if (!known && count < CLAIMS)
			fields[count++] = w->field;
	}
	if (count < 2)
		return false;
	turn = measures_before(x, &x->r->type->fields[fields[0]], c, m);
	if (turn >= count)
		return false;
	list[(*n)++] = (struct claim){ fields[turn], 1, SCORE_ANCHORED, 0 };
	return true;
}

/*
 * Claims of the words of a clause: the measure's own or the one before it, of
 * which only strong words count where its own has claims.
 */
static void
claims_of(struct finder *x, const struct clause *words, const struct clause *c,
    const struct measure *m, struct claim *list, size_t *n)
{
	bool only_strong = *n > 0;

	if (words == c && c->each && respectively(x, c, m, list, n))
		return;

	for (size_t k = words->hit; k < words->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		if (only_strong && w->role != ROLE_STRONG)
			continue;
		if (may_claim(x, w, h, words, c, m))
			claim(list, n, w, worth(h, w, m, words == c),
			    distance(h, m));
	}
}

/* Whether a value is an earlier one's, for which the field has another. */
static bool
is_past(const struct finder *x, const struct field *f, const struct measure *m)
{
	return x->past ||
	    (f->past != NULL &&
		(reading_context(x->r, m->from, m->to) & 1u << CUE_HISTORY) !=
		    0);
}

static struct candidate *
number(struct finder *x, uint32_t field, const struct measure *m, int score,
    uint32_t rule, const struct clause *c)
{
	const struct field *f = &x->r->type->fields[field];
	bool outside, past = is_past(x, f, m);
	struct slice value = candidate_value(f, m, x->r->arena, &outside);
	struct candidate *k;

	if (past && f->past == NULL && x->past)
		return NULL;
	if (past && f->past != NULL)
		field = (uint32_t)(f->past - x->r->type->fields);

	if (value.n == 0 ||
	    (outside && (rule == 0 || candidate_lacks_unit(f, m))))
		return NULL;
	k = add(x, field, m->from, m->to, score);
	if (k == NULL)
		return NULL;
	if (past)
		k->context &= ~(1u << CUE_HISTORY);
	k->rule = rule;
	k->measure = m;
	k->value = value;
	k->outside = outside;
	k->score += outside ? SCORE_OUTSIDE : SCORE_PLAUSIBLE;
	if (candidate_lacks_unit(f, m))
		k->score += SCORE_UNITLESS;
	if (is_weak(x, field, m->from))
		k->score += SCORE_WEAK;
	k->total = nearest(x, c, ROLE_TOTAL, field, m) != UINT32_MAX;
	if (k->total)
		k->score += SCORE_TOTAL;
	return k;
}

/* ",7mm,": the clause is the measure, and the one before it names an object. */
static bool
is_all_of_clause(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	const struct clause *before = c - 1;

	if (m->from != c->from || m->to + 1 < c->to || c == x->r->clauses ||
	    before->sentence != c->sentence)
		return false;
	for (size_t k = before->hit; k < before->hits_end; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);
		const struct field *of = &x->r->type->fields[w->field];

		if (of == x->r->type->groups[f->group].identify &&
		    w->role != ROLE_NEVER)
			return true;
	}
	return false;
}

/*
 * "左上叶 6mm": a lone length directly behind where its object is, or all of
 * what is said next.
 */
static bool
follows_place(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	const struct doctype *t = x->r->type;

	if (f->group < 0)
		return false;
	if (is_all_of_clause(x, f, c, m))
		return true;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);
		const struct field *of = &t->fields[w->field];

		if ((w->role == ROLE_CODE || w->role == ROLE_PART) &&
		    (of == t->groups[f->group].identify ||
			of == t->groups[f->group].also) &&
		    h->to <= m->from && m->from - h->to <= 1)
			return true;
	}
	return false;
}

/* "两性霉素B50mg": the letters that a number is glued to name its object. */
static bool
is_named_at(const struct finder *x, const struct field *f, uint32_t at)
{
	const struct cast *c;

	if (f->group < 0)
		return false;
	c = &x->r->casts[f->group];
	for (size_t i = 0; i < c->nnamings && c->namings[i].from < at; i++)
		if (c->namings[i].to == at)
			return true;
	return false;
}

static void
bare(struct finder *x, const struct measure *m, const struct clause *c)
{
	const struct doctype *t = x->r->type;

	for (uint32_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];

		if (f->how.bare && candidate_fits(f, m) &&
		    (!m->glued || is_named_at(x, f, m->from)) &&
		    !candidate_lacks_unit(f, m) &&
		    standing_at(x, f, c, m->from, m->to) &&
		    (f->d->type != TYPE_DIMS || m->n > 1 ||
			follows_place(x, f, c, m)) &&
		    nearest(x, c, ROLE_NEVER, i, m) == UINT32_MAX)
			number(x, i, m, SCORE_BARE, 0, c);
	}
}

/*
 * A measure belongs to the field whose word stands nearest; several have it
 * only where the same word announces them.
 */
static void
measure(struct finder *x, const struct measure *m)
{
	const struct clause *c = reading_clause(x->r, m->from);
	struct claim list[CLAIMS];
	size_t n = 0;
	int best = 0;

	if (m->kind == MEASURE_DATE)
		return;
	x->past = m->past;
	if (m->past) {
		struct measure *now = arena_dup(x->r->arena, m, sizeof(*m));

		now->past = false;
		m = now;
	}
	claims_of(x, c, c, m, list, &n);
	if (c > x->r->clauses && c[-1].sentence == c->sentence)
		claims_of(x, c - 1, c, m, list, &n);
	if (n == 0) {
		bare(x, m, c);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (list[i].score > best)
			best = list[i].score;
	for (size_t i = 0; i < n; i++)
		if (list[i].score == best)
			number(x, list[i].field, m, best, list[i].rule, c);
}

/* --- words --------------------------------------------------------------- */

static struct slice
quoted(const struct finder *x, struct slice s)
{
	struct buf b = { 0 };
	struct slice out;

	json_put_string(&b, s);
	out = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	return out;
}

/* A text's value: as it was written, without the blanks of noise. */
static struct slice
as_written(const struct finder *x, uint32_t from, uint32_t to)
{
	return quoted(x, view_words(&x->r->view, from, to, x->r->arena));
}

/* Whether the spelling of a code also denies, as 未见 of the code 无 does. */
static bool
is_denial(const struct finder *x, const struct hit *h)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_NEGATED &&
		    o->from == h->from)
			return true;
	}
	return false;
}

static struct slice
spelled(const struct finder *x, const struct field *f, const struct hit *h,
    const struct word *w)
{
	struct slice code = f->codes[w->value].code;

	switch (f->d->type) {
	case TYPE_TEXT:
		return as_written(x, h->from, h->to);
	case TYPE_BOOL:
		return slice_is(code, "true") ? SLICE("true") : SLICE("false");
	default:
		return candidate_is_measured(f) ? code : quoted(x, code);
	}
}

/* Whether a clause names a subject, beside the word itself. */
static bool
has_subject(
    const struct reading *r, const struct clause *c, const struct hit *word)
{
	for (size_t k = c->hit; k < c->hits_end; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_SUBJECT &&
		    (r->hits[k].from < word->from || r->hits[k].to > word->to))
			return true;
	return false;
}

/* "瓣膜反流：二尖瓣轻度，三尖瓣轻度": in a clause of the sentence before. */
static bool
announced_before(const struct finder *x, const struct clause *c,
    const struct hit *code, uint32_t field)
{
	const struct field *f = &x->r->type->fields[field];
	const struct clause *b = c;
	unsigned most = 8;

	/*
	 * A subject of its own tells that the list goes on; else, as in "切缘距
	 * 肿瘤2cm,未见癌", only the next clause may, if it has none.
	 */
	if (f->subjects == 0) {
		most = 1;
		if (f->group >= 0 || x->r->ntopics == 0 ||
		    has_subject(x->r, c, code))
			return false;
	}
	for (unsigned i = 0;
	     i < most && b > x->r->clauses && b[-1].sentence == c->sentence;
	     i++) {
		b--;
		for (size_t k = b->hit; k < b->hits_end; k++) {
			const struct word *w =
			    reading_word(x->r, &x->r->hits[k]);

			if (w->role == ROLE_ANCHOR && w->field == field)
				return true;
		}
	}
	return false;
}

/*
 * A spelling belongs to the anchor of its clause, if the field has any, and
 * not to a word that keeps it off and stands no farther away; but a denial
 * governs all members of a list.
 */
static void
code(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	const struct measure here = { .from = h->from, .to = h->to };
	uint32_t near = nearest(x, c, ROLE_ANCHOR, w->field, &here);
	uint32_t never = nearest(x, c, ROLE_NEVER, w->field, &here);
	int score = SCORE_ANCHORED;
	struct candidate *k;

	if (!standing_at(x, f, c, h->from, h->to) ||
	    (f->d->type != TYPE_BOOL && f->npatterns > 0 && !f->announced))
		return;
	if (never != UINT32_MAX &&
	    (!f->announced || (never <= near && !is_denial(x, h))))
		return;
	if (f->announced && near == UINT32_MAX) {
		if (!announced_before(x, c, h, w->field))
			return;
		score += SCORE_OTHER_CLAUSE;
		near = 0;
	}
	if (f->announced)
		score -= (int)(near < SCORE_FARTHEST ? near : SCORE_FARTHEST);
	if (is_weak(x, w->field, h->from))
		score += SCORE_WEAK;
	k = add(x, w->field, h->from, h->to, score);
	if (k == NULL)
		return;
	k->code = w->value;
	k->value = spelled(x, f, h, w);
	if (is_denial(x, h))
		k->context &= ~(1u << CUE_NEGATED);
	/* "否认神志不清" denies; "未见神志清楚" says nothing. */
	if (f->d->type == TYPE_BOOL && (k->context & 1u << CUE_NEGATED) != 0) {
		if (slice_is(k->value, "false"))
			k->context |= 1u << CUE_ELSEWHERE;
		k->value = SLICE("false");
	}
}

/* "咳嗽(+)", "空洞-", "实变 | 无": 1 or -1 by the mark behind a word, or 0. */
static int
marked(const struct finder *x, uint32_t at)
{
	static const struct {
		const char *word;
		int means;
	} marks[] = { { "(+)", 1 }, { "(-)", -1 }, { "阳性", 1 },
		{ "阴性", -1 }, { "+", 1 }, { "-", -1 }, { "无", -1 },
		{ "否", -1 }, { "有", 1 }, { "是", 1 } };
	static const char *const ends[] = { ",", ";", "。", "\n", "|", ".",
		"、", ")", NULL };
	const struct view *v = &x->r->view;
	struct slice rest = slice_span(v->text.p + at, v->text.p + v->text.n);

	while (rest.n > 0 && (*rest.p == ':' || *rest.p == '|'))
		rest = (struct slice){ rest.p + 1, rest.n - 1 };
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i].word);
		size_t end = (size_t)(rest.p - v->text.p) + n;

		if (!slice_starts(rest, marks[i].word))
			continue;
		if (marks[i].word[0] == '(' || end == v->text.n || v->gap[end])
			return marks[i].means;
		for (size_t k = 0; ends[k] != NULL; k++)
			if (slice_starts(
				(struct slice){ rest.p + n, rest.n - n },
				ends[k]))
				return marks[i].means;
		return 0;
	}
	return 0;
}

/* "积液已吸收" is a no, of which "积液" alone would be a yes. */
static bool
is_part_of_code(const struct finder *x, const struct hit *h, uint32_t field)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_CODE && w->field == field &&
		    o->from <= h->from && o->to >= h->to)
			return true;
	}
	return false;
}

/* "心包(-)积液": the mark stands behind the subject. */
static bool
is_crossed_out(const struct finder *x, uint32_t at)
{
	const struct topic *t = reading_topic(x->r, at);

	return t != NULL && t->to < at &&
	    slice_is(
		slice_span(x->r->view.text.p + t->to, x->r->view.text.p + at),
		"(-)");
}

/*
 * "脉管:未见侵犯": what decides stands behind the word, if the statement is
 * short; it is part of the evidence.
 */
static uint32_t
end_of_statement(const struct finder *x, const struct clause *c, uint32_t from)
{
	static const char ends[] = ",;!?\n[";
	static const char *const tells[] = { "未", "可见", "见", "无", "有",
		"阳性", "阴性", "(+)", "(-)", NULL };
	const struct view *v = &x->r->view;
	uint32_t at = from;
	size_t i = 0;

	while (at < c->to && (v->text.p[at] == ':' || v->text.p[at] == ']'))
		at++;
	while (tells[i] != NULL &&
	    !slice_starts(
		slice_span(v->text.p + at, v->text.p + c->to), tells[i]))
		i++;
	if (tells[i] == NULL)
		return from;
	while (at < c->to && at - from <= STATEMENT &&
	    strchr(ends, v->text.p[at]) == NULL &&
	    !(v->gap[at] && !x->r->spaced && at > from) &&
	    !slice_starts(
		slice_span(v->text.p + at, v->text.p + c->to), "。") &&
	    !slice_starts(slice_span(v->text.p + at, v->text.p + c->to), "、"))
		at++;
	return at - from > STATEMENT ? from : at;
}

/* Whether the clause, or one before it in its sentence, names a section. */
static bool
names_section(const struct reading *r, const struct clause *c)
{
	const struct clause *b = c;

	while (!b->marked && b > r->clauses && b[-1].sentence == c->sentence)
		b--;
	return b->marked;
}

/*
 * A denial whose sentence so far names no section is of the whole: it counts for
 * fields of any section.
 */
static void
assertion(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	int mark = marked(x, h->to);
	bool denied = mark != 0 ? mark < 0
				: is_crossed_out(x, h->from) ||
		(reading_context(x->r, h->from, h->to) & 1u << CUE_NEGATED) !=
		    0;
	bool here =
	    w->role == ROLE_STRONG || standing_at(x, f, c, h->from, h->to);
	struct candidate *k;

	if ((!here &&
		!(denied && !names_section(x->r, c) && f->subjects == 0)) ||
	    is_part_of_code(x, h, w->field))
		return;
	k = add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k == NULL)
		return;
	k->to = end_of_statement(x, c, h->to);
	k->rule = w->value;
	k->everywhere = !here;
	k->value = denied ? SLICE("false") : SLICE("true");
	k->context &= ~(1u << CUE_NEGATED);
	if (denied)
		k->context |= 1u << CUE_NEGATED;
}

static void
rest_of_clause(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct slice s = x->r->view.text;
	uint32_t from = h->to, to = c->to;
	struct candidate *k;
	size_t n;

	if (!standing_at(x, f, c, h->from, h->to))
		return;
	if (from < to && s.p[from] == ':')
		from++;
	for (n = 1; to > from; to -= (uint32_t)n) {
		if (s.p[to - 1] == ',' || s.p[to - 1] == ';' ||
		    s.p[to - 1] == '\n')
			n = 1;
		else if (to - from >= 3 && memcmp(s.p + to - 3, "。", 3) == 0)
			n = 3;
		else
			break;
	}
	if (from >= to ||
	    (k = add(x, w->field, from, to, SCORE_ANCHORED)) == NULL)
		return;
	k->rule = w->value;
	k->value = as_written(x, from, to);
}

/* The first measure of [from,to) that the field takes, or NULL. */
static const struct measure *
measure_between(
    const struct finder *x, const struct field *f, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < x->r->nmeasures; i++) {
		const struct measure *m = &x->r->measures[i];

		if (m->to > from && m->from < to && candidate_fits(f, m))
			return m;
	}
	return NULL;
}

/* The number of the code that [from,to) spells or else holds, or -1. */
static long
code_between(const struct finder *x, uint32_t field, uint32_t from, uint32_t to)
{
	const struct field *f = &x->r->type->fields[field];
	long held = -1;

	for (size_t i = 0; i < x->r->nhits && x->r->hits[i].from < to; i++) {
		const struct hit *h = &x->r->hits[i];
		const struct word *w = reading_word(x->r, h);

		if (w->role == ROLE_CODE && w->field == field &&
		    h->from >= from && h->to <= to && held < 0)
			held = (long)w->value;
	}
	for (size_t i = 0; i < f->ncodes; i++)
		for (size_t k = 0; k < f->codes[i].nspellings; k++)
			if (slice_eq(f->codes[i].spellings[k],
				(struct slice){
				    x->r->view.text.p + from, to - from }))
				return (long)i;
	return held;
}

/* A count of what is denied is 0, if no number is told elsewhere. */
static void
none(
    struct finder *x, uint32_t field, uint32_t from, uint32_t to, uint32_t rule)
{
	struct candidate *k;

	if ((reading_context(x->r, from, to) & 1u << CUE_NEGATED) == 0)
		return;
	k = add(x, field, from, to, SCORE_BARE);
	if (k == NULL)
		return;
	k->rule = rule;
	k->context &= ~(1u << CUE_NEGATED);
	k->value = SLICE("0");
}

/* What a pattern's match is worth to its field. */
static void
matched(struct finder *x, uint32_t field, uint32_t from, uint32_t to,
    unsigned group, struct span whole, uint32_t rule)
{
	const struct field *f = &x->r->type->fields[field];
	const struct measure *m = measure_between(x, f, from, to);
	long code = -1;
	struct candidate *k;

	if (candidate_is_measured(f)) {
		if (m != NULL) {
			k = number(x, field, m, SCORE_ANCHORED + SCORE_STRONG,
			    rule, reading_clause(x->r, from));
			x->taken[m - x->r->measures] = true;
			/* "两枚实性结节": what is counted is evidence too. */
			if (k != NULL && f->d->type == TYPE_INTEGER) {
				k->from = whole.from;
				k->to = whole.to;
			}
		} else if ((code = code_between(x, field, from, to)) >= 0) {
			k = add(x, field, from, to, SCORE_ANCHORED);
			if (k != NULL)
				k->value = f->codes[code].code;
		} else if (f->d->type == TYPE_INTEGER) {
			none(x, field, from, to, rule);
		}
		return;
	}
	if (f->d->type == TYPE_CODE &&
	    (code = code_between(x, field, from, to)) < 0)
		return;
	k = add(x, field, from, to,
	    group > 1 ? SCORE_ANCHORED - (int)(group - 1) * SCORE_RANK
		      : SCORE_ANCHORED);
	if (k == NULL)
		return;
	k->rule = rule;
	if (f->d->type == TYPE_BOOL && group > 0)
		k->context |= 1u << CUE_NEGATED;
	k->code = code < 0 ? 0 : (uint32_t)code;
	k->value = f->d->type == TYPE_CODE   ? quoted(x, f->codes[code].code)
	    : f->d->type != TYPE_BOOL        ? as_written(x, from, to)
	    : k->context & 1u << CUE_NEGATED ? SLICE("false")
					     : SLICE("true");
}

/* The first group that takes part in a match; 0: none. */
static unsigned
first_group(const struct pattern_match *m)
{
	for (unsigned g = 1; g < m->ngroups; g++)
		if (m->from[g] < m->to[g])
			return g;
	return 0;
}

/*
 * The first group of a pattern is the value, else all that it matched; what
 * only a later group takes is outweighed by what an earlier one does.  Of a number
 * the first measure in it, which then is no other field's.  Of a yes or
 * no a group that takes part denies.
 */
static void
pattern(struct finder *x, uint32_t field, const struct announcer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct slice s = x->r->view.text;
	struct pattern_match m;
	size_t at = 0;

	while (at < s.n &&
	    pattern_search(a->pattern, s, at, &m, &(struct err){ 0 }) == 1) {
		unsigned taking = first_group(&m);
		unsigned g = f->d->type == TYPE_BOOL ? 0 : taking;
		uint32_t from = (uint32_t)m.from[g], to = (uint32_t)m.to[g];

		at = m.to[0] > at ? m.to[0] : at + 1;
		if (from != to &&
		    standing_at(x, f, reading_clause(x->r, from), from, to))
			matched(x, field, from, to, taking,
			    (struct span){
				(uint32_t)m.from[0], (uint32_t)m.to[0] },
			    a->number);
	}
}

static void
word(struct finder *x, const struct hit *h)
{
	const struct word *w = reading_word(x->r, h);
	const struct field *f = &x->r->type->fields[w->field];

	if (f->panel)
		return;
	if (w->role == ROLE_CODE) {
		if (f->group < 0 ||
		    (f != x->r->type->groups[f->group].identify &&
			f != x->r->type->groups[f->group].also))
			code(x, h, w);
		return;
	}
	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG)
		return;
	if (f->d->type == TYPE_BOOL)
		assertion(x, h, w);
	else if (f->d->type == TYPE_TEXT && f->npatterns == 0 && f->ncodes == 0)
		rest_of_clause(x, h, w);
}

void
candidates_find(struct candidates *out, const struct reading *r)
{
	struct finder x = { .r = r, .out = out };
	size_t n = r->type->nfields + 1;

	out->first = arena_zalloc(r->arena, n * sizeof(*out->first));
	out->last = arena_zalloc(r->arena, n * sizeof(*out->last));
	out->count = arena_zalloc(r->arena, n * sizeof(*out->count));
	out->too_many = arena_zalloc(r->arena, n * sizeof(*out->too_many));
	x.taken = arena_zalloc(r->arena, r->nmeasures + 1);
	for (size_t i = 0; i < r->type->nfields; i++)
		for (size_t k = 0; k < r->type->fields[i].npatterns; k++)
			pattern(
			    &x, (uint32_t)i, &r->type->fields[i].patterns[k]);
	panel_find(out, r);
	for (size_t i = 0; i < r->nmeasures; i++)
		if (!x.taken[i])
			measure(&x, &r->measures[i]);
	for (size_t i = 0; i < r->nhits; i++)
		word(&x, &r->hits[i]);
}
