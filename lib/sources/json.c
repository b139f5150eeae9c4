/*
 * JSON: lines, documents (json_document.c), and FHIR, which comes as either.
 */
#include <stdint.h>
#include <string.h>

#include "sources/format.h"
#include "sources/json_document.h"
#include "sources/json_end.h"
#include "sources/json_record.h"
#include "sources/pair.h"

#define HEAD_KEPT 256

/* --- lines --------------------------------------------------------------- */

/*
 * The frame that was given out last lies in the input's window: its bytes are
 * let go of when the next one is asked for.
 */
struct lines {
	struct document *d;
	size_t given;         /* bytes of it */
	char head[HEAD_KEPT]; /* of a line that is too long to be kept */
};

/* A line that is longer than a record may be: its end is looked for. */
static void
pass_long_line(struct lines *l, struct slice seen, struct frame *f)
{
	struct input *in = l->d->m->input;
	const char *lf = NULL;

	if (seen.n > HEAD_KEPT)
		seen.n = HEAD_KEPT;
	memcpy(l->head, seen.p, seen.n);
	f->kind = FRAME_BAD;
	f->bytes = (struct slice){ l->head, seen.n };
	f->to = f->from;
	seen = input_peek(in, 1);
	while (lf == NULL && seen.n > 0) {
		lf = memchr(seen.p, '\n', seen.n);
		if (lf != NULL)
			seen.n = (size_t)(lf - seen.p);
		f->to += seen.n;
		input_take(in, seen.n + (lf != NULL));
		if (lf == NULL)
			seen = input_peek(in, 1);
	}
	f->next = f->to + (lf != NULL);
}

static bool
next_line(void *ctx, struct frame *f, struct err *e)
{
	struct lines *l = ctx;
	struct member *m = l->d->m;
	struct slice seen;
	const char *lf;

	(void)e;
	input_take(m->input, l->given);
	l->given = 0;
	f->from = input_offset(m->input);
	f->line = m->line;
	seen = input_peek(m->input, 1);
	lf = memchr(seen.p, '\n', seen.n);
	while (lf == NULL && seen.n <= m->limits->max_record) {
		size_t had = seen.n;

		seen = input_peek(m->input, had + 1);
		if (seen.n == had)
			break;
		lf = memchr(seen.p + had, '\n', seen.n - had);
	}
	f->kind = FRAME_END;
	if (seen.n == 0)
		return true;
	m->line++;
	if (lf != NULL)
		seen.n = (size_t)(lf - seen.p);
	if (seen.n > m->limits->max_record) {
		pass_long_line(l, seen, f);
		return true;
	}
	f->bytes = seen;
	l->given = f->bytes.n + (lf != NULL);
	f->next = f->from + l->given;
	if (f->bytes.n > 0 && f->bytes.p[f->bytes.n - 1] == '\r')
		f->bytes.n--;
	f->to = f->from + f->bytes.n;
	f->kind = slice_trim(f->bytes).n == 0 ? FRAME_BLANK : FRAME_RECORD;
	return true;
}

static bool
is_record(void *ctx, const struct frame *f)
{
	(void)ctx;
	return f->kind == FRAME_RECORD;
}

static bool
make_object(void *ctx, struct slice line, const char **encoding, struct buf *b,
    struct err *why)
{
	struct lines *l = ctx;

	return document_object(l->d, line, encoding, b, why);
}

static bool
refuse_long(struct member *m, struct piece *p, struct err *e)
{
	struct err why = { 0 };

	err_data(&why, "limit_record",
	    "line of %llu bytes is too long (--max-record raises the limit)",
	    (unsigned long long)(p->to - p->from));
	return member_reject(m, p, &why, e);
}

static bool
take_line(
    void *ctx, const struct frame *f, const struct made *made, struct err *e)
{
	struct lines *l = ctx;
	struct member *m = l->d->m;
	struct piece p = { .from = f->from,
		.to = f->to,
		.next = f->next,
		.line = f->line,
		.bytes = f->bytes };

	if (f->kind == FRAME_BAD)
		return refuse_long(m, &p, e);
	if (f->next == f->to && input_failed(m->input, NULL))
		return member_reject_cut(m, &p, e);
	if (f->kind == FRAME_RECORD)
		return made == NULL ? document_value(l->d, &p, e)
				    : pair_take(m, &p, made, e);
	member_skip(m, &p, "blank_line");
	return true;
}

static bool
read_lines(struct document *d, struct err *e)
{
	struct lines l = { .d = d };
	const struct pair_reader reader = { &l, next_line, is_record,
		make_object, take_line };
	struct member *m = d->m;
	struct frame f;
	bool ok = true, paired = false;

	while (ok && !paired && next_line(&l, &f, e) && f.kind != FRAME_END) {
		ok = take_line(&l, &f, NULL, e);
		if (ok && m->spare_core && d->told && !d->fhir &&
		    m->at > PAIR_WORTH)
			ok = pair_read(m, &reader, &paired, e);
	}
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
