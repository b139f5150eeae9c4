#include "terms/unit.h"

#include <glob.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "terms/fold.h"
#include "terms/unit_tables.h"

static struct slice
joined(struct slice item, struct slice spelling, struct arena *arena)
{
	char *p = arena_alloc(arena, item.n + spelling.n + 1);

	memcpy(p, item.p, item.n);
	p[item.n] = '|';
	memcpy(p + item.n + 1, spelling.p, spelling.n);
	return (struct slice){ p, item.n + spelling.n + 1 };
}

/*
 * What laboratories write instead of UCUM: width, blanks, two code points for
 * micro, powers of ten.  Case stays.  "×10^9/L" -> "10*9/L".
 */
static struct slice
tidy(struct slice text, struct arena *arena)
{
	const char *p = text.p, *end = text.p + text.n;
	char *out = arena_alloc(arena, 4 * text.n + 4), *to = out;

	while (p < end) {
		uint32_t code = utf8_narrow(utf8_next(&p, end));

		if (code == ' ' || (code >= '\t' && code <= '\r'))
			continue;
		if (code == 0xB5 || code == 0x3BC)
			*to++ = 'u';
		else if (code == 0x2103)
			to += strlen(memcpy(to, "Cel", 4));
		else if (code == 0xD7)
			continue;
		else if (code == 0xB2 || code == 0xB3)
			*to++ = (char)('0' + (code & 7));
		else if (code == 0xB9)
			*to++ = '1';
		else if (code == 0x2070 || (code >= 0x2074 && code <= 0x2079))
			*to++ = (char)('0' + (code & 15));
		else if (code == 0x2219 || code == 0xB7 || code == 0x22C5)
			*to++ = '.';
		else
			to += utf8_put(to, code);
	}
	return slice_span(out, to);
}

/* "(mmol/L)": brackets around the whole. */
static struct slice
unwrapped(struct slice s)
{
	if (s.n > 2 && s.p[0] == '(' &&
	    memchr(s.p, ')', s.n) == s.p + s.n - 1 &&
	    memchr(s.p + 1, '(', s.n - 1) == NULL)
		return (struct slice){ s.p + 1, s.n - 2 };
	return s;
}

/* "x10^9/L", "10E9/L", "10^9/L" to "10*9/L". */
static struct slice
powers(struct slice text, struct arena *arena)
{
	const char *p = text.p, *end = text.p + text.n;
	char *out;

	if (end - p > 4 && (*p == 'x' || *p == 'X' || *p == '*') &&
	    p[1] == '1' && p[2] == '0')
		p++;
	if (end - p < 4 || p[0] != '1' || p[1] != '0' ||
	    (p[2] != '^' && p[2] != 'E' && p[2] != 'e' && p[2] != '*'))
		return text;
	out = arena_dup(arena, p, (size_t)(end - p));
	out[2] = '*';
	return (struct slice){ out, (size_t)(end - p) };
}

static bool
is_ucum(const struct units *u, struct slice code, struct arena *arena)
{
	struct err ignored = { 0 };
	struct unit unit;

	return ucum_unit(u->ucum, code, arena, &unit, &ignored);
}

static bool
listed(const struct spellings *s, struct slice item, struct slice spelling,
    struct arena *arena, struct slice *code)
{
	long i = index_find(s->keys, joined(item, spelling, arena));

	if (i < 0 || s->codes[i].n == 0)
		return false;
	*code = s->codes[i];
	return true;
}

/* What the spelling means for this item, whatever it means elsewhere. */
static bool
listed_for(const struct units *u, struct slice item, struct slice spelling,
    struct arena *arena, struct slice *code)
{
	struct slice forms[NAME_FORMS], folded;
	size_t n = item.n == 0 ? 0 : name_forms(item, arena, forms);

	if (n == 0)
		return false;
	folded = fold_term(spelling, arena);
	for (size_t i = 0; i < n; i++)
		if (listed(&u->exact, forms[i], spelling, arena, code) ||
		    listed(&u->folded, forms[i], folded, arena, code))
			return true;
	return false;
}

bool
units_code(const struct units *u, struct slice spelling, struct slice item,
    struct arena *arena, struct slice *code)
{
	struct slice text = unwrapped(tidy(spelling, arena)), power;

	*code = SLICE("");
	if (text.n == 0 || text.n > 100)
		return spelling.n == 0;
	power = powers(text, arena);
	if (listed_for(u, item, text, arena, code) ||
	    listed_for(u, item, power, arena, code) ||
	    listed(&u->exact, SLICE(""), text, arena, code))
		return true;
	if (is_ucum(u, power, arena)) {
		*code = power;
		return true;
	}
	return listed(&u->exact, SLICE(""), power, arena, code) ||
	    listed(&u->folded, SLICE(""), fold_term(power, arena), arena, code);
}

bool
units_valid(const struct units *u, struct slice code, struct arena *arena)
{
	return is_ucum(u, code, arena);
}

bool
units_parse(const struct units *u, struct slice code, struct arena *arena,
    struct unit *unit, struct err *e)
{
	return ucum_unit(u->ucum, code, arena, unit, e);
}

bool
units_display(const struct units *u, struct slice code, struct arena *arena,
    struct buf *to)
{
	return ucum_display(u->ucum, code, arena, to);
}

/* --- the table of spellings ---------------------------------------------- */

enum { SPELLING, ITEM, UCUM, NOTE };

static const struct column columns[] = { { "spelling", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "item", NULL, 0 }, { "ucum", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "note", NULL, 0 }, { NULL, NULL, 0 } };

/* False where it stands there already as another unit. */
static bool
add(struct spellings *s, struct slice key, struct slice code)
{
	bool fresh;
	size_t i = index_add(s->keys, key, &fresh);

	if (fresh) {
		s->codes =
		    mem_room(s->codes, i, &s->room, sizeof(struct slice));
		s->codes[i] = code;
	}
	return slice_eq(s->codes[i], code);
}

/* A folded spelling of two units fits none. */
static void
add_folded(
    struct units *u, struct slice item, struct slice text, struct slice code)
{
	struct slice key = joined(item, fold_term(text, u->arena), u->arena);

	if (!add(&u->folded, key, code))
		u->folded.codes[index_find(u->folded.keys, key)] = SLICE("");
}

/* A row under way. */
struct row {
	const struct table *table;
	size_t number;
	struct slice code;
	struct table_faults *faults;
	struct err *e;
};

/*
 * What is a code of UCUM itself means what UCUM says, unless the row is for
 * some items, or says in its note that it is known.
 */
static bool
agrees(struct units *u, const struct row *row, struct slice text)
{
	struct unit as_it_stands, meant;
	struct err ignored = { 0 };

	return table_cell(row->table, row->number, NOTE).n > 0 ||
	    !ucum_unit(u->ucum, text, u->arena, &as_it_stands, &ignored) ||
	    !ucum_unit(u->ucum, row->code, u->arena, &meant, &ignored) ||
	    unit_is_same(&as_it_stands, &meant, u->arena);
}

static bool
read_spelling(struct units *u, const struct row *row, struct slice spelling)
{
	struct slice text = unwrapped(tidy(spelling, u->arena));
	struct slice items = table_cell(row->table, row->number, ITEM), item;
	bool alone = true;

	if (items.n == 0) {
		if (!agrees(u, row, text))
			return table_row_fault(row->table, row->number,
			    row->faults, row->e,
			    "UCUM reads '%.*s' as another unit: name the "
			    "items, or the reason in note",
			    (int)text.n, text.p);
		alone =
		    add(&u->exact, joined(items, text, u->arena), row->code);
		add_folded(u, items, text, row->code);
		add_folded(u, items, row->code, row->code);
	}
	while (slice_next(&items, '|', &item)) {
		item = fold_term(item, u->arena);
		alone =
		    add(&u->exact, joined(item, text, u->arena), row->code) &&
		    alone;
		add_folded(u, item, text, row->code);
	}
	return alone ||
	    table_row_fault(row->table, row->number, row->faults, row->e,
		"'%.*s' is another unit in a row above", (int)text.n, text.p);
}

static bool
read_spellings(struct units *u, const struct table *t,
    struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		struct row row = { t, i,
			arena_slice(u->arena, table_cell(t, i, UCUM)), faults,
			e };
		struct slice list = table_cell(t, i, SPELLING), spelling;

		if (!is_ucum(u, row.code, u->arena)) {
			ok = table_row_fault(t, i, faults, e,
			    "'%.*s' is no unit of UCUM", (int)row.code.n,
			    row.code.p);
			continue;
		}
		while (slice_next(&list, '|', &spelling))
			ok = read_spelling(u, &row, slice_trim(spelling)) && ok;
	}
	return ok;
}

/* The latest list of units that was imported into the folder, or NULL. */
static const char *
imported(const char *folder, struct arena *arena)
{
	const char *pattern = arena_printf(arena, "%s/ucum@*.csv", folder);
	size_t before = strlen(folder) + strlen("/ucum@");
	struct slice latest = { "", 0 };
	const char *path = NULL;
	glob_t found = { 0 };

	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *p = found.gl_pathv[i];
			struct slice version = { p + before,
				strlen(p) - before - strlen(".csv") };

			if (path != NULL &&
			    slice_is_older_version(version, latest))
				continue;
			path = arena_string(arena, p, strlen(p));
			latest = (struct slice){ path + before, version.n };
		}
	globfree(&found);
	return path;
}

struct units *
units_load(const char *share, const char *folder, struct table_faults *faults,
    struct err *e)
{
	struct units *u = mem_zalloc(sizeof(*u));
	struct table *t;
	bool ok;

	u->arena = arena_new();
	u->exact.keys = index_new();
	u->folded.keys = index_new();
	u->ucum = ucum_load(folder == NULL ? NULL : imported(folder, u->arena),
	    arena_printf(u->arena, "%s/terms/ucum.csv", share), faults, e);
	u->analytes = analytes_load(
	    arena_printf(u->arena, "%s/terms/analytes.csv", share), faults, e);
	t = table_load(arena_printf(u->arena, "%s/terms/units.csv", share),
	    columns, TABLE_EXTRA, faults, e);
	ok = u->ucum != NULL && u->analytes != NULL && t != NULL &&
	    read_spellings(u, t, faults, e);
	table_free(t);
	if (!ok) {
		units_free(u);
		return NULL;
	}
	return u;
}

void
units_free(struct units *u)
{
	if (u == NULL)
		return;
	ucum_free(u->ucum);
	analytes_free(u->analytes);
	index_free(u->exact.keys);
	index_free(u->folded.keys);
	mem_free(u->exact.codes);
	mem_free(u->folded.codes);
	arena_free(u->arena);
	mem_free(u);
}
