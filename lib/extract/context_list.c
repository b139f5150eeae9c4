/*
 * What is told of a list by its head, and of a case that may come.
 */
#include "extract/context_part.h"

#define LONGEST_LIST 32 /* items from the head of a list on */
#define HEADING      12 /* bytes before the word of a heading: 【, 一、 */

/*
 * "P/F<150时行俯卧位": what is told of a case that may come, from its limit on.
 */
bool
context_is_of_case(
    const struct reading *r, const struct clause *first, uint32_t from)
{
	static const char *const cases[] = { "时", "则", ",则", "以上时",
		"以下时", "者", "即", NULL };

	for (size_t i = reading_first_measure(r, first->from);
	     i < r->nmeasures && r->measures[i].from <= from; i++) {
		const struct measure *m = &r->measures[i];
		struct slice rest = slice_span(
		    r->view.text.p + m->to, r->view.text.p + r->view.text.n);

		if (m->kind != MEASURE_RANGE || m->has[0] == m->has[1])
			continue;
		for (size_t k = 0; cases[k] != NULL; k++)
			if (slice_starts(rest, cases[k]))
				return true;
	}
	return false;
}

/* "2.", "3、", "4)", "(5)", "⑥", "4A类": what begins an item, of a legend too. */
static bool
is_item(struct slice s)
{
	size_t n = slice_starts(s, "(") ? 1 : 0, digits = n;

	if (s.n > 3 && memcmp(s.p, "\xE2\x91", 2) == 0)
		return true;
	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	s = (struct slice){ s.p + digits, s.n - digits };
	if (digits == n || digits > n + 2 || s.n < 2)
		return false;
	if (slice_starts(s, "类") ||
	    (*s.p >= 'A' && *s.p <= 'C' &&
		slice_starts((struct slice){ s.p + 1, s.n - 1 }, "类")))
		return true;
	return *s.p == ')' || slice_starts(s, "、") ||
	    (*s.p == '.' && !(s.p[1] >= '0' && s.p[1] <= '9'));
}

static struct slice
sentence_at(const struct reading *r, const struct clause *c)
{
	return slice_span(
	    r->view.text.p + c->from, r->view.text.p + r->view.text.n);
}

const struct clause *
context_sentence(const struct reading *r, const struct clause *c)
{
	while (c > r->clauses && c[-1].sentence == c->sentence)
		c--;
	return c;
}

/* "4.建议改A,现用B": a word that resumes leaves the list that it stands in. */
static bool
is_here_and_now(const struct reading *r, const struct clause *c, uint32_t from)
{
	for (size_t k = c->hit; k < c->hits_end && r->hits[k].to <= from; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_CUE &&
		    reading_word(r, &r->hits[k])->value ==
			(CUE_RESUMES << 8 | SCOPE_CLAUSE))
			return true;
	return false;
}

static bool
is_line_begin(const struct reading *r, uint32_t at)
{
	return at == 0 || r->view.text.p[at - 1] == '\n';
}

/*
 * "既往资料复习:2022年…;2023年…": whether the text from a heading on is one list,
 * which nothing resumes.
 */
static bool
is_one_list(const struct reading *r, const struct hit *head, uint32_t to)
{
	const char *p = r->view.text.p;
	const uint32_t from = reading_clause(r, head->from)->from;
	struct slice s = slice_span(p + head->to, p + to);

	if (head->from - from > HEADING || (from > 0 && p[from - 1] != '\n') ||
	    memchr(s.p, ';', s.n) == NULL || memchr(s.p, '\n', s.n) != NULL ||
	    slice_find(s, SLICE("。")) != NULL)
		return false;
	for (size_t k = reading_first_hit(r, head->to);
	     k < r->nhits && r->hits[k].from < to; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_RESUMES)
			return false;
	}
	return true;
}

/*
 * "临床资料:女,58岁。胃镜活检:…\n大体所见:…": what the heading of a paragraph says
 * of it, in a text of several, it says of all its sentences.
 */
unsigned
context_said_of_paragraph(const struct reading *r, const struct clause *c)
{
	const char *text = r->view.text.p;
	const struct clause *first;
	unsigned found = 0;

	for (size_t k = 0;
	     k < r->nheadings && r->hits[r->headings[k]].to < c->from; k++) {
		const struct hit *h = &r->hits[r->headings[k]];
		unsigned kind = 1u << (reading_word(r, h)->value >> 8);

		first = reading_clause(r, h->from);
		if (is_one_list(r, h, c->from))
			found |= kind;
		if (first > r->clauses && is_line_begin(r, first->from) &&
		    h->from - first->from <= HEADING &&
		    first->sentence != c->sentence &&
		    memchr(text + h->to, '\n', c->from - h->to) == NULL &&
		    memchr(text + c->from, '\n', r->view.text.n - c->from) !=
			NULL)
			found |= kind;
	}
	return found;
}

/*
 * "建议:1.转ICU;2.改HFNC": what the head of a list says of it, it says of all
 * its items.
 */
unsigned
context_said_of_list(
    const struct reading *r, const struct clause *c, uint32_t from)
{
	const struct clause *first = context_sentence(r, c);
	const unsigned kinds = 1u << CUE_HISTORY | 1u << CUE_OUTSIDE |
	    1u << CUE_PLANNED | 1u << CUE_ELSEWHERE;
	unsigned found = 0;

	if (!is_item(sentence_at(r, first)) || is_here_and_now(r, c, from))
		return 0;
	for (unsigned i = 0; i < LONGEST_LIST && first > r->clauses &&
	     is_item(sentence_at(r, first));
	     i++)
		first = context_sentence(r, first - 1);
	for (size_t k = context_first_cue(r, first->from); k < r->ncues; k++) {
		const struct hit *h = &r->hits[r->cues[k]];
		struct slice rest = slice_span(
		    r->view.text.p + h->to, r->view.text.p + r->view.text.n);

		if (reading_clause(r, h->from)->sentence != first->sentence)
			break;
		if (slice_starts(rest, ":") && rest.n > 1 &&
		    (rest.p[1] == '\n' ||
			is_item((struct slice){ rest.p + 1, rest.n - 1 })))
			found |= 1u << (reading_word(r, h)->value >> 8);
	}
	return found & kinds;
}
