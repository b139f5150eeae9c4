#include "mapping/lookup.h"

#include "base/mem.h"
#include "json/write.h"
#include "terms/answer.h"

struct worker {
	const struct lookup *lookup;
	struct finder *finder;
	struct buf out;
};

/* Of the rows with codes the one for this field, else one with its mappings. */
static const struct rule *
rule_for(const struct map *map, struct slice field)
{
	struct slice mappings = map_mappings(field);
	const struct rule *near = NULL;

	for (size_t i = 0; i < map_rules(map); i++) {
		const struct rule *r = map_rule(map, i);

		if (r->nsystems > 0 && slice_eq(r->target, field))
			return r;
		if (near == NULL && r->nsystems > 0 &&
		    slice_eq(r->mappings, mappings))
			near = r;
	}
	return near;
}

bool
lookup_systems(const struct map *map, const char *field, const char *systems,
    struct arena *arena, struct lookup *l, struct err *e)
{
	struct slice rest = slice_of(systems), part;

	struct slice of = field == NULL ? SLICE("diagnosis") : slice_of(field);
	const struct rule *rule;

	l->field = map_mappings(of);
	l->nsystems = 0;
	if (systems == NULL) {
		if ((rule = rule_for(map, of)) == NULL)
			return err_set(e, ERR_USAGE,
			    "field '%s': no row of the map says its system "
			    "(use --system)",
			    field);
		l->systems = rule->systems;
		l->nsystems = rule->nsystems;
		return true;
	}
	l->systems = arena_alloc(arena, (rest.n + 1) * sizeof(*l->systems));
	while (slice_next(&rest, ',', &part))
		l->systems[l->nsystems++] = slice_trim(part);
	return true;
}

static void *
open_worker(void *shared, struct err *e)
{
	const struct lookup *l = shared;
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->lookup = l;
	w->finder = finder_new(l->tables->terms, &l->finder);
	return w;
}

static void
close_worker(void *shared, void *worker)
{
	struct worker *w = worker;

	(void)shared;
	finder_free(w->finder);
	buf_release(&w->out);
	mem_free(w);
}

static struct slice
member(struct record *r, const char *name)
{
	size_t n;
	const struct json_member *m = record_members(r, &n);

	for (size_t i = 0; i < n; i++)
		if (json_key_is(record_key(r, &m[i]), slice_of(name)))
			return slice_trim(record_text(r, &m[i]));
	return SLICE("");
}

static void
add(struct record *r, const char *name, struct buf *b)
{
	record_add(r, NULL, slice_of(name),
	    arena_slice(record_arena(r), buf_slice(b)));
	buf_reset(b);
}

static enum verdict
answer(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct worker *w = worker;
	const struct lookup *l = w->lookup;
	struct slice text = member(r, "term");
	struct term_query q = { .field = l->field,
		.term = l->code ? SLICE("") : text,
		.unit = member(r, "unit"),
		.specimen = member(r, "specimen"),
		.code = l->code ? text : member(r, "code"),
		.systems = l->systems,
		.nsystems = l->nsystems };
	struct term_answer a;

	(void)job;
	if (text.n == 0) {
		err_data(e, "no_term", "no member 'term' with a text");
		return RECORD_SET_ASIDE;
	}
	if (q.unit.n > 0)
		units_code(l->tables->units, q.unit, q.term, record_arena(r),
		    &q.unit_code);
	finder_find(w->finder, &q, true, record_arena(r), &a);
	json_put_cstring(&w->out, term_status_name(a.status));
	add(r, "status", &w->out);
	if (a.reason != NULL) {
		json_put_cstring(&w->out, a.reason);
		add(r, "reason", &w->out);
	}
	answer_put_codes(&w->out, &a, true);
	add(r, "codes", &w->out);
	buf_addc(&w->out, '[');
	answer_put_candidates(&w->out, a.candidates, a.ncandidates);
	buf_addc(&w->out, ']');
	add(r, "candidates", &w->out);
	return RECORD_PASS;
}

struct stage
lookup_stage(struct lookup *l)
{
	return (struct stage){ .names = l->tables->names,
		.shared = l,
		.bare = "term",
		.open = open_worker,
		.record = answer,
		.close = close_worker };
}
