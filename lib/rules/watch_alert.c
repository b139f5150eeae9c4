/*
 * The alerts of a watch, as records.
 */
#include "json/write.h"
#include "rules/watch_parts.h"

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

bool
watch_alert(struct watch *w, struct job *job, const struct series *s,
    uint32_t test, const struct window_event *v, const char *reason,
    struct err *e)
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
