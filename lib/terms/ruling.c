#include "terms/ruling.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "deid/scrub.h"
#include "json/write.h"
#include "io/guard.h"
#include "terms/pick.h"
#include "terms/ruling_row.h"

struct rulings {
	const struct terms *terms;
	struct arena *arena;
	struct ruling *list;
	size_t n, room;
	size_t first;          /* of the table at hand */
	struct index *answers; /* of it, from first */
	uint64_t skipped[MAPPING_STATUSES];
	struct ruled_before before;
};

struct rulings *
rulings_new(const struct terms *terms)
{
	struct rulings *r = mem_zalloc(sizeof(*r));

	r->terms = terms;
	r->arena = arena_new();
	return r;
}

void
rulings_free(struct rulings *r)
{
	if (r == NULL)
		return;
	index_free(r->answers);
	arena_free(r->arena);
	mem_free(r->list);
	mem_free(r);
}

/* --- gathering ----------------------------------------------------------- */

/* The answer of this table to which the row belongs, made if it is new. */
static struct ruling *
answer_of(struct rulings *r, const struct ruling *one)
{
	struct buf b = { 0 };
	bool fresh;
	size_t i;

	buf_addc(&b, one->ignored ? 'i' : 'a');
	buf_add_slice(&b, one->date);
	buf_addc(&b, '\0');
	buf_add_slice(&b, one->reviewer);
	buf_addc(&b, '\0');
	buf_add_slice(&b, one->key);
	i = r->first + index_add(r->answers, buf_slice(&b), &fresh);
	buf_release(&b);
	if (fresh) {
		r->list = mem_room(r->list, r->n, &r->room, sizeof(*r->list));
		r->list[r->n++] = *one;
	}
	return &r->list[i];
}

/* What the review file offered, against what was chosen. */
static void
count_before(
    struct rulings *r, const struct ruling_row *row, const struct ruling *one)
{
	bool first, any;

	if (!ruling_row_offers(row, one, &first, &any))
		return;
	r->before.terms++;
	r->before.first += first;
	r->before.any += any;
}

/* No record has such a term: approved, it would never be found again. */
static bool
refuse_scrubbed(const struct ruling_row *row, struct slice mark)
{
	return table_row_fault(row->t, row->i, row->faults, row->e,
	    "the term has '%.*s' in the place of what was scrubbed and can "
	    "not be approved (leave its status as it was)",
	    (int)mark.n, mark.p);
}

static bool
add_row(struct rulings *r, const struct ruling_row *row, bool asked)
{
	struct ruling one, *to;
	enum mapping_status status;
	bool fresh;

	if (!ruling_row_read(row, &status, &one))
		return false;
	if (asked && status != MAPPING_APPROVED)
		r->skipped[status]++;
	if (status != MAPPING_APPROVED && status != MAPPING_IGNORED)
		return true;
	to = answer_of(r, &one);
	fresh = to->n == 0;
	if (one.ignored)
		return true;
	if (asked && scrub_mark(one.term).n > 0)
		return refuse_scrubbed(row, scrub_mark(one.term));
	if (!ruling_row_codes(row, to))
		return false;
	if (to->none && to->n > 0)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "this term has a code and 'none' (see line %llu)",
		    (unsigned long long)to->line);
	if (asked && fresh)
		count_before(r, row, to);
	return true;
}

bool
rulings_add(struct rulings *r, const char *path, struct slice text, bool asked,
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, mapping_columns, TABLE_EXTRA, faults, e);
	struct ruling_row row = { r->terms, r->arena, t, 0, faults, e };
	bool ok = t != NULL;

	r->first = r->n;
	index_free(r->answers);
	r->answers = index_new();
	for (; t != NULL && row.i < table_rows(t); row.i++)
		ok = add_row(r, &row, asked) && ok;
	table_free(t);
	return ok;
}

/* --- settling ------------------------------------------------------------ */

static bool
same_answer(const struct ruling *a, const struct ruling *b)
{
	if (a->ignored != b->ignored || a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (ruled_code_cmp(&a->codes[i], &b->codes[i]) != 0)
			return false;
	return true;
}

/* By term, the latest day first; then by what does not depend on the order. */
static int
by_term(const void *a, const void *b)
{
	const struct ruling *x = a, *y = b;
	int by = slice_cmp(x->key, y->key);

	by = by != 0 ? by : slice_cmp(y->date, x->date);
	by = by != 0 ? by : slice_cmp(x->reviewer, y->reviewer);
	by = by != 0 ? by : slice_cmp(x->term, y->term);
	if (by == 0 && x->n > 0 && y->n > 0) {
		by = slice_cmp(x->codes[0].count, y->codes[0].count);
		by = by != 0 ? by
			     : slice_cmp(x->codes[0].note, y->codes[0].note);
	}
	by = by != 0 ? by : strcmp(x->path, y->path);
	return by != 0 ? by : x->line < y->line ? -1 : x->line > y->line;
}

bool
rulings_settle(struct rulings *r, struct table_faults *faults, struct err *e)
{
	size_t kept = 0;
	bool ok = true;

	if (r->n > 0)
		qsort(r->list, r->n, sizeof(*r->list), by_term);
	for (size_t i = 0; i < r->n; i++) {
		const struct ruling *one = &r->list[i];
		const struct ruling *best =
		    kept > 0 ? &r->list[kept - 1] : NULL;

		if (best == NULL || !slice_eq(best->key, one->key)) {
			r->list[kept++] = *one;
			continue;
		}
		if (slice_eq(best->date, one->date) && !same_answer(best, one))
			ok = table_fault(faults, one->path, one->line, e,
			    "another answer than at %s:%llu, of the same day "
			    "(give the one that counts a later date)",
			    best->path, (unsigned long long)best->line);
	}
	r->n = kept;
	return ok;
}

size_t
rulings_count(const struct rulings *r)
{
	return r->n;
}

const struct ruling *
rulings_at(const struct rulings *r, size_t i)
{
	return &r->list[i];
}

const struct ruled_before *
rulings_before(const struct rulings *r)
{
	return &r->before;
}

/* --- writing ------------------------------------------------------------- */

static void
put_row(struct buf *b, const struct ruling *one, const struct ruled_code *c)
{
	static const struct ruled_code nothing = { .relation = { "none", 4 } };
	const struct ruled_code ignored = { 0 };

	c = c != NULL ? c : one->ignored ? &ignored : &nothing;
	guard_put_cells(b,
	    (const struct slice[]){ one->field, one->term, one->unit,
		one->specimen, c->code, c->display, c->system, c->version,
		c->relation,
		slice_of(mapping_status_name(
		    one->ignored ? MAPPING_IGNORED : MAPPING_APPROVED)),
		one->reviewer, one->date, c->p, c->method, c->count, c->note },
	    MAPPING_COLUMNS, 0);
	buf_addc(b, '\n');
}

void
rulings_text(const struct rulings *r, struct slice field, struct buf *b)
{
	for (size_t i = 0; i < MAPPING_COLUMNS; i++)
		buf_addf(b, "%s%c", mapping_columns[i].name,
		    i + 1 < MAPPING_COLUMNS ? ',' : '\n');
	for (size_t i = 0; i < r->n; i++) {
		const struct ruling *one = &r->list[i];

		if (!slice_eq(one->field, field))
			continue;
		if (one->n == 0)
			put_row(b, one, NULL);
		for (size_t k = 0; k < one->n; k++)
			put_row(b, one, &one->codes[k]);
	}
}

void
rulings_put_skipped(const struct rulings *r, struct buf *b)
{
	for (size_t i = 0; i < MAPPING_STATUSES; i++) {
		if (r->skipped[i] == 0)
			continue;
		json_put_key(b, mapping_status_name((enum mapping_status)i));
		json_put_uint(b, r->skipped[i]);
	}
}
