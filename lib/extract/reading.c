#include "extract/reading.h"

#include "extract/reading_part.h"

#define BRACKETS 96 /* bytes from what they hold to their ends */

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

bool
reading_coordinated(const struct reading *r, uint32_t from, uint32_t to)
{
	static const char *const links[] = { "", "、", "及", "和", "与", "/",
		"或", "以及", NULL };
	struct slice s = { r->view.text.p + from, to - from };

	for (size_t i = 0; links[i] != NULL; i++)
		if (slice_is(s, links[i]))
			return true;
	return false;
}

/* Words that say a statement is of each object in turn, or of all. */
static const char *const each[] = { "分别", "依次", NULL };
static const char *const all_of[] = { "两者", "二者", "三者", "上述结节",
	"以上结节", "上述病灶", "以上病灶", "各结节", "各病灶", NULL };

static struct clause *
clause_of(struct reading *r, const char *at)
{
	return r->clauses +
	    (reading_clause(r, (uint32_t)(at - r->view.text.p)) - r->clauses);
}

/* Marks the clauses that hold one of the words whole. */
static void
mark_words(struct reading *r, const char *const *words, bool all)
{
	const char *end = r->view.text.p + r->view.text.n;

	for (size_t i = 0; words[i] != NULL; i++) {
		const struct slice word = slice_of(words[i]);
		const char *at = r->view.text.p;

		while ((at = slice_find(slice_span(at, end), word)) != NULL) {
			struct clause *c = clause_of(r, at);

			at += word.n;
			if (at > r->view.text.p + c->to)
				continue;
			if (all)
				c->all = true;
			else
				c->each = true;
		}
	}
}

/* Whether a 均 is part of a word: 均匀, 不均, 平均. */
static bool
is_of_word(const char *p, const char *at, const char *end)
{
	static const struct slice before[] = { SPELT("不"), SPELT("欠"),
		SPELT("平"), SPELT("尚"), { NULL, 0 } };

	for (size_t i = 0; before[i].n > 0; i++)
		if ((size_t)(at - p) >= before[i].n &&
		    memcmp(at - before[i].n, before[i].p, before[i].n) == 0)
			return true;
	at += strlen("均");
	return slice_starts(slice_span(at, end), "匀") ||
	    slice_starts(slice_span(at, end), "质");
}

/* "环状及内部血流均可见": of both, where flow is, and not of all objects. */
static bool
joins_places(struct slice s)
{
	static const char *const joined[] = { "及内部", "和内部", "与内部",
		"、内部", "及周边", "和周边", "与周边", "、周边", NULL };

	for (size_t i = 0; joined[i] != NULL; i++)
		if (slice_find(s, slice_of(joined[i])) != NULL)
			return true;
	return false;
}

/* "边界均清晰", "两者形态规则": of all objects; not so "回声均匀". */
static void
mark_all(struct reading *r)
{
	static const struct slice mark = SPELT("均");
	const char *p = r->view.text.p, *end = p + r->view.text.n, *at = p;

	while ((at = slice_find(slice_span(at, end), mark)) != NULL) {
		struct clause *c = clause_of(r, at);

		if (!is_of_word(p, at, end) &&
		    !joins_places(slice_span(p + c->from, p + c->to)))
			c->all = true;
		at += mark.n;
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
	reading_keep_living(r, all, n);
	reading_join_halves(r);
	place_hits(r);
	r->places = pattern_set_survey(type->patterns, r->view.text, arena);
	r->measures = measure_scan(&r->view, arena, &r->nmeasures);
	reading_find_tables(r);
	reading_find_labels(r);
	reading_cut(r);
	reading_cut_at_words(r);
	reading_mark_sections(r);
	reading_mark_topics(r);
	reading_mark_days(r);
	reading_keep_contexts(r);
	mark_words(r, each, false);
	mark_words(r, all_of, true);
	mark_all(r);
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

size_t
reading_first_from(
    const void *list, size_t size, size_t member, size_t n, uint32_t at)
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

size_t
reading_first_measure(const struct reading *r, uint32_t from)
{
	return READING_FIRST_FROM(
	    struct measure, r->measures, r->nmeasures, from);
}

size_t
reading_first_hit(const struct reading *r, uint32_t from)
{
	return from < r->view.text.n ? r->hit_at[from] : r->nhits;
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

uint32_t
reading_behind_aside(const struct reading *r, uint32_t to)
{
	const struct slice s = r->view.text;
	const char *close;

	if (to >= s.n || s.p[to] != '(')
		return to;
	close = memchr(
	    s.p + to, ')', s.n - to < BRACKETS ? s.n - to : (size_t)BRACKETS);
	if (close == NULL || close - (s.p + to) < 2 ||
	    memchr("+-", close[-1], 2) != NULL)
		return to;
	for (size_t k = reading_first_hit(r, to);
	     k < r->nhits && r->hits[k].to <= (uint32_t)(close - s.p); k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_CUE)
			return to;
	return (uint32_t)(close + 1 - s.p);
}

/*
 * "2.6cm(前3.8cm),新发腹膜转移": what stands in brackets says nothing of what
 * is behind them.  The end of those around [from,to), or UINT32_MAX.
 */
uint32_t
reading_brackets_end(const struct reading *r, uint32_t from, uint32_t to)
{
	const char *p = r->view.text.p, *close;
	uint32_t low = from < BRACKETS ? 0 : from - BRACKETS;
	size_t room = r->view.text.n - to;
	uint32_t open = from + 1;

	if (memchr(p + low, '(', open - low) == NULL)
		return UINT32_MAX;
	while (open > low && p[open - 1] != '(' &&
	    (open - 1 == from || p[open - 1] != ')'))
		open--;
	if (open == low || p[open - 1] != '(')
		return UINT32_MAX;
	close = memchr(p + to, ')', room < BRACKETS ? room : BRACKETS);
	return close == NULL ? UINT32_MAX : (uint32_t)(close - p);
}
