#include "sources/json_pass.h"

#include <string.h>

#include "sources/format.h"
#include "sources/json_end.h"

#define NEAR ((size_t)64 << 10) /* what is passed in one piece */

void
pass_bytes(struct document *d, size_t n)
{
	struct slice s = input_peek(d->m->input, n);

	d->m->line += text_lines((struct slice){ s.p, n });
	input_take(d->m->input, n);
}

char
pass_blanks(struct document *d)
{
	for (;;) {
		struct slice s = input_peek(d->m->input, 1);
		size_t n = 0;

		if (s.n == 0)
			return '\0';
		while (n < s.n && is_blank_byte(s.p[n]))
			n++;
		if (n < s.n) {
			char c = s.p[n];

			pass_bytes(d, n);
			return c;
		}
		pass_bytes(d, n);
	}
}

bool
pass_rest(struct document *d, const struct err *why, struct err *e)
{
	struct input *in = d->m->input;
	struct piece p = { .from = input_offset(in), .line = d->m->line };
	struct slice seen = input_peek(in, d->m->live ? 1 : NEAR);
	const char *block;
	struct err ignored = { 0 };

	if (seen.n == 0 && p.from == input_bytes(in) && input_failed(in, NULL))
		return true; /* the account of the member says it */
	if (seen.n > NEAR)
		seen.n = NEAR;
	p.bytes = (struct slice){ arena_dup(d->arena, seen.p, seen.n), seen.n };
	while (input_next(in, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(in);
	if (input_failed(in, NULL))
		return member_reject_cut(d->m, &p, e);
	return member_reject(d->m, &p, why, e);
}

/* --- the end of a value -------------------------------------------------- */

enum found { WHOLE, LONG, CUT };

static enum found
find_end(struct document *d, struct json_end *end, size_t limit)
{
	struct slice s = input_peek(d->m->input, 1);

	*end = (struct json_end){ .gb = charset_is_gb(&d->m->charset) };
	while (!json_end_find(end, s)) {
		size_t had = s.n;

		if (had > limit)
			return LONG;
		s = input_peek(d->m->input, had + 1);
		if (s.n > had)
			continue;
		if (end->depth > 0 || end->in_string || end->at == 0)
			return CUT;
		break;
	}
	return end->at > limit ? LONG : WHOLE;
}

/* Lets go of what was looked at until the end is there; false: it is cut. */
static bool
pass_long(struct document *d, struct json_end *end)
{
	struct slice s = input_peek(d->m->input, 1);
	size_t had;

	while (!json_end_find(end, s)) {
		had = s.n - end->at;
		pass_bytes(d, end->at);
		end->at = 0;
		s = input_peek(d->m->input, had + 1);
		if (s.n == had && (end->depth > 0 || end->in_string))
			return false;
		if (s.n == had)
			break;
	}
	pass_bytes(d, end->at);
	return true;
}

static bool
set_long_aside(struct document *d, struct json_end *end, struct err *e)
{
	struct member *m = d->m;
	struct slice s = input_peek(m->input, 1);
	struct piece p = { .from = input_offset(m->input), .line = m->line };
	size_t kept = s.n < 256 ? s.n : 256;
	struct err why = { 0 };

	p.bytes = (struct slice){ arena_dup(d->arena, s.p, kept), kept };
	/* A value that was found is looked for again from its beginning. */
	*end = (struct json_end){ .gb = end->gb };
	d->over = !pass_long(d, end);
	p.to = p.next =
	    d->over ? input_bytes(m->input) : input_offset(m->input);
	if (d->over && input_failed(m->input, NULL))
		return member_reject_cut(m, &p, e);
	if (d->over) {
		pass_bytes(d, (size_t)(p.to - input_offset(m->input)));
		err_data(
		    &why, "json_syntax", "the document ends within a value");
	} else {
		err_data(&why, "limit_record",
		    "value of %llu bytes is too long (--max-record raises the "
		    "limit)",
		    (unsigned long long)(p.to - p.from));
	}
	return member_reject(m, &p, &why, e);
}

static bool
is_cut(struct err *why)
{
	return err_data(why, "json_syntax", "the document ends within a value");
}

bool
pass_value(
    struct document *d, value_taker *take, struct err *why, struct err *e)
{
	size_t limit = d->m->limits->max_record;
	struct json_end end;
	struct err bad = { 0 };
	enum found found = find_end(d, &end, limit);
	struct piece p = { .from = input_offset(d->m->input),
		.line = d->m->line,
		.bytes = { input_peek(d->m->input, 1).p, end.at } };
	bool ok;

	if (found == LONG)
		return set_long_aside(d, &end, e);
	if (found == CUT)
		return is_cut(why) || true;
	p.to = p.next = p.from + end.at;
	if (document_check(d, p.bytes, &bad)) {
		ok = take(d, &p, e);
	} else if (!d->alone && strcmp(bad.code, "json_syntax") == 0) {
		/* What follows it would be a guess. */
		*why = bad;
		return true;
	} else {
		ok = member_reject(d->m, &p, &bad, e);
	}
	if (ok)
		pass_bytes(d, end.at);
	return ok;
}

/* --- what is not wanted -------------------------------------------------- */

void
pass_name(struct document *d, const char *name, bool *is, struct err *why)
{
	struct json_end end;
	struct slice s;

	if (pass_blanks(d) != '"') {
		err_data(why, "json_syntax", "expected a member's name");
		return;
	}
	if (find_end(d, &end, d->m->limits->max_record) != WHOLE) {
		is_cut(why);
		return;
	}
	s = (struct slice){ input_peek(d->m->input, 1).p, end.at };
	if (!document_check(d, s, why))
		return;
	*is = name != NULL &&
	    json_key_is((struct slice){ s.p + 1, s.n - 2 }, slice_of(name));
	pass_bytes(d, end.at);
	if (pass_blanks(d) != ':') {
		err_data(why, "json_syntax", "expected ':' behind a name");
		return;
	}
	pass_bytes(d, 1);
	pass_blanks(d);
}

/* A value that is no open bracket; checked, unless it is too long for that. */
static void
pass_near(
    struct document *d, struct json_end *end, enum found found, struct err *why)
{
	struct slice s = { input_peek(d->m->input, 1).p, end->at };

	if (found == LONG) {
		*end = (struct json_end){ .gb = end->gb };
		if (!pass_long(d, end))
			is_cut(why);
	} else if (found == CUT) {
		is_cut(why);
	} else if (document_check(d, s, why)) {
		pass_bytes(d, s.n);
	}
}

/*
 * What lies near is passed in one piece; of a container that ends far away
 * the bracket is, then each of its values.  `open` has the brackets that wait
 * for their end.
 */
void
pass_unwanted(struct document *d, struct err *why)
{
	unsigned most = d->m->limits->max_depth, depth = 0;
	char *open = NULL;
	bool ignored;

	most = most == 0 ? JSON_DEPTH : most;
	for (;;) {
		char c = pass_blanks(d);
		struct json_end end;
		enum found found = find_end(d, &end, NEAR);

		if (found == WHOLE || (c != '{' && c != '[')) {
			pass_near(d, &end, found, why);
			c = why->kind == ERR_NONE ? pass_blanks(d) : '\0';
		} else if (depth == most) {
			err_data(why, "json_depth",
			    "nested deeper than %u levels", most);
		} else {
			if (open == NULL)
				open = arena_alloc(d->held, most);
			open[depth++] = c;
			pass_bytes(d, 1);
			if (c == '{')
				pass_name(d, NULL, &ignored, why);
			if (why->kind == ERR_NONE)
				continue;
		}
		while (why->kind == ERR_NONE && depth > 0 &&
		    c == (open[depth - 1] == '{' ? '}' : ']')) {
			pass_bytes(d, 1);
			if (--depth > 0)
				c = pass_blanks(d);
		}
		if (why->kind != ERR_NONE || depth == 0)
			return;
		if (c != ',') {
			err_data(
			    why, "json_syntax", "expected ',' behind a value");
			return;
		}
		pass_bytes(d, 1);
		if (open[depth - 1] == '{')
			pass_name(d, NULL, &ignored, why);
		if (why->kind != ERR_NONE)
			return;
	}
}
