#include "mapping/lookup.h"

#include "base/mem.h"
#include "json/write.h"
#include "terms/answer.h"

struct lookup_worker {
	const struct lookup *lookup;
	struct finder *finder;
	struct buf out;
};

struct lookup_worker *
lookup_worker_new(const struct lookup *l)
{
	struct lookup_worker *w = mem_zalloc(sizeof(*w));

	w->lookup = l;
	w->finder = finder_new(l->tables->terms, &l->finder);
	return w;
}

void
lookup_worker_free(struct lookup_worker *w)
{
	if (w == NULL)
		return;
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

struct slice
lookup_term(struct record *r)
{
	return member(r, LOOKUP_BARE);
}

static void
add(struct record *r, const char *name, struct buf *b)
{
	record_add(r, NULL, slice_of(name),
	    arena_slice(record_arena(r), buf_slice(b)));
	buf_reset(b);
}

bool
lookup_record(struct lookup_worker *w, struct record *r, struct term_answer *a,
    struct err *e)
{
	const struct lookup *l = w->lookup;
	struct slice text = lookup_term(r);
	struct term_query q = { .field = l->field,
		.term = l->code ? SLICE("") : text,
		.unit = member(r, "unit"),
		.specimen = member(r, "specimen"),
		.code = l->code ? text : member(r, "code"),
		.systems = l->systems,
		.nsystems = l->nsystems };

	if (text.n == 0)
		return err_data(e, "no_term", "no member 'term' with a text");
	if (q.unit.n > 0)
		units_code(l->tables->units, q.unit, q.term, record_arena(r),
		    &q.unit_code);
	finder_find(w->finder, &q, true, record_arena(r), a);
	json_put_cstring(&w->out, term_status_name(a->status));
	add(r, "status", &w->out);
	if (a->reason != NULL) {
		json_put_cstring(&w->out, a->reason);
		add(r, "reason", &w->out);
	}
	if (a->disagrees) {
		json_put_cstring(&w->out, ANSWER_DISAGREES);
		add(r, "note", &w->out);
	}
	answer_put_codes(&w->out, a, true);
	add(r, "codes", &w->out);
	buf_addc(&w->out, '[');
	answer_put_candidates(&w->out, a->candidates, a->ncandidates);
	buf_addc(&w->out, ']');
	add(r, "candidates", &w->out);
	return true;
}

/* --- the stage ----------------------------------------------------------- */

static void *
open_worker(void *shared, struct err *e)
{
	(void)e;
	return lookup_worker_new(shared);
}

static void
close_worker(void *shared, void *worker)
{
	(void)shared;
	lookup_worker_free(worker);
}

static enum verdict
answer(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct term_answer a;

	(void)job;
	return lookup_record(worker, r, &a, e) ? RECORD_PASS : RECORD_SET_ASIDE;
}

struct stage
lookup_stage(struct lookup *l)
{
	return (struct stage){ .names = l->tables->names,
		.shared = l,
		.bare = LOOKUP_BARE,
		.open = open_worker,
		.record = answer,
		.close = close_worker };
}
