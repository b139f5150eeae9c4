#include "catalogue/row.h"

#include "base/brace.h"
#include "base/decimal.h"

enum {
	C_ID,
	C_NAME_ZH,
	C_NAME_EN,
	C_GROUP,
	C_LEVEL,
	C_KIND,
	C_TYPE,
	C_UNIT,
	C_VALUES,
	C_LOW,
	C_HIGH,
	C_SOURCE,
	C_EXPR,
	C_ANCHORS,
	C_SYNONYMS,
	C_IDENTIFYING,
	C_NOTE
};

const struct column row_columns[] = { [C_ID] = { "id", "编号|指标编号",
					  COLUMN_REQUIRED | COLUMN_FILLED },
	[C_NAME_ZH] = { "name_zh", "名称|中文名|指标名称",
	    COLUMN_REQUIRED | COLUMN_FILLED },
	[C_NAME_EN] = { "name_en", "英文名", 0 },
	[C_GROUP] = { "group", "分组|类别", 0 },
	[C_LEVEL] = { "level", "级别|层级", COLUMN_REQUIRED | COLUMN_FILLED },
	[C_KIND] = { "kind", "记录类型", 0 },
	[C_TYPE] = { "type", "类型", COLUMN_REQUIRED | COLUMN_FILLED },
	[C_UNIT] = { "unit", "单位", 0 },
	[C_VALUES] = { "values", "值域|取值", COLUMN_CODE },
	[C_LOW] = { "low", "下限", 0 },
	[C_HIGH] = { "high", "上限", 0 },
	[C_SOURCE] = { "source", "来源", 0 },
	[C_EXPR] = { "expr", "表达式|公式", 0 },
	[C_ANCHORS] = { "anchors", "锚词|触发词", 0 },
	[C_SYNONYMS] = { "synonyms", "同义词|别名", 0 },
	[C_IDENTIFYING] = { "identifying", "是否标识|隐私", 0 },
	[C_NOTE] = { "note", "备注|说明", 0 },
	{ 0 } };

/* Where a row is being read, so that each check is one short call. */
struct reading {
	const struct table *table;
	size_t row;
	struct arena *arena;
	struct table_faults *faults;
	struct err *e;
	bool ok;
};

#define FAULT(r, ...)               \
	((r)->ok = table_row_fault( \
	     (r)->table, (r)->row, (r)->faults, (r)->e, __VA_ARGS__))

static struct slice
cell(struct reading *r, size_t column)
{
	struct slice s = table_cell(r->table, r->row, column);

	return s.n == 0 ? (struct slice){ "", 0 } : arena_slice(r->arena, s);
}

/* The parts between separators, trimmed, without empty ones. */
static struct slice *
parts(struct reading *r, struct slice s, char separator, size_t *count)
{
	struct slice rest = s, part, *list;
	size_t n = 0;

	while (slice_next(&rest, separator, &part))
		n++;
	list = arena_alloc(r->arena, (n + 1) * sizeof(*list));
	*count = 0;
	for (rest = s; slice_next(&rest, separator, &part);) {
		part = slice_trim(part);
		if (part.n > 0)
			list[(*count)++] = part;
	}
	return list;
}

static bool
is_id(struct slice id)
{
	if (id.n == 0 || id.p[0] < 'a' || id.p[0] > 'z')
		return false;
	for (size_t i = 1; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '_' || c == '.' ||
			c == '-' || c == '@'))
			return false;
	}
	return true;
}

static void
read_type(struct reading *r, struct indicator *d)
{
	const char *names[TYPE_COUNT + 1] = { NULL };
	struct slice s = cell(r, C_TYPE);
	const char *near;

	for (size_t i = 0; i < TYPE_COUNT; i++) {
		names[i] = indicator_type_name((enum indicator_type)i);
		if (slice_is(s, names[i])) {
			d->type = (enum indicator_type)i;
			return;
		}
	}
	near = slice_suggest(s, names);
	if (near != NULL)
		FAULT(r, "unknown type '%.*s' (did you mean '%s'?)", (int)s.n,
		    s.p, near);
	else
		FAULT(r,
		    "unknown type '%.*s'; types are number integer "
		    "percent dims duration date bool code mark text",
		    (int)s.n, s.p);
}

static void
read_level(struct reading *r, struct indicator *d)
{
	struct slice s = cell(r, C_LEVEL);

	if (s.n == 2 && s.p[0] == 'L' && s.p[1] >= '1' && s.p[1] <= '4')
		d->level = (unsigned)(s.p[1] - '0');
	else
		FAULT(r, "unknown level '%.*s'; levels are L1 L2 L3 L4",
		    (int)s.n, s.p);
}

/* The spellings of a code: itself, and all that `a|b{c,d}` stands for. */
static void
read_spellings(struct reading *r, struct code *c, struct slice s)
{
	size_t nmore, n = 1, room = 1;
	struct slice *more = parts(r, s, '|', &nmore);
	struct slice *list = arena_alloc(r->arena, sizeof(*list));

	list[0] = c->code;
	for (size_t i = 0; i < nmore; i++) {
		size_t k;
		struct slice *words = brace_expand(more[i], r->arena, &k);

		if (words == NULL)
			FAULT(r, "values: '%.*s' stands for more than %d words",
			    (int)more[i].n, more[i].p, BRACE_MOST);
		for (size_t j = 0; words != NULL && j < k; j++) {
			if (words[j].n == 0)
				continue;
			list =
			    arena_room(r->arena, list, n, &room, sizeof(*list));
			list[n++] = words[j];
		}
	}
	c->spellings = list;
	c->nspellings = n;
}

/* `code=a|b; code=c`: the code is its own first spelling. */
static void
read_values(struct reading *r, struct indicator *d)
{
	struct slice s = cell(r, C_VALUES), *rows;
	size_t n;

	d->values = s;
	if (s.n == 0 || s.p[0] == '@')
		return;
	rows = parts(r, s, ';', &n);
	d->codes = arena_zalloc(r->arena, (n + 1) * sizeof(*d->codes));
	for (size_t i = 0; i < n; i++) {
		struct code *c = &d->codes[d->ncodes++];
		const char *eq = memchr(rows[i].p, '=', rows[i].n);

		c->code = slice_trim(
		    eq == NULL ? rows[i] : slice_span(rows[i].p, eq));
		if (c->code.n == 0)
			FAULT(r, "values: entry %zu has no code before '='",
			    i + 1);
		read_spellings(r, c,
		    eq == NULL ? SLICE("")
			       : slice_span(eq + 1, rows[i].p + rows[i].n));
		for (size_t j = 0; j + 1 < d->ncodes; j++)
			if (slice_eq(d->codes[j].code, c->code))
				FAULT(r, "values: code '%.*s' stands twice",
				    (int)c->code.n, c->code.p);
	}
}

static void
read_range(struct reading *r, struct indicator *d)
{
	struct decimal low, high;
	bool both = true;

	d->low = cell(r, C_LOW);
	d->high = cell(r, C_HIGH);
	if (d->low.n > 0 && !decimal_parse(d->low, r->arena, &low, NULL))
		both = FAULT(
		    r, "low '%.*s' is no number", (int)d->low.n, d->low.p);
	if (d->high.n > 0 && !decimal_parse(d->high, r->arena, &high, NULL))
		both = FAULT(
		    r, "high '%.*s' is no number", (int)d->high.n, d->high.p);
	if (both && d->low.n > 0 && d->high.n > 0 &&
	    decimal_cmp(&low, &high) > 0)
		FAULT(r, "low %.*s is above high %.*s", (int)d->low.n, d->low.p,
		    (int)d->high.n, d->high.p);
}

static void
check_sense(struct reading *r, const struct indicator *d)
{
	if (d->type == TYPE_CODE && d->values.n == 0)
		FAULT(r, "type code needs values");
	if (d->level == 3 && d->expr.n == 0)
		FAULT(r, "level L3 needs expr");
	if (d->level != 3 && d->expr.n > 0)
		FAULT(r, "expr is for level L3 only");
	if ((d->low.n > 0 || d->high.n > 0) &&
	    (d->type == TYPE_BOOL || d->type == TYPE_CODE ||
		d->type == TYPE_TEXT || d->type == TYPE_MARK))
		FAULT(r, "low and high mean nothing for type %s",
		    indicator_type_name(d->type));
}

bool
row_read(const struct table *t, size_t row, struct arena *arena,
    struct indicator *d, struct table_faults *faults, struct err *e)
{
	struct reading r = { t, row, arena, faults, e, true };
	struct slice flag;

	*d = (struct indicator){ .line = (unsigned)table_line(t, row) };
	d->id = cell(&r, C_ID);
	if (!is_id(d->id))
		FAULT(&r,
		    "id '%.*s' must begin with a-z and hold only "
		    "letters, digits, '_', '.', '-'",
		    (int)d->id.n, d->id.p);
	d->name_zh = cell(&r, C_NAME_ZH);
	d->name_en = cell(&r, C_NAME_EN);
	d->group = cell(&r, C_GROUP);
	d->unit = cell(&r, C_UNIT);
	d->source = cell(&r, C_SOURCE);
	d->expr = cell(&r, C_EXPR);
	d->anchors = cell(&r, C_ANCHORS);
	d->note = cell(&r, C_NOTE);
	d->kinds = parts(&r, cell(&r, C_KIND), '|', &d->nkinds);
	d->synonyms = parts(&r, cell(&r, C_SYNONYMS), '|', &d->nsynonyms);
	flag = cell(&r, C_IDENTIFYING);
	d->identifying = slice_is(flag, "1");
	if (flag.n > 0 && !d->identifying && !slice_is(flag, "0"))
		FAULT(&r, "identifying is 1 or empty, not '%.*s'", (int)flag.n,
		    flag.p);
	read_level(&r, d);
	read_type(&r, d);
	read_values(&r, d);
	read_range(&r, d);
	check_sense(&r, d);
	return r.ok;
}

static bool
same_list(const struct slice *a, size_t n, const struct slice *b, size_t m)
{
	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!slice_eq(a[i], b[i]))
			return false;
	return true;
}

/*
 * Names and synonyms are anchors where the cell `anchors` is empty, so they
 * decide a value then; group and note never do.
 */
bool
row_same(const struct indicator *a, const struct indicator *b)
{
	bool names = slice_eq(a->name_zh, b->name_zh) &&
	    slice_eq(a->name_en, b->name_en) &&
	    same_list(a->synonyms, a->nsynonyms, b->synonyms, b->nsynonyms);

	return a->level == b->level && a->type == b->type &&
	    a->identifying == b->identifying && slice_eq(a->unit, b->unit) &&
	    slice_eq(a->values, b->values) && slice_eq(a->low, b->low) &&
	    slice_eq(a->high, b->high) && slice_eq(a->source, b->source) &&
	    slice_eq(a->expr, b->expr) && slice_eq(a->anchors, b->anchors) &&
	    same_list(a->kinds, a->nkinds, b->kinds, b->nkinds) &&
	    (a->anchors.n > 0 || names);
}
