/*
 * A case is an edge of the rule's own values in a record that makes its
 * condition true.  Only what the judge finds as the edge says is written.
 */
#include "base/mem.h"
#include "json/write.h"
#include "rules/bench.h"
#include "rules/cases.h"
#include "rules/compose.h"
#include "rules/cond_tree.h"
#include "rules/conflict.h"
#include "rules/edge.h"

struct maker {
	const struct plan *plan;
	struct arena *arena; /* of one rule */
	struct bench *bench;
	struct buf *to;
	size_t test;
	struct claim way[CONFLICT_MOST]; /* makes the condition true */
	size_t nway;
	bool good, bad;
};

/* --- a condition made true ------------------------------------------------------ */

static struct slice
date_text(const struct maker *m, const struct bound *b)
{
	const struct date *d = b->now ? &m->plan->now : &b->date;
	char text[DATE_TEXT];
	size_t n = date_print(d, text);

	return arena_slice(m->arena, (struct slice){ text, n });
}

/* Texts that may meet one test of a field. */
static size_t
candidates(
    const struct maker *m, const struct claim *c, struct slice *to, size_t most)
{
	const struct cond *cond = c->cond;
	struct interval i;
	size_t n = 0;

	for (size_t k = 0; k < cond->n && n < most; k++)
		if (c->holds)
			to[n++] = cond->constants[k].text;
	if (!conflict_interval(c, &i))
		return n;
	for (unsigned k = 0; k < 2 && n < most; k++) {
		const struct bound *b = k == 0 ? &i.low : &i.high;
		long away = b->open ? (k == 0 ? 1 : -1) : 0;
		struct decimal step = decimal_of_long(away, m->arena), sum;
		struct err e = { 0 };

		if (!b->there)
			continue;
		if (b->is_date)
			to[n++] = date_text(m, b);
		else if (decimal_add(&b->number, &step, m->arena, &sum, &e))
			to[n++] = decimal_text(&sum, m->arena);
	}
	return n;
}

/* A text that meets every test of the field. */
static bool
pick(const struct maker *m, size_t field, struct slice *to)
{
	struct slice list[CONFLICT_MOST + 4];
	size_t n = 0;

	for (size_t i = 0; i < m->nway && n < CONFLICT_MOST; i++)
		if (m->way[i].cond->field == field)
			n += candidates(
			    m, &m->way[i], list + n, CONFLICT_MOST - n);
	list[n++] = SLICE("1");
	list[n++] = SLICE("x");
	list[n++] = SLICE("A00");
	list[n++] = SLICE("2000-01-01");
	for (size_t i = 0; i < n; i++)
		if (conflict_allows(
			m->way, m->nway, field, list[i], m->arena)) {
			*to = list[i];
			return true;
		}
	return false;
}

static bool
is_put(const struct edge *d, const struct field *f)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->puts[i].field == f)
			return true;
	return false;
}

static bool
put_text(struct compose *c, const struct field *f, struct slice text)
{
	struct buf b = { 0 };
	bool ok;

	json_put_string(&b, text);
	ok = compose_put(c, f, buf_slice(&b));
	buf_release(&b);
	return ok;
}

static bool
put_condition(const struct maker *m, const struct edge *d, struct compose *c)
{
	for (size_t i = 0; i < m->nway; i++) {
		size_t field = m->way[i].cond->field;
		const struct field *f = &m->plan->fields[field];
		struct slice text;

		if (is_put(d, f) || conflict_wants_missing(&m->way[i]))
			continue;
		if (f->lookup > 0 || !pick(m, field, &text) ||
		    !put_text(c, f, text))
			return false;
	}
	return true;
}

/* --- a case ------------------------------------------------------------------------ */

static bool
put_kind(const struct rule *r, struct compose *c)
{
	struct buf b = { 0 };
	bool ok = true;

	if (r->nkinds > 0) {
		json_put_string(&b, r->kinds[0]);
		ok = compose_put_path(c, SLICE("_mdx.kind"), buf_slice(&b));
	}
	buf_release(&b);
	return ok;
}

static bool
compose_record(const struct maker *m, const struct edge *d, struct buf *to)
{
	struct compose *c = compose_new(m->plan->names, m->arena);
	bool ok = true;

	for (size_t i = 0; ok && i < d->n; i++) {
		const struct edge_put *p = &d->puts[i];

		ok = p->field == NULL ? compose_put_path(c, p->path, p->json)
				      : p->field->lookup == 0 &&
			compose_put(c, p->field, p->json);
	}
	if (!ok || !put_condition(m, d, c) ||
	    !put_kind(m->plan->rules->rules[m->test], c))
		return false;
	compose_write(c, to);
	return true;
}

/* The verdict of the rule at hand: 1 good, 0 bad, -1 none. */
static int
verdict(struct maker *m, struct slice record, bool twice)
{
	struct err e = { 0 };
	struct judgement g;
	int found = -1;

	bench_clear(m->bench);
	if (!bench_judge(m->bench, record, SLICE(""), &g, &e) ||
	    (twice && !bench_judge(m->bench, record, SLICE(""), &g, &e)))
		return -1;
	for (size_t k = 0; k < g.n; k++)
		if (g.list[k].test == m->test && !g.list[k].fault)
			found = !g.list[k].failed;
	return found;
}

static void
write_case(struct maker *m, const struct edge *d, struct slice record)
{
	struct slice id = m->plan->rules->rules[m->test]->id;
	struct buf *b = m->to;

	buf_addc(b, '{');
	json_put_key(b, "case");
	json_put_string(b,
	    slice_of(
		arena_printf(m->arena, "%.*s: %s", (int)id.n, id.p, d->what)));
	if (d->twice) {
		json_put_key(b, "before");
		buf_addc(b, '[');
		buf_add_slice(b, record);
		buf_addc(b, ']');
	}
	json_put_key(b, "record");
	buf_add_slice(b, record);
	json_put_key(b, "expect");
	buf_addc(b, '[');
	if (!d->good)
		json_put_string(b, id);
	buf_addc(b, ']');
	json_put_key(b, "only");
	buf_addc(b, '[');
	json_put_string(b, id);
	buf_adds(b, "]}\n");
}

static void
take(void *ctx, const struct edge *d)
{
	struct maker *m = ctx;
	struct buf record = { 0 };

	if (compose_record(m, d, &record) &&
	    verdict(m, buf_slice(&record), d->twice) == d->good) {
		write_case(m, d, buf_slice(&record));
		m->good = m->good || d->good;
		m->bad = m->bad || !d->good;
	}
	buf_release(&record);
}

static void
generate(struct maker *m, size_t test)
{
	const struct test *t = &m->plan->tests[test];
	struct claim when = { t->when, true };

	m->test = test;
	m->good = m->bad = false;
	m->nway = 0;
	arena_reset(m->arena);
	if (t->when == NULL ||
	    conflict_way(m->plan, &when, 1, m->way, &m->nway))
		edge_values(m->plan, t, m->arena, take, m);
}

size_t
cases_generate(
    const struct plan *p, struct bench *b, struct buf *to, struct buf *without)
{
	struct maker m = {
		.plan = p, .arena = arena_new(), .bench = b, .to = to
	};
	size_t lacking = 0;

	for (size_t i = 0; i < p->rules->n; i++) {
		const struct rule *r = p->rules->rules[i];

		if (!cases_can_show(&p->tests[i]))
			continue;
		generate(&m, i);
		if (m.good && m.bad)
			continue;
		buf_addf(without, "%s%.*s", lacking++ > 0 ? "," : "",
		    (int)r->id.n, r->id.p);
	}
	arena_free(m.arena);
	return lacking;
}
