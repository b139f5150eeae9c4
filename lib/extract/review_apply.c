/*
 * A filled review file into the records that it speaks of.
 */
#include "base/mem.h"
#include "extract/review.h"
#include "extract/corrections.h"
#include "record/flow.h"

struct applying {
	struct review_apply *x;
	struct run *run;
	struct index *names;
	size_t member; /* number of `indicators` */
	bool *met;     /* one a row: its record came */
};

/* A row that cannot be applied is a reject of its own. */
static bool
refuse(struct applying *a, const struct filled_row *row, const struct err *why,
    struct err *e)
{
	struct place at = { .uri = filled_path(a->x->filled),
		.line = row->line };

	run_count(a->run, 1);
	return run_set_aside(a->run, &at, row->raw, why, e);
}

static bool
tell(void *ctx, const struct filled_row *row, const struct err *why,
    struct err *e)
{
	return why == NULL || refuse(ctx, row, why, e);
}

static bool
apply_rows(struct applying *a, struct record *r, long first, struct err *e)
{
	struct arena *arena = record_arena(r);
	const struct json_member *member = record_field(r, a->member);
	struct json indicators = record_value(r, member);
	struct json entries = record_trail(r, "extract");
	const struct filled *f = a->x->filled;
	struct changes c;
	struct slice values;

	for (long i = first; i >= 0; i = filled_at(f, (size_t)i)->next)
		a->met[i] = true;
	if (!corrections_read(f, first, a->x->catalogue, indicators, entries,
		arena, tell, a, &c, e))
		return false;
	a->x->applied += c.applied;
	a->x->open += c.open;
	if (c.n == 0)
		return true;
	if (c.open == 0)
		a->x->reviewed++;
	values = hand_values(indicators, c.list, c.n, arena);
	if (member == NULL)
		record_add(r, NULL, SLICE("indicators"), values);
	else
		record_set(r, member, values);
	record_set_trail(r, "extract",
	    hand_entries(
		entries, c.list, c.n, c.open == 0 ? c.by : SLICE(""), arena));
	return true;
}

static enum verdict
apply(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct applying *a = worker;
	struct slice key;
	long first;

	(void)job;
	if (!corrections_key(r, a->names, a->x->on, &key, &(struct err){ 0 }))
		return RECORD_PASS;
	first = filled_find(a->x->filled, key);
	if (first >= 0 && !apply_rows(a, r, first, e))
		return RECORD_STOP;
	return RECORD_PASS;
}

static bool
refuse_strangers(struct applying *a, struct err *e)
{
	struct err why = { 0 };

	err_data(&why, "unknown_key", "no record of the input has this key");
	for (size_t i = 0; i < filled_count(a->x->filled); i++)
		if (!a->met[i] && filled_at(a->x->filled, i)->new_value.n > 0 &&
		    !refuse(a, filled_at(a->x->filled, i), &why, e))
			return false;
	return true;
}

bool
review_apply(struct run *run, char *const *operands, struct review_apply *x,
    struct err *e)
{
	struct applying a = { .x = x,
		.run = run,
		.names = review_names(x->on),
		.met = mem_zalloc(filled_count(x->filled) + 1) };
	struct stage stage = {
		.names = a.names, .shared = &a, .ordered = true, .record = apply
	};
	bool ok;

	a.member = (size_t)index_find(a.names, SLICE("indicators"));
	ok = flow_run(run, operands, &stage, e) && refuse_strangers(&a, e);
	index_free(a.names);
	mem_free(a.met);
	return ok;
}
