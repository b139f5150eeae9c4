#include "rules/keyword_judge.h"

#include "base/mem.h"

void
keyword_judge_init(struct keyword_judge *k, const struct plan *p)
{
	*k = (struct keyword_judge){ .plan = p };
	if (p->first_keyword != NO_FIELD)
		k->run = schema_run_new(p->rules->schema);
	k->rows = mem_zalloc((p->nschemas + 1) * sizeof(*k->rows));
	for (size_t i = 0; i < p->rules->n; i++)
		if (p->tests[i].schema != NULL)
			k->rows[p->tests[i].run] =
			    schema_run_new(p->tests[i].schema);
}

void
keyword_judge_release(struct keyword_judge *k)
{
	schema_run_free(k->run);
	for (size_t i = 0; i < k->plan->nschemas; i++)
		schema_run_free(k->rows[i]);
	mem_free(k->rows);
}

static struct slice
place_of(const struct field *f, const struct datum *d, struct arena *a)
{
	struct buf b = { 0 };
	struct slice text;

	if (d->nat == 0)
		return f->path;
	field_put_place(f, d, &b);
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}

const struct schema_verdicts *
keyword_judge_record(struct keyword_judge *k, const struct test *t,
    struct record *r, const struct cells *c)
{
	struct schema_run *run = t == NULL ? k->run : k->rows[t->run];
	size_t field = t == NULL ? k->plan->schema_field : t->field;
	struct arena *a = record_arena(r);

	schema_start(run, a);
	if (field == NO_FIELD)
		schema_judge_record(run, r);
	for (size_t i = 0; field != NO_FIELD && i < c->n; i++)
		if (c->list[i].json.type != JSON_NONE)
			schema_judge(run, c->list[i].json,
			    place_of(&k->plan->fields[field], &c->list[i], a));
	return schema_conclude(run);
}
