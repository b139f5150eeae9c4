#include "sources/database_state.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* --- positions ----------------------------------------------------------- */

void
position_set(struct row_position *p, const struct database_value *row,
    const size_t *columns, size_t n)
{
	size_t from = 0;

	buf_reset(&p->bytes);
	for (size_t i = 0; i < n; i++)
		buf_add_slice(&p->bytes, row[columns[i]].bytes);
	p->n = n;
	for (size_t i = 0; i < n; i++) {
		p->v[i] = row[columns[i]];
		if (p->v[i].bytes.p != NULL)
			p->v[i].bytes.p = buf_slice(&p->bytes).p + from;
		from += p->v[i].bytes.n;
	}
}

bool
position_is(const struct row_position *p, const struct database_value *row,
    const size_t *columns, size_t n)
{
	if (p->n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((p->v[i].bytes.p == NULL) !=
			(row[columns[i]].bytes.p == NULL) ||
		    !slice_eq(p->v[i].bytes, row[columns[i]].bytes))
			return false;
	return true;
}

/* `run n{ type flag length:bytes}`; flag is b, t or n for null. */
static void
encode(const struct database_state *t, struct buf *b)
{
	buf_addf(b, "%llu %zu", t->run, t->last.n);
	for (size_t i = 0; i < t->last.n; i++) {
		const struct database_value *v = &t->last.v[i];

		buf_addf(b, " %d %c %zu:", v->type,
		    v->bytes.p == NULL ? 'n'
			: v->binary    ? 'b'
				       : 't',
		    v->bytes.n);
		buf_add_slice(b, v->bytes);
	}
}

static bool
decode(struct database_state *t, const char *p, size_t n)
{
	struct database_value v[DATABASE_ORDER] = { 0 };
	static const size_t columns[DATABASE_ORDER] = { 0, 1, 2, 3, 4, 5, 6,
		7 };
	const char *end = p + n;
	char *at;
	size_t count;

	t->run = strtoull(p, &at, 10);
	count = strtoull(at, &at, 10);
	if (count > DATABASE_ORDER)
		return false;
	for (size_t i = 0; i < count; i++) {
		char flag;
		size_t bytes;

		v[i].type = (int)strtol(at, &at, 10);
		if (end - at < 2)
			return false;
		flag = at[1];
		bytes = strtoull(at + 2, &at, 10);
		if (at == end || *at++ != ':' || bytes > (size_t)(end - at))
			return false;
		v[i].binary = flag == 'b';
		if (flag != 'n')
			v[i].bytes = (struct slice){ at, bytes };
		at += bytes;
	}
	position_set(&t->last, v, columns, count);
	return true;
}

/* --- from run to run ----------------------------------------------------- */

static bool
visit_any(void *ctx, struct slice key, struct slice value, struct err *e)
{
	(void)key, (void)value, (void)e;
	*(bool *)ctx = true;
	return true;
}

bool
database_state_open(struct database_state *t, struct job *job, const char *name,
    bool by_since, struct err *e)
{
	struct buf value = { 0 };
	bool ok;

	t->job = job;
	t->keeps = job != NULL && job->state != NULL;
	t->by_since = by_since;
	if (!t->keeps)
		return true;
	t->scope = arena_printf(job->arena, "sql %s", name);
	t->seen = arena_printf(job->arena, "sql-seen %s", name);
	ok = state_get(job->state, t->scope, SLICE("at"), &value, &t->known, e);
	buf_string(&value); /* a NUL behind it, for strtoull */
	if (ok && t->known && !decode(t, buf_string(&value), value.n))
		ok = err_set(e, ERR_INPUT,
		    "the state has a position of %s "
		    "that makes no sense",
		    name);
	if (ok && t->known)
		ok = state_each(job->state, t->seen, visit_any, &t->looks, e);
	t->run++;
	buf_release(&value);
	return ok;
}

void
database_state_release(struct database_state *t)
{
	buf_release(&t->last.bytes);
	buf_release(&t->border);
	buf_release(&t->pending);
	index_free(t->expected);
	mem_free(t->times);
}

bool
database_state_seen(
    struct database_state *t, const char *id, bool *seen, struct err *e)
{
	struct buf value = { 0 };
	bool ok;

	*seen = false;
	if (!t->looks)
		return true;
	ok = state_get(t->job->state, t->seen, slice_of(id), &value, seen, e);
	if (*seen)
		*seen = strtoull(buf_string(&value), NULL, 10) < t->run;
	buf_release(&value);
	return ok;
}

/* --- from page to page --------------------------------------------------- */

void
database_state_page(struct database_state *t)
{
	index_free(t->expected);
	t->expected = NULL;
	if (t->border.n == 0)
		return;
	t->expected = index_new();
	for (size_t i = 0; i < t->border.n; i += DIGEST_ID) {
		bool fresh;
		size_t at = index_add(t->expected,
		    (struct slice){ t->border.p + i, DIGEST_ID }, &fresh);

		if (fresh) {
			t->times =
			    mem_room(t->times, at, &t->room, sizeof(*t->times));
			t->times[at] = 0;
		}
		t->times[at]++;
	}
}

bool
database_state_again(struct database_state *t, const char *id)
{
	long at =
	    t->expected == NULL ? -1 : index_find(t->expected, slice_of(id));

	if (at < 0 || t->times[at] == 0)
		return false;
	t->times[at]--;
	return true;
}

void
database_state_add(struct database_state *t, const char *id, struct slice since)
{
	uint32_t n = (uint32_t)since.n;

	buf_add(&t->border, id, DIGEST_ID);
	if (!t->ordered)
		buf_reset(&t->border);
	if (!t->keeps || !t->by_since || since.p == NULL)
		return;
	buf_add(&t->pending, id, DIGEST_ID);
	buf_add(&t->pending, &n, sizeof(n));
	buf_add_slice(&t->pending, since);
}

/* The id and value at *p, which moves behind them. */
static const char *
next_pending(const char **p, struct slice *since)
{
	const char *id = *p;
	uint32_t n;

	memcpy(&n, id + DIGEST_ID, sizeof(n));
	*since = (struct slice){ id + DIGEST_ID + sizeof(n), n };
	*p = since->p + n;
	return id;
}

/* Where rows come in no order, all of the window waits for the end. */
static void
forget_old(struct database_state *t, struct slice bound)
{
	const char *p = t->pending.p, *end = p + t->pending.n;
	char *to = t->pending.p;

	while (p < end) {
		struct slice since;
		const char *id = next_pending(&p, &since);
		size_t n = (size_t)(p - id);

		if (since_cmp(since, bound) < 0)
			continue;
		memmove(to, id, n);
		to += n;
	}
	t->pending.n = t->pending.n == 0 ? 0 : (size_t)(to - t->pending.p);
}

/* The ids that the next run may meet again. */
static bool
keep_pending(struct database_state *t, struct slice bound, struct err *e)
{
	struct buf value = { 0 };
	const char *p = t->pending.p, *end = p + t->pending.n;
	bool ok = true;

	while (ok && p < end) {
		struct slice id, since;

		id = (struct slice){ next_pending(&p, &since), DIGEST_ID };
		if (since_cmp(since, bound) < 0)
			continue;
		buf_reset(&value);
		buf_addf(&value, "%llu ", t->run);
		buf_add_slice(&value, since);
		ok = job_keep(t->job, t->seen, id, buf_slice(&value), e);
	}
	buf_reset(&t->pending);
	buf_release(&value);
	return ok;
}

struct stale {
	struct slice bound;
	struct buf ids;
};

static bool
visit_stale(void *ctx, struct slice key, struct slice value, struct err *e)
{
	struct stale *s = ctx;
	const char *blank = memchr(value.p, ' ', value.n);

	(void)e;
	if (blank != NULL && key.n == DIGEST_ID &&
	    since_cmp(slice_span(blank + 1, value.p + value.n), s->bound) < 0)
		buf_add_slice(&s->ids, key);
	return true;
}

/* What fell out of the window. */
static bool
drop_stale(struct database_state *t, struct slice bound, struct err *e)
{
	struct stale s = { .bound = bound };
	bool ok = state_each(t->job->state, t->seen, visit_stale, &s, e);

	for (size_t i = 0; ok && i < s.ids.n; i += DIGEST_ID)
		ok = state_drop(t->job->state, t->seen,
		    (struct slice){ s.ids.p + i, DIGEST_ID }, e);
	buf_release(&s.ids);
	return ok;
}

static bool
keep_window(struct database_state *t, bool over, struct err *e)
{
	struct buf bound = { 0 };
	bool ok = t->last.n == 0 ||
	    since_less(t->last.v[0].bytes, &t->overlap, &bound, e);

	if (ok && !t->ordered && !over)
		forget_old(t, buf_slice(&bound));
	else if (ok)
		ok = keep_pending(t, buf_slice(&bound), e) &&
		    (!over || drop_stale(t, buf_slice(&bound), e));
	buf_release(&bound);
	return ok;
}

/*
 * A table that is ordered by its key alone is read anew by the next run, once
 * it was read to its end; until then the next run goes on.  Ids of an earlier
 * position are of no use to it.
 */
static bool
keep_border(struct database_state *t, bool over, struct err *e)
{
	static const char run[] = "0 ";

	buf_reset(&t->pending);
	if (!state_clear(t->job->state, t->seen, e))
		return false;
	if (over)
		return state_clear(t->job->state, t->scope, e);
	for (size_t i = 0; i < t->border.n; i += DIGEST_ID)
		if (!job_keep(t->job, t->seen,
			(struct slice){ t->border.p + i, DIGEST_ID },
			slice_of(run), e))
			return false;
	return true;
}

bool
database_state_keep(struct database_state *t, bool over, struct err *e)
{
	struct buf at = { 0 };
	bool ok;

	if (!t->keeps)
		return true;
	encode(t, &at);
	ok = sink_write(&t->job->sink, e) &&
	    (t->by_since ? keep_window(t, over, e) : keep_border(t, over, e)) &&
	    ((over && !t->by_since) || (!over && !t->ordered) ||
		job_keep(t->job, t->scope, SLICE("at"), buf_slice(&at), e)) &&
	    job_settle(t->job, false, e);
	buf_release(&at);
	return ok;
}
