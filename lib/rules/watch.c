#include "rules/watch.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "json/write.h"
#include "rules/watch_parts.h"

#define SAVE_MS 10000 /* between two states */
#define LOOK_AT 1024  /* records between two looks at the machine's clock */

/* --- alerts --------------------------------------------------------------------- */

static void
put_time(struct buf *b, const char *key, int64_t at, int zone)
{
	int64_t seconds = at / FIXED_ONE, part = at % FIXED_ONE;
	char text[DATE_TEXT];
	struct date d;

	if (part < 0) {
		part += FIXED_ONE;
		seconds--;
	}
	d = date_of_seconds(seconds, zone);
	if (part % 1000 != 0) {
		d.fraction = (uint32_t)part;
		d.nfraction = 6;
	} else if (part != 0) {
		d.fraction = (uint32_t)(part / 1000);
		d.nfraction = 3;
	}
	json_put_key(b, key);
	json_put_string(b, (struct slice){ text, date_print(&d, text) });
}

static bool
alert(struct watch *w, struct job *job, const struct series *s, uint32_t test,
    const struct window_event *v, const char *reason, struct err *e)
{
	const struct rule *r = w->plan->tests[test].rule;
	struct buf *b = &w->line;

	buf_reset(b);
	buf_adds(b,
	    v->open ? "{\"state\":\"open\",\"rule\":"
		    : "{\"state\":\"closed\",\"rule\":");
	json_put_string(b, r->id);
	json_put_key(b, "severity");
	json_put_cstring(b, severity_name(r->severity));
	json_put_key(b, "series");
	buf_add_slice(b, s->key);
	put_time(b, "at", v->at, s->zone);
	put_time(b, "since", v->since, s->zone);
	if (v->has_value) {
		json_put_key(b, "value");
		fixed_put(b, v->value);
	}
	json_put_key(b, "samples");
	json_put_uint(b, v->samples);
	if (reason != NULL) {
		json_put_key(b, "reason");
		json_put_cstring(b, reason);
	}
	json_put_key(b, "message");
	json_put_string(b, r->message);
	buf_adds(b, ",\"_mdx\":{\"kind\":\"alert\"}}");
	w->counts.opened += v->open;
	w->counts.closed += !v->open;
	if (w->options->alerts == NULL) {
		flow_emit(job, buf_slice(b));
		return true;
	}
	buf_addc(b, '\n');
	return writer_add(w->options->alerts, buf_slice(b), e) &&
	    (!w->options->live || writer_flush(w->options->alerts, e));
}

/* --- what is due ------------------------------------------------------------------ */

static int64_t
span_of(const struct watch *w, const struct track *t)
{
	return w->plan->tests[t->test].window->span;
}

void
watch_arm(struct watch *w, const struct series *s, struct track *t)
{
	struct due d = { .at = s->last + w->options->idle,
		.series = s->number,
		.slot = (uint32_t)(s - w->list) };

	if (t == NULL) {
		dues_push(&w->ends, d);
		return;
	}
	d.test = t->test;
	if (!t->due) {
		d.at = t->state.last + span_of(w, t);
		dues_push(&w->dues, d);
		t->due = true;
	}
	if (w->options->live && !t->waits) {
		d.at = s->arrived + span_of(w, t) / 1000;
		dues_push(&w->waits, d);
		t->waits = true;
	}
}

/* NULL where the series has gone since. */
static struct series *
series_of(struct watch *w, const struct due *d)
{
	struct series *s = &w->list[d->slot];

	return s->number == d->series ? s : NULL;
}

static bool
forget(struct watch *w, struct job *job, struct series *s, int64_t at,
    const char *reason, struct err *e)
{
	for (size_t i = 0; i < s->ntracks; i++) {
		const struct track *t = &s->tracks[i];
		struct window_event v = { .at = at, .since = t->state.since };

		if (t->state.open && !alert(w, job, s, t->test, &v, reason, e))
			return false;
	}
	w->counts.forgotten++;
	watch_drop(w, s);
	return true;
}

/* A due was set by an older sample: it may have to wait for a newer one. */
static bool
end_series(struct watch *w, struct job *job, struct due d, struct err *e)
{
	struct series *s = series_of(w, &d);

	if (s == NULL)
		return true;
	d.at = s->last + w->options->idle;
	if (d.at < w->clock)
		return forget(w, job, s, d.at, "idle", e);
	dues_push(&w->ends, d);
	return true;
}

static bool
end_gap(struct watch *w, struct job *job, struct due d, struct err *e)
{
	struct series *s = series_of(w, &d);
	struct window_event v;
	struct track *t;

	if (s == NULL)
		return true;
	t = watch_track(s, d.test);
	t->due = false;
	if (t->state.open)
		return true;
	if (window_due(w->plan->tests[d.test].window, &t->state, w->clock, &v))
		return alert(w, job, s, d.test, &v, NULL, e);
	watch_arm(w, s, t);
	return true;
}

static bool
go_on(struct watch *w, struct job *job, int64_t to, struct err *e)
{
	bool ok = true;

	if (w->started && to <= w->clock)
		return true;
	w->clock = to;
	w->started = true;
	while (ok) {
		const struct due *gap = dues_first(&w->dues);
		const struct due *last = dues_first(&w->ends);

		if (gap != NULL && gap->at < to &&
		    (last == NULL || gap->at <= last->at))
			ok = end_gap(w, job, dues_pop(&w->dues), e);
		else if (last != NULL && last->at < to)
			ok = end_series(w, job, dues_pop(&w->ends), e);
		else
			break;
	}
	return ok;
}

/* The machine's clock: a series that has sent nothing for so long. */
static bool
look_at_clock(struct watch *w, struct job *job, int *wait, struct err *e)
{
	int64_t now = clock_ms();
	const struct due *first;

	while ((first = dues_first(&w->waits)) != NULL && first->at < now) {
		struct due d = dues_pop(&w->waits);
		struct series *s = series_of(w, &d);
		struct track *t = s == NULL ? NULL : watch_track(s, d.test);
		struct window_event v;

		if (t == NULL)
			continue;
		t->waits = false;
		if (t->state.open)
			continue;
		if (s->arrived + span_of(w, t) / 1000 >= now)
			watch_arm(w, s, t);
		else if (window_due(w->plan->tests[d.test].window, &t->state,
			     t->state.last + span_of(w, t) + 1, &v) &&
		    !alert(w, job, s, d.test, &v, NULL, e))
			return false;
	}
	if (w->options->state != NULL && now - w->saved >= SAVE_MS) {
		w->saved = now;
		if (!watch_save(w, e))
			return false;
	}
	*wait = w->options->state == NULL ? -1 : SAVE_MS;
	if (first != NULL && (*wait < 0 || first->at - now < *wait))
		*wait = (int)(first->at - now) + 1;
	return true;
}

/* --- the clock ---------------------------------------------------------------------- */

static int
by_time(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/*
 * The lower median of the latest times, that of `own` being `at`.  A series
 * that has sent nothing for many samples of the others has no vote: two leads
 * that were taken off would stop the clock of the third for ever.
 */
static int64_t
median(const struct watch *w, const struct series *own, int64_t at)
{
	int64_t *list = mem_alloc((w->used + 1) * sizeof(*list)), m;
	uint64_t now = w->counts.samples, round = 64 + 16 * w->used;
	size_t n = 0;

	for (size_t i = 0; i < w->nlist; i++)
		if (w->list[i].number != 0 && &w->list[i] != own &&
		    now - w->list[i].sample <= round)
			list[n++] = w->list[i].last;
	list[n++] = at;
	qsort(list, n, sizeof(*list), by_time);
	m = list[(n - 1) / 2];
	mem_free(list);
	return m;
}

/* The median is taken anew where it matters, and not for every sample. */
static bool
is_believed(struct watch *w, const struct series *own, int64_t at)
{
	w->since_median++;
	if (!w->started || at <= w->clock || w->used == 0 ||
	    at - w->median <= w->options->idle)
		return true;
	if (w->since_median <= w->used / 8)
		return false;
	w->since_median = 0;
	w->median = median(w, own, at);
	return at - w->median <= w->options->idle;
}

static void
note_ahead(struct watch *w, struct series *s)
{
	s->ahead = true;
	if (w->counts.ahead++ == 0 && w->options->say != NULL)
		w->options->say("the clock of a series is ahead of the "
				"others': it counts for its own samples only");
}

/* --- samples ------------------------------------------------------------------------- */

/* Room for one more: the series that has been silent longest makes it. */
static bool
make_room(struct watch *w, struct job *job, struct err *e)
{
	while (w->used >= w->options->max_series) {
		struct due d = dues_pop(&w->ends);
		struct series *s = series_of(w, &d);

		if (s == NULL)
			continue;
		if (s->last + w->options->idle > d.at)
			watch_arm(w, s, NULL);
		else if (!forget(w, job, s, w->clock, "max-series", e))
			return false;
	}
	return true;
}

static bool
feed(struct watch *w, struct job *job, const struct reading *r, bool believed,
    struct err *e)
{
	struct series *s = watch_find(w, r->key);
	bool fresh = s == NULL;

	if (fresh && !make_room(w, job, e))
		return false;
	if (fresh)
		s = watch_make(w, r->key);
	s->last = r->at;
	s->zone = r->zone;
	s->sample = w->counts.samples;
	s->arrived = w->options->live ? clock_ms() : 0;
	if (!believed && !s->ahead)
		note_ahead(w, s);
	s->ahead = s->ahead && !believed;
	for (size_t i = 0; i < r->nrules; i++) {
		size_t test = r->rules[i].test;
		const struct window *rule = w->plan->tests[test].window;
		struct track *t = watch_track(s, (uint32_t)test);
		struct window_event v[WINDOW_EVENTS];
		unsigned n = window_add(rule, &t->state,
		    (struct sample){ .at = r->at, .value = r->value }, v);

		for (unsigned k = 0; k < n; k++)
			if (!alert(w, job, s, t->test, &v[k], NULL, e))
				return false;
		if (rule->check == CHECK_GAP)
			watch_arm(w, s, t);
	}
	if (fresh)
		watch_arm(w, s, NULL);
	return true;
}

/* --- held back for what is late --------------------------------------------------------- */

static void
hold_back(struct watch *w, const struct reading *r)
{
	uint32_t at;

	if (w->nspare == 0) {
		w->held =
		    mem_room(w->held, w->nheld, &w->held_room, sizeof(*r));
		at = (uint32_t)w->nheld++;
	} else {
		at = w->spare[--w->nspare];
	}
	w->held[at] = *r;
	w->held[at].key.p = mem_dup(r->key.p, r->key.n);
	w->held[at].rules = mem_dup(r->rules, r->nrules * sizeof(*r->rules));
	dues_push(&w->order,
	    (struct due){ .at = r->at, .series = ++w->arrivals, .slot = at });
}

static bool
let_go(struct watch *w, struct job *job, int64_t until, struct err *e)
{
	const struct due *first;
	bool ok = true;

	while (ok && (first = dues_first(&w->order)) != NULL &&
	    first->at <= until) {
		uint32_t at = dues_pop(&w->order).slot;
		struct reading r = w->held[at];

		ok = go_on(w, job, r.at, e) && feed(w, job, &r, true, e);
		mem_free((void *)r.key.p);
		mem_free((void *)r.rules);
		w->spare = mem_room(
		    w->spare, w->nspare, &w->spare_room, sizeof(*w->spare));
		w->spare[w->nspare++] = at;
	}
	return ok && go_on(w, job, until, e);
}

static bool
accept(struct watch *w, struct job *job, const struct reading *r, struct err *e)
{
	const struct series *s = watch_find(w, r->key);
	bool believed;

	if (s != NULL && r->at < s->last) {
		w->counts.late++;
		return true;
	}
	w->counts.samples++;
	believed = is_believed(w, s, r->at);
	if (!believed || w->options->lateness == 0)
		return (!believed || go_on(w, job, r->at, e)) &&
		    feed(w, job, r, believed, e);
	hold_back(w, r);
	if (r->at > w->latest)
		w->latest = r->at;
	return let_go(w, job, w->latest - w->options->lateness, e);
}

/* --- the stage ------------------------------------------------------------------------------ */

static struct datum *
one_of(struct watch *w, size_t field)
{
	const struct cells *c = judge_cells(w->judge, field);

	return c->n == 1 && !datum_missing(&c->list[0]) ? &c->list[0] : NULL;
}

static bool
read_sample(struct watch *w, struct arena *a, struct reading *r)
{
	struct datum *time = one_of(w, w->time), *value = one_of(w, w->value);

	if (time == NULL || value == NULL || !datum_date(time) ||
	    !datum_number(value, a) || !fixed_of(&value->number, a, &r->value))
		return false;
	r->zone =
	    time->date.zone == DATE_NO_ZONE ? w->plan->zone : time->date.zone;
	r->at = date_seconds(&time->date, r->zone) * FIXED_ONE;
	if (time->date.nfraction > 0) {
		int64_t part = time->date.fraction;

		for (unsigned n = time->date.nfraction; n < 6; n++)
			part *= 10;
		for (unsigned n = time->date.nfraction; n > 6; n--)
			part /= 10;
		r->at += part;
	}
	return true;
}

static void
read_key(struct watch *w, struct reading *r)
{
	struct buf *b = &w->key;

	buf_reset(b);
	buf_addc(b, '{');
	for (size_t i = 0; i < w->nkeys; i++) {
		const struct datum *d = one_of(w, w->keys[i]);

		json_put_key_slice(b, w->names[i]);
		if (d == NULL || !datum_scalar(d))
			buf_adds(b, "null");
		else
			json_put_string(b, d->text);
	}
	buf_addc(b, '}');
	r->key = buf_slice(b);
}

static enum verdict
see(void *worker, struct record *record, struct job *job, struct err *e)
{
	struct watch *w = worker;
	struct reading r = { 0 };
	struct judgement g;
	int wait;

	judge_start(w->judge, record);
	if (!read_sample(w, record_arena(record), &r)) {
		w->counts.unusable++;
	} else {
		read_key(w, &r);
		if (!judge_record(w->judge, w->options->kind, &g, e))
			return RECORD_STOP;
		r.rules = g.list;
		r.nrules = g.n;
		if (!accept(w, job, &r, e))
			return RECORD_STOP;
	}
	if (++w->records % LOOK_AT == 0 && !look_at_clock(w, job, &wait, e))
		return RECORD_STOP;
	return w->options->alerts == NULL ? RECORD_TAKEN : RECORD_PASS;
}

static bool
idle(void *worker, struct job *job, int *wait, struct err *e)
{
	return look_at_clock(worker, job, wait, e);
}

static bool
end(void *worker, struct job *job, struct err *e)
{
	struct watch *w = worker;

	if (dues_first(&w->order) != NULL && !let_go(w, job, w->latest, e))
		return false;
	return w->options->state == NULL || watch_save(w, e);
}

static bool
add_field(struct plan *p, const char *option, const char *name, size_t *to,
    struct err *e)
{
	return plan_field(p, slice_of(name), to, e) ||
	    err_wrap(e, "--%s '%s'", option, name);
}

static bool
add_keys(struct watch *w, struct plan *p, struct err *e)
{
	struct slice rest = slice_of(w->options->series), part;

	w->names = arena_alloc(p->arena, (rest.n + 1) * sizeof(*w->names));
	w->keys = arena_alloc(p->arena, (rest.n + 1) * sizeof(*w->keys));
	while (slice_next(&rest, ',', &part)) {
		part = slice_trim(part);
		w->names[w->nkeys] = part;
		if (!plan_field(p, part, &w->keys[w->nkeys++], e))
			return err_wrap(
			    e, "--series '%.*s'", (int)part.n, part.p);
	}
	return w->nkeys > 0 ||
	    err_set(e, ERR_USAGE, "--series names no member");
}

struct watch *
watch_new(struct plan *p, const struct watch_options *o, struct err *e)
{
	struct watch *w = mem_zalloc(sizeof(*w));

	w->plan = p;
	w->options = o;
	w->saved = clock_ms();
	w->latest = INT64_MIN + o->lateness;
	if (add_field(p, "time", o->time, &w->time, e) &&
	    add_field(p, "value", o->value, &w->value, e) &&
	    add_keys(w, p, e) && (o->state == NULL || watch_load(w, e))) {
		w->judge = judge_new(p, NULL);
		return w;
	}
	watch_free(w);
	return NULL;
}

void
watch_free(struct watch *w)
{
	if (w == NULL)
		return;
	watch_drop_all(w);
	while (dues_first(&w->order) != NULL) {
		uint32_t at = dues_pop(&w->order).slot;

		mem_free((void *)w->held[at].key.p);
		mem_free((void *)w->held[at].rules);
	}
	dues_release(&w->dues);
	dues_release(&w->ends);
	dues_release(&w->waits);
	dues_release(&w->order);
	mem_free(w->held);
	mem_free(w->spare);
	judge_free(w->judge);
	buf_release(&w->line);
	buf_release(&w->key);
	mem_free(w);
}

void
watch_stage(struct watch *w, struct stage *s)
{
	*s = (struct stage){ .names = w->plan->names,
		.shared = w,
		.ordered = true,
		.record = see,
		.end = end };
	if (w->options->live)
		s->idle = idle;
}

const struct watch_counts *
watch_counts(const struct watch *w)
{
	return &w->counts;
}
