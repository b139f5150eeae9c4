#include "terms/mapping.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/tokenizer.h"
#include "terms/fold.h"
#include "terms/pick.h"

struct mappings {
	struct arena *arena;
	struct index *keys; /* field, term, unit, specimen, by byte 0 */
	struct mapping *list;
	struct stale_mapping *stale;
	const char *path; /* of the table that is being read */
	/* of the row before */
	struct slice term, folded, reviewer, date, system, version;
	size_t room, nstale, stale_room;
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
	DATE
};

static const struct column columns[] = { { "field", "字段", 0 },
	{ "term", "术语|原词", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "unit", "单位", 0 }, { "specimen", "标本", 0 },
	{ "code", "编码", COLUMN_CODE }, { "display", "名称", 0 },
	{ "system", NULL, 0 }, { "version", NULL, 0 },
	{ "relation", "关系", 0 }, { "status", "状态", 0 },
	{ "reviewer", "审核人", 0 }, { "date", "日期", 0 }, { NULL, NULL, 0 } };

struct mappings *
mappings_new(void)
{
	struct mappings *m = mem_zalloc(sizeof(*m));

	m->arena = arena_new();
	m->keys = index_new();
	return m;
}

void
mappings_free(struct mappings *m)
{
	if (m == NULL)
		return;
	mem_free(m->list);
	mem_free(m->stale);
	index_free(m->keys);
	arena_free(m->arena);
	mem_free(m);
}

static struct slice
key_of(struct buf *b, struct slice field, struct slice term, struct slice unit,
    struct slice specimen)
{
	buf_reset(b);
	buf_add_slice(b, field);
	buf_addc(b, '\0');
	buf_add_slice(b, term);
	buf_addc(b, '\0');
	buf_add_slice(b, unit);
	buf_addc(b, '\0');
	buf_add_slice(b, specimen);
	return buf_slice(b);
}

/* "dir/diagnosis-old.csv" -> diagnosis */
static struct slice
field_of_name(const char *path)
{
	const char *base = strrchr(path, '/');

	base = base == NULL ? path : base + 1;
	return (struct slice){ base, strcspn(base, "-.") };
}

/* Usagi's words in any case, and the Chinese ones of the review file. */
static bool
is_approved(struct slice status, bool *known)
{
	static const char *const others[] = { "auto_mapped", "flagged",
		"ignored", "unchecked", "invalid_target", "待审", "忽略" };
	char low[32] = { 0 };

	*known = true;
	if (status.n >= sizeof(low)) {
		*known = false;
		return false;
	}
	for (size_t i = 0; i < status.n; i++)
		low[i] = (char)(status.p[i] >= 'A' && status.p[i] <= 'Z'
			? status.p[i] + 32
			: status.p[i]);
	if (strcmp(low, "approved") == 0 || strcmp(low, "已审") == 0)
		return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(low, others[i]) == 0)
			return false;
	*known = low[0] == '\0';
	return false;
}

/* "(mmol/L)": what is usual, of a row that holds for any. */
static bool
is_usual(struct slice cell)
{
	return cell.n > 2 && cell.p[0] == '(' && cell.p[cell.n - 1] == ')';
}

/* A unit or a specimen of a row, as a part of its key. */
static struct slice
condition(struct mappings *m, struct slice cell)
{
	return is_usual(cell) ? SLICE("") : fold_term(cell, m->arena);
}

/* Rows of one term stand together: it is folded once. */
static struct slice
folded_term(struct mappings *m, struct slice term)
{
	if (m->folded.n == 0 || !slice_eq(m->term, term)) {
		m->term = arena_slice(m->arena, term);
		m->folded = fold_term(term, m->arena);
	}
	return m->folded;
}

/* A cell that is mostly the same as in the row before, kept once. */
static struct slice
kept(struct mappings *m, struct slice before, struct slice cell)
{
	return slice_eq(before, cell) ? before : arena_slice(m->arena, cell);
}

/*
 * Two people who gave one term different codes on one day: no date says which
 * is meant.  One person's several rows are the term's several codes.
 */
static bool
disagrees(const struct mapping *one, const struct table *t, size_t row)
{
	return one->ncodes > 0 && one->date.n > 0 && one->reviewer.n > 0 &&
	    slice_eq(one->date, table_cell(t, row, DATE)) &&
	    table_cell(t, row, REVIEWER).n > 0 &&
	    !slice_eq(one->reviewer, table_cell(t, row, REVIEWER));
}

/* Nearly every term has one code: room is made for one, two, four. */
static struct mapping_code *
add_code(struct mappings *m, struct mapping *one)
{
	if (one->ncodes == one->room) {
		struct mapping_code *codes;

		one->room = one->room == 0 ? 1 : 2 * one->room;
		codes = arena_alloc(m->arena, one->room * sizeof(*codes));
		for (size_t i = 0; i < one->ncodes; i++)
			codes[i] = one->codes[i];
		one->codes = codes;
	}
	return &one->codes[one->ncodes++];
}

/* Without the guard against formulas and numbers that review files have. */
static struct slice
plain_cell(const struct table *t, size_t row, size_t column)
{
	return pick_unguarded(table_cell(t, row, column));
}

static bool
add_row(struct mappings *m, const struct table *t, size_t row, bool offered,
    struct table_faults *faults, struct err *e)
{
	struct slice field = plain_cell(t, row, FIELD);
	struct slice term = plain_cell(t, row, TERM);
	struct slice code = plain_cell(t, row, CODE);
	struct slice relation = plain_cell(t, row, RELATION);
	struct slice specimen = plain_cell(t, row, SPECIMEN);
	bool none = slice_is(relation, "none"), fresh;
	bool exact = relation.n == 0 || slice_is(relation, "exact");
	struct buf key = { 0 };
	struct mapping *one;
	uint64_t first;
	size_t i;

	if (!none &&
	    (code.n == 0 || plain_cell(t, row, SYSTEM).n == 0 ||
		plain_cell(t, row, VERSION).n == 0))
		return table_row_fault(t, row, faults, e,
		    "an approved row needs code, system and version "
		    "(or the relation 'none')");
	i = index_add(m->keys,
	    key_of(&key, field.n > 0 ? field : field_of_name(table_path(t)),
		folded_term(m, term), condition(m, plain_cell(t, row, UNIT)),
		condition(m, specimen)),
	    &fresh);
	buf_release(&key);
	if (fresh) {
		m->list = mem_room(m->list, i, &m->room, sizeof(*m->list));
		m->list[i] = (struct mapping){ .term = m->term };
	}
	one = &m->list[i];
	if (one->path != m->path) {
		one->ncodes = 0;
		one->path = m->path;
	} else if ((one->ncodes == 0) != none) {
		return table_row_fault(t, row, faults, e,
		    "this term has a code and 'none' (see line %llu)",
		    (unsigned long long)one->line);
	}
	first = one->line;
	one->line = table_line(t, row);
	if (one->ncodes == 0) {
		m->reviewer = one->reviewer =
		    kept(m, m->reviewer, plain_cell(t, row, REVIEWER));
		m->date = one->date =
		    kept(m, m->date, plain_cell(t, row, DATE));
	}
	one->offered = offered;
	one->usual = is_usual(specimen)
	    ? fold_term(
		  (struct slice){ specimen.p + 1, specimen.n - 2 }, m->arena)
	    : SLICE("");
	if (none)
		return true;
	for (size_t k = 0; k < one->ncodes; k++)
		if (slice_eq(one->codes[k].code, code) &&
		    slice_eq(one->codes[k].system, plain_cell(t, row, SYSTEM)))
			return true;
	if (disagrees(one, t, row))
		return table_row_fault(t, row, faults, e,
		    "this term has another answer of the same day by another "
		    "reviewer (see line %llu)",
		    (unsigned long long)first);
	m->system = kept(m, m->system, plain_cell(t, row, SYSTEM));
	m->version = kept(m, m->version, plain_cell(t, row, VERSION));
	*add_code(m, one) = (struct mapping_code){ arena_slice(m->arena, code),
		arena_slice(m->arena, plain_cell(t, row, DISPLAY)), m->system,
		m->version, one->path, one->line, exact };
	return true;
}

static void
keep_stale(struct mappings *m, const struct table *t, size_t row)
{
	struct slice field = plain_cell(t, row, FIELD), c[DATE];
	struct stale_mapping *s;

	for (size_t i = 0; i < DATE; i++)
		c[i] = arena_slice(m->arena, plain_cell(t, row, i));
	m->stale =
	    mem_room(m->stale, m->nstale, &m->stale_room, sizeof(*m->stale));
	s = &m->stale[m->nstale++];
	*s = (struct stale_mapping){ .field = c[FIELD],
		.term = c[TERM],
		.unit = c[UNIT],
		.specimen = c[SPECIMEN],
		.was = { .code = c[CODE],
		    .display = c[DISPLAY],
		    .system = c[SYSTEM],
		    .version = c[VERSION] } };
	if (field.n == 0)
		s->field = arena_slice(m->arena, field_of_name(table_path(t)));
}

size_t
mappings_stale(const struct mappings *m, const struct stale_mapping **list)
{
	*list = m->stale;
	return m->nstale;
}

bool
mappings_add(struct mappings *m, const char *path, struct slice text,
    bool offered, struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	bool ok = t != NULL;

	if (m->path == NULL || strcmp(m->path, path) != 0)
		m->path = arena_string(m->arena, path, strlen(path));
	for (size_t i = 0; t != NULL && i < table_rows(t); i++) {
		struct slice status = table_cell(t, i, STATUS);
		bool known;

		if (is_approved(status, &known))
			ok = add_row(m, t, i, offered, faults, e) && ok;
		else if (fold_same(status, SLICE("INVALID_TARGET")))
			keep_stale(m, t, i);
		else if (!known)
			ok = table_row_fault(t, i, faults, e,
			    "unknown status '%.*s' (APPROVED, FLAGGED, "
			    "IGNORED, UNCHECKED)",
			    (int)status.n, status.p);
	}
	table_free(t);
	return ok;
}

const struct mapping *
mappings_find(const struct mappings *m, struct slice field, struct slice term,
    const struct slice units[MAPPING_SPELLINGS],
    const struct slice specimens[MAPPING_SPELLINGS])
{
	struct buf key = { 0 };
	long found = -1;

	if (index_count(m->keys) == 0)
		return NULL;
	for (size_t s = 0; s < MAPPING_SPELLINGS && found < 0; s++)
		for (size_t u = 0; u < MAPPING_SPELLINGS && found < 0; u++)
			found = index_find(m->keys,
			    key_of(&key, field, term, units[u], specimens[s]));
	buf_release(&key);
	return found < 0 || m->list[found].refuted ? NULL : &m->list[found];
}

size_t
mappings_count(const struct mappings *m)
{
	return index_count(m->keys);
}

const struct mapping *
mappings_at(const struct mappings *m, size_t i)
{
	return &m->list[i];
}

bool
mappings_each(struct mappings *m,
    bool (*visit)(
	void *, struct mapping *, struct table_faults *, struct err *),
    void *ctx, struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < index_count(m->keys); i++)
		ok = visit(ctx, &m->list[i], faults, e) && ok;
	return ok;
}
