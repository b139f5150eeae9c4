#include "terms/review.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/guard.h"
#include "terms/mapping.h"
#include "terms/answer.h"
#include "terms/pick.h"

struct row {
	struct slice key, field, term, unit, specimen;
	const char *reason;
	struct slice candidates[TERMS_CANDIDATES]; /* "code|display|" */
	struct slice system, version, p, method, pick;
	size_t ncandidates;
	uint64_t count;
	const char *note;
	bool stale;    /* an answer that is gone */
	bool scrubbed; /* term is what review_scrub left of it */
};

struct review {
	struct arena *arena;
	struct index *keys;
	struct row *rows;
	size_t room;
};

struct review *
review_new(void)
{
	struct review *r = mem_zalloc(sizeof(*r));

	r->arena = arena_new();
	r->keys = index_new();
	return r;
}

void
review_free(struct review *r)
{
	if (r == NULL)
		return;
	arena_free(r->arena);
	index_free(r->keys);
	mem_free(r->rows);
	mem_free(r);
}

static size_t
row_of(struct review *r, struct slice key, bool *fresh)
{
	size_t i = index_add(r->keys, key, fresh);

	if (*fresh) {
		r->rows = mem_room(r->rows, i, &r->room, sizeof(*r->rows));
		r->rows[i] = (struct row){ .key = index_name(r->keys, i) };
	}
	return i;
}

/* What was asked and what came of it: a term may fail in two ways. */
static void
make_key(struct buf *b, struct slice field, const struct term_query *q,
    const char *reason)
{
	const struct slice parts[] = { field, q->term, q->unit, q->specimen };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		buf_add_slice(b, parts[i]);
		buf_addc(b, '\0');
	}
	buf_adds(b, reason);
}

/* "code|display|p"; the first says also how it was found. */
static void
keep_candidate(struct review *r, struct row *row, const struct term_code *c)
{
	char p[ANSWER_P] = "";

	if (c->p > 0)
		answer_p(c->p, p);
	if (row->ncandidates == 0) {
		row->p = arena_slice(r->arena, slice_of(p));
		row->method = slice_of(c->method);
		row->system = arena_slice(r->arena, c->system);
		row->version = arena_slice(r->arena, c->version);
	}
	row->candidates[row->ncandidates++] = answer_cell(r->arena, c);
}

size_t
review_row(struct review *r, struct slice field, const struct term_query *q,
    const struct term_answer *a)
{
	struct buf b = { 0 };
	struct row *row;
	bool fresh;
	size_t i;

	make_key(&b, field, q, a->reason);
	i = row_of(r, buf_slice(&b), &fresh);
	buf_release(&b);
	if (!fresh)
		return i;
	row = &r->rows[i];
	row->field = arena_slice(r->arena, field);
	row->term = arena_slice(r->arena, q->term);
	row->unit = arena_slice(r->arena, q->unit);
	row->specimen = arena_slice(r->arena, q->specimen);
	row->reason = a->reason;
	row->system = arena_slice(r->arena, a->system);
	row->version = arena_slice(r->arena, a->version);
	for (size_t k = 0; k < a->ncandidates && k < TERMS_CANDIDATES; k++)
		keep_candidate(r, row, &a->candidates[k]);
	return i;
}

void
review_count(struct review *r, size_t row)
{
	r->rows[row].count++;
}

void
review_merge(struct review *into, const struct review *from)
{
	for (size_t i = 0; i < index_count(from->keys); i++) {
		const struct row *old = &from->rows[i];
		bool fresh;
		size_t n = row_of(into, old->key, &fresh);
		struct row *row = &into->rows[n];

		row->count += old->count;
		if (!fresh)
			continue;
		row->field = arena_slice(into->arena, old->field);
		row->term = arena_slice(into->arena, old->term);
		row->unit = arena_slice(into->arena, old->unit);
		row->specimen = arena_slice(into->arena, old->specimen);
		row->system = arena_slice(into->arena, old->system);
		row->version = arena_slice(into->arena, old->version);
		row->p = arena_slice(into->arena, old->p);
		row->method = old->method;
		row->reason = old->reason;
		row->ncandidates = old->ncandidates;
		for (size_t k = 0; k < old->ncandidates; k++)
			row->candidates[k] =
			    arena_slice(into->arena, old->candidates[k]);
	}
}

size_t
review_size(const struct review *r)
{
	return index_count(r->keys);
}

/* Rows by what was asked, whatever came of it. */
static struct index *
index_terms(const struct review *r, size_t **rows)
{
	struct index *terms = index_new();
	struct buf b = { 0 };
	size_t n = index_count(r->keys);

	*rows = mem_alloc((n + 1) * sizeof(**rows));
	for (size_t i = 0; i < n; i++) {
		const struct row *row = &r->rows[i];
		const struct term_query q = { .term = row->term,
			.unit = row->unit,
			.specimen = row->specimen };
		bool fresh;
		size_t k;

		buf_reset(&b);
		make_key(&b, row->field, &q, "");
		k = index_add(terms, buf_slice(&b), &fresh);
		if (fresh)
			(*rows)[k] = i;
	}
	buf_release(&b);
	return terms;
}

static void
propose(struct review *r, struct row *row, const struct terms *t,
    const struct mapping_code *was)
{
	const struct term_code from = { was->code, was->display, was->system,
		was->version, "approved" };
	struct term_edition to;

	terms_follow(t, &from, was->system, r->arena, &to);
	row->ncandidates = 0;
	for (size_t i = 0; i < to.ncodes && i < TERMS_CANDIDATES; i++) {
		const struct term_code *c = &to.codes[i];

		row->candidates[row->ncandidates++] = answer_cell(r->arena, c);
		row->system = arena_slice(r->arena, c->system);
		row->version = arena_slice(r->arena, c->version);
	}
	if (to.ncodes == 0) {
		row->system = arena_slice(r->arena, was->system);
		row->version = arena_slice(r->arena, was->version);
	}
}

void
review_add_stale(struct review *r, const struct terms *t)
{
	const struct stale_mapping *list;
	size_t n = mappings_stale(terms_mappings(t), &list), *rows;
	struct index *known = index_terms(r, &rows);
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct stale_mapping *s = &list[i];
		const struct term_query q = { .term = s->term,
			.unit = s->unit,
			.specimen = s->specimen };
		const struct term_answer gone = { .reason = "retired_code" };
		struct row *row;
		long k;

		buf_reset(&b);
		make_key(&b, s->field, &q, "");
		k = index_find(known, buf_slice(&b));
		row = &r->rows[k >= 0 ? rows[k]
				      : review_row(r, s->field, &q, &gone)];
		row->reason = gone.reason;
		row->stale = true;
		row->note = arena_printf(r->arena, "was %.*s %.*s (%.*s@%.*s)",
		    (int)s->was.code.n, s->was.code.p, (int)s->was.display.n,
		    s->was.display.p, (int)s->was.system.n, s->was.system.p,
		    (int)s->was.version.n, s->was.version.p);
		propose(r, row, t, &s->was);
	}
	buf_release(&b);
	index_free(known);
	mem_free(rows);
}

static int
most_frequent(const void *a, const void *b)
{
	const struct row *x = *(const struct row *const *)a;
	const struct row *y = *(const struct row *const *)b;

	if (x->stale != y->stale)
		return x->stale ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return slice_cmp(x->key, y->key);
}

static void
put_row(struct buf *b, const struct row *row, uint64_t before, uint64_t total)
{
	struct slice cells[16] = { row->field, row->term, row->unit,
		row->specimen, [6] = row->system, [7] = row->version,
		[9] = slice_of(row->stale ? "INVALID_TARGET" : "UNCHECKED"),
		[12] = row->p, [13] = row->method,
		[15] = row->note == NULL ? SLICE("") : slice_of(row->note) };
	char count[24];

	snprintf(count, sizeof(count), "%llu", (unsigned long long)row->count);
	cells[14] = slice_of(count);

	total += total == 0; /* only answers that are gone */
	buf_add_slice(b, row->pick);
	buf_addf(b, ",%.4f,%.4f,%s,", (double)row->count / (double)total,
	    (double)(before + row->count) / (double)total, row->reason);
	/* term, unit, specimen, version */
	guard_put_cells(b, cells, 16, 1u << 1 | 1u << 2 | 1u << 3 | 1u << 7);
	buf_addc(b, ',');
	guard_put_cells(b, row->candidates, TERMS_CANDIDATES, 0);
	buf_adds(b, "\r\n");
}

struct slice
review_term(const struct review *r, size_t row)
{
	return r->rows[row].term;
}

size_t
review_candidates(
    const struct review *r, size_t row, const struct slice **candidates)
{
	*candidates = r->rows[row].candidates;
	return r->rows[row].ncandidates;
}

void
review_propose(
    struct review *r, size_t row, struct slice pick, const char *method)
{
	r->rows[row].pick = arena_slice(r->arena, pick);
	r->rows[row].method = slice_of(method);
}

/* The rows as they stand in the file. */
static const struct row **
sort_rows(const struct review *r)
{
	size_t n = index_count(r->keys);
	const struct row **sorted = mem_alloc((n + 1) * sizeof(*sorted));

	for (size_t i = 0; i < n; i++)
		sorted[i] = &r->rows[i];
	if (n > 0)
		qsort(sorted, n, sizeof(*sorted), most_frequent);
	return sorted;
}

const size_t *
review_order(const struct review *r, struct arena *arena)
{
	size_t n = index_count(r->keys);
	size_t *order = arena_alloc(arena, (n + 1) * sizeof(*order));
	const struct row **sorted = sort_rows(r);

	for (size_t i = 0; i < n; i++)
		order[i] = (size_t)(sorted[i] - r->rows);
	mem_free(sorted);
	return order;
}

void
review_scrub(struct review *r,
    void (*scrub)(void *, struct slice, struct buf *), void *ctx)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < index_count(r->keys); i++) {
		struct row *row = &r->rows[i];

		buf_reset(&b);
		scrub(ctx, row->term, &b);
		if (row->scrubbed || slice_eq(row->term, buf_slice(&b)))
			continue;
		row->term = arena_slice(r->arena, buf_slice(&b));
		row->scrubbed = true;
		memset(row->candidates, 0, sizeof(row->candidates));
		row->ncandidates = 0;
		row->p = row->method = row->pick = SLICE("");
		row->note = "scrubbed: no record has this text, it cannot be "
			    "approved";
	}
	buf_release(&b);
}

void
review_text(const struct review *r, struct buf *b)
{
	size_t n = index_count(r->keys);
	const struct row **sorted = sort_rows(r);
	uint64_t total = 0, before = 0;

	for (size_t i = 0; i < n; i++)
		total += r->rows[i].count;
	buf_adds(b,
	    "\xEF\xBB\xBF"
	    "pick,share,cum_share,reason,field,term,unit,specimen,"
	    "code,display,system,version,relation,status,reviewer,"
	    "date,p,method,count,note,cand1,cand2,cand3,cand4,cand5"
	    "\r\n");
	for (size_t i = 0; i < n; i++) {
		put_row(b, sorted[i], before, total);
		before += sorted[i]->count;
	}
	mem_free(sorted);
}
