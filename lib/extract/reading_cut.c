/*
 * Clauses and sentences: cut at marks, then where a section or the next place
 * begins within a clause.
 */
#include "extract/reading_part.h"

#define LONGEST_CLAUSE 512 /* bytes */

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
	/* "MEM R. 铜绿…": a word of one letter behind another. */
	return i > 1 && (v->gap[i + 1] || next == ' ') && is_wordy(before) &&
	    (is_wordy((unsigned char)s.p[i - 2]) || s.p[i - 2] == ' ');
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
	case '|':
		return 1;
	case ',':
		return measure_parts_thousands(v, i) ||
			measure_misreads_point(s, i) > 0
		    ? 0
		    : 1;
	case '.':
		return is_full_stop(v, i) ? 2 : 0;
	case '\xE2':
		*n = 3;
		return leads_on((struct slice){ s.p + i, s.n - i }) ? 1 : 0;
	case '\xE3':
		*n = 3;
		return s.n - i >= 3 && memcmp(s.p + i, "。", 3) == 0 &&
			measure_misreads_point(s, i) == 0
		    ? 2
		    : 0;
	default:
		return 0;
	}
}

/*
 * Where a boundary may stand from i on: at its byte, at a blank, or where what
 * began at the clause and at the sentence has become too long.
 */
static size_t
next_boundary(const struct view *v, size_t i, size_t clause, size_t sentence)
{
	static const bool begins[256] = { [';'] = true,
		['!'] = true,
		['?'] = true,
		['\n'] = true,
		['|'] = true,
		[','] = true,
		['.'] = true,
		[0xE2] = true,
		[0xE3] = true };
	size_t end = v->text.n;

	if (end > clause + LONGEST_CLAUSE)
		end = clause + LONGEST_CLAUSE;
	if (end > sentence + READING_LONGEST_SENTENCE)
		end = sentence + READING_LONGEST_SENTENCE;
	while (i < end && !begins[(unsigned char)v->text.p[i]] && !v->gap[i])
		i++;
	return i;
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
	if (i - sentence >= READING_LONGEST_SENTENCE)
		return 2;
	return i - clause >= LONGEST_CLAUSE ? 1 : 0;
}

/* Which bytes and hits are of each clause; the end is of the last. */
static void
give_places(struct reading *r)
{
	size_t h = 0, at = 0;

	for (size_t i = 0; i < r->nclauses; i++) {
		struct clause *c = &r->clauses[i];

		c->hit = h;
		while (h < r->nhits && r->hits[h].from < c->to)
			h++;
		c->hits_end = h;
		while (at < c->to)
			r->clause_at[at++] = (uint32_t)i;
	}
	r->clause_at[at] = (uint32_t)(r->nclauses - 1);
}

#define FEW 3 /* blanks of a line that parts its statements by them */

/*
 * "咳嗽 气促明显 血氧88% 无咯血": a line without a mark parts what it tells by
 * blanks.  How many bytes of the view are of such lines, from one on.
 */
static size_t
telegraphic(const struct view *v, size_t from)
{
	const struct slice s = v->text;
	const char *end = memchr(s.p + from, '\n', s.n - from);
	size_t to = end == NULL ? s.n : (size_t)(end - s.p);
	unsigned gaps = 0;

	for (size_t i = from; i < to; i++) {
		gaps += i > from && v->gap[i];
		if (s.p[i] == ',' || s.p[i] == ';' || s.p[i] == '|' ||
		    slice_starts(slice_span(s.p + i, s.p + to), "。"))
			return 0;
	}
	return gaps < FEW ? 0 : to - from;
}

static bool
is_cjk(const struct view *v, size_t i)
{
	return i < v->text.n && (unsigned char)v->text.p[i] >= 0xE4 &&
	    (unsigned char)v->text.p[i] <= 0xE9;
}

/* "… 2.未见空洞": behind a blank the number of an item begins a sentence. */
static bool
begins_item(const struct view *v, size_t i, size_t from)
{
	struct slice rest = slice_span(v->text.p + i, v->text.p + v->text.n);

	return i > from && v->gap[i] && !v->noisy &&
	    (rest.n > 2 && is_wordy((unsigned char)rest.p[0]) &&
		rest.p[0] <= '9' && (rest.p[1] == '.' || rest.p[1] == ')') &&
		(unsigned char)rest.p[2] >= 0x80);
}

/* "美罗培南2g q8h 第1天": what goes on with what stands before the blank. */
static bool
goes_on(struct slice rest)
{
	static const char *const words[] = { "第", "约", "均", "每", "静",
		"口服", "泵", "雾化", "鼻饲", "左右", "以上", "上下", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(rest, words[i]))
			return true;
	return false;
}

/*
 * A blank before a word of such a line, or a number in a ring, stands for a
 * comma; not one before or behind a single character ("主 诉").
 */
static bool
blank_parts(const struct view *v, size_t i, size_t from)
{
	struct slice rest = slice_span(v->text.p + i, v->text.p + v->text.n);

	if (i < from + 6 || !v->gap[i])
		return false;
	if (slice_starts(rest, "\xE2\x91"))
		return true;
	return is_cjk(v, i) && !v->gap[i + 3] && !goes_on(rest) &&
	    !(is_cjk(v, i - 3) && v->gap[i - 3]);
}

void
reading_cut(struct reading *r)
{
	struct slice s = r->view.text;
	uint32_t from = 0, sentence = 0;
	size_t room = 0, begin = 0, n;
	size_t parted = 0; /* where a line parted by blanks ends */

	r->clause_at = arena_alloc(r->arena, (s.n + 1) * sizeof(*r->clause_at));
	if (!r->view.noisy)
		parted = telegraphic(&r->view, 0);
	for (size_t i = next_boundary(&r->view, 0, from, begin); i < s.n;
	     i = next_boundary(&r->view, i + n, from, begin)) {
		int kind = boundary(&r->view, i, &n);

		if (kind == 0 && begins_item(&r->view, i, from)) {
			kind = 2;
			n = 0;
		}
		if (kind == 0 && i < parted && blank_parts(&r->view, i, from)) {
			kind = 1;
			n = 0;
		}
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
		if (!r->view.noisy && s.p[i] == '\n')
			parted = from + telegraphic(&r->view, from);
	}
	add_clause(r, &room, from, (uint32_t)s.n, sentence);
	give_places(r);
}

/*
 * Whether a word tells the objects of a group apart: where one of them is; also
 * by the second part alone (中部), if that will do.
 */
static bool
is_place(const struct reading *r, const struct word *w, bool second)
{
	const struct field *f = &r->type->fields[w->field];

	if (w->role != ROLE_CODE &&
	    (w->role != ROLE_PART || (w->value >> 16 && !second)))
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

/*
 * Where a statement begins with a word: with the measure that the word is of
 * (35W), if that goes on with no list ("25W、35W": UINT32_MAX).
 */
static uint32_t
begin_of_word(const struct reading *r, uint32_t at)
{
	size_t i = reading_first_measure(r, at);
	const struct measure *m = &r->measures[i];

	if (i == 0 || m[-1].to <= at)
		return at;
	return i > 1 && m[-1].unit != NULL && m[-2].unit == m[-1].unit
	    ? UINT32_MAX
	    : m[-1].from;
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

	if (h->from <= from || !is_place(r, reading_word(r, h), false))
		return false;
	if (stands_behind(r, h->from, "、") && holds_measure(r, from, h->from))
		return true;
	if (stands_behind(r, h->from, ")、"))
		return true;
	for (size_t k = hit; k-- > c->hit && r->hits[k].from >= from;)
		if (r->hits[k].to <= h->from &&
		    is_place(r, reading_word(r, &r->hits[k]), false))
			return holds_measure(r, r->hits[k].to, h->from);
	return false;
}

/* "4.8ml(术前2.4ml": whether a bracket goes on with more of what it follows. */
static bool
divides(const struct reading *r, uint32_t open, uint32_t from)
{
	size_t i = reading_first_measure(r, from);
	const struct measure *part = &r->measures[i], *whole;
	uint32_t end = reading_brackets_end(r, from, from);

	if (i == 0 || i >= r->nmeasures || end == UINT32_MAX ||
	    part->from > end)
		return false;
	whole = part - 1;
	return whole->to == open && whole->unit != NULL &&
	    part->unit == whole->unit;
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
		return p[h->to - 1] == ')'    ? h->to
		    : p[h->to] == ')'         ? h->to + 1
		    : divides(r, open, h->to) ? h->from
					      : UINT32_MAX;
	/* "注射2.0ml后复查": it says what the measure before it was for. */
	if (measure_ends(r, open) &&
	    slice_starts(slice_span(p + open, p + h->to), "后"))
		return UINT32_MAX;
	return (r->view.gap[h->from] && !r->view.spaced) ||
		holds_measure(r, from, h->from)
	    ? begin_of_word(r, h->from)
	    : UINT32_MAX;
}

/*
 * "18x14mm(中部)、9x7mm(下极)", "40W(左)/30W(右)": a place in brackets behind a
 * measure says whose that is, and if the next has its brackets, too, a statement
 * begins behind them.  Where, or UINT32_MAX.
 */
static uint32_t
place_ends(const struct reading *r, const struct hit *h, uint32_t to)
{
	const char *p = r->view.text.p;
	uint32_t open = p[h->from] == '(' ? h->from : h->from - 1;
	uint32_t end = p[h->to - 1] == ')' ? h->to : h->to + 1;
	size_t next = reading_first_measure(r, end);

	return h->from > 0 && is_place(r, reading_word(r, h), true) &&
		p[open] == '(' && p[end - 1] == ')' && measure_ends(r, open) &&
		next < r->nmeasures && r->measures[next].to < to &&
		p[r->measures[next].to] == '('
	    ? end
	    : UINT32_MAX;
}

/* Cuts [from,to) of an old clause before its labels; where its rest begins. */
static uint32_t
cut_at_labels(struct reading *r, size_t *room, size_t *label, uint32_t from,
    uint32_t to, uint32_t sentence)
{
	for (; *label < r->nlabels && r->labels[*label].from < to; ++*label) {
		uint32_t at = r->labels[*label].from;

		if (at <= from || !reading_label_begins(r, *label, from))
			continue;
		add_clause(r, room, from, at, sentence);
		from = at;
	}
	return from;
}

/*
 * Cut where a section begins within a clause, or the next place, or what is
 * said of the next label.
 */
void
reading_cut_at_words(struct reading *r)
{
	struct clause *old = r->clauses;
	size_t n = r->nclauses, room = 0, label = 0;

	r->clauses = NULL;
	r->nclauses = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t from = old[i].from;

		for (size_t k = old[i].hit; k < old[i].hits_end; k++) {
			uint32_t at = section_begins(r, &r->hits[k], from);

			if (at == UINT32_MAX)
				at = place_ends(r, &r->hits[k], old[i].to);
			if (at == UINT32_MAX &&
			    begins_place(r, &old[i], k, from))
				at = r->hits[k].from;
			if (at >= old[i].to)
				continue;
			from = cut_at_labels(
			    r, &room, &label, from, at, old[i].sentence);
			add_clause(r, &room, from, at, old[i].sentence);
			from = at;
		}
		from = cut_at_labels(
		    r, &room, &label, from, old[i].to, old[i].sentence);
		add_clause(r, &room, from, old[i].to, old[i].sentence);
	}
	give_places(r);
}
