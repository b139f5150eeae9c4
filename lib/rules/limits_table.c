#include <ctype.h>

#include "base/mem.h"
#include "io/reader.h"
#include "json/write.h"
#include "rules/limits_parts.h"

#define LARGEST ((size_t)64 << 20) /* of a table */

static const struct column limit_columns[] = { [LIMIT_UNIT] = { "unit", "单位",
						   0 },
	[LIMIT_SEX] = { "sex", "性别", 0 },
	[LIMIT_AGE_LOW] = { "age_low", "年龄下限", 0 },
	[LIMIT_AGE_HIGH] = { "age_high", "年龄上限", 0 },
	[LIMIT_LOW] = { "low", "下限", 0 },
	[LIMIT_HIGH] = { "high", "上限", 0 },
	{ NULL, NULL, 0 } };

struct reading {
	struct ruleset *rules;
	const struct rule *like;
	const struct table *table;
	struct column *columns; /* those that select from LIMIT_COLUMNS on */
	size_t ncolumns;
	struct index *items;
	struct limits **limits; /* of each item */
	size_t *rows;           /* the first of each */
};

/* The columns of one's own, behind those known. */
static struct column *
with_selectors(
    struct ruleset *s, const struct rule *like, struct table *t, struct err *e)
{
	size_t n = LIMIT_COLUMNS;
	struct column *to = arena_zalloc(
	    s->arena, (table_width(t) + LIMIT_COLUMNS + 1) * sizeof(*to));

	memcpy(to, limit_columns, LIMIT_COLUMNS * sizeof(*to));
	for (size_t i = 0; i < table_width(t); i++) {
		struct slice name = table_header(t, i);

		if (name.n == 0 || slice_starts(name, "x_") ||
		    table_column(limit_columns, name) >= 0)
			continue;
		to[n++] = (struct column){ arena_string(
					       s->arena, name.p, name.n),
			NULL, COLUMN_REQUIRED | COLUMN_FILLED | COLUMN_CODE };
	}
	if (n > LIMIT_COLUMNS)
		return to;
	table_fault(s->faults, table_path(t), 1, e,
	    "no column says which item a row is for (rule '%.*s')",
	    (int)like->id.n, like->id.p);
	return NULL;
}

/* Read twice: the header says which columns the second reading is to check. */
static struct table *
parse(struct ruleset *s, const struct rule *like, const char *path,
    struct slice text, struct column **columns, struct err *e)
{
	struct table *t =
	    table_parse(path, text, limit_columns, TABLE_EXTRA, s->faults, e);

	*columns = t == NULL ? NULL : with_selectors(s, like, t, e);
	table_free(t);
	return *columns == NULL
	    ? NULL
	    : table_parse(path, text, *columns, TABLE_EXTRA, s->faults, e);
}

static bool
read_bound(struct slice cell, bool open, struct arena *a, struct bound *to,
    struct err *e)
{
	to->open = open;
	to->there = cell.n > 0;
	return cell.n == 0 || decimal_parse(cell, a, &to->number, e);
}

static bool
read_limit(const struct reading *x, size_t row, struct limit *to, struct err *e)
{
	struct arena *a = x->rules->arena;
	struct table_faults *f = x->rules->faults;
	struct slice *c = to->cells;
	struct err why = { 0 };

	for (unsigned i = 0; i < LIMIT_COLUMNS; i++)
		c[i] = arena_slice(a, table_cell(x->table, row, i));
	to->line = table_line(x->table, row);
	to->sex = check_sex(c[LIMIT_SEX]);
	if (c[LIMIT_SEX].n > 0 && to->sex == SEX_UNKNOWN)
		return table_row_fault(x->table, row, f, e,
		    "column 'sex': '%.*s' is neither 男 nor 女",
		    (int)c[LIMIT_SEX].n, c[LIMIT_SEX].p);
	if (!read_bound(c[LIMIT_AGE_LOW], false, a, &to->age.low, &why) ||
	    !read_bound(c[LIMIT_AGE_HIGH], true, a, &to->age.high, &why) ||
	    !read_bound(c[LIMIT_LOW], false, a, &to->value.low, &why) ||
	    !read_bound(c[LIMIT_HIGH], false, a, &to->value.high, &why))
		return table_row_fault(x->table, row, f, e, "%s", why.text);
	if (c[LIMIT_LOW].n + c[LIMIT_HIGH].n == 0)
		return table_row_fault(
		    x->table, row, f, e, "there is neither low nor high");
	if (interval_is_empty(&to->age) || interval_is_empty(&to->value))
		return table_row_fault(x->table, row, f, e,
		    "the %s limit is not above the low one",
		    interval_is_empty(&to->age) ? "age_high" : "high");
	return true;
}

/* Which of two rows is meant nobody should have to guess. */
static bool
add_limit(const struct reading *x, size_t row, struct limits *to, struct err *e)
{
	struct limit *l = arena_zalloc(x->rules->arena, sizeof(*l));

	if (!read_limit(x, row, l, e))
		return false;
	for (const struct limit *o = to->first; o != NULL; o = o->next)
		if (!limits_exclude(o, l) && interval_meet(&o->age, &l->age))
			return table_row_fault(x->table, row, x->rules->faults,
			    e,
			    "this row and line %llu both hold for one unit, "
			    "sex and age (age_high itself is outside)",
			    (unsigned long long)o->line);
	if (to->last == NULL)
		to->first = l;
	else
		to->last->next = l;
	to->last = l;
	return true;
}

/* The cells that select, with something between. */
static struct slice
item_of(const struct reading *x, size_t row, const char *between)
{
	struct slice name = { "", 0 };

	for (size_t c = LIMIT_COLUMNS; c < x->ncolumns; c++) {
		struct slice cell = table_cell(x->table, row, c);

		name = slice_of(arena_printf(x->rules->arena, "%.*s%s%.*s",
		    (int)name.n, name.p, name.n > 0 ? between : "", (int)cell.n,
		    cell.p));
	}
	return name;
}

/* A path as a condition spells it: in quotes where it is no plain word. */
static void
put_name(const char *name, struct buf *b)
{
	bool plain = true;

	for (const char *p = name; *p != '\0'; p++)
		plain = plain &&
		    ((unsigned char)*p >= 0x80 || isalnum((unsigned char)*p) ||
			*p == '_' || *p == '.');
	if (plain)
		buf_adds(b, name);
	else
		json_put_cstring(b, name);
}

/* `test = "GLU" & (when)`: what selects comes first, for the index. */
static struct slice
guarded(const struct reading *x, size_t row)
{
	struct buf b = { 0 };
	struct slice text;

	for (size_t c = LIMIT_COLUMNS; c < x->ncolumns; c++) {
		if (b.n > 0)
			buf_adds(&b, " & ");
		put_name(x->columns[c].name, &b);
		buf_adds(&b, " = ");
		json_put_string(&b, table_cell(x->table, row, c));
	}
	if (x->like->when.n > 0)
		buf_addf(
		    &b, " & (%.*s)", (int)x->like->when.n, x->like->when.p);
	text = arena_slice(x->rules->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

static bool
add_rule(const struct reading *x, size_t item, struct err *e)
{
	struct arena *a = x->rules->arena;
	struct slice name = item_of(x, x->rows[item], "/");
	struct rule r = *x->like;

	r.id = slice_of(arena_printf(
	    a, "%.*s/%.*s", (int)r.id.n, r.id.p, (int)name.n, name.p));
	r.when = guarded(x, x->rows[item]);
	r.limits = x->limits[item];
	return ruleset_add(x->rules, &r, e);
}

static bool
expand(struct reading *x, struct err *e)
{
	size_t n = table_rows(x->table), room = 0, more = 0;
	bool ok = true;

	for (size_t row = 0; row < n; row++) {
		bool fresh;
		size_t i = index_add(x->items, item_of(x, row, "\x1f"), &fresh);

		if (fresh) {
			x->limits =
			    mem_room(x->limits, i, &room, sizeof(*x->limits));
			x->rows = mem_room(x->rows, i, &more, sizeof(*x->rows));
			x->rows[i] = row;
			x->limits[i] =
			    arena_zalloc(x->rules->arena, sizeof(**x->limits));
		}
		ok = add_limit(x, row, x->limits[i], e) && ok;
	}
	for (size_t i = 0; ok && i < index_count(x->items); i++)
		ok = add_rule(x, i, e);
	return ok;
}

static bool
any_field(void *ctx, struct slice name, size_t *number, struct err *e)
{
	(void)ctx;
	(void)name;
	(void)e;
	*number = 0;
	return true;
}

/* As the row spells it, before something stands in front of it. */
static bool
check_when(struct ruleset *s, const struct rule *like, struct err *e)
{
	struct patterns patterns = { 0 };
	struct resolver with = {
		.field = any_field, .arena = s->arena, .patterns = &patterns
	};
	struct err why = { 0 };
	bool ok =
	    like->when.n == 0 || cond_parse(like->when, &with, &why) != NULL;

	patterns_release(&patterns);
	return ok ||
	    table_fault(s->faults, like->path, like->line, e,
		"rule '%.*s': when: %s", (int)like->id.n, like->id.p, why.text);
}

bool
limits_parse(struct ruleset *s, const struct rule *like, const char *path,
    struct slice text, struct err *e)
{
	struct reading x = { .rules = s, .like = like };
	struct table *t = check_when(s, like, e)
	    ? parse(s, like, path, text, &x.columns, e)
	    : NULL;
	bool ok = false;

	if (t != NULL && table_rows(t) == 0) {
		table_fault(s->faults, path, 0, e, "the table has no row");
	} else if (t != NULL) {
		x.table = t;
		while (x.columns[x.ncolumns].name != NULL)
			x.ncolumns++;
		x.items = index_new();
		ok = expand(&x, e);
	}
	index_free(x.items);
	mem_free(x.limits);
	mem_free(x.rows);
	table_free(t);
	return ok;
}

bool
limits_expand(struct ruleset *s, const struct rule *like, struct err *e)
{
	const char *path;
	struct err why = { 0 };
	struct buf b = { 0 };
	bool ok;

	if (like->arg.n < 2 || like->arg.p[0] != '@')
		return table_fault(s->faults, like->path, like->line, e,
		    "reference takes a table beside the rule file: "
		    "@labref.csv");
	path = rule_beside(like, like->arg, s->arena);
	ok = reader_slurp(path, LARGEST, &b, &why)
	    ? limits_parse(s, like, path, buf_slice(&b), e)
	    : table_fault(s->faults, like->path, like->line, e, "%s", why.text);
	buf_release(&b);
	return ok;
}
