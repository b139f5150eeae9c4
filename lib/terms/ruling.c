#include "terms/ruling.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"
#include "terms/fold.h"
#include "terms/pick.h"
#include "terms/vocabulary.h"

enum status {
	APPROVED,
	IGNORED,
	FLAGGED,
	AUTO_MAPPED,
	UNCHECKED,
	INVALID_TARGET,
	STATUSES
};

static const char *const status_names[STATUSES] = { "APPROVED", "IGNORED",
	"FLAGGED", "AUTO_MAPPED", "UNCHECKED", "INVALID_TARGET" };

struct rulings {
	const struct terms *terms;
	struct arena *arena;
	struct ruling *list;
	size_t n, room;
	size_t first;          /* of the table at hand */
	struct index *answers; /* of it, from first */
	uint64_t skipped[STATUSES];
	struct ruled_before before;
};

enum {
	FIELD,
	TERM,
	UNIT,
	SPECIMEN,
	CODE,
	DISPLAY,
	SYSTEM,
	VERSION,
	RELATION,
	STATUS,
	REVIEWER,
	DATE,
	P,
	METHOD,
	COUNT,
	NOTE,
	PICK,
	CAND1
};

static const struct column columns[] = { { "field", "字段", 0 },
	{ "term", "术语|原词", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "unit", "单位", 0 }, { "specimen", "标本", 0 },
	{ "code", "编码", COLUMN_CODE }, { "display", "名称", 0 },
	{ "system", NULL, 0 }, { "version", NULL, 0 },
	{ "relation", "关系", 0 }, { "status", "状态", 0 },
	{ "reviewer", "审核人", 0 }, { "date", "日期", 0 }, { "p", NULL, 0 },
	{ "method", NULL, 0 }, { "count", NULL, 0 }, { "note", "备注", 0 },
	{ "pick", "选择", 0 }, { "cand1", NULL, 0 }, { "cand2", NULL, 0 },
	{ "cand3", NULL, 0 }, { "cand4", NULL, 0 }, { "cand5", NULL, 0 },
	{ NULL, NULL, 0 } };

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

/* --- one row ------------------------------------------------------------- */

struct row {
	struct rulings *r;
	const struct table *t;
	size_t i;
	struct table_faults *faults;
	struct err *e;
};

/* A cell without the guard against formulas that a review file has. */
static struct slice
cell(const struct row *row, size_t column)
{
	return pick_unguarded(table_cell(row->t, row->i, column));
}

static bool
read_status(const struct row *row, enum status *status)
{
	static const struct {
		const char *word;
		enum status status;
	} more[] = { { "已审", APPROVED }, { "忽略", IGNORED },
		{ "待审", UNCHECKED }, { "", UNCHECKED } };
	struct slice s = cell(row, STATUS);

	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		if (slice_is(s, more[i].word)) {
			*status = more[i].status;
			return true;
		}
	for (size_t i = 0; i < STATUSES; i++)
		if (slice_eq(fold_term(s, row->r->arena),
			fold_term(slice_of(status_names[i]), row->r->arena))) {
			*status = (enum status)i;
			return true;
		}
	return table_row_fault(row->t, row->i, row->faults, row->e,
	    "unknown status '%.*s' (APPROVED, FLAGGED, IGNORED, UNCHECKED)",
	    (int)s.n, s.p);
}

/* 2026-11-01, 2026/11/1 or 2026.11.1 as the first. */
static bool
read_day(const struct row *row, struct slice *day)
{
	struct slice s = cell(row, DATE);
	unsigned long part[3] = { 0 };
	size_t k = 0, digits = 0;

	*day = SLICE("");
	if (s.n == 0)
		return true;
	for (size_t i = 0; i < s.n && k < 3; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9' && ++digits <= 4) {
			part[k] = part[k] * 10 + (unsigned long)(s.p[i] - '0');
		} else if (strchr("-/.", s.p[i]) != NULL && digits > 0) {
			k++;
			digits = 0;
		} else {
			k = 3;
		}
	}
	if (k != 2 || digits == 0 || part[0] < 1850 || part[0] > 2100 ||
	    part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "'%.*s' is no day such as 2026-11-01", (int)s.n, s.p);
	*day = slice_of(arena_printf(
	    row->r->arena, "%04lu-%02lu-%02lu", part[0], part[1], part[2]));
	return true;
}

/* The code of a display, the display of a code; both must exist. */
static bool
complete(const struct row *row, struct ruled_code *c)
{
	const struct vocabulary *v;
	const struct entry *entry, *named[2];
	struct slice system = slice_of(arena_printf(row->r->arena, "%.*s@%.*s",
	    (int)c->system.n, c->system.p, (int)c->version.n, c->version.p));

	if (c->system.n == 0 || c->version.n == 0)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "an approved row needs system and version");
	v = terms_list(row->r->terms, system);
	if (c->code.n == 0) {
		if (v == NULL ||
		    vocabulary_named(
			v, fold_term(c->display, row->r->arena), named, 2) != 1)
			return table_row_fault(row->t, row->i, row->faults,
			    row->e, "no one code of %.*s has this display",
			    (int)system.n, system.p);
		c->code = named[0]->code;
		c->display = named[0]->name;
		return true;
	}
	entry = v == NULL ? NULL : vocabulary_code(v, c->code);
	if (entry == NULL && v != NULL && !vocabulary_partial(v))
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "code '%.*s' is not in %.*s", (int)c->code.n, c->code.p,
		    (int)system.n, system.p);
	if (entry != NULL && c->display.n == 0)
		c->display = entry->name;
	return true;
}

static int
code_cmp(const struct ruled_code *a, const struct ruled_code *b)
{
	int by = slice_cmp(a->system, b->system);

	by = by != 0 ? by : slice_cmp(a->code, b->code);
	return by != 0 ? by : slice_cmp(a->version, b->version);
}

/* Into the sorted codes, once. */
static bool
add_code(const struct row *row, struct ruling *to, struct ruled_code c)
{
	struct arena *arena = row->r->arena;
	struct ruled_code *grown;
	size_t at = 0;

	if (!complete(row, &c))
		return false;
	c.code = arena_slice(arena, c.code);
	c.display = arena_slice(arena, c.display);
	while (at < to->n && code_cmp(&to->codes[at], &c) < 0)
		at++;
	if (at < to->n && code_cmp(&to->codes[at], &c) == 0)
		return true;
	grown = arena_alloc(arena, (to->n + 1) * sizeof(*grown));
	for (size_t i = 0; i < to->n; i++)
		grown[i + (i >= at)] = to->codes[i];
	grown[at] = c;
	to->codes = grown;
	to->n++;
	return true;
}

/* The codes of a row: those picked, or the one that is filled in. */
static bool
add_codes(const struct row *row, struct ruling *to)
{
	struct arena *arena = row->r->arena;
	struct ruled_code base = { .system =
				       arena_slice(arena, cell(row, SYSTEM)),
		.version = arena_slice(arena, cell(row, VERSION)),
		.relation = arena_slice(arena, cell(row, RELATION)),
		.p = arena_slice(arena, cell(row, P)),
		.method = arena_slice(arena, cell(row, METHOD)),
		.count = arena_slice(arena, cell(row, COUNT)),
		.note = arena_slice(arena, cell(row, NOTE)) };
	struct slice pick = cell(row, PICK), cands[PICK_MOST];
	struct pick picked[PICK_MOST];
	size_t n;
	bool ok = true;

	if (slice_is(base.relation, "none") || slice_is(pick, "0")) {
		to->none = true;
		return true;
	}
	if (pick.n == 0) {
		base.code = cell(row, CODE);
		base.display = cell(row, DISPLAY);
		if (base.code.n == 0 && base.display.n == 0)
			return table_row_fault(row->t, row->i, row->faults,
			    row->e,
			    "an approved row needs a pick, a code or the "
			    "relation 'none'");
		return add_code(row, to, base);
	}
	if (cell(row, CODE).n > 0)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "pick and code are both filled, leave one empty");
	for (size_t i = 0; i < PICK_MOST; i++)
		cands[i] = cell(row, CAND1 + i);
	if (!pick_read(pick, cands, picked, &n))
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "pick '%.*s' is no candidate such as 1 or 1+3, nor 0",
		    (int)pick.n, pick.p);
	for (size_t i = 0; i < n && ok; i++) {
		base.code = picked[i].code;
		base.display = picked[i].display;
		ok = add_code(row, to, base);
	}
	return ok;
}

/* What the review file offered, against what was chosen. */
static void
count_before(const struct row *row, const struct ruling *one)
{
	struct ruled_before *before = &row->r->before;
	bool any = false;

	if (cell(row, CAND1).n == 0)
		return;
	before->terms++;
	for (size_t i = 0; i < PICK_MOST; i++) {
		struct slice code = pick_of(cell(row, CAND1 + i)).code;
		bool right = false;

		for (size_t k = 0; k < one->n && !right && code.n > 0; k++)
			right = slice_eq(one->codes[k].code, code);
		before->first += right && i == 0;
		any = any || right;
	}
	before->any += any;
}

static struct slice
key_of(struct rulings *r, const struct ruling *one)
{
	struct slice unit = fold_term(one->unit, r->arena);
	struct slice specimen = fold_term(one->specimen, r->arena);
	struct buf b = { 0 };
	struct slice key;

	buf_add_slice(&b, one->field);
	buf_addc(&b, '\0');
	buf_add_slice(&b, one->folded);
	buf_addc(&b, '\0');
	buf_add_slice(&b, unit);
	buf_addc(&b, '\0');
	buf_add_slice(&b, specimen);
	key = arena_slice(r->arena, buf_slice(&b));
	buf_release(&b);
	return key;
}

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

static bool
add_row(const struct row *row, bool asked)
{
	struct rulings *r = row->r;
	struct ruling one = { .path = table_path(row->t),
		.line = table_line(row->t, row->i) };
	struct ruling *to;
	enum status status = UNCHECKED;
	bool fresh;

	if (!read_status(row, &status) || !read_day(row, &one.date))
		return false;
	if (asked && status != APPROVED)
		r->skipped[status]++;
	if (status != APPROVED && status != IGNORED)
		return true;
	one.ignored = status == IGNORED;
	one.path = arena_string(r->arena, one.path, strlen(one.path));
	one.field = cell(row, FIELD);
	if (one.field.n == 0)
		one.field = pick_field(one.path);
	one.field = arena_slice(r->arena, one.field);
	one.term = arena_slice(r->arena, cell(row, TERM));
	one.unit = arena_slice(r->arena, cell(row, UNIT));
	one.specimen = arena_slice(r->arena, cell(row, SPECIMEN));
	one.reviewer = arena_slice(r->arena, cell(row, REVIEWER));
	one.folded = fold_term(one.term, r->arena);
	one.key = key_of(r, &one);
	to = answer_of(r, &one);
	fresh = to->n == 0;
	if (one.ignored)
		return true;
	if (!add_codes(row, to))
		return false;
	if (to->none && to->n > 0)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "this term has a code and 'none' (see line %llu)",
		    (unsigned long long)to->line);
	if (asked && fresh)
		count_before(row, to);
	return true;
}

bool
rulings_add(struct rulings *r, const char *path, struct slice text, bool asked,
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	struct row row = { .r = r, .t = t, .faults = faults, .e = e };
	bool ok = t != NULL;

	r->first = r->n;
	index_free(r->answers);
	r->answers = index_new();
	for (; t != NULL && row.i < table_rows(t); row.i++)
		ok = add_row(&row, asked) && ok;
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
		if (code_cmp(&a->codes[i], &b->codes[i]) != 0)
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
	pick_put_cells(b,
	    (const struct slice[]){ one->field, one->term, one->unit,
		one->specimen, c->code, c->display, c->system, c->version,
		c->relation,
		slice_of(status_names[one->ignored ? IGNORED : APPROVED]),
		one->reviewer, one->date, c->p, c->method, c->count, c->note },
	    16, 0);
	buf_addc(b, '\n');
}

void
rulings_text(const struct rulings *r, struct slice field, struct buf *b)
{
	buf_adds(b,
	    "field,term,unit,specimen,code,display,system,version,relation,"
	    "status,reviewer,date,p,method,count,note\n");
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
	for (size_t i = 0; i < STATUSES; i++) {
		if (r->skipped[i] == 0)
			continue;
		json_put_key(b, status_names[i]);
		json_put_uint(b, r->skipped[i]);
	}
}
