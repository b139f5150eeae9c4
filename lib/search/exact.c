#include "search/exact.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "search/member.h"
#include "search/passage.h"

/*
 * Characters that fold to themselves and that the tokenizer always pairs with
 * a neighbour of their sort, whatever stands around them.
 */
static bool
is_plain_chinese(uint32_t code)
{
	return code >= 0x4E00 && code <= 0x9FFF;
}

/*
 * The rarest pair or single character in the needle; n 0 where there is none.
 * *none is set where one of them is in no record.
 */
static bool
choose_word(struct corpus *c, struct slice needle, struct slice *word,
    bool *none, struct err *e)
{
	const char *p = needle.p, *end = p + needle.n, *before = NULL;
	int64_t best = -1;

	*word = (struct slice){ "", 0 };
	*none = false;
	while (p < end) {
		const char *from = p;
		struct slice s;
		int64_t n;

		if (!is_plain_chinese(utf8_next(&p, end))) {
			before = NULL;
			continue;
		}
		s = slice_span(before == NULL ? from : before, p);
		before = from;
		if ((n = corpus_frequency(c, s, e)) < 0)
			return false;
		if (best < 0 || n < best) {
			best = n;
			*word = s;
		}
	}
	*none = best == 0;
	return true;
}

/* --- one record ---------------------------------------------------------- */

struct scan {
	const struct search *search;
	struct slice needle;
	struct hits *hits;
	struct hit record; /* id and numbers of the record at hand */
	size_t first;      /* its first hit */
	struct arena *arena;
};

struct cover {
	size_t from, to; /* bytes that must be inside */
	struct span span;
};

/* The last passage that begins before the place, to the first that ends behind. */
static bool
take_passage(void *ctx, const struct span *s)
{
	struct cover *c = ctx;

	if (s->from <= c->from)
		c->span = *s;
	else if (c->span.to < c->to) {
		c->span.to = s->to;
		c->span.behind = s->behind;
	}
	return s->from <= c->from || c->span.to < c->to;
}

static size_t
count_places(struct slice text, struct slice needle)
{
	const char *at;
	size_t n = 0;

	while ((at = slice_find(text, needle)) != NULL) {
		text = slice_span(at + needle.n, text.p + text.n);
		n++;
	}
	return n;
}

static bool
scan_member(void *ctx, struct slice path, struct json v)
{
	struct scan *s = ctx;
	struct slice text = json_text(v, s->arena);
	const char *at = slice_find(text, s->needle);
	struct hits *hits = s->hits;
	struct cover c = { 0 };
	struct hit h = s->record;

	if (at == NULL)
		return true;
	h.score = (double)count_places(text, s->needle);
	h.cover = 1;
	if (hits->n > s->first && !s->search->passages) {
		hits->list[s->first].score += h.score;
		return true;
	}
	c.from = (size_t)(at - text.p);
	c.to = c.from + s->needle.n;
	passage_cut(text, take_passage, &c);
	h.begin = c.span.first;
	h.behind = c.span.behind;
	h.id = arena_slice(hits->arena, h.id);
	h.path = arena_slice(hits->arena, path);
	h.text = arena_slice(hits->arena,
	    (struct slice){ text.p + c.span.from, c.span.to - c.span.from });
	hits->list =
	    mem_room(hits->list, hits->n, &hits->room, sizeof(*hits->list));
	hits->list[hits->n++] = h;
	return true;
}

/* A row of n, id, first, line. */
static void
scan_row(struct scan *s, struct statement *st, const struct selection *sel)
{
	struct slice line = statement_blob(st, 3);

	if (sel != NULL && !selection_has(sel, (uint64_t)statement_int(st, 2)))
		return;
	/* Without an escape in the line, a text stands in it as it is. */
	if (memchr(line.p, '\\', line.n) == NULL &&
	    slice_find(line, s->needle) == NULL)
		return;
	s->record.record = statement_int(st, 0);
	s->record.id = statement_text(st, 1);
	s->first = s->hits->n;
	member_texts(line, scan_member, s);
	arena_reset(s->arena);
}

/* --- one corpus ---------------------------------------------------------- */

static bool
find_in(struct scan *s, size_t i, struct err *e)
{
	struct corpus *c = s->search->corpora[i];
	const struct selection *sel =
	    s->search->selections == NULL ? NULL : &s->search->selections[i];
	struct statement *st;
	struct slice word;
	bool none;
	int got = -1;

	if (!choose_word(c, s->needle, &word, &none, e))
		return false;
	if (none)
		return true;
	st = store_prepare(c->store,
	    word.n == 0 ? "SELECT n, id, first, line FROM records"
			: "SELECT n, id, first, line FROM records"
			  " WHERE n IN (SELECT record FROM passages WHERE n IN"
			  " (SELECT doc FROM postings WHERE term = ?1))",
	    e);
	if (st != NULL && word.n > 0)
		statement_bind(st, 1, word);
	s->record.corpus = i;
	while (st != NULL && (got = statement_step(st, e)) == 1)
		scan_row(s, st, sel);
	statement_free(st);
	return got == 0;
}

bool
exact_find(const struct search *search, struct slice needle, struct hits *hits,
    struct err *e)
{
	struct scan s = { .search = search,
		.needle = needle,
		.hits = hits,
		.arena = arena_new() };
	bool ok = true;

	*hits = (struct hits){ .arena = arena_new() };
	for (size_t i = 0; ok && i < search->ncorpora; i++)
		ok = find_in(&s, i, e);
	arena_free(s.arena);
	rank_settle(hits, search->passages);
	return ok;
}

size_t
exact_marks(struct slice needle, struct slice text, struct arena *a,
    struct mark **marks)
{
	size_t n = count_places(text, needle), i = 0;
	const char *p = text.p, *end = text.p + text.n;

	*marks = arena_alloc(a, n * sizeof(**marks));
	while (i < n) {
		const char *at = slice_find(slice_span(p, end), needle);
		size_t from = (size_t)(at - text.p);

		(*marks)[i++] = (struct mark){ from, from + needle.n };
		p = at + needle.n;
	}
	return n;
}
