#include "rules/summary.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/mem.h"
#include "json/write.h"

struct summary *
summary_new(void)
{
	struct summary *s = mem_zalloc(sizeof(*s));

	s->arena = arena_new();
	return s;
}

void
summary_free(struct summary *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nrules; i++)
		mem_free(s->rules[i].groups);
	mem_free(s->rules);
	mem_free(s->fields);
	mem_free(s->groups);
	mem_free(s->shards);
	arena_free(s->arena);
	mem_free(s);
}

/* --- samples ----------------------------------------------------------------- */

uint64_t
sample_digest(struct slice id)
{
	uint8_t bytes[DIGEST_SIZE];
	uint64_t d = 0;

	digest_bytes(id.p, id.n, bytes);
	for (unsigned i = 0; i < 8; i++)
		d = d << 8 | bytes[i];
	return d;
}

/* From the end: a list that is read or joined comes in its order. */
void
sample_add(struct slice *list, size_t *n, size_t most, struct slice id)
{
	uint64_t digest = sample_digest(id);
	size_t at = *n;

	for (; at > 0; at--) {
		uint64_t d = sample_digest(list[at - 1]);
		int o = d != digest ? (d < digest ? -1 : 1)
				    : slice_cmp(list[at - 1], id);

		if (o == 0)
			return;
		if (o < 0)
			break;
	}
	if (at == most)
		return;
	*n += *n < most;
	for (size_t i = *n - 1; i > at; i--)
		list[i] = list[i - 1];
	list[at] = id;
}

/* --- order -------------------------------------------------------------------- */

static int
by_group(const void *a, const void *b)
{
	const struct count_line *x = a, *y = b;

	return slice_cmp(x->by, y->by);
}

static int
by_whole_group(const void *a, const void *b)
{
	const struct group_line *x = a, *y = b;

	return slice_cmp(x->by, y->by);
}

static int
by_shard(const void *a, const void *b)
{
	const struct shard *x = a, *y = b;

	return slice_cmp(x->id, y->id);
}

static int
by_field(const void *a, const void *b)
{
	const struct field_line *x = a, *y = b;
	int o = slice_cmp(x->kind, y->kind);

	o = o != 0 ? o : slice_cmp(x->field, y->field);
	return o != 0 ? o : slice_cmp(x->by, y->by);
}

static void
sort(void *list, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	if (n > 1)
		qsort(list, n, size, cmp);
}

void
summary_sort(struct summary *s)
{
	sort(s->shards, s->nshards, sizeof(*s->shards), by_shard);
	sort(s->fields, s->nfields, sizeof(*s->fields), by_field);
	sort(s->groups, s->ngroups, sizeof(*s->groups), by_whole_group);
	for (size_t i = 0; i < s->nrules; i++)
		sort(s->rules[i].groups, s->rules[i].ngroups,
		    sizeof(*s->rules[i].groups), by_group);
}

struct group_line *
summary_group(const struct summary *s, struct slice by)
{
	struct group_line key = { .by = by };

	return s->ngroups == 0
	    ? NULL
	    : bsearch(&key, s->groups, s->ngroups, sizeof(key), by_whole_group);
}

struct count_line *
rule_group(const struct rule_lines *l, size_t n, struct slice by)
{
	struct count_line key = { .by = by };

	return n == 0 ? NULL
		      : bsearch(&key, l->groups, n, sizeof(key), by_group);
}

/* Records of the group that are of the rule's kinds. */
static uint64_t
records_of(
    const struct summary *s, const struct group_line *g, struct slice kinds)
{
	struct slice rest = kinds, kind;
	uint64_t n = 0;

	if (kinds.n == 0)
		return g->records;
	while (slice_next(&rest, '|', &kind))
		for (size_t i = 0; i < s->nkinds; i++)
			if (slice_eq(s->kinds[i], kind))
				n += g->kinds[i];
	return n;
}

/* What says whether there is something at all has one thing to look at. */
static void
count_presence(struct rule_lines *l)
{
	bool column = l->field.n > 0, there = l->stream;

	if (column && there && l->total.n > 0)
		there = l->ncolumns > 0 && l->columns[0].there > 0;
	l->total.applicable = !column || l->stream;
	l->total.fail = l->total.applicable > 0 && !there;
}

void
summary_streams(struct summary *s, const struct index *kinds)
{
	for (size_t i = 0; i < s->nrules; i++) {
		struct rule_lines *l = &s->rules[i];
		struct slice rest = l->kind, kind;

		if (!l->as_table)
			continue;
		l->stream = l->stream || l->total.n > 0 || l->kind.n == 0;
		while (kinds != NULL && slice_next(&rest, '|', &kind))
			l->stream = l->stream || index_find(kinds, kind) >= 0;
		if (slice_is(l->check, "present"))
			count_presence(l);
	}
}

void
summary_refresh(struct summary *s)
{
	for (size_t i = 0; i < s->nrules; i++) {
		struct rule_lines *l = &s->rules[i];

		for (size_t k = 0; k < l->ngroups; k++) {
			struct count_line *c = &l->groups[k];
			const struct group_line *g = summary_group(s, c->by);

			if (g == NULL)
				continue;
			c->n = records_of(s, g, l->kind);
			c->applicable = g->applicable[i];
		}
	}
}

/* --- writing -------------------------------------------------------------------- */

static void
put_number(struct buf *b, const char *key, uint64_t n)
{
	json_put_key(b, key);
	json_put_uint(b, n);
}

static void
put_counts(struct buf *b, const struct count_line *l)
{
	put_number(b, "n", l->n);
	put_number(b, "applicable", l->applicable);
	put_number(b, "fail", l->fail);
	put_number(b, "error", l->error);
}

static void
put_texts(struct buf *b, const char *key, const struct slice *list, size_t n)
{
	json_put_key(b, key);
	buf_addc(b, '[');
	for (size_t i = 0; i < n; i++) {
		json_put_comma(b);
		json_put_string(b, list[i]);
	}
	buf_addc(b, ']');
}

static void
put_date(struct buf *b, const struct metric *m, int zone)
{
	struct date d = date_of_seconds(m->newest, zone);
	char text[DATE_TEXT];
	size_t n;

	if (m->day) {
		d.precision = DATE_DAY;
		d.zone = DATE_NO_ZONE;
	}
	n = date_print(&d, text);
	json_put_filled(b, "newest", (struct slice){ text, n });
}

static void
put_measure(struct buf *b, const struct summary *s, const struct metric *m)
{
	struct decimal sum;

	if (m == NULL)
		return;
	if (m->values > 0) {
		sum = total_decimal(&m->sum, s->arena);
		put_number(b, "values", m->values);
		json_put_key(b, "sum");
		buf_add_slice(b, decimal_text(&sum, s->arena));
	}
	if (m->dated)
		put_date(b, m, s->zone);
	if (m->distinct != NULL) {
		put_number(b, "distinct", distinct_count(m->distinct));
		json_put_key(b, "sketch");
		buf_addc(b, '"');
		distinct_put(m->distinct, b);
		buf_addc(b, '"');
	}
}

static void
put_rest(struct buf *b, const struct summary *s, const struct count_line *l)
{
	put_measure(b, s, l->metric);
	for (size_t i = 0; i < l->bins.n; i++) {
		buf_adds(b, i == 0 ? ",\"bins\":{" : "");
		json_put_key_slice(b, l->bins.list[i].label);
		json_put_uint(b, l->bins.list[i].n);
		buf_adds(b, i + 1 == l->bins.n ? "}" : "");
	}
	if (l->nsamples > 0)
		put_texts(b, "samples", l->samples, l->nsamples);
	buf_adds(b, "}\n");
}

static void
put_table(struct buf *b, const struct rule_lines *l)
{
	json_put_key(b, "na");
	json_put_cstring(b, rule_na_name(l->na));
	buf_adds(b, l->per_value ? ",\"per\":\"value\"" : "");
	json_put_key(b, "stream");
	buf_adds(b, l->stream ? "true" : "false");
	buf_adds(b, l->unread ? ",\"unread\":true" : "");
	buf_adds(b, l->lacks ? ",\"lacks\":true" : "");
	json_put_key(b, "columns");
	buf_addc(b, '{');
	for (size_t i = 0; i < l->ncolumns; i++) {
		json_put_key_slice(b, l->columns[i].name);
		buf_addf(b, "[%llu,%llu]",
		    (unsigned long long)l->columns[i].there,
		    (unsigned long long)l->columns[i].filled);
	}
	buf_addc(b, '}');
}

static void
put_rule(struct buf *b, const struct summary *s, const struct rule_lines *l)
{
	buf_adds(b, "{\"t\":\"rule\",\"rule\":");
	json_put_string(b, l->rule);
	json_put_key(b, "kind");
	json_put_string(b, l->kind);
	put_counts(b, &l->total);
	if (l->total.set != 0) {
		json_put_key(b, "set");
		buf_addf(b, "\"%016llx\"", (unsigned long long)l->total.set);
	}
	json_put_key(b, "severity");
	json_put_cstring(b, severity_name(l->severity));
	json_put_filled(b, "field", l->field);
	json_put_filled(b, "title", l->title);
	json_put_filled(b, "check", l->check);
	json_put_filled(b, "arg", l->arg);
	if (l->conditional)
		buf_adds(b, ",\"conditional\":true");
	if (l->open)
		buf_adds(b, ",\"open\":true");
	if (l->as_table)
		put_table(b, l);
	json_put_filled(b, "max_fail", l->max_fail);
	if (l->points > 0)
		put_number(b, "millipoints", l->points);
	json_put_filled(b, "level", l->level);
	json_put_filled(b, "dimension", l->dimension);
	json_put_filled(b, "owner", l->owner);
	json_put_filled(b, "message", l->message);
	json_put_filled(b, "message_en", l->message_en);
	json_put_filled(b, "rationale", l->rationale);
	put_rest(b, s, &l->total);
	for (size_t i = 0; i < l->ngroups; i++) {
		buf_adds(b, "{\"t\":\"rule\",\"rule\":");
		json_put_string(b, l->rule);
		json_put_key(b, "by");
		buf_add_slice(b, l->groups[i].by);
		put_counts(b, &l->groups[i]);
		put_rest(b, s, &l->groups[i]);
	}
}

static void
put_list(struct buf *b, const char *key, const uint64_t *list, size_t n)
{
	json_put_key(b, key);
	buf_addc(b, '[');
	for (size_t i = 0; i < n; i++) {
		json_put_comma(b);
		json_put_uint(b, list[i]);
	}
	buf_addc(b, ']');
}

static void
put_group(struct buf *b, const struct summary *s, const struct group_line *g)
{
	buf_adds(b, "{\"t\":\"group\",\"by\":");
	buf_add_slice(b, g->by);
	put_number(b, "records", g->records);
	put_number(b, "failing", g->failing);
	put_number(b, "lost_millipoints", g->lost);
	put_list(b, "kinds", g->kinds, s->nkinds);
	put_list(b, "applicable", g->applicable, s->nrules);
	buf_adds(b, "}\n");
}

static void
put_field(struct buf *b, const struct field_line *l)
{
	buf_adds(b, "{\"t\":\"field\",\"kind\":");
	json_put_string(b, l->kind);
	json_put_key(b, "field");
	json_put_string(b, l->field);
	json_put_filled(b, "title", l->title);
	json_put_key(b, "by");
	buf_add_slice(b, l->by);
	put_number(b, "n", l->n);
	put_number(b, "absent", l->counts[VALUE_ABSENT]);
	put_number(b, "null", l->counts[VALUE_NULL]);
	put_number(b, "empty", l->counts[VALUE_EMPTY]);
	put_number(b, "placeholder", l->counts[VALUE_PLACEHOLDER]);
	if (l->shape != NULL)
		shape_put(l->shape, b);
	buf_adds(b, "}\n");
}

static uint64_t
count_lines(const struct summary *s)
{
	uint64_t n = 1 + s->ngroups + s->nrules + s->nfields;

	for (size_t i = 0; i < s->nrules; i++)
		n += s->rules[i].ngroups;
	return n;
}

void
summary_put(const struct summary *s, struct buf *b)
{
	buf_adds(b, "{\"t\":\"run\",\"format\":\"mdx-qc-summary/1\"");
	json_put_filled(b, "logic", s->logic);
	json_put_filled(b, "now", s->now);
	if (s->now.n > 0) {
		json_put_key(b, "zone");
		json_put_int(b, s->zone);
	}
	put_texts(b, "by", s->by, s->nby);
	put_texts(b, "kinds", s->kinds, s->nkinds);
	put_number(b, "rules", s->nrules);
	json_put_key(b, "complete");
	buf_adds(b, s->complete ? "true" : "false");
	put_number(b, "lines", count_lines(s));
	put_number(b, "records", s->records);
	put_number(b, "set_aside", s->set_aside);
	put_number(b, "failing", s->failing);
	put_number(b, "lost_millipoints", s->lost);
	put_number(b, "samples", s->sample_room);
	if (s->nby > 0)
		put_number(b, "max_groups", s->max_groups);
	if (s->folded)
		buf_adds(b, ",\"folded\":true");
	json_put_key(b, "shards");
	buf_addc(b, '[');
	for (size_t i = 0; i < s->nshards; i++) {
		json_put_comma(b);
		buf_adds(b, "{\"id\":");
		json_put_string(b, s->shards[i].id);
		put_number(b, "records", s->shards[i].records);
		json_put_filled(b, "state", s->shards[i].state);
		buf_addc(b, '}');
	}
	buf_adds(b, "]}\n");
	for (size_t i = 0; i < s->ngroups; i++)
		put_group(b, s, &s->groups[i]);
	for (size_t i = 0; i < s->nrules; i++)
		put_rule(b, s, &s->rules[i]);
	for (size_t i = 0; i < s->nfields; i++)
		put_field(b, &s->fields[i]);
}
