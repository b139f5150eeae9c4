#include "rules/history.h"

#include <stdlib.h>

#include "base/mem.h"
#include "io/store.h"

#define WAIT_MS 10000

/* Runs are in the order of their first adding.  Rules have numbers, so that a
 * result takes a dozen bytes. */
static const struct store_schema schema = { "history of mdx-qc", 0x6D647171, 1,
	"CREATE TABLE run(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
	" records INTEGER, failing INTEGER, set_aside INTEGER, score INTEGER,"
	" pass INTEGER, fail INTEGER, na INTEGER, error INTEGER);"
	"CREATE TABLE rule(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE result(run INTEGER NOT NULL, rule INTEGER NOT NULL,"
	" n INTEGER, applicable INTEGER, fail INTEGER, error INTEGER,"
	" waived INTEGER, status TEXT, PRIMARY KEY(run, rule)) WITHOUT ROWID;"
	"CREATE TABLE bin(rule INTEGER NOT NULL, part TEXT NOT NULL,"
	" run INTEGER NOT NULL, label TEXT NOT NULL, n INTEGER,"
	" PRIMARY KEY(rule, part, run, label)) WITHOUT ROWID;"
	"CREATE INDEX bin_run ON bin(run);" };

struct history {
	struct store *store;
	struct summary *s;
	int64_t run;
	int64_t first;  /* of the runs that are looked at */
	int64_t before; /* the run before this one, or 0 */
	int64_t *rules; /* their numbers */
	struct trend *trend;
};

/* The number in the first row, or `otherwise`; -1 on failure. */
static int64_t
ask(struct history *h, const char *sql, int64_t n, struct slice text,
    int64_t otherwise, struct err *e)
{
	struct statement *st = store_prepare(h->store, sql, e);
	int got = -1;

	if (st != NULL) {
		if (text.p != NULL)
			statement_bind(st, 1, text);
		else
			statement_bind_int(st, 1, n);
		got = statement_step(st, e);
		if (got == 1 && !statement_is_null(st, 0))
			otherwise = statement_int(st, 0);
	}
	statement_free(st);
	return got < 0 ? -1 : otherwise;
}

/* --- the run ----------------------------------------------------------------- */

static bool
forget(struct history *h, const char *sql, struct err *e)
{
	struct statement *st = store_prepare(h->store, sql, e);
	bool ok = st != NULL;

	if (ok) {
		statement_bind_int(st, 1, h->run);
		ok = statement_run(st, e);
	}
	statement_free(st);
	return ok;
}

static bool
place_run(struct history *h, struct slice name, struct err *e)
{
	const struct slice none = { NULL, 0 };
	struct statement *st;
	bool ok;

	h->run = ask(h, "SELECT id FROM run WHERE name = ?1", 0, name, 0, e);
	if (h->run < 0)
		return false;
	if (h->run > 0) {
		ok = forget(h, "DELETE FROM result WHERE run = ?1", e) &&
		    forget(h, "DELETE FROM bin WHERE run = ?1", e);
	} else {
		st = store_prepare(
		    h->store, "INSERT INTO run(name) VALUES(?1)", e);
		ok = st != NULL;
		if (ok) {
			statement_bind(st, 1, name);
			ok = statement_run(st, e);
		}
		statement_free(st);
		h->run = store_last_id(h->store);
	}
	if (!ok)
		return false;
	h->before =
	    ask(h, "SELECT max(id) FROM run WHERE id < ?1", h->run, none, 0, e);
	h->first = ask(h,
	    "SELECT min(id) FROM (SELECT id FROM run WHERE id < ?1"
	    " ORDER BY id DESC LIMIT 29)",
	    h->run, none, h->run, e);
	return h->before >= 0 && h->first >= 0;
}

/* Makes a number for each rule that has none yet. */
static bool
number_rules(struct history *h, struct err *e)
{
	struct statement *add = store_prepare(
	    h->store, "INSERT OR IGNORE INTO rule(name) VALUES(?1)", e);
	struct statement *find = add == NULL
	    ? NULL
	    : store_prepare(h->store, "SELECT id FROM rule WHERE name = ?1", e);
	bool ok = find != NULL;
	int got;

	h->rules = arena_zalloc(
	    h->trend->arena, (h->s->nrules + 1) * sizeof(*h->rules));
	for (size_t i = 0; ok && i < h->s->nrules; i++) {
		statement_bind(find, 1, h->s->rules[i].rule);
		got = statement_step(find, e);
		if (got == 1)
			h->rules[i] = statement_int(find, 0);
		statement_reset(find);
		ok = got >= 0;
		if (got != 0)
			continue;
		statement_bind(add, 1, h->s->rules[i].rule);
		ok = statement_run(add, e);
		h->rules[i] = store_last_id(h->store);
	}
	statement_free(add);
	statement_free(find);
	return ok;
}

/* --- drift --------------------------------------------------------------------- */

static double
limit_of(const struct rule_lines *l)
{
	char text[32];

	if (l->arg.n == 0 || l->arg.n >= sizeof(text))
		return DRIFT_LIMIT;
	memcpy(text, l->arg.p, l->arg.n);
	text[l->arg.n] = '\0';
	return strtod(text, NULL);
}

/* The runs before, and never this one: it may be one that is replaced. */
static bool
judge_line(struct history *h, struct statement *st, size_t rule,
    struct count_line *c, struct err *e)
{
	struct arena *a = h->trend->arena;
	struct bins before = { 0 };
	int got;

	statement_bind_int(st, 1, h->rules[rule]);
	statement_bind(st, 2, c->by.n == 0 ? SLICE("") : c->by);
	statement_bind_int(st, 3, h->first);
	statement_bind_int(st, 4, h->run);
	while ((got = statement_step(st, e)) == 1)
		bins_add(&before, a, arena_slice(a, statement_text(st, 0)),
		    (uint64_t)statement_int(st, 1));
	statement_reset(st);
	if (got < 0)
		return false;
	if (before.n == 0)
		c->drift = DRIFT_OPEN;
	else if (!bins_drift(&c->bins, &before, &c->psi))
		c->drift = DRIFT_FEW;
	else
		c->drift = c->psi > limit_of(&h->s->rules[rule]) ? DRIFT_LARGE
								 : DRIFT_SMALL;
	return true;
}

/* A rule stands as the worst of its groups does. */
static void
worse(struct count_line *total, const struct count_line *group)
{
	if (group->drift < total->drift ||
	    (group->drift == total->drift && group->psi <= total->psi))
		return;
	total->drift = group->drift;
	total->psi = group->psi;
}

static bool
judge_drift(struct history *h, struct err *e)
{
	struct statement *st = store_prepare(h->store,
	    "SELECT label, n FROM bin WHERE rule = ?1 AND part = ?2"
	    " AND run >= ?3 AND run < ?4",
	    e);
	bool ok = st != NULL;

	for (size_t i = 0; ok && i < h->s->nrules; i++) {
		struct rule_lines *l = &h->s->rules[i];

		if (!slice_is(l->check, "drift"))
			continue;
		if (l->total.bins.n > 0)
			ok = judge_line(h, st, i, &l->total, e);
		for (size_t k = 0; ok && k < l->ngroups; k++) {
			if (l->groups[k].bins.n == 0)
				continue;
			ok = judge_line(h, st, i, &l->groups[k], e);
			worse(&l->total, &l->groups[k]);
		}
	}
	statement_free(st);
	return ok;
}

/* --- what is kept ---------------------------------------------------------------- */

static bool
keep_run(struct history *h, struct err *e)
{
	const struct summary *s = h->s;
	struct statement *st = store_prepare(h->store,
	    "UPDATE run SET records = ?2, failing = ?3, set_aside = ?4,"
	    " score = ?5, pass = ?6, fail = ?7, na = ?8, error = ?9"
	    " WHERE id = ?1",
	    e);
	size_t n[4];
	bool ok = st != NULL;

	summary_standings(s, n);
	if (ok) {
		statement_bind_int(st, 1, h->run);
		statement_bind_int(st, 2, (int64_t)s->records);
		statement_bind_int(st, 3, (int64_t)s->failing);
		statement_bind_int(st, 4, (int64_t)s->set_aside);
		statement_bind_int(st, 5, summary_score(s));
		for (int i = 0; i < 4; i++)
			statement_bind_int(st, 6 + i, (int64_t)n[i]);
		ok = statement_run(st, e);
	}
	statement_free(st);
	return ok;
}

static bool
keep_results(struct history *h, struct err *e)
{
	struct statement *st = store_prepare(h->store,
	    "INSERT INTO result VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", e);
	bool ok = st != NULL;

	for (size_t i = 0; ok && i < h->s->nrules; i++) {
		const struct rule_lines *l = &h->s->rules[i];
		const struct count_line *c = &l->total;

		statement_bind_int(st, 1, h->run);
		statement_bind_int(st, 2, h->rules[i]);
		statement_bind_int(st, 3, (int64_t)c->n);
		statement_bind_int(st, 4, (int64_t)c->applicable);
		statement_bind_int(st, 5, (int64_t)c->fail);
		statement_bind_int(st, 6, (int64_t)c->error);
		statement_bind_int(st, 7, (int64_t)c->waived);
		statement_bind(
		    st, 8, slice_of(standing_name(rule_standing(l))));
		ok = statement_run(st, e);
	}
	statement_free(st);
	return ok;
}

static bool
keep_bins_of(struct history *h, struct statement *st, size_t rule,
    const struct count_line *c, struct err *e)
{
	for (size_t i = 0; i < c->bins.n; i++) {
		statement_bind_int(st, 1, h->rules[rule]);
		statement_bind(st, 2, c->by.n == 0 ? SLICE("") : c->by);
		statement_bind_int(st, 3, h->run);
		statement_bind(st, 4, c->bins.list[i].label);
		statement_bind_int(st, 5, (int64_t)c->bins.list[i].n);
		if (!statement_run(st, e))
			return false;
	}
	return true;
}

static bool
keep_bins(struct history *h, struct err *e)
{
	struct statement *st = store_prepare(
	    h->store, "INSERT INTO bin VALUES(?1, ?2, ?3, ?4, ?5)", e);
	bool ok = st != NULL;

	for (size_t i = 0; ok && i < h->s->nrules; i++) {
		const struct rule_lines *l = &h->s->rules[i];

		if (!slice_is(l->check, "drift"))
			continue;
		ok = keep_bins_of(h, st, i, &l->total, e);
		for (size_t k = 0; ok && k < l->ngroups; k++)
			ok = keep_bins_of(h, st, i, &l->groups[k], e);
	}
	statement_free(st);
	return ok;
}

/* --- what is drawn ----------------------------------------------------------------- */

static bool
read_points(struct history *h, struct err *e)
{
	struct trend *t = h->trend;
	struct statement *st = store_prepare(h->store,
	    "SELECT name, records, failing, score, pass, fail, na, error"
	    " FROM run WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
	    e);
	int got = -1;

	t->points = arena_zalloc(t->arena, HISTORY_RUNS * sizeof(*t->points));
	if (st != NULL) {
		statement_bind_int(st, 1, h->first);
		statement_bind_int(st, 2, h->run);
		while (
		    (got = statement_step(st, e)) == 1 && t->n < HISTORY_RUNS) {
			struct trend_point *p = &t->points[t->n++];

			p->run = arena_slice(t->arena, statement_text(st, 0));
			p->records = (uint64_t)statement_int(st, 1);
			p->failing = (uint64_t)statement_int(st, 2);
			p->score = (unsigned)statement_int(st, 3);
			for (int i = 0; i < 4; i++)
				p->rules[i] =
				    (uint64_t)statement_int(st, 4 + i);
		}
	}
	statement_free(st);
	return got >= 0;
}

static bool
read_past(struct history *h, struct err *e)
{
	struct trend *t = h->trend;
	struct statement *st = store_prepare(h->store,
	    "SELECT applicable, fail FROM result WHERE run = ?1 AND rule = ?2",
	    e);
	int got = st == NULL ? -1 : 0;

	t->past = arena_zalloc(t->arena, (h->s->nrules + 1) * sizeof(*t->past));
	for (size_t i = 0; got >= 0 && i < h->s->nrules; i++) {
		statement_bind_int(st, 1, h->before);
		statement_bind_int(st, 2, h->rules[i]);
		got = statement_step(st, e);
		if (got == 1)
			t->past[i] =
			    (struct past){ true, (uint64_t)statement_int(st, 0),
				    (uint64_t)statement_int(st, 1) };
		statement_reset(st);
	}
	statement_free(st);
	return got >= 0;
}

struct trend *
history_add(const char *path, const char *run, struct summary *s, struct err *e)
{
	struct history h = { .s = s };

	h.store = store_open(path, &schema, 0, WAIT_MS, e);
	if (h.store == NULL)
		return NULL;
	h.trend = mem_zalloc(sizeof(*h.trend));
	h.trend->arena = arena_new();
	if (store_begin(h.store, e) && place_run(&h, slice_of(run), e) &&
	    number_rules(&h, e) && judge_drift(&h, e) && keep_run(&h, e) &&
	    keep_results(&h, e) && keep_bins(&h, e) && read_points(&h, e) &&
	    read_past(&h, e) && store_commit(h.store, e)) {
		store_close(h.store);
		return h.trend;
	}
	store_rollback(h.store);
	store_close(h.store);
	trend_free(h.trend);
	return NULL;
}

void
trend_free(struct trend *t)
{
	if (t == NULL)
		return;
	arena_free(t->arena);
	mem_free(t);
}
