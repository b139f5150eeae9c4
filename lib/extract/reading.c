#include "extract/reading.h"

#define LONGEST_CLAUSE   512 /* bytes */
#define LONGEST_SENTENCE 1536
#define SOON             48 /* bytes from a value to the name behind it */
#define WINDOW           96 /* what a longer word would shadow is not looked for */

/* "无" in "无水乙醇" denies nothing: a longer word speaks for its parts. */
static bool
shadows(const struct word *a, const struct word *b)
{
	switch (b->role) {
	case ROLE_CUE:
		return a->role == ROLE_CUE || a->role == ROLE_CODE ||
		    a->role == ROLE_ANCHOR || a->role == ROLE_STRONG ||
		    a->role == ROLE_SECTION;
	case ROLE_SECTION:
	case ROLE_SUBJECT:
	case ROLE_EXCLUDE:
		return a->role == b->role ||
		    (b->role == ROLE_EXCLUDE && a->role == ROLE_CUE);
	case ROLE_STRONG: /* 原发灶: in 查原发灶: */
		return a->field == b->field && a->role == ROLE_NEVER;
	case ROLE_NEVER: /* 厚 in 长宽厚 */
		return a->field == b->field &&
		    (a->role == ROLE_ANCHOR || a->role == ROLE_STRONG);
	case ROLE_CODE: /* 骨 in 骨质破坏 */
	case ROLE_PART:
	case ROLE_ANCHOR:
		return a->field == b->field &&
		    (a->role == b->role || a->role == ROLE_NEVER ||
			(b->role == ROLE_CODE && a->role == ROLE_LINK));
	default:
		return false;
	}
}

/*
 * "未见癌", a code of margins, begins with a denial that still holds for what
 * else is said there.
 */
static bool
denies_itself(
    const struct reading *r, const struct hit *code, const struct hit *cue)
{
	const struct word *w = reading_word(r, cue);

	return reading_word(r, code)->role == ROLE_CODE &&
	    w->role == ROLE_CUE && w->value >> 8 == CUE_NEGATED &&
	    code->from == cue->from;
}

/*
 * "左叶上[极 低回声]结节", "[右叶 大小]": a code that runs over a blank between
 * two words, of which the second is one, or any such word that keeps off.
 */
static bool
is_torn(const struct reading *r, const struct hit *all, size_t n, size_t i)
{
	const struct hit *h = &all[i];
	const struct word *w = reading_word(r, h);

	if (r->view.noisy)
		return false;
	if (w->role == ROLE_NEVER)
		return memchr(r->view.gap + h->from + 1, 1,
			   h->to - h->from - 1) != NULL;
	if (w->role != ROLE_CODE)
		return false;
	for (size_t j = i + 1; j < n && all[j].from < h->to; j++) {
		const struct word *o = reading_word(r, &all[j]);

		if (all[j].to == h->to && all[j].from > h->from &&
		    o->role == ROLE_CODE && o->field == w->field &&
		    r->view.gap[all[j].from])
			return true;
	}
	return false;
}

static size_t
drop_torn(const struct reading *r, struct hit *all, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_torn(r, all, n, i))
			all[kept++] = all[i];
	return kept;
}

/* reach: where the hits up to each end at the latest. */
static bool
is_shadowed(const struct reading *r, const struct hit *all, size_t n, size_t i,
    const uint32_t *reach)
{
	const struct hit *h = &all[i];
	const struct word *w = reading_word(r, h);

	for (size_t j = i;
	     j-- > 0 && reach[j] > h->from && h->from - all[j].from < WINDOW;) {
		const struct word *before = reading_word(r, &all[j]);

		if (all[j].to >= h->to &&
		    all[j].to - all[j].from > h->to - h->from &&
		    !denies_itself(r, &all[j], h) && shadows(before, w))
			return true;
		/* "无创呼吸机" leaves nothing for "呼吸机辅助". */
		if (w->role == ROLE_CODE && before->role == ROLE_CODE &&
		    before->field == w->field && all[j].from < h->from &&
		    all[j].to > h->from &&
		    r->type->fields[w->field].how.chain.n == 0)
			return true;
	}
	for (size_t j = i + 1; j < n && all[j].from == h->from; j++)
		if (all[j].to > h->to && !denies_itself(r, &all[j], h) &&
		    shadows(reading_word(r, &all[j]), w))
			return true;
	return false;
}

static void
keep_living(struct reading *r, struct hit *all, size_t n)
{
	uint32_t *reach = arena_alloc(r->arena, (n + 1) * sizeof(*reach));

	r->hits = arena_alloc(r->arena, (n + 1) * sizeof(*r->hits));
	r->cues = arena_alloc(r->arena, (n + 1) * sizeof(*r->cues));
	for (size_t i = 0; i < n; i++) {
		reach[i] = i > 0 && reach[i - 1] > all[i].to ? reach[i - 1]
							     : all[i].to;
		if (is_shadowed(r, all, n, i, reach))
			continue;
		if (reading_word(r, &all[i])->role == ROLE_CUE)
			r->cues[r->ncues++] = (uint32_t)r->nhits;
		r->hits[r->nhits++] = all[i];
	}
}

/* "→" to the next step of what is told, not to a later value. */
static bool
leads_on(struct slice s)
{
	static const char *const later[] = { "本次", "目前", "现", "今", NULL };
	struct slice rest;

	if (!slice_starts(s, "→"))
		return false;
	rest = (struct slice){ s.p + strlen("→"), s.n - strlen("→") };
	for (size_t i = 0; later[i] != NULL; i++)
		if (slice_starts(rest, later[i]))
			return false;
	return rest.n > 0 && (*rest.p < '0' || *rest.p > '9');
}

static bool
is_wordy(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/*
 * A point ends a sentence behind a word or a bracket; behind a number or a
 * Latin word of more than a letter only if a blank follows.
 */
static bool
is_full_stop(const struct view *v, size_t i)
{
	const struct slice s = v->text;
	unsigned char before, next;

	if (i == 0)
		return false;
	before = (unsigned char)s.p[i - 1];
	next = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
	if (next >= '0' && next <= '9')
		return false;
	if (before >= 0x80 || before == '%' || before == ')')
		return true;
	return i > 1 && (v->gap[i + 1] || next == ' ') && is_wordy(before) &&
	    is_wordy((unsigned char)s.p[i - 2]);
}

/* 0: none, 1: of a clause, 2: of a sentence; *n is the mark's length. */
static int
boundary(const struct view *v, size_t i, size_t *n)
{
	const struct slice s = v->text;

	*n = 1;
	switch (s.p[i]) {
	case ';':
	case '!':
	case '?':
	case '\n':
		return 2;
	case ',':
		if (i > 0 && i + 3 < s.n && s.p[i - 1] >= '0' &&
		    s.p[i - 1] <= '9' && s.p[i + 1] >= '0' &&
		    s.p[i + 1] <= '9' && s.p[i + 2] >= '0' &&
		    s.p[i + 2] <= '9' && s.p[i + 3] >= '0' && s.p[i + 3] <= '9')
			return 0;
		return 1;
	case '.':
		return is_full_stop(v, i) ? 2 : 0;
	case '\xE2':
		*n = 3;
		return leads_on((struct slice){ s.p + i, s.n - i }) ? 1 : 0;
	case '\xE3':
		*n = 3;
		return s.n - i >= 3 && memcmp(s.p + i, "。", 3) == 0 ? 2 : 0;
	default:
		return 0;
	}
}

static struct clause *
add_clause(struct reading *r, size_t *room, uint32_t from, uint32_t to,
    uint32_t sentence)
{
	struct clause *c;

	r->clauses = arena_room(
	    r->arena, r->clauses, r->nclauses, room, sizeof(*r->clauses));
	c = &r->clauses[r->nclauses++];
	*c = (struct clause){ .from = from, .to = to, .sentence = sentence };
	return c;
}

/*
 * Text without a full stop is cut all the same: what a word governs must stay
 * bounded, or a page of noise would cost the square of its length.
 */
static int
overlong(struct slice s, size_t i, size_t clause, size_t sentence, size_t *n)
{
	if (((unsigned char)s.p[i] & 0xC0) == 0x80)
		return 0;
	*n = 0;
	if (i - sentence >= LONGEST_SENTENCE)
		return 2;
	return i - clause >= LONGEST_CLAUSE ? 1 : 0;
}

static void
cut(struct reading *r)
{
	struct slice s = r->view.text;
	uint32_t from = 0, sentence = 0;
	size_t room = 0, begin = 0, n;

	for (size_t i = 0; i < s.n; i += n) {
		int kind = boundary(&r->view, i, &n);

		if (kind == 0)
			kind = overlong(s, i, from, begin, &n);

		if (kind == 0) {
			n = 1;
			continue;
		}
		add_clause(r, &room, from, (uint32_t)(i + n), sentence);
		from = (uint32_t)(i + n);
		if (kind == 2) {
			sentence++;
			begin = from;
		}
	}
	add_clause(r, &room, from, (uint32_t)s.n, sentence);
}

static void
place_hits(struct reading *r)
{
	size_t n = r->view.text.n, at = 0;

	r->hit_at = arena_alloc(r->arena, (n + 1) * sizeof(*r->hit_at));
	for (size_t i = 0; i < r->nhits; i++)
		while (at <= r->hits[i].from)
			r->hit_at[at++] = (uint32_t)i;
	while (at < n)
		r->hit_at[at++] = (uint32_t)r->nhits;
}

static void
give_hits(struct reading *r)
{
	size_t h = 0;

	for (size_t i = 0; i < r->nclauses; i++) {
		struct clause *c = &r->clauses[i];

		c->hit = h;
		while (h < r->nhits && r->hits[h].from < c->to)
			h++;
		c->hits_end = h;
	}
}

/* "术前、术后均": words of sections joined like this stand for both. */
static bool
coordinated(const struct reading *r, uint32_t from, uint32_t to)
{
	static const char *const links[] = { "", "、", "及", "和", "与", "/",
		"或", "以及", NULL };
	struct slice s = { r->view.text.p + from, to - from };

	for (size_t i = 0; links[i] != NULL; i++)
		if (slice_is(s, links[i]))
			return true;
	return false;
}

/*
 * A clause stands where its first word of a section says, from its beginning;
 * a later word counts from the next clause on.  A section that passes leaves
 * the one before it when its sentence ends.
 * What another house examined ("于县医院就诊,查体:…") opens none.
 */
static void
mark_sections(struct reading *r)
{
	uint32_t now = r->type->opening, lasting = now;

	for (size_t i = 0; i < r->nclauses; i++) {
		struct clause *c = &r->clauses[i];
		uint32_t here, end = 0;
		size_t groups = 0;

		if ((now & ~r->type->passing) != 0)
			lasting = now;
		else if (i > 0 && c->sentence != c[-1].sentence)
			now = lasting;
		here = now;

		for (size_t k = c->hit; k < c->hits_end; k++) {
			const struct hit *h = &r->hits[k];
			const struct word *w = reading_word(r, h);

			if (w->role != ROLE_SECTION ||
			    (reading_context(r, h->from, h->to) &
				(1u << CUE_INSTRUCTS | 1u << CUE_OUTSIDE)) != 0)
				continue;
			if (groups > 0 &&
			    (h->from < end || coordinated(r, end, h->from))) {
				now |= w->value;
			} else {
				now = w->value;
				groups++;
			}
			if (groups == 1)
				here = now;
			end = h->to;
		}
		c->sections = here;
		c->marked = groups > 0;
	}
}

/* Whether a word tells the objects of a group apart: where one of them is. */
static bool
is_place(const struct reading *r, const struct word *w)
{
	const struct field *f = &r->type->fields[w->field];

	if (w->role != ROLE_CODE && (w->role != ROLE_PART || w->value >> 16))
		return false;
	return f->group >= 0 && r->type->groups[f->group].identify == f &&
	    !r->type->groups[f->group].how->named;
}

static bool
holds_measure(const struct reading *r, uint32_t from, uint32_t to)
{
	size_t i = reading_first_measure(r, from);

	return i < r->nmeasures && r->measures[i].to <= to;
}

static bool
measure_ends(const struct reading *r, uint32_t at)
{
	size_t i = reading_first_measure(r, at);

	return i > 0 && r->measures[i - 1].to == at;
}

static bool
stands_behind(const struct reading *r, uint32_t at, const char *sign)
{
	size_t n = strlen(sign);

	return at >= n && memcmp(r->view.text.p + at - n, sign, n) == 0;
}

/*
 * "右叶6x5mm 左叶9x7mm", "右肺中叶结节(5mm)、右肺下叶结节(4mm)": where a place
 * follows what is said of another, it begins a statement of its own.
 */
static bool
begins_place(
    const struct reading *r, const struct clause *c, size_t hit, uint32_t from)
{
	const struct hit *h = &r->hits[hit];

	if (h->from <= from || !is_place(r, reading_word(r, h)))
		return false;
	if (stands_behind(r, h->from, "、") && holds_measure(r, from, h->from))
		return true;
	if (stands_behind(r, h->from, ")、"))
		return true;
	for (size_t k = hit; k-- > c->hit && r->hits[k].from >= from;)
		if (r->hits[k].to <= h->from &&
		    is_place(r, reading_word(r, &r->hits[k])))
			return holds_measure(r, r->hits[k].to, h->from);
	return false;
}

/*
 * "消融前1.5ml 消融后2ml", "术前1.5ml术后2ml": a section begins behind a blank,
 * or where something is measured of what stands before; in a bracket behind
 * the measure, "1.5ml(前)、2ml(后)", it says where that was, and the next
 * begins behind it.  Where the clause goes on, or UINT32_MAX.
 */
static uint32_t
section_begins(const struct reading *r, const struct hit *h, uint32_t from)
{
	const char *p = r->view.text.p;
	uint32_t open = h->from;

	if (reading_word(r, h)->role != ROLE_SECTION || h->from <= from)
		return UINT32_MAX;
	if (p[open] != '(' && p[open - 1] == '(')
		open--;
	if (p[open] == '(' && measure_ends(r, open))
		return p[h->to - 1] == ')' ? h->to
		    : p[h->to] == ')'      ? h->to + 1
					   : UINT32_MAX;
	return (r->view.gap[h->from] && !r->view.spaced) ||
		holds_measure(r, from, h->from)
	    ? h->from
	    : UINT32_MAX;
}

/* Cut where a section begins within a clause, or the next place. */
static void
cut_at_words(struct reading *r)
{
	struct clause *old = r->clauses;
	size_t n = r->nclauses, room = 0;

	r->clauses = NULL;
	r->nclauses = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t from = old[i].from;

		for (size_t k = old[i].hit; k < old[i].hits_end; k++) {
			uint32_t at = section_begins(r, &r->hits[k], from);

			if (at == UINT32_MAX &&
			    begins_place(r, &old[i], k, from))
				at = r->hits[k].from;
			if (at >= old[i].to)
				continue;
			add_clause(r, &room, from, at, old[i].sentence);
			from = at;
		}
		add_clause(r, &room, from, old[i].to, old[i].sentence);
	}
	give_hits(r);
}

/*
 * "2.6cm(前3.8cm),新发腹膜转移": what stands in brackets says nothing of what
 * is behind them.  The end of those around [from,to), or UINT32_MAX.
 */
uint32_t
reading_brackets_end(const struct reading *r, uint32_t from, uint32_t to)
{
	const char *p = r->view.text.p, *close;
	uint32_t low = from < WINDOW ? 0 : from - WINDOW;
	size_t room = r->view.text.n - to;
	uint32_t open = from + 1;

	if (memchr(p + low, '(', open - low) == NULL)
		return UINT32_MAX;
	while (open > low && p[open - 1] != '(' &&
	    (open - 1 == from || p[open - 1] != ')'))
		open--;
	if (open == low || p[open - 1] != '(')
		return UINT32_MAX;
	close = memchr(p + to, ')', room < WINDOW ? room : WINDOW);
	return close == NULL ? UINT32_MAX : (uint32_t)(close - p);
}

/* "髓样癌,右叶,1.8cm": a place between commas, which leaves the topic. */
static bool
is_apposition(
    const struct reading *r, const struct topic *last, const struct hit *h)
{
	const struct clause *c = reading_clause(r, h->from);

	return last != NULL && h->from == c->from && h->to + 1 == c->to &&
	    r->view.text.p[h->to] == ',' &&
	    reading_clause(r, last->from)->sentence == c->sentence;
}

/* Words of subjects side by side are one topic: 二尖瓣、三尖瓣. */
static void
mark_topics(struct reading *r)
{
	r->topics = arena_alloc(r->arena, (r->nhits + 1) * sizeof(*r->topics));
	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);
		struct topic *last =
		    r->ntopics == 0 ? NULL : &r->topics[r->ntopics - 1];

		if (w->role != ROLE_SUBJECT || is_apposition(r, last, h))
			continue;
		if (last != NULL &&
		    (h->from < last->to || coordinated(r, last->to, h->from))) {
			last->latest = h->from == last->to
			    ? w->value
			    : last->latest | w->value;
			last->subjects |= w->value;
			if (h->to > last->to)
				last->to = h->to;
		} else {
			r->topics[r->ntopics++] =
			    (struct topic){ h->from, h->to, w->value, w->value,
				    reading_brackets_end(r, h->from, h->to) };
		}
	}
}

static void
mark_each(struct reading *r)
{
	for (size_t i = 0; i < r->nclauses; i++) {
		struct clause *c = &r->clauses[i];

		struct slice s = slice_span(
		    r->view.text.p + c->from, r->view.text.p + c->to);

		c->each = slice_find(s, SLICE("分别")) != NULL ||
		    slice_find(s, SLICE("依次")) != NULL;
		c->all = slice_find(s, SLICE("均")) != NULL &&
		    slice_find(s, SLICE("均匀")) == NULL &&
		    slice_find(s, SLICE("平均")) == NULL;
	}
}

void
reading_make(struct reading *r, const struct doctype *type, struct slice text,
    struct arena *arena)
{
	struct hit *all;
	size_t n;

	*r = (struct reading){ .type = type, .arena = arena };
	view_make(&r->view, text, arena);
	all = matcher_scan(type->matcher, r->view.text, arena, &n);
	keep_living(r, all, drop_torn(r, all, n));
	place_hits(r);
	r->places = pattern_set_survey(type->patterns, r->view.text, arena);
	r->measures = measure_scan(r->view.text, arena, &r->nmeasures);
	cut(r);
	give_hits(r);
	cut_at_words(r);
	mark_sections(r);
	mark_topics(r);
	mark_each(r);
	reading_objects(r);
}

/* One that was given up is none. */
bool
reading_match(
    const struct reading *r, long pattern, size_t from, struct pattern_match *m)
{
	struct err why = { 0 };

	return pattern_set_search(r->type->patterns, pattern, &r->places,
		   r->view.text, from, m, &why) == 1;
}

/*
 * The number of the first of n elements, in the order of their member `from`,
 * that begins at a place or behind it.
 */
static size_t
first_from(const void *list, size_t size, size_t member, size_t n, uint32_t at)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		uint32_t from;

		memcpy(&from, (const char *)list + mid * size + member,
		    sizeof(from));
		if (from < at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

#define FIRST_FROM(type, list, n, at) \
	first_from((list), sizeof(type), offsetof(type, from), (n), (at))

const struct clause *
reading_clause(const struct reading *r, uint32_t at)
{
	size_t behind =
	    FIRST_FROM(struct clause, r->clauses, r->nclauses, at + 1);

	return &r->clauses[behind > 0 ? behind - 1 : 0];
}

/* A topic is left behind at a full stop or the end of a line. */
static bool
is_over(const struct reading *r, uint32_t from, uint32_t to)
{
	struct slice s;

	if (to <= from)
		return false;
	if (to - from > LONGEST_SENTENCE)
		return true;
	s = slice_span(r->view.text.p + from, r->view.text.p + to);
	return memchr(s.p, '\n', s.n) != NULL ||
	    slice_find(s, SLICE("。")) != NULL;
}

const struct topic *
reading_topic(const struct reading *r, uint32_t at)
{
	const struct topic *t;
	size_t low = FIRST_FROM(struct topic, r->topics, r->ntopics, at + 1);

	for (t = r->topics + low; t > r->topics && t[-1].until < at &&
	     at - t[-1].to <= LONGEST_SENTENCE;)
		t--;
	if (t > r->topics && !is_over(r, t[-1].to, at))
		return &t[-1];
	if (low < r->ntopics &&
	    reading_clause(r, r->topics[low].from) == reading_clause(r, at))
		return &r->topics[low];
	return NULL;
}

const struct topic *
reading_topic_of(const struct reading *r, uint32_t from, uint32_t to)
{
	const struct topic *t = reading_topic(r, from), *next;

	if (r->ntopics == 0 || (t != NULL && t->to >= from))
		return t;
	next = t == NULL ? r->topics : t + 1;
	if (next < r->topics + r->ntopics && next->from == to &&
	    (r->view.noisy || !r->view.gap[to]))
		return next;
	return t;
}

bool
reading_concerns(
    const struct reading *r, const struct field *f, uint32_t from, uint32_t to)
{
	const struct topic *t;

	if (f->subjects == 0 && f->others == 0)
		return true;
	t = reading_topic_of(r, from, to);
	if (f->subjects != 0)
		return t != NULL && (t->subjects & f->subjects) != 0;
	return t == NULL || (t->latest & f->others) == 0;
}

struct focus
reading_focus(
    const struct reading *r, const struct field *f, const struct clause *c)
{
	static const struct focus none = { 0 };

	return f->group < 0 ? none : r->casts[f->group].focus[c - r->clauses];
}

/* The number of the first naming in the clause or behind it. */
static size_t
first_naming(const struct cast *cast, const struct clause *c)
{
	return FIRST_FROM(
	    struct naming, cast->namings, cast->nnamings, c->from);
}

bool
reading_names(
    const struct reading *r, const struct field *f, const struct clause *c)
{
	const struct cast *cast = &r->casts[f->group];
	size_t i = first_naming(cast, c);

	return i < cast->nnamings && cast->namings[i].from < c->to;
}

/* "右叶上极、左叶中部": a value behind such a list is of all of it. */
static bool
lists(const struct reading *r, const struct field *f, const struct naming *m)
{
	return !r->type->groups[f->group].how->named && m[1].from >= m->to &&
	    m[1].from > m->to && coordinated(r, m->to, m[1].from);
}

uint32_t
reading_named(const struct reading *r, const struct field *f,
    const struct clause *c, uint32_t at)
{
	const struct cast *cast = &r->casts[f->group];
	uint32_t mask = 0;

	for (size_t i = first_naming(cast, c);
	     i < cast->nnamings && cast->namings[i].from < c->to; i++) {
		if (cast->namings[i].from > at &&
		    (mask != 0 || cast->namings[i].from - at > SOON))
			break;
		mask = i > 0 && mask != 0 && lists(r, f, &cast->namings[i - 1])
		    ? mask | cast->namings[i].objects
		    : cast->namings[i].objects;
		if (cast->namings[i].from > at)
			break;
	}
	return mask;
}

bool
reading_parts(const struct reading *r, uint32_t from, uint32_t to)
{
	if (r->view.spaced)
		return false;
	for (uint32_t i = from + 1; i <= to; i++)
		if (r->view.gap[i])
			return true;
	return false;
}

size_t
reading_first_measure(const struct reading *r, uint32_t from)
{
	return FIRST_FROM(struct measure, r->measures, r->nmeasures, from);
}

size_t
reading_first_hit(const struct reading *r, uint32_t from)
{
	return from < r->view.text.n ? r->hit_at[from] : r->nhits;
}
