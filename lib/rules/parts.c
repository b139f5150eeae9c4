#include "rules/parts.h"

#include "base/hash.h"
#include "json/scan.h"
#include "json/write.h"

struct slice
parts_key(const struct summary *s, bool time)
{
	for (size_t i = 0; i < s->nby; i++) {
		struct slice k = s->by[i];
		bool is_time = slice_starts(k, "day(") ||
		    slice_starts(k, "month(") || slice_starts(k, "year(");

		if (is_time == time)
			return k;
	}
	return SLICE("");
}

static struct slice
value_of(struct slice by, struct slice key, struct arena *a)
{
	return json_get(json_of(by), arena_printf(a, "%.*s", (int)key.n, key.p))
	    .text;
}

long
parts_find(const struct parts *p, struct slice by, struct arena *a)
{
	return index_find(p->values, value_of(by, p->key, a));
}

static struct slice
by_of(struct slice key, struct slice value, struct arena *a)
{
	struct buf b = { 0 };
	struct slice by;

	buf_addc(&b, '{');
	json_put_key_slice(&b, key);
	buf_add_slice(&b, value);
	buf_addc(&b, '}');
	by = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return by;
}

void
parts_make(
    const struct summary *s, struct slice key, struct arena *a, struct parts *p)
{
	*p = (struct parts){ .key = key, .values = index_new() };
	p->list = arena_zalloc(a, (s->ngroups + 1) * sizeof(*p->list));
	for (size_t i = 0; key.n > 0 && i < s->ngroups; i++) {
		const struct group_line *g = &s->groups[i];
		struct slice value = value_of(g->by, key, a);
		bool fresh;
		size_t at = index_add(p->values, value, &fresh);
		struct part *part = &p->list[at];

		if (fresh) {
			part->value = value;
			part->by = by_of(key, value, a);
			p->n++;
		}
		part->records += g->records;
		part->failing += g->failing;
		part->lost += g->lost;
	}
}

void
parts_release(struct parts *p)
{
	index_free(p->values);
	*p = (struct parts){ 0 };
}
