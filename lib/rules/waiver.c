#include "rules/waiver.h"

#include "base/mem.h"
#include "json/scan.h"
#include "rules/stream.h"

enum { RULE, BY, UNTIL, WHO, WHY };

static const struct column columns[] = { { "rule", "规则|编号|id",
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "by", "分组|范围", 0 },
	{ "until", "截止|有效期至", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "who", "批准人|负责人", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "why", "理由|原因", COLUMN_REQUIRED | COLUMN_FILLED },
	{ NULL, NULL, 0 } };

/* Valid on its last day too. */
static bool
read_waiver(struct waivers *w, const struct table *t, size_t row,
    const struct date *now, struct table_faults *faults, struct err *e)
{
	struct waiver *v = &w->list[w->n];
	struct slice text[5];
	struct date until;

	for (size_t i = 0; i < 5; i++)
		text[i] = arena_slice(w->arena, table_cell(t, row, i));
	*v = (struct waiver){ text[RULE], text[BY], text[UNTIL], text[WHO],
		text[WHY], .line = table_line(t, row) };
	if (!date_parse(v->until, &until, NULL) || until.precision != DATE_DAY)
		return table_row_fault(t, row, faults, e,
		    "until is no day: write it as 2026-12-31");
	v->over = date_cmp(&until, now) < 0;
	w->n++;
	return true;
}

struct waivers *
waivers_load(const char *path, const struct date *now,
    struct table_faults *faults, struct err *e)
{
	struct table *t = table_load(path, columns, 0, faults, e);
	struct waivers *w;
	bool ok = true;

	if (t == NULL)
		return NULL;
	w = mem_zalloc(sizeof(*w));
	w->arena = arena_new();
	w->path = path;
	w->list = arena_alloc(w->arena, (table_rows(t) + 1) * sizeof(*w->list));
	for (size_t i = 0; i < table_rows(t); i++)
		ok = read_waiver(w, t, i, now, faults, e) && ok;
	table_free(t);
	if (ok)
		return w;
	waivers_free(w);
	return NULL;
}

void
waivers_free(struct waivers *w)
{
	if (w == NULL)
		return;
	arena_free(w->arena);
	mem_free(w);
}

/* --- which groups ------------------------------------------------------------ */

/* The next of "dept=呼吸一科; month(t)=2024-01". */
static bool
next_part(struct slice *rest, struct slice *key, struct slice *value)
{
	struct slice part;
	const char *sign;

	if (!slice_next(rest, ';', &part))
		return false;
	sign = memchr(part.p, '=', part.n);
	if (sign == NULL)
		sign = part.p + part.n;
	*key = slice_trim(slice_span(part.p, sign));
	*value = sign == part.p + part.n
	    ? *key
	    : slice_trim(slice_span(sign + 1, part.p + part.n));
	return true;
}

static bool
check_keys(const struct waivers *w, const struct waiver *v,
    const struct summary *s, struct table_faults *faults, struct err *e)
{
	struct slice rest = v->by, key, value;

	while (next_part(&rest, &key, &value)) {
		bool known = false;

		for (size_t i = 0; i < s->nby; i++)
			known = known || slice_eq(s->by[i], key);
		if (!known)
			return table_fault(faults, w->path, v->line, e,
			    "the summary is not counted by '%.*s': write by "
			    "as KEY=VALUE; KEY=VALUE with the keys of --by",
			    (int)key.n, key.p);
	}
	return true;
}

/* An empty value, or （缺失）, is the group whose value is missing. */
static bool
has_value(
    struct slice by, struct slice key, struct slice value, struct arena *a)
{
	struct json v =
	    json_get(json_of(by), arena_printf(a, "%.*s", (int)key.n, key.p));

	if (v.type == JSON_NULL)
		return value.n == 0 || slice_is(value, "（缺失）");
	return v.type != JSON_NONE &&
	    slice_eq(slice_trim(json_text(v, a)), value);
}

static bool
covers(const struct waiver *v, struct slice by, struct arena *a)
{
	struct slice rest = v->by, key, value;

	while (next_part(&rest, &key, &value))
		if (!has_value(by, key, value, a))
			return false;
	return true;
}

static void
apply(struct waiver *v, struct rule_lines *l, struct arena *a)
{
	for (size_t i = 0; i < l->ngroups; i++)
		if (covers(v, l->groups[i].by, a)) {
			v->covers += l->groups[i].fail - l->groups[i].waived;
			l->groups[i].waived = l->groups[i].fail;
		}
	if (l->ngroups == 0 && v->by.n == 0)
		v->covers = l->total.fail - l->total.waived;
	v->used = v->covers > 0;
	l->total.waived += v->covers;
	if (l->total.waived > l->total.fail) /* of a summary made by hand */
		l->total.waived = l->total.fail;
}

/* What a rule over the stream says of a group may be accepted too. */
static void
accept_level(struct waiver *v, struct count_line *l)
{
	v->used = v->used || l->level == LEVEL_OUTSIDE;
	l->level = LEVEL_WITHIN;
}

static void
accept_levels(
    struct waiver *v, struct summary *s, struct rule_lines *l, struct arena *a)
{
	if (l->stands != LEVEL_OUTSIDE)
		return;
	for (size_t i = 0; i < l->ngroups; i++)
		if (covers(v, l->groups[i].by, a))
			accept_level(v, &l->groups[i]);
	if (v->by.n == 0)
		accept_level(v, &l->total);
	stream_conclude(s, l);
}

static void
tell(const struct waivers *w, const struct waiver *v,
    void (*say)(const char *line))
{
	struct buf b = { 0 };

	buf_addf(&b, "%s:%llu: ", w->path, (unsigned long long)v->line);
	if (!v->known)
		buf_addf(&b, "no rule '%.*s' in the summary", (int)v->rule.n,
		    v->rule.p);
	else if (!v->over)
		buf_addf(&b, "the waiver of '%.*s' covers no failure (%.*s)",
		    (int)v->rule.n, v->rule.p, (int)v->who.n, v->who.p);
	else
		buf_addf(&b, "the waiver of '%.*s' ended on %.*s (%.*s)",
		    (int)v->rule.n, v->rule.p, (int)v->until.n, v->until.p,
		    (int)v->who.n, v->who.p);
	say(buf_string(&b));
	buf_release(&b);
}

bool
waivers_apply(struct waivers *w, struct summary *s,
    void (*say)(const char *line), struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < w->n; i++)
		ok = check_keys(w, &w->list[i], s, faults, e) && ok;
	for (size_t i = 0; ok && i < w->n; i++) {
		struct waiver *v = &w->list[i];

		for (size_t k = 0; k < s->nrules; k++) {
			if (!slice_eq(s->rules[k].rule, v->rule))
				continue;
			v->known = true;
			if (v->over)
				continue;
			apply(v, &s->rules[k], w->arena);
			accept_levels(v, s, &s->rules[k], w->arena);
		}
		if (v->over || !v->known || !v->used)
			tell(w, v, say);
	}
	return ok;
}
