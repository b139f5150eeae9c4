#include "rules/rule.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "json/write.h"

const struct column rule_columns[] = { [RULE_ID] = { "id", "编号|规则编号",
					   COLUMN_REQUIRED | COLUMN_FILLED |
					       COLUMN_CODE },
	[RULE_ON] = { "on", "启用", 0 },
	[RULE_KIND] = { "kind", "类别|记录类别", 0 },
	[RULE_FIELD] = { "field", "字段", 0 },
	[RULE_CHECK] = { "check", "检查", 0 },
	[RULE_ARG] = { "arg", "参数", 0 },
	[RULE_WHEN] = { "when", "条件", 0 },
	[RULE_MISSING] = { "missing", "缺失", 0 },
	[RULE_SEVERITY] = { "severity", "级别", 0 },
	[RULE_MAX_FAIL] = { "max_fail", "允许", 0 },
	[RULE_POINTS] = { "points", "扣分", 0 },
	[RULE_LEVEL] = { "level", "指标级别", 0 },
	[RULE_DIMENSION] = { "dimension", "维度", 0 },
	[RULE_SCENE] = { "scene", "场景", 0 },
	[RULE_OWNER] = { "owner", "责任人", 0 },
	[RULE_SINCE] = { "since", "生效", 0 },
	[RULE_UNTIL] = { "until", "失效", 0 },
	[RULE_MESSAGE] = { "message", "提示", 0 },
	[RULE_MESSAGE_EN] = { "message_en", "英文提示", 0 },
	[RULE_RATIONALE] = { "rationale", "依据", 0 },
	[RULE_NA] = { "na", "不适用", 0 },
	[RULE_PER] = { "per", "计数单位", 0 },
	{ NULL, NULL, 0 } };

static const struct {
	const char *name, *zh;
} severities[] = { { "info", "提示" }, { "warn", "警告" }, { "error", "强制" },
	{ "fatal", "致命" } };

const char *
severity_name(enum severity s)
{
	return severities[s].name;
}

const char *
severity_name_zh(enum severity s)
{
	return severities[s].zh;
}

bool
severity_named(struct slice text, enum severity *to)
{
	for (unsigned i = 0; i < 4; i++)
		if (slice_is(text, severities[i].name) ||
		    slice_is(text, severities[i].zh)) {
			*to = (enum severity)i;
			return true;
		}
	return false;
}

static const char *const na_names[] = { "never", "stream", "empty", "field",
	"filled", "applied", NULL };

const char *
rule_na_name(enum rule_na na)
{
	return na_names[na];
}

bool
rule_na_named(struct slice text, enum rule_na *to)
{
	for (unsigned i = 0; na_names[i] != NULL; i++)
		if (slice_is(text, na_names[i])) {
			*to = (enum rule_na)i;
			return true;
		}
	return false;
}

const char *
rule_missing_name(const struct rule *r)
{
	return r->as_table ? "null" : r->missing_fails ? "fail" : "skip";
}

bool
rule_is_open(const struct rule *r)
{
	return r->per_value || check_is(r->check, CHECK_OPEN);
}

bool
rule_of_kind(const struct rule *r, struct slice kind)
{
	for (size_t i = 0; i < r->nkinds; i++)
		if (slice_eq(r->kinds[i], kind))
			return true;
	return r->nkinds == 0;
}

const char *
rule_beside(const struct rule *r, struct slice name, struct arena *a)
{
	const char *slash = strrchr(r->path, '/');
	int n = slash == NULL ? 0 : (int)(slash - r->path) + 1;

	return arena_printf(
	    a, "%.*s%.*s", n, r->path, (int)name.n - 1, name.p + 1);
}

/* --- cells -------------------------------------------------------------------- */

static bool
fault(struct ruleset *s, const struct rule_row *row, struct err *e,
    const char *what, struct slice got, const char *remedy)
{
	return table_fault(s->faults, row->path, row->line, e, "%s '%.*s'%s",
	    what, (int)got.n, got.p, remedy);
}

static bool
unknown(struct ruleset *s, const struct rule_row *row, struct err *e,
    const char *what, struct slice got, const char *const *known)
{
	const char *near = slice_suggest(got, known);
	const char *remedy = near == NULL
	    ? ""
	    : arena_printf(s->arena, " (did you mean '%s'?)", near);

	return fault(s, row, e, what, got, remedy);
}

static bool
is_id(struct slice id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z');

		if (!word && (i == 0 || memchr("._-,", c, 4) == NULL))
			return false;
	}
	return id.n > 0;
}

static void
fill_kinds(struct ruleset *s, struct slice text, struct rule *r)
{
	struct slice rest = text, part;

	r->nkinds = 0;
	r->kinds = arena_alloc(s->arena, (text.n / 2 + 1) * sizeof(*r->kinds));
	while (slice_next(&rest, '|', &part)) {
		part = slice_trim(part);
		if (part.n > 0)
			r->kinds[r->nkinds++] = arena_slice(s->arena, part);
	}
}

static bool
fill_points(struct slice text, struct arena *a, struct rule *r)
{
	struct decimal d, thousand = decimal_of_long(1000, a), out;
	struct err e = { 0 };
	long long n;

	if (!decimal_parse(text, a, &d, &e) ||
	    !decimal_mul(&d, &thousand, a, &out, &e) ||
	    !decimal_long(&out, &n) || n < 0 || n > 100000)
		return false;
	r->points = (unsigned)n;
	return true;
}

static bool
is_share(struct slice text)
{
	struct slice number = text;
	unsigned long long whole;
	size_t dots = 0;

	if (!(text.n > 1 && text.p[text.n - 1] == '%'))
		return slice_number(text, &whole);
	for (number.n--; number.n > 0; number.n--) {
		char c = number.p[number.n - 1];

		dots += c == '.';
		if ((c < '0' || c > '9') && (c != '.' || dots > 1))
			return false;
	}
	return text.p[0] != '.' && text.p[text.n - 2] != '.';
}

static bool
fill_check(struct ruleset *s, const struct rule_row *row, struct rule *r,
    struct err *e)
{
	struct slice text = row->cells[RULE_CHECK];
	const char *names[CHECK_KINDS + 1];

	if (!check_named(text, &r->check)) {
		check_names(names);
		return unknown(s, row, e, "unknown check", text, names);
	}
	if (check_is(r->check, CHECK_ARG) && row->cells[RULE_ARG].n == 0)
		return table_fault(s->faults, row->path, row->line, e,
		    "check '%s' needs an argument in the column arg",
		    check_name(r->check));
	if (row->cells[RULE_FIELD].n == 0 &&
	    !check_is(r->check, CHECK_NO_FIELD))
		return table_fault(s->faults, row->path, row->line, e,
		    "check '%s' needs a field", check_name(r->check));
	return true;
}

static bool
fill_words(struct ruleset *s, const struct rule_row *row, struct rule *r,
    struct err *e)
{
	static const char *const grades[] = { "info", "warn", "error", "fatal",
		NULL };
	const struct slice *c = row->cells;

	if (c[RULE_ON].n > 0) {
		if (!slice_is(c[RULE_ON], "0") && !slice_is(c[RULE_ON], "1"))
			return fault(
			    s, row, e, "on is 1 or 0, not", c[RULE_ON], "");
		r->on = slice_is(c[RULE_ON], "1");
	}
	if (c[RULE_MISSING].n > 0) {
		r->missing_fails = slice_is(c[RULE_MISSING], "fail");
		r->as_table = slice_is(c[RULE_MISSING], "null");
		if (!r->missing_fails && !r->as_table &&
		    !slice_is(c[RULE_MISSING], "skip"))
			return fault(s, row, e,
			    "missing is skip, fail or null, not",
			    c[RULE_MISSING], "");
	}
	if (c[RULE_SEVERITY].n > 0 &&
	    !severity_named(c[RULE_SEVERITY], &r->severity))
		return unknown(
		    s, row, e, "unknown severity", c[RULE_SEVERITY], grades);
	if (c[RULE_MAX_FAIL].n > 0 && !is_share(c[RULE_MAX_FAIL]))
		return fault(s, row, e,
		    "max_fail is a number or a share such as 2%, not",
		    c[RULE_MAX_FAIL], "");
	if (c[RULE_POINTS].n > 0 && !fill_points(c[RULE_POINTS], s->arena, r))
		return fault(s, row, e, "points are from 0 to 100, not",
		    c[RULE_POINTS], "");
	return true;
}

/* What only rules that see a table have. */
static bool
fill_table(struct ruleset *s, const struct rule_row *row, struct rule *r,
    struct err *e)
{
	const struct slice *c = row->cells;

	if (slice_is(c[RULE_MISSING], "null"))
		r->na = NA_APPLIED;
	if (c[RULE_NA].n > 0 && !rule_na_named(c[RULE_NA], &r->na))
		return unknown(s, row, e, "unknown na", c[RULE_NA], na_names);
	if (c[RULE_PER].n > 0 && !slice_is(c[RULE_PER], "record") &&
	    !slice_is(c[RULE_PER], "value"))
		return fault(
		    s, row, e, "per is record or value, not", c[RULE_PER], "");
	if (c[RULE_PER].n > 0)
		r->per_value = slice_is(c[RULE_PER], "value");
	if (r->per_value && r->check != CHECK_OVERLAP &&
	    (r->check != CHECK_NEVER || c[RULE_FIELD].n == 0))
		return table_fault(s->faults, row->path, row->line, e,
		    "values are counted (per) by overlap, and by never where "
		    "the rule has a field");
	if (r->as_table &&
	    (check_is(r->check, CHECK_MEASURE | CHECK_WATCH) ||
		r->check == CHECK_ROW_COUNT || r->check == CHECK_RATE ||
		r->check == CHECK_SCHEMA))
		return table_fault(s->faults, row->path, row->line, e,
		    "missing=null is not for check '%s'", check_name(r->check));
	if (!r->as_table &&
	    (c[RULE_NA].n > 0 || r->per_value || r->check == CHECK_PRESENT))
		return table_fault(s->faults, row->path, row->line, e,
		    "na, per=value and check present are for rules with "
		    "missing=null");
	return true;
}

static bool
fill_dates(struct ruleset *s, const struct rule_row *row, struct err *e)
{
	for (unsigned i = RULE_SINCE; i <= RULE_UNTIL; i++) {
		struct slice c = row->cells[i];
		struct err why = { 0 };
		struct date d;

		if (c.n > 0 && !date_parse(c, &d, &why))
			return fault(s, row, e,
			    "since and until are dates such as 2026-01-31, not",
			    c, "");
	}
	return true;
}

bool
rule_fill(struct ruleset *s, const struct rule_row *row, struct rule *r,
    struct err *e)
{
	const struct slice *c = row->cells;
	struct slice *texts[RULE_COLUMNS] = { [RULE_ARG] = &r->arg,
		[RULE_WHEN] = &r->when,
		[RULE_MAX_FAIL] = &r->max_fail,
		[RULE_LEVEL] = &r->level,
		[RULE_DIMENSION] = &r->dimension,
		[RULE_SCENE] = &r->scene,
		[RULE_OWNER] = &r->owner,
		[RULE_SINCE] = &r->since,
		[RULE_UNTIL] = &r->until,
		[RULE_MESSAGE] = &r->message,
		[RULE_MESSAGE_EN] = &r->message_en,
		[RULE_RATIONALE] = &r->rationale };
	bool ok = true;

	if (r->of == NULL && r->check != CHECK_KEYWORD && !is_id(c[RULE_ID]))
		ok = fault(s, row, e,
		    "an id is letters, digits and '._-,' (a colon is kept for "
		    "generated rules), not",
		    c[RULE_ID], "");
	if (c[RULE_CHECK].n > 0)
		ok = fill_check(s, row, r, e) && ok;
	ok = fill_words(s, row, r, e) && fill_table(s, row, r, e) &&
	    fill_dates(s, row, e) && ok;
	if (c[RULE_KIND].n > 0)
		fill_kinds(s, c[RULE_KIND], r);
	for (unsigned i = 0; i < RULE_COLUMNS; i++)
		if (texts[i] != NULL && c[i].n > 0)
			*texts[i] = arena_slice(s->arena, c[i]);
	if (r->message.n == 0)
		ok = table_fault(s->faults, row->path, row->line, e,
		    "rule '%.*s' has no message (column message)",
		    (int)c[RULE_ID].n, c[RULE_ID].p);
	return ok;
}

/* --- printing ------------------------------------------------------------------ */

static struct slice
join_kinds(const struct rule *r, struct buf *b)
{
	buf_reset(b);
	for (size_t i = 0; i < r->nkinds; i++) {
		if (i > 0)
			buf_addc(b, '|');
		buf_add_slice(b, r->kinds[i]);
	}
	return buf_slice(b);
}

static struct slice
put_points(const struct rule *r, struct buf *b)
{
	buf_reset(b);
	buf_addf(b, "%u", r->points / 1000);
	if (r->points % 1000 != 0) {
		buf_addf(b, ".%03u", r->points % 1000);
		while (b->p[b->n - 1] == '0')
			b->n--;
	}
	return buf_slice(b);
}

static struct slice
cell(const struct rule *r, unsigned column, struct buf *b)
{
	switch (column) {
	case RULE_ID:
		return r->id;
	case RULE_ON:
		return r->on ? SLICE("1") : SLICE("0");
	case RULE_KIND:
		return join_kinds(r, b);
	case RULE_FIELD:
		return r->field;
	case RULE_CHECK:
		return slice_of(check_name(r->check));
	case RULE_ARG:
		return r->arg;
	case RULE_WHEN:
		return r->when;
	case RULE_MISSING:
		return slice_of(rule_missing_name(r));
	case RULE_NA:
		return r->as_table ? slice_of(rule_na_name(r->na)) : SLICE("");
	case RULE_PER:
		return r->per_value ? SLICE("value") : SLICE("");
	case RULE_SEVERITY:
		return slice_of(severity_name(r->severity));
	case RULE_MAX_FAIL:
		return r->max_fail;
	case RULE_POINTS:
		return put_points(r, b);
	case RULE_LEVEL:
		return r->level;
	case RULE_DIMENSION:
		return r->dimension;
	case RULE_SCENE:
		return r->scene;
	case RULE_OWNER:
		return r->owner;
	case RULE_SINCE:
		return r->since;
	case RULE_UNTIL:
		return r->until;
	case RULE_MESSAGE:
		return r->message;
	case RULE_MESSAGE_EN:
		return r->message_en;
	default:
		return r->rationale;
	}
}

void
rule_put_json(const struct rule *r, struct buf *to)
{
	struct buf b = { 0 };

	buf_addc(to, '{');
	for (unsigned i = 0; i < RULE_COLUMNS; i++) {
		struct slice text = cell(r, i, &b);

		if (text.n == 0)
			continue;
		json_put_key(to, rule_columns[i].name);
		json_put_string(to, text);
	}
	buf_addc(to, '}');
	buf_release(&b);
}

void
rule_put_header(char delimiter, struct buf *to)
{
	for (unsigned i = 0; i < RULE_COLUMNS; i++) {
		if (i > 0)
			buf_addc(to, delimiter);
		buf_adds(to, rule_columns[i].name);
	}
}

void
rule_put_row(const struct rule *r, char delimiter, struct buf *to)
{
	struct buf b = { 0 };

	for (unsigned i = 0; i < RULE_COLUMNS; i++) {
		struct slice text = cell(r, i, &b);
		bool quote = text.n > 0 &&
		    (memchr(text.p, '"', text.n) != NULL ||
			memchr(text.p, delimiter, text.n) != NULL ||
			memchr(text.p, '\n', text.n) != NULL);

		if (i > 0)
			buf_addc(to, delimiter);
		if (quote)
			buf_addc(to, '"');
		for (size_t j = 0; j < text.n; j++) {
			if (text.p[j] == '"')
				buf_addc(to, '"');
			buf_addc(to, text.p[j]);
		}
		if (quote)
			buf_addc(to, '"');
	}
	buf_release(&b);
}
