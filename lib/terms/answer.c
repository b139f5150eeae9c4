#include "terms/answer.h"

#include <stdio.h>

#include "json/write.h"

static void
put_member(struct buf *b, const char *name, struct slice text)
{
	json_put_key(b, name);
	json_put_string(b, text);
}

void
answer_p(double p, char to[ANSWER_P])
{
	unsigned places = p > 0 ? (unsigned)(p * 10000) : 0;
	size_t n = (size_t)snprintf(
	    to, ANSWER_P, "%u.%04u", places / 10000, places % 10000);

	while (to[n - 1] == '0')
		n--;
	to[to[n - 1] == '.' ? n - 1 : n] = '\0';
}

struct slice
answer_cell(struct arena *arena, const struct term_code *c)
{
	char p[ANSWER_P] = "";

	if (c->p > 0)
		answer_p(c->p, p);
	return slice_of(arena_printf(arena, "%.*s|%.*s|%s", (int)c->code.n,
	    c->code.p, (int)c->display.n, c->display.p, p));
}

static void
put_p(struct buf *b, double p)
{
	char text[ANSWER_P];

	answer_p(p, text);
	json_put_key(b, "p");
	buf_adds(b, text);
}

static void
put_found(struct buf *b, const struct term_code *c)
{
	put_p(b, c->p);
	put_member(b, "method", slice_of(c->method));
}

void
answer_put_codes(struct buf *b, const struct term_answer *a, bool found)
{
	buf_addc(b, '[');
	for (size_t i = 0; i < a->ncodes; i++) {
		const struct term_code *c = &a->codes[i];

		json_put_comma(b);
		buf_addc(b, '{');
		put_member(b, "code", c->code);
		if (c->display.n > 0)
			put_member(b, "display", c->display);
		put_member(b, "system", c->system);
		put_member(b, "version", c->version);
		if (found)
			put_found(b, c);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

void
answer_put_candidates(struct buf *b, const struct term_code *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		json_put_comma(b);
		buf_addc(b, '{');
		put_member(b, "code", list[i].code);
		put_member(b, "display", list[i].display);
		if (list[i].p > 0)
			put_p(b, list[i].p);
		buf_addc(b, '}');
	}
}

/* Those for the term, and for the editions that it has no code in. */
static void
put_candidates(struct buf *b, const struct term_answer *a)
{
	size_t n = a->ncandidates;

	for (size_t i = 0; i < a->ngaps; i++)
		n += a->gaps[i].ncandidates;
	if (n == 0)
		return;
	json_put_key(b, "alts");
	buf_addc(b, '[');
	answer_put_candidates(b, a->candidates, a->ncandidates);
	for (size_t i = 0; i < a->ngaps; i++)
		answer_put_candidates(
		    b, a->gaps[i].candidates, a->gaps[i].ncandidates);
	buf_addc(b, ']');
}

void
answer_put_trail(struct buf *b, const struct term_answer *a)
{
	json_put_key(b, "status");
	json_put_cstring(b, term_status_name(a->status));
	if (a->reason != NULL) {
		json_put_key(b, "reason");
		json_put_cstring(b, a->reason);
	}
	if (a->disagrees) {
		json_put_key(b, "note");
		json_put_cstring(b, ANSWER_DISAGREES);
	}
	if (a->ncodes > 0) {
		json_put_key(b, "codes");
		buf_addc(b, '[');
		for (size_t i = 0; i < a->ncodes; i++) {
			json_put_comma(b);
			buf_addc(b, '{');
			put_member(b, "code", a->codes[i].code);
			put_found(b, &a->codes[i]);
			buf_addc(b, '}');
		}
		buf_addc(b, ']');
	}
	put_candidates(b, a);
}
