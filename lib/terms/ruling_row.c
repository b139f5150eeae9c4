#include "terms/ruling_row.h"

#include "base/date.h"
#include "terms/fold.h"
#include "terms/pick.h"
#include "terms/vocabulary.h"

static struct slice
cell(const struct ruling_row *row, enum mapping_column column)
{
	return mapping_cell(row->t, row->i, column);
}

static struct slice
kept(const struct ruling_row *row, enum mapping_column column)
{
	return arena_slice(row->arena, cell(row, column));
}

/* 2026-11-01, 2026/11/1 or 2026.11.1 as the first. */
static bool
read_day(const struct ruling_row *row, struct slice *day)
{
	struct slice s = cell(row, MAPPING_DATE);
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
	    !date_exists((int)part[0], (unsigned)part[1], (unsigned)part[2]))
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    MAPPING_NO_DAY, (int)s.n, s.p);
	*day = slice_of(arena_printf(
	    row->arena, "%04lu-%02lu-%02lu", part[0], part[1], part[2]));
	return true;
}

static struct slice
key_of(struct arena *arena, const struct ruling *one)
{
	struct slice unit = fold_term(one->unit, arena);
	struct slice specimen = fold_term(one->specimen, arena);
	struct buf b = { 0 };
	struct slice key;

	buf_add_slice(&b, one->field);
	buf_addc(&b, '\0');
	buf_add_slice(&b, one->folded);
	buf_addc(&b, '\0');
	buf_add_slice(&b, unit);
	buf_addc(&b, '\0');
	buf_add_slice(&b, specimen);
	key = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return key;
}

bool
ruling_row_read(const struct ruling_row *row, enum mapping_status *status,
    struct ruling *one)
{
	const char *path = table_path(row->t);

	*one = (struct ruling){ .line = table_line(row->t, row->i) };
	if (!mapping_status_of(row->t, row->i, status, row->faults, row->e) ||
	    !read_day(row, &one->date))
		return false;
	one->ignored = *status == MAPPING_IGNORED;
	if (*status != MAPPING_APPROVED && !one->ignored)
		return true;
	one->path = arena_string(row->arena, path, strlen(path));
	one->field = arena_slice(row->arena, mapping_field(row->t, row->i));
	one->term = kept(row, MAPPING_TERM);
	one->unit = kept(row, MAPPING_UNIT);
	one->specimen = kept(row, MAPPING_SPECIMEN);
	one->reviewer = kept(row, MAPPING_REVIEWER);
	one->folded = fold_term(one->term, row->arena);
	one->key = key_of(row->arena, one);
	return true;
}

/* The code of a display, the display of a code; both must exist. */
static bool
complete(const struct ruling_row *row, struct ruled_code *c)
{
	const struct vocabulary *v;
	struct entry entry, named[2];
	bool known;
	struct slice system = slice_of(arena_printf(row->arena, "%.*s@%.*s",
	    (int)c->system.n, c->system.p, (int)c->version.n, c->version.p));

	if (c->system.n == 0 || c->version.n == 0)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "an approved row needs system and version");
	v = terms_list(row->terms, system);
	if (c->code.n == 0) {
		if (v == NULL ||
		    vocabulary_named(
			v, fold_term(c->display, row->arena), named, 2) != 1)
			return table_row_fault(row->t, row->i, row->faults,
			    row->e, "no one code of %.*s has this display",
			    (int)system.n, system.p);
		c->code = named[0].code;
		c->display = named[0].name;
		return true;
	}
	known = v != NULL && vocabulary_code(v, c->code, &entry);
	if (!known && v != NULL && !vocabulary_partial(v))
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "code '%.*s' is not in %.*s", (int)c->code.n, c->code.p,
		    (int)system.n, system.p);
	if (known && c->display.n == 0)
		c->display = entry.name;
	return true;
}

int
ruled_code_cmp(const struct ruled_code *a, const struct ruled_code *b)
{
	int by = slice_cmp(a->system, b->system);

	by = by != 0 ? by : slice_cmp(a->code, b->code);
	return by != 0 ? by : slice_cmp(a->version, b->version);
}

/* Into the sorted codes, once. */
static bool
add_code(const struct ruling_row *row, struct ruling *to, struct ruled_code c)
{
	struct arena *arena = row->arena;
	struct ruled_code *grown;
	size_t at = 0;

	if (!complete(row, &c))
		return false;
	c.code = arena_slice(arena, c.code);
	c.display = arena_slice(arena, c.display);
	while (at < to->n && ruled_code_cmp(&to->codes[at], &c) < 0)
		at++;
	if (at < to->n && ruled_code_cmp(&to->codes[at], &c) == 0)
		return true;
	grown = arena_alloc(arena, (to->n + 1) * sizeof(*grown));
	for (size_t i = 0; i < to->n; i++)
		grown[i + (i >= at)] = to->codes[i];
	grown[at] = c;
	to->codes = grown;
	to->n++;
	return true;
}

bool
ruling_row_codes(const struct ruling_row *row, struct ruling *to)
{
	struct ruled_code base = { .system = kept(row, MAPPING_SYSTEM),
		.version = kept(row, MAPPING_VERSION),
		.relation = kept(row, MAPPING_RELATION),
		.p = kept(row, MAPPING_P),
		.method = kept(row, MAPPING_METHOD),
		.count = kept(row, MAPPING_COUNT),
		.note = kept(row, MAPPING_NOTE) };
	struct slice pick = cell(row, MAPPING_PICK), cands[PICK_MOST];
	struct pick picked[PICK_MOST];
	size_t n;
	bool ok = true;

	if (slice_is(base.relation, "none") || slice_is(pick, "0")) {
		to->none = true;
		return true;
	}
	if (pick.n == 0) {
		base.code = cell(row, MAPPING_CODE);
		base.display = cell(row, MAPPING_DISPLAY);
		if (base.code.n == 0 && base.display.n == 0)
			return table_row_fault(row->t, row->i, row->faults,
			    row->e,
			    "an approved row needs a pick, a code or the "
			    "relation 'none'");
		return add_code(row, to, base);
	}
	if (cell(row, MAPPING_CODE).n > 0)
		return table_row_fault(row->t, row->i, row->faults, row->e,
		    "pick and code are both filled, leave one empty");
	for (size_t i = 0; i < PICK_MOST; i++)
		cands[i] = cell(row, MAPPING_CAND1 + i);
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

bool
ruling_row_offers(const struct ruling_row *row, const struct ruling *one,
    bool *first, bool *any)
{
	*first = *any = false;
	if (cell(row, MAPPING_CAND1).n == 0)
		return false;
	for (size_t i = 0; i < PICK_MOST; i++) {
		struct slice code = pick_of(cell(row, MAPPING_CAND1 + i)).code;
		bool right = false;

		for (size_t k = 0; k < one->n && !right && code.n > 0; k++)
			right = slice_eq(one->codes[k].code, code);
		*first = *first || (right && i == 0);
		*any = *any || right;
	}
	return true;
}
