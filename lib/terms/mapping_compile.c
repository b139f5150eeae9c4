#include "terms/mapping_compile.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"
#include "terms/image.h"
#include "terms/mapping_format.h"
#include "terms/mapping_image.h"

#define LAST UINT32_MAX

/* Codes of one mapping are a list until all rows are read. */
struct linked_code {
	struct flat_code flat;
	uint32_t next;
};

/* A mapping while its rows are gathered; cells belong to the table. */
struct gathered {
	struct flat_mapping flat;
	uint32_t first, last; /* of its codes; LAST: it has none */
	uint64_t line;        /* of the last row */
	struct slice reviewer, date;
};

struct compiling {
	const struct table *t;
	struct arena *arena; /* of one row */
	struct index *keys;
	struct gathered *list;
	struct linked_code *codes;
	size_t ncodes, room, codes_room;
	struct buf text, stale, key, folded;
	struct slice term; /* whose folded form is at hand */
	struct {
		struct slice cell;
		struct flat_text text;
	} before[MAPPING_COLUMNS]; /* of the row before */
	struct table_faults *faults;
	struct err *e;
};

static struct slice
cell(const struct compiling *c, size_t row, enum mapping_column column)
{
	return mapping_cell(c->t, row, column);
}

static struct flat_text
put_text(struct compiling *c, struct slice s)
{
	struct flat_text text = { (uint32_t)c->text.n, (uint32_t)s.n };

	buf_add_slice(&c->text, s);
	return text;
}

/* A cell, which is mostly the same as in the row before and stands once. */
static struct flat_text
put_cell(struct compiling *c, size_t row, enum mapping_column column)
{
	struct slice s = cell(c, row, column);

	if (c->before[column].cell.p == NULL ||
	    !slice_eq(c->before[column].cell, s)) {
		c->before[column].cell = s;
		c->before[column].text = put_text(c, s);
	}
	return c->before[column].text;
}

/* "(mmol/L)": what is usual, of a row that holds for any. */
static bool
is_usual(struct slice s)
{
	return s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')';
}

/* A unit or a specimen of a row, as a part of its key. */
static struct slice
condition(struct compiling *c, struct slice s)
{
	return is_usual(s) ? SLICE("") : fold_term(s, c->arena);
}

/* Rows of one term stand together: it is folded once. */
static struct slice
folded_term(struct compiling *c, struct slice term)
{
	if (c->term.p == NULL || !slice_eq(c->term, term)) {
		c->term = term;
		buf_reset(&c->folded);
		buf_add_slice(&c->folded, fold_term(term, c->arena));
	}
	return buf_slice(&c->folded);
}

/* The mapping to which the row belongs, made if it is new. */
static struct gathered *
mapping_of(struct compiling *c, size_t row, bool *fresh)
{
	struct slice specimen = cell(c, row, MAPPING_SPECIMEN);
	struct slice key = mapping_image_key(&c->key, mapping_field(c->t, row),
	    folded_term(c, cell(c, row, MAPPING_TERM)),
	    condition(c, cell(c, row, MAPPING_UNIT)), condition(c, specimen));
	size_t i = index_add(c->keys, key, fresh);
	struct gathered *one;

	if (*fresh) {
		c->list = mem_room(c->list, i, &c->room, sizeof(*c->list));
		c->list[i] = (struct gathered){ .first = LAST, .last = LAST };
		one = &c->list[i];
		one->flat.slot = mapping_image_slot(key);
		one->flat.text[FLAT_KEY] = put_text(c, key);
		one->flat.text[FLAT_TERM] = put_cell(c, row, MAPPING_TERM);
	}
	one = &c->list[i];
	if (is_usual(specimen))
		one->flat.text[FLAT_USUAL] = put_text(c,
		    fold_term((struct slice){ specimen.p + 1, specimen.n - 2 },
			c->arena));
	else
		one->flat.text[FLAT_USUAL].n = 0;
	return one;
}

/*
 * Two people who gave one term different codes on one day: no date says which
 * is meant.  One person's several rows are the term's several codes.
 */
static bool
disagrees(const struct compiling *c, const struct gathered *one, size_t row)
{
	struct slice reviewer = cell(c, row, MAPPING_REVIEWER);

	return one->date.n > 0 && one->reviewer.n > 0 && reviewer.n > 0 &&
	    slice_eq(one->date, cell(c, row, MAPPING_DATE)) &&
	    !slice_eq(one->reviewer, reviewer);
}

static bool
has_code(const struct compiling *c, const struct gathered *one, size_t row)
{
	static const struct {
		enum mapping_column column;
		size_t part;
	} same[] = { { MAPPING_CODE, FLAT_CODE },
		{ MAPPING_SYSTEM, FLAT_SYSTEM } };

	for (uint32_t k = one->first; k != LAST; k = c->codes[k].next) {
		size_t n = 0;

		for (size_t i = 0; i < 2; i++) {
			struct flat_text t =
			    c->codes[k].flat.text[same[i].part];

			n += slice_eq((struct slice){ c->text.p + t.at, t.n },
			    cell(c, row, same[i].column));
		}
		if (n == 2)
			return true;
	}
	return false;
}

static void
add_code(struct compiling *c, struct gathered *one, size_t row, bool exact)
{
	struct linked_code *code;
	uint32_t k = (uint32_t)c->ncodes;

	c->codes =
	    mem_room(c->codes, c->ncodes, &c->codes_room, sizeof(*c->codes));
	code = &c->codes[c->ncodes++];
	code->next = LAST;
	code->flat.line = (uint32_t)table_line(c->t, row);
	code->flat.exact = exact;
	for (size_t i = 0; i < FLAT_CODE_TEXTS; i++)
		code->flat.text[i] =
		    put_cell(c, row, (enum mapping_column)(MAPPING_CODE + i));
	if (one->first == LAST)
		one->first = k;
	else
		c->codes[one->last].next = k;
	one->last = k;
}

static bool
add_answer(struct compiling *c, size_t row)
{
	struct slice relation = cell(c, row, MAPPING_RELATION);
	bool none = slice_is(relation, "none"), fresh;
	bool exact = relation.n == 0 || slice_is(relation, "exact");
	struct gathered *one;
	uint64_t line;

	if (!none &&
	    (cell(c, row, MAPPING_CODE).n == 0 ||
		cell(c, row, MAPPING_SYSTEM).n == 0 ||
		cell(c, row, MAPPING_VERSION).n == 0))
		return table_row_fault(c->t, row, c->faults, c->e,
		    "an approved row needs code, system and version "
		    "(or the relation 'none')");
	one = mapping_of(c, row, &fresh);
	if (!fresh && (one->first == LAST) != none)
		return table_row_fault(c->t, row, c->faults, c->e,
		    "this term has a code and 'none' (see line %llu)",
		    (unsigned long long)one->line);
	line = one->line;
	one->line = table_line(c->t, row);
	if (one->first == LAST) {
		one->reviewer = cell(c, row, MAPPING_REVIEWER);
		one->date = cell(c, row, MAPPING_DATE);
	}
	if (none || has_code(c, one, row))
		return true;
	if (one->first != LAST && disagrees(c, one, row))
		return table_row_fault(c->t, row, c->faults, c->e,
		    "this term has another answer of the same day by another "
		    "reviewer (see line %llu)",
		    (unsigned long long)line);
	add_code(c, one, row, exact);
	return true;
}

static bool
add_row(struct compiling *c, size_t row)
{
	struct slice date = cell(c, row, MAPPING_DATE);
	bool ok = mapping_is_day(date) ||
	    table_row_fault(c->t, row, c->faults, c->e, MAPPING_NO_DAY,
		(int)date.n, date.p);

	return add_answer(c, row) && ok;
}

static void
add_stale(struct compiling *c, size_t row)
{
	struct flat_stale stale;

	for (size_t i = 0; i < FLAT_STALE_TEXTS; i++)
		stale.text[i] = put_cell(c, row, (enum mapping_column)i);
	if (stale.text[MAPPING_FIELD].n == 0)
		stale.text[MAPPING_FIELD] =
		    put_text(c, mapping_field(c->t, row));
	buf_add(&c->stale, &stale, sizeof(stale));
}

/* --- laying out ---------------------------------------------------------- */

static void
lay_slots(const struct compiling *c, struct buf *part)
{
	size_t n = index_count(c->keys), size = 16, mask;
	uint32_t *slots;

	while (size < n * 2)
		size *= 2;
	mask = size - 1;
	slots = mem_alloc(size * sizeof(*slots));
	memset(slots, 0xFF, size * sizeof(*slots));
	for (size_t i = 0; i < n; i++) {
		size_t at = c->list[i].flat.slot & mask;

		while (slots[at] != MAPPING_NOWHERE)
			at = (at + 1) & mask;
		slots[at] = (uint32_t)i;
	}
	buf_add(part, slots, size * sizeof(*slots));
	mem_free(slots);
}

static void
lay_out(
    struct compiling *c, const uint8_t digest[DIGEST_SIZE], struct buf *image)
{
	struct buf mappings = { 0 }, codes = { 0 }, slots = { 0 };
	struct flat_mapping end = { .codes = (uint32_t)c->ncodes };
	struct image_parts parts = { .n = MAPPING_PARTS };
	uint32_t before = 0;

	for (size_t i = 0; i < index_count(c->keys); i++) {
		c->list[i].flat.codes = before;
		buf_add(&mappings, &c->list[i].flat, sizeof(end));
		for (uint32_t k = c->list[i].first; k != LAST;
		     k = c->codes[k].next, before++)
			buf_add(&codes, &c->codes[k].flat,
			    sizeof(c->codes[k].flat));
	}
	buf_add(&mappings, &end, sizeof(end));
	lay_slots(c, &slots);
	parts.parts[0] = buf_slice(&mappings);
	parts.parts[1] = buf_slice(&codes);
	parts.parts[2] = buf_slice(&slots);
	parts.parts[3] = buf_slice(&c->stale);
	parts.parts[4] = buf_slice(&c->text);
	image_write(&parts, MAPPING_MAGIC, digest, image);
	buf_release(&mappings);
	buf_release(&codes);
	buf_release(&slots);
}

static bool
add_rows(struct compiling *c)
{
	bool ok = true;

	for (size_t i = 0; i < table_rows(c->t) && !c->text.full; i++) {
		enum mapping_status status;

		arena_reset(c->arena);
		if (!mapping_status_of(c->t, i, &status, c->faults, c->e))
			ok = false;
		else if (status == MAPPING_APPROVED)
			ok = add_row(c, i) && ok;
		else if (status == MAPPING_INVALID_TARGET)
			add_stale(c, i);
	}
	if (ok && c->text.full)
		return err_set(c->e, ERR_USAGE,
		    "%s: more than 4 GiB of texts, cut it in two",
		    table_path(c->t));
	return ok;
}

bool
mapping_compile(const char *path, struct slice text,
    const uint8_t digest[DIGEST_SIZE], struct buf *image,
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, mapping_columns, TABLE_EXTRA, faults, e);
	struct compiling c = { .t = t,
		.text = { .ceiling = UINT32_MAX },
		.faults = faults,
		.e = e };
	bool ok;

	if (t == NULL)
		return false;
	c.arena = arena_new();
	c.keys = index_new();
	ok = add_rows(&c);
	if (!c.text.full)
		lay_out(&c, digest, image);
	mem_free(c.list);
	mem_free(c.codes);
	buf_release(&c.text);
	buf_release(&c.stale);
	buf_release(&c.key);
	buf_release(&c.folded);
	index_free(c.keys);
	arena_free(c.arena);
	table_free(t);
	return ok;
}
