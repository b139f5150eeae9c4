/*
 * JSON: lines, documents (json_document.c), and FHIR, which comes as either.
 */
#include <stdint.h>
#include <string.h>

#include "sources/format.h"
#include "sources/json_document.h"
#include "sources/json_end.h"
#include "sources/json_record.h"

/* --- lines --------------------------------------------------------------- */

/* A line that is longer than a record may be: its end is looked for. */
static bool
take_long_line(struct document *d, struct slice seen, struct err *e)
{
	struct member *m = d->m;
	struct piece p = { .from = input_offset(m->input), .line = m->line };
	char *head = arena_dup(d->arena, seen.p, 256);
	struct err why = { 0 };
	const char *lf = NULL;

	p.to = p.from;
	while (lf == NULL && seen.n > 0) {
		lf = memchr(seen.p, '\n', seen.n);
		if (lf != NULL)
			seen.n = (size_t)(lf - seen.p);
		p.to += seen.n;
		input_take(m->input, seen.n + (lf != NULL));
		if (lf == NULL)
			seen = input_peek(m->input, 1);
	}
	p.next = p.to + (lf != NULL);
	p.bytes = (struct slice){ head, 256 };
	m->line++;
	err_data(&why, "limit_record",
	    "line of %llu bytes is too long (--max-record raises the limit)",
	    (unsigned long long)(p.to - p.from));
	return member_reject(m, &p, &why, e);
}

static bool
take_line(struct document *d, bool *more, struct err *e)
{
	struct member *m = d->m;
	struct piece p = { .from = input_offset(m->input), .line = m->line };
	struct slice seen = input_peek(m->input, 1);
	const char *lf = memchr(seen.p, '\n', seen.n);
	bool ok;

	while (lf == NULL && seen.n <= m->limits->max_record) {
		size_t had = seen.n;

		seen = input_peek(m->input, had + 1);
		if (seen.n == had)
			break;
		lf = memchr(seen.p + had, '\n', seen.n - had);
	}
	*more = seen.n > 0;
	if (!*more)
		return true;
	if (lf == NULL && seen.n > m->limits->max_record)
		return take_long_line(d, seen, e);
	p.bytes = slice_span(seen.p, lf == NULL ? seen.p + seen.n : lf);
	p.next = p.from + p.bytes.n + (lf != NULL);
	if (p.bytes.n > 0 && p.bytes.p[p.bytes.n - 1] == '\r')
		p.bytes.n--;
	p.to = p.from + p.bytes.n;
	m->line++;
	if (lf == NULL && input_failed(m->input, NULL)) {
		ok = member_reject_cut(m, &p, e);
	} else if (slice_trim(p.bytes).n == 0) {
		member_skip(m, &p, "blank_line");
		ok = true;
	} else {
		ok = document_value(d, &p, e);
	}
	input_take(m->input, (size_t)(p.next - p.from));
	return ok;
}

static bool
read_lines(struct document *d, struct err *e)
{
	bool more = true, ok = true;

	while (ok && more)
		ok = take_line(d, &more, e);
	return ok;
}

/* --- what the table of formats calls ------------------------------------- */

static struct slice
without_blanks(struct slice s)
{
	while (s.n > 0 && is_blank_byte(s.p[0])) {
		s.p++;
		s.n--;
	}
	return s;
}

bool
json_is(struct slice head)
{
	struct slice s = without_blanks(head);
	struct slice behind;

	if (s.n < 2 || (s.p[0] != '{' && s.p[0] != '['))
		return false;
	behind = without_blanks((struct slice){ s.p + 1, s.n - 1 });
	return behind.n == 0 ||
	    strchr(s.p[0] == '{' ? "\"}" : "{[]\"-0123456789tfn",
		behind.p[0]) != NULL;
}

/* Its first line is a whole value. */
bool
ndjson_is(struct slice head)
{
	struct slice s = without_blanks(head);
	const char *lf = memchr(s.p, '\n', s.n);
	struct arena *a;
	struct err e = { 0 };
	bool yes;

	if (!json_is(head) || lf == NULL)
		return false;
	a = arena_new();
	s = json_pad(slice_span(s.p, lf), a);
	yes = json_check(s.p, s.n, 0, &e) && s.p[0] == '{';
	arena_free(a);
	return yes;
}

bool
fhir_is(struct slice head)
{
	struct slice type;

	return json_is(head) &&
	    json_end_top_string(without_blanks(head), "resourceType", &type);
}

/* --at looks into each document, whether it stands on one line or not. */
static bool
read_as(struct member *m, bool lines, struct err *e)
{
	struct document d;
	bool ok;

	document_open(&d, m, false);
	ok = lines && m->options->at == NULL ? read_lines(&d, e)
					     : document_read(&d, false, e);
	document_close(&d);
	return ok;
}

bool
ndjson_read(struct member *m, struct err *e)
{
	return read_as(m, true, e);
}

bool
json_read(struct member *m, struct err *e)
{
	return read_as(m, false, e);
}

bool
fhir_read(struct member *m, struct err *e)
{
	struct document d;
	struct slice head, type;
	bool ok, bundle;

	if (m->options->at != NULL)
		return read_as(m, false, e);
	document_open(&d, m, true);
	head = input_peek(m->input, m->live ? 1 : 1 << 20);
	bundle =
	    json_end_top_string(without_blanks(head), "resourceType", &type) &&
	    slice_is(type, "Bundle");
	ok = !bundle && ndjson_is(head) ? read_lines(&d, e)
					: document_read(&d, bundle, e);
	document_close(&d);
	return ok;
}
