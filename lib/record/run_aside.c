/*
 * What is set aside: a reject each, or the first of them named.
 */
#include "base/utf8.h"
#include "json/write.h"
#include "record/run_part.h"

#define NAMED 10 /* set-aside records named on standard error */

/*
 * Paths are bytes, and a long message may be cut: what is not UTF-8 is shown
 * as U+FFFD, so that rejects and reports are JSON whatever a file is called.
 */
void
run_put_text(struct buf *b, const char *text)
{
	struct slice rest = slice_of(text);
	struct buf clean = { 0 };

	for (;;) {
		size_t n = utf8_valid_prefix(rest.p, rest.n);

		buf_add(&clean, rest.p, n);
		if (n == rest.n)
			break;
		buf_adds(&clean, "\xEF\xBF\xBD");
		rest = slice_span(rest.p + n + 1, rest.p + rest.n);
	}
	json_put_string(b, buf_slice(&clean));
	buf_release(&clean);
}

static void
put_place(struct buf *b, const struct place *at)
{
	if (at->src.n > 0) {
		buf_add_slice(b, at->src);
		return;
	}
	buf_addc(b, '{');
	json_put_key(b, "uri");
	run_put_text(b, at->uri == NULL ? "-" : at->uri);
	if (at->line > 0) {
		json_put_key(b, "line");
		json_put_uint(b, at->line);
	}
	if (at->to > at->from)
		buf_addf(b, ",\"offset\":[%llu,%llu]",
		    (unsigned long long)at->from, (unsigned long long)at->to);
	buf_addc(b, '}');
}

static void
put_raw(struct buf *b, struct slice raw)
{
	char *to;

	if (utf8_valid(raw.p, raw.n)) {
		json_put_key(b, "raw");
		json_put_string(b, raw);
		return;
	}
	json_put_key(b, "raw_b64");
	buf_addc(b, '"');
	to = buf_room(b, (raw.n + 2) / 3 * 4 + 1);
	b->n += digest_base64(raw.p, raw.n, to);
	buf_addc(b, '"');
}

bool
run_set_aside(struct run *r, const struct place *at, struct slice raw,
    const struct err *why, struct err *e)
{
	struct buf *b = &r->line;

	r->set_aside++;
	if (r->rejects == NULL) {
		if (r->set_aside > NAMED)
			return true;
		buf_reset(b);
		buf_addf(b, "%s:", at->uri == NULL ? "-" : at->uri);
		if (at->line > 0)
			buf_addf(b, "%llu:", (unsigned long long)at->line);
		buf_addf(b, " %s", why->text);
		if (r->options.say != NULL)
			r->options.say(buf_string(b));
		return true;
	}
	buf_reset(b);
	buf_adds(b, "{\"error\":{\"code\":");
	json_put_cstring(b, why->code);
	buf_adds(b, ",\"message\":");
	run_put_text(b, why->text);
	buf_adds(b, "},\"src\":");
	put_place(b, at);
	if (!r->options.no_raw) {
		put_raw(b, raw);
		if (at->cut)
			buf_adds(b, ",\"raw_truncated\":true");
	} else if (r->options.seal != NULL) {
		r->options.seal(r->options.seal_ctx, raw, b);
	}
	buf_adds(b, "}\n");
	return writer_add(r->rejects, buf_slice(b), e);
}

bool
run_has_too_many_rejects(const struct run *r)
{
	if (!r->options.percent)
		return r->set_aside > r->options.max_rejects;
	return r->set_aside * 100 > r->options.max_rejects * r->in;
}

void
run_name_rest(struct run *r)
{
	struct buf b = { 0 };

	if (r->set_aside == 0 ||
	    (r->rejects != NULL && !run_has_too_many_rejects(r)))
		return;
	if (r->rejects != NULL)
		buf_addf(&b, "%llu of %llu set aside, see %s",
		    (unsigned long long)r->set_aside, (unsigned long long)r->in,
		    r->options.rejects);
	else
		buf_addf(&b,
		    "%llu of %llu set aside (--rejects FILE keeps "
		    "them)",
		    (unsigned long long)r->set_aside,
		    (unsigned long long)r->in);
	run_say(r, buf_slice(&b));
	buf_release(&b);
}
