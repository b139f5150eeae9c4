/*
 * A profile as lines: one for the run, one for each field over everything,
 * and one for each field and group.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "json/write.h"
#include "rules/profile_parts.h"

struct putting {
	const struct profile *profile;
	uint64_t least;
	struct arena *arena;
	struct buf *to;
};

static void
put_count(struct buf *b, const char *key, uint64_t n)
{
	json_put_key(b, key);
	json_put_uint(b, n);
}

/* --- of one field ----------------------------------------------------------------- */

static void
put_head(struct putting *x, const struct field_facts *f, struct slice by,
    uint64_t places, const uint64_t counts[PRESENCE_COUNT])
{
	uint64_t seen = 0;

	for (unsigned i = VALUE_NULL; i < PRESENCE_COUNT; i++)
		seen += counts[i];
	seen += counts[VALUE_THERE];
	places = places > seen ? places : seen;
	buf_adds(x->to, "{\"t\":\"field\",\"kind\":");
	json_put_string(x->to, f->kind);
	json_put_key(x->to, "field");
	json_put_string(x->to, f->path);
	json_put_key(x->to, "by");
	buf_add_slice(x->to, by);
	put_count(x->to, "n", places);
	put_count(x->to, "absent", places - seen);
	put_count(x->to, "null", counts[VALUE_NULL]);
	put_count(x->to, "empty", counts[VALUE_EMPTY]);
	put_count(x->to, "placeholder", counts[VALUE_PLACEHOLDER]);
}

static void
put_types(struct putting *x, const struct facts *f)
{
	const struct {
		const char *name;
		uint64_t n;
	} types[] = { { "string", f->types[JSON_STRING] },
		{ "number", f->types[JSON_NUMBER] },
		{ "boolean", f->types[JSON_TRUE] + f->types[JSON_FALSE] },
		{ "array", f->types[JSON_ARRAY] },
		{ "object", f->types[JSON_OBJECT] } };
	const char *sep = "";

	json_put_key(x->to, "types");
	buf_addc(x->to, '{');
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].n == 0)
			continue;
		buf_addf(x->to, "%s\"%s\":%llu", sep, types[i].name,
		    (unsigned long long)types[i].n);
		sep = ",";
	}
	buf_addc(x->to, '}');
	if (f->numbers > 0)
		put_count(x->to, "numbers", f->numbers);
	if (f->integers > 0)
		put_count(x->to, "integers", f->integers);
	if (f->days + f->times > 0) {
		put_count(x->to, "dates", f->days);
		put_count(x->to, "times", f->times);
	}
}

/* "min" and "max" as far as so many values share them, and what is between. */
static void
put_range(struct putting *x, const struct bins *b, bool whole, const char *low,
    const char *high)
{
	uint64_t n = bins_count(b);
	const struct {
		const char *key;
		uint64_t rank;
		enum facts_end end;
	} all[] = { { low, x->least, END_LOW },
		{ high, n < x->least ? 0 : n - x->least + 1,
		    whole ? END_HIGH_WHOLE : END_HIGH } };
	struct decimal d;

	for (size_t i = 0; i < 2; i++) {
		if (n < x->least || all[i].rank == 0 ||
		    !facts_number(
			b, all[i].rank, x->least, all[i].end, x->arena, &d))
			continue;
		json_put_key(x->to, all[i].key);
		buf_add_slice(x->to, decimal_text(&d, x->arena));
	}
}

static void
put_quantiles(struct putting *x, const struct bins *b)
{
	static const unsigned shares[] = { 5, 25, 50, 75, 95 };
	uint64_t n = bins_count(b);
	struct decimal d;
	bool any = false;

	for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
		if (!facts_number(b, (n * shares[i] + 99) / 100, x->least,
			END_LOW, x->arena, &d))
			continue;
		if (!any) {
			json_put_key(x->to, "quantiles");
			buf_addc(x->to, '{');
		}
		any = true;
		json_put_key(x->to, arena_printf(x->arena, "%u%%", shares[i]));
		buf_add_slice(x->to, decimal_text(&d, x->arena));
	}
	if (any)
		buf_addc(x->to, '}');
}

/* Those that occur often enough; of the others how many there are. */
static void
put_bins(
    struct putting *x, const char *key, const char *rest, const struct bins *b)
{
	uint64_t rare = 0;
	bool any = false;

	for (size_t i = 0; i < b->n; i++) {
		if (b->list[i].n < x->least) {
			rare += b->list[i].n;
			continue;
		}
		if (!any) {
			json_put_key(x->to, key);
			buf_addc(x->to, '{');
		}
		any = true;
		json_put_key_slice(x->to, b->list[i].label);
		json_put_uint(x->to, b->list[i].n);
	}
	if (any)
		buf_addc(x->to, '}');
	if (rare > 0 && rest != NULL)
		put_count(x->to, rest, rare);
}

static void
put_roll(
    struct putting *x, const char *key, const char *rest, const struct roll *c)
{
	struct bins b = { 0 };

	for (size_t i = 0; i < roll_count(c); i++)
		bins_add(&b, x->arena, index_name(c->names, i), c->counts[i]);
	put_bins(x, key, rest, &b);
}

static void
put_facts(struct putting *x, const struct field_facts *of)
{
	const struct facts *f = &of->node->facts;
	struct bins lengths = { 0 }, numbers = { 0 }, months = { 0 };
	uint64_t distinct = distinct_count(&f->distinct);

	put_types(x, f);
	if (of->node->wide)
		buf_adds(x->to, ",\"wide\":true");
	if (distinct > 0)
		put_count(x->to, "distinct",
		    distinct < f->scalars ? distinct : f->scalars);
	if (facts_is_key(f))
		buf_adds(x->to, ",\"key\":true");
	histogram_label(
	    &f->lengths, NULL, 1u << BUCKET_NUMBER, x->arena, &lengths);
	put_range(x, &lengths, true, "shortest", "longest");
	if (of->hidden) {
		buf_adds(x->to, ",\"identifying\":true");
		return;
	}
	histogram_label(
	    &f->histogram, NULL, 1u << BUCKET_NUMBER, x->arena, &numbers);
	histogram_label(
	    &f->histogram, NULL, 1u << BUCKET_MONTH, x->arena, &months);
	put_range(x, &numbers, f->integers == f->numbers, "min", "max");
	put_quantiles(x, &numbers);
	put_bins(x, "months", NULL, &months);
	if (facts_is_set(f))
		put_roll(x, "values", "rare", &f->values);
	put_roll(x, "patterns", NULL, &f->patterns);
}

/* --- groups -------------------------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

static void
put_groups(struct putting *x, const struct field_facts *f)
{
	const struct profile *p = x->profile;
	size_t n = index_count(p->group_names), kept = 0;
	struct slice *names = arena_alloc(x->arena, (n + 1) * sizeof(*names));

	for (size_t i = 0; i < n; i++)
		if (!p->groups[i].folded)
			names[kept++] = index_name(p->group_names, i);
	if (kept > 1)
		qsort(names, kept, sizeof(*names), by_name);
	for (size_t i = 0; i < kept; i++) {
		const struct profile_group *g =
		    &p->groups[index_find(p->group_names, names[i])];
		static const struct tellers none;
		const struct tellers *own =
		    f->node->number < g->n ? &g->list[f->node->number] : &none;
		uint64_t places = f->parent < g->n
		    ? g->list[f->parent].counts[VALUE_ABSENT]
		    : 0;

		if (places == 0 && own->counts[VALUE_THERE] == 0)
			continue;
		put_head(x, f, names[i], places, own->counts);
		buf_adds(x->to, "}\n");
	}
}

/* --- all of it ----------------------------------------------------------------------- */

static void
put_run(struct putting *x, const struct profile_options *o,
    const struct field_list *l)
{
	const struct profile *p = x->profile;

	buf_adds(
	    x->to, "{\"t\":\"run\",\"format\":\"" PROFILE_FORMAT "\",\"by\":[");
	for (size_t i = 0; i < p->plan->nby; i++) {
		json_put_comma(x->to);
		json_put_string(x->to, p->plan->by[i].text);
	}
	buf_addc(x->to, ']');
	buf_adds(
	    x->to, o->complete ? ",\"complete\":true" : ",\"complete\":false");
	put_count(x->to, "records", profile_records(p));
	put_count(x->to, "set_aside", o->set_aside);
	put_count(x->to, "min_count", o->least);
	put_count(x->to, "fields", l->n);
	put_count(x->to, "rare_fields", l->rare);
	buf_adds(x->to, "}\n");
}

void
profile_put(
    const struct profile *p, const struct profile_options *o, struct buf *to)
{
	struct arena *a = arena_new(), *list = arena_new();
	struct putting x = {
		.profile = p, .least = o->least, .arena = a, .to = to
	};
	struct field_list l;

	profile_list(p, o, list, &l);
	put_run(&x, o, &l);
	for (size_t i = 0; i < l.n; i++) {
		uint64_t counts[PRESENCE_COUNT];

		arena_reset(a);
		memcpy(counts, l.list[i].node->facts.counts, sizeof(counts));
		put_head(&x, &l.list[i], SLICE("{}"), l.list[i].places, counts);
		put_facts(&x, &l.list[i]);
		buf_adds(to, "}\n");
		put_groups(&x, &l.list[i]);
	}
	arena_free(a);
	arena_free(list);
}
