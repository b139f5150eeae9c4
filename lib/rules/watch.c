#include "rules/watch.h"

#include "base/clock.h"
#include "base/mem.h"
#include "json/write.h"
#include "rules/watch_parts.h"

#define SAVE_MS 10000 /* between two states */
#define LOOK_AT 1024  /* records between two looks at the machine's clock */

/* --- samples ------------------------------------------------------------------------- */

/* Room for one more: the series that has been silent longest makes it. */
static bool
make_room(struct watch *w, struct job *job, struct err *e)
{
	while (w->used >= w->options->max_series) {
		struct due d = dues_pop(&w->ends);
		struct series *s = watch_of_due(w, &d);

		if (s == NULL)
			continue;
		if (s->last + w->options->idle > d.at)
			watch_arm(w, s, NULL);
		else if (!watch_forget(w, job, s, w->clock, "max-series", e))
			return false;
	}
	return true;
}

static void
note_ahead(struct watch *w, struct series *s)
{
	s->ahead = true;
	if (w->counts.ahead++ == 0 && w->options->say != NULL)
		w->options->say("the clock of a series is ahead of the "
				"others': it counts for its own samples only");
}

/* The series of a reading, which has now sent it. */
static struct series *
hear(struct watch *w, struct job *job, const struct reading *r, struct err *e)
{
	struct series *s = watch_find(w, r->key);

	if (s == NULL) {
		if (!make_room(w, job, e))
			return NULL;
		s = watch_make(w, r->key);
		s->last = r->at - w->options->lateness;
		watch_arm(w, s, NULL);
	}
	s->newest = r->at;
	s->sample = w->counts.samples;
	s->arrived = w->heard = w->options->live ? clock_ms() : 0;
	return s;
}

static bool
feed(struct watch *w, struct job *job, struct series *s,
    const struct reading *r, struct err *e)
{
	s->last = r->at;
	s->zone = r->zone;
	for (size_t i = 0; i < r->nrules; i++) {
		size_t test = r->rules[i].test;
		const struct window *rule = w->plan->tests[test].window;
		struct track *t = watch_track(s, (uint32_t)test);
		struct window_event v[WINDOW_EVENTS];
		unsigned n = window_add(rule, &t->state,
		    (struct sample){ .at = r->at, .value = r->value }, v);

		for (unsigned k = 0; k < n; k++)
			if (!watch_alert(w, job, s, t->test, &v[k], NULL, e))
				return false;
		if (rule->check == CHECK_GAP)
			watch_arm(w, s, t);
	}
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

/* Its series may have been forgotten, or gone on by a clock of its own. */
static bool
feed_held(
    struct watch *w, struct job *job, const struct reading *r, struct err *e)
{
	struct series *s;

	if (!watch_go_on(w, job, r->at, e))
		return false;
	s = watch_find(w, r->key);
	if (s == NULL)
		s = hear(w, job, r, e);
	if (s == NULL)
		return false;
	if (r->at < s->last) {
		w->counts.late++;
		return true;
	}
	return feed(w, job, s, r, e);
}

bool
watch_let_go(struct watch *w, struct job *job, int64_t until, struct err *e)
{
	const struct due *first;
	bool ok = true;

	while (ok && (first = dues_first(&w->order)) != NULL &&
	    first->at <= until) {
		uint32_t at = dues_pop(&w->order).slot;
		struct reading r = w->held[at];

		ok = feed_held(w, job, &r, e);
		mem_free((void *)r.key.p);
		mem_free((void *)r.rules);
		w->spare = mem_room(
		    w->spare, w->nspare, &w->spare_room, sizeof(*w->spare));
		w->spare[w->nspare++] = at;
	}
	return ok && watch_go_on(w, job, until, e);
}

static bool
accept(struct watch *w, struct job *job, const struct reading *r, struct err *e)
{
	struct series *s = watch_find(w, r->key);
	bool believed;

	if (s != NULL && r->at < s->last) {
		w->counts.late++;
		return true;
	}
	w->counts.samples++;
	believed = watch_believes(w, s, r->at);
	if (believed && w->options->lateness == 0 &&
	    !watch_go_on(w, job, r->at, e))
		return false;
	s = hear(w, job, r, e);
	if (s == NULL)
		return false;
	if (!believed && !s->ahead)
		note_ahead(w, s);
	s->ahead = !believed;
	if (!believed || w->options->lateness == 0)
		return feed(w, job, s, r, e);
	hold_back(w, r);
	if (r->at > w->latest)
		w->latest = r->at;
	return watch_let_go(w, job, w->latest - w->options->lateness, e);
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
	if (++w->records % LOOK_AT == 0 && !watch_look(w, job, &wait, e))
		return RECORD_STOP;
	return w->options->alerts == NULL ? RECORD_TAKEN : RECORD_PASS;
}

/* What was told before is out by now: what is kept says no more than that. */
static bool
idle(void *worker, struct job *job, int *wait, struct err *e)
{
	struct watch *w = worker;
	int64_t now = clock_ms();

	if (w->options->state != NULL && now - w->saved >= SAVE_MS) {
		w->saved = now;
		if (!watch_save(w, e))
			return false;
	}
	if (!watch_look(w, job, wait, e))
		return false;
	if (w->options->state != NULL && (*wait < 0 || *wait > SAVE_MS))
		*wait = SAVE_MS;
	return true;
}

static bool
end(void *worker, struct job *job, struct err *e)
{
	struct watch *w = worker;

	return dues_first(&w->order) == NULL ||
	    watch_let_go(w, job, w->latest, e);
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
