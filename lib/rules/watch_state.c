/*
 * What a watch knows, in a file: NDJSON, a line for the clock and one a series
 * (mdx-rules(5), WINDOWS).  Rules are known again by id and argument: one that
 * has changed begins anew.
 *
 *	{"format":"mdx-watch-state/1","clock":T}
 *	{"series":"{…}","last":T,"zone":480,"rules":[{"rule":ID,"arg":"30s",
 *	    "open":true,"begun":true,"first":T,"last":T,"value":V,"since":T,
 *	    "count":N,"samples":[[T,V],…]}]}
 */
#include <unistd.h>

#include "base/clock.h"
#include "io/reader.h"
#include "json/value.h"
#include "json/write.h"
#include "rules/watch_parts.h"

#define FORMAT  "mdx-watch-state/1"
#define LARGEST ((size_t)1 << 30)
/* No time or value is larger: sums with a span do not overflow. */
#define MOST ((unsigned long long)1 << 60)

static void
put_int(struct buf *b, const char *key, int64_t v)
{
	json_put_key(b, key);
	json_put_int(b, v);
}

static void
put_track(const struct watch *w, const struct track *t, struct buf *b)
{
	const struct rule *r = w->plan->tests[t->test].rule;
	const struct window_state *s = &t->state;

	json_put_comma(b);
	buf_addc(b, '{');
	json_put_key(b, "rule");
	json_put_string(b, r->id);
	json_put_key(b, "arg");
	json_put_string(b, r->arg);
	json_put_key(b, "open");
	buf_adds(b, s->open ? "true" : "false");
	json_put_key(b, "begun");
	buf_adds(b, s->begun ? "true" : "false");
	put_int(b, "first", s->first);
	put_int(b, "last", s->last);
	put_int(b, "value", s->value);
	put_int(b, "since", s->since);
	put_int(b, "count", (int64_t)s->count);
	json_put_key(b, "samples");
	buf_addc(b, '[');
	for (size_t i = 0; i < s->all.n; i++) {
		struct sample one = window_sample(s, i);

		json_put_comma(b);
		buf_addf(
		    b, "[%lld,%lld]", (long long)one.at, (long long)one.value);
	}
	buf_adds(b, "]}");
}

bool
watch_save(struct watch *w, struct err *e)
{
	struct buf b = { 0 };
	bool ok;

	buf_adds(&b, "{\"format\":\"" FORMAT "\"");
	if (w->started)
		put_int(&b, "clock", w->clock);
	buf_adds(&b, "}\n");
	for (size_t i = 0; i < w->nlist; i++) {
		const struct series *s = &w->list[i];

		if (s->number == 0)
			continue;
		buf_addc(&b, '{');
		json_put_key(&b, "series");
		json_put_string(&b, s->key);
		put_int(&b, "last", s->last);
		put_int(&b, "zone", s->zone);
		json_put_key(&b, "rules");
		buf_addc(&b, '[');
		for (size_t k = 0; k < s->ntracks; k++)
			put_track(w, &s->tracks[k], &b);
		buf_adds(&b, "]}\n");
	}
	ok = writer_put_file(w->options->state, buf_slice(&b), e);
	buf_release(&b);
	return ok;
}

/* --- reading --------------------------------------------------------------------- */

static bool
take_int(const struct value *v, const char *key, int64_t *to)
{
	const struct value *number = value_get(v, key);
	struct slice text;
	unsigned long long n;
	bool minus;

	if (number == NULL || number->type != JSON_NUMBER)
		return false;
	text = number->text;
	minus = text.p[0] == '-';
	if (minus)
		text = (struct slice){ text.p + 1, text.n - 1 };
	if (!slice_number(text, &n) || n > MOST)
		return false;
	*to = minus ? -(int64_t)n : (int64_t)n;
	return true;
}

static bool
is_true(const struct value *v, const char *key)
{
	const struct value *b = value_get(v, key);

	return b != NULL && b->type == JSON_TRUE;
}

/* The test of the plan, or -1 where the rule is not as it was. */
static long
test_of(const struct watch *w, const struct value *v)
{
	struct slice id = value_text(v, "rule", "");
	const struct rule *r;

	for (size_t i = 0; i < w->plan->rules->n; i++) {
		r = w->plan->rules->rules[i];
		if (slice_eq(r->id, id))
			return slice_eq(r->arg, value_text(v, "arg", ""))
			    ? (long)i
			    : -1;
	}
	return -1;
}

static bool
take_samples(const struct watch *w, const struct value *list, struct track *t)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct value *pair = &list->items[i];
		struct value named = { .type = JSON_OBJECT,
			.count = pair->count,
			.items = pair->items,
			.keys = (struct slice[]){ SLICE("t"), SLICE("v") } };
		struct sample s;

		if (pair->type != JSON_ARRAY || pair->count != 2 ||
		    !take_int(&named, "t", &s.at) ||
		    !take_int(&named, "v", &s.value))
			return false;
		window_restore(w->plan->tests[t->test].window, &t->state, s);
	}
	return true;
}

static bool
take_track(struct watch *w, struct series *s, const struct value *v)
{
	const struct value *samples = value_get(v, "samples");
	long test = test_of(w, v);
	struct window_state *to;
	struct track *t;
	int64_t count;

	if (test < 0)
		return v->type == JSON_OBJECT;
	t = watch_track(s, (uint32_t)test);
	to = &t->state;
	to->open = is_true(v, "open");
	to->begun = is_true(v, "begun");
	if (!take_int(v, "first", &to->first) ||
	    !take_int(v, "last", &to->last) ||
	    !take_int(v, "value", &to->value) ||
	    !take_int(v, "since", &to->since) ||
	    !take_int(v, "count", &count) || count < 0 || samples == NULL ||
	    samples->type != JSON_ARRAY || !take_samples(w, samples, t))
		return false;
	to->count = (uint64_t)count;
	if (w->plan->tests[test].window->check != CHECK_GAP)
		return true;
	watch_arm(w, s, t);
	return to->begun;
}

static bool
take_series(struct watch *w, const struct value *v)
{
	struct slice key = value_text(v, "series", "");
	const struct value *rules = value_get(v, "rules");
	struct series *s;
	int64_t zone;

	if (key.n == 0 || rules == NULL || rules->type != JSON_ARRAY ||
	    watch_find(w, key) != NULL)
		return false;
	s = watch_make(w, key);
	s->arrived = clock_ms();
	if (!take_int(v, "last", &s->last) || !take_int(v, "zone", &zone) ||
	    zone < -1440 || zone > 1440)
		return false;
	s->newest = s->last;
	s->zone = (int)zone;
	for (size_t i = 0; i < rules->count; i++)
		if (!take_track(w, s, &rules->items[i]))
			return false;
	watch_arm(w, s, NULL);
	return true;
}

static bool
take_head(struct watch *w, const struct value *v, struct err *e)
{
	struct slice format = value_text(v, "format", "");

	if (!slice_is(format, FORMAT))
		return err_set(e, ERR_INPUT,
		    slice_starts(format, "mdx-watch-state/")
			? "written by a newer version"
			: "no state of watch");
	w->started = take_int(v, "clock", &w->clock);
	return true;
}

static bool
take_line(struct watch *w, size_t number, struct slice line, struct err *e)
{
	struct arena *a = arena_new();
	struct err why = { 0 };
	struct value *v = value_parse(a, line.p, line.n, &why);
	bool ok;

	if (number == 1)
		ok = take_head(w, v, e);
	else
		ok = (v != NULL && take_series(w, v)) ||
		    err_set(e, ERR_INPUT, "line %zu is damaged", number);
	arena_free(a);
	return ok;
}

bool
watch_load(struct watch *w, struct err *e)
{
	struct buf b = { 0 };
	struct slice rest, line;
	size_t number = 0;
	bool ok;

	if (access(w->options->state, F_OK) != 0)
		return true; /* the first run */
	ok = reader_slurp(w->options->state, LARGEST, &b, e);
	rest = buf_slice(&b);
	while (ok && slice_next(&rest, '\n', &line))
		ok = take_line(w, ++number, line, e) ||
		    err_wrap(e, "state '%s'", w->options->state);
	if (ok && number == 0)
		ok = err_set(
		    e, ERR_INPUT, "state '%s': it is empty", w->options->state);
	buf_release(&b);
	return ok;
}
