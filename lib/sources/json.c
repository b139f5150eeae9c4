/*
 * JSON: lines, documents (one value or several, a top array element by
 * element), and FHIR, whose Bundles give one record an entry.
 *
 * A document is not parsed as a whole: the end of its next value is found by
 * counting brackets, the value is then checked to the letter (json/scan) and
 * leaves with the bytes it came with.
 */
#include <stdint.h>
#include <string.h>

#include "sources/format.h"
#include "sources/json_end.h"
#include "sources/json_record.h"

/* --- lines --------------------------------------------------------------- */

/* A line that is longer than a record may be: its end is looked for. */
static bool
take_long_line(struct document *d, struct slice seen, struct err *e)
{
	struct member *m = d->m;
	struct piece p = { .from = m->at, .line = m->line };
	char *head = arena_dup(d->arena, seen.p, 256);
	struct err why = { 0 };
	const char *lf = NULL;

	p.to = m->at;
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
	struct piece p = { .from = m->at, .line = m->line };
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

/* --- documents ----------------------------------------------------------- */

static void
pass(struct document *d, size_t n)
{
	struct slice s = input_peek(d->m->input, n);

	d->m->line += text_lines((struct slice){ s.p, n });
	input_take(d->m->input, n);
}

/* The next byte that is no blank; 0 at the end. */
static char
next_byte(struct document *d)
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

			pass(d, n);
			return c;
		}
		pass(d, n);
	}
}

/* From the break on, all is one reject. */
static bool
set_rest_aside(struct document *d, const struct err *why, struct err *e)
{
	struct input *in = d->m->input;
	struct piece p = { .from = input_offset(in), .line = d->m->line };
	struct slice seen = input_peek(in, 64 << 10);
	const char *block;
	struct err ignored = { 0 };

	if (seen.n == 0 && p.from == input_bytes(in) && input_failed(in, NULL))
		return true; /* the account of the member says it */
	p.bytes = (struct slice){ arena_dup(d->arena, seen.p, seen.n), seen.n };
	while (input_next(in, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(in);
	if (input_failed(in, NULL))
		return member_reject_cut(d->m, &p, e);
	return member_reject(d->m, &p, why, e);
}

/* The next value as a piece that is not yet taken; false with why. */
static bool
find_value(struct document *d, struct piece *p, struct err *why)
{
	size_t limit = d->m->limits->max_record;
	struct json_end end = { .gb = charset_is_gb(&d->m->charset) };
	struct slice s = input_peek(d->m->input, 1);

	for (;;) {
		size_t had = s.n;

		if (json_end_find(&end, s))
			break;
		if (had > limit)
			return err_data(why, "limit_record",
			    "value of more than %zu bytes (--max-record raises "
			    "the limit)",
			    limit);
		s = input_peek(d->m->input, had + 1);
		if (s.n == had) {
			if (end.depth > 0 || end.in_string || end.at == 0)
				return err_data(why, "json_syntax",
				    "the document ends within a value");
			break;
		}
	}
	*p = (struct piece){ .from = input_offset(d->m->input),
		.line = d->m->line,
		.bytes = { s.p, end.at } };
	p->to = p->next = p->from + end.at;
	return true;
}

/* Elements up to the bracket that closes; false with why where it breaks. */
static bool
read_elements(struct document *d,
    bool (*take)(struct document *, struct piece *, struct err *),
    struct err *why, struct err *e)
{
	char c;

	pass(d, 1);
	if (next_byte(d) == ']') {
		pass(d, 1);
		return true;
	}
	for (;;) {
		struct piece p;
		size_t n;

		next_byte(d);
		if (!find_value(d, &p, why))
			return true;
		n = p.bytes.n;
		/* One that is wrong ends the document: what follows is guess. */
		if (p.bytes.n == 0 ||
		    !json_check(
			p.bytes.p, p.bytes.n, d->m->limits->max_depth, why))
			if (!charset_is_gb(&d->m->charset))
				return true;
		if (!take(d, &p, e))
			return false;
		pass(d, n);
		c = next_byte(d);
		if (c != ',' && c != ']')
			return err_data(why, "json_syntax",
				   "expected ',' or ']' behind an element"),
			       true;
		pass(d, 1);
		if (c == ']')
			return true;
	}
}

static bool
take_entry(struct document *d, struct piece *p, struct err *e)
{
	struct json entry = json_of(p->bytes);
	struct json resource = json_get(entry, "resource");
	struct json url = json_get(entry, "fullUrl");
	uint64_t base = p->from;

	if (resource.type != JSON_OBJECT) {
		member_skip(d->m, p, "no_resource");
		return true;
	}
	p->from = base + (uint64_t)(resource.text.p - p->bytes.p);
	p->line += text_lines(slice_span(p->bytes.p, resource.text.p));
	p->bytes = resource.text;
	p->to = p->next = p->from + resource.text.n;
	if (url.type == JSON_STRING) {
		struct slice s = json_text(url, d->urls);

		p->part = arena_string(d->urls, s.p, s.n);
	}
	if (!document_value(d, p, e))
		return false;
	arena_reset(d->urls);
	return true;
}

/* A Bundle: its members are framing, but for the entries. */
static bool
read_bundle(struct document *d, struct err *why, struct err *e)
{
	char c;

	pass(d, 1);
	for (;;) {
		struct piece key, value;
		bool entries;

		c = next_byte(d);
		if (c == '}') {
			pass(d, 1);
			return true;
		}
		if (c != '"' || !find_value(d, &key, why))
			return why->kind != ERR_NONE
			    ? true
			    : (err_data(why, "json_syntax",
				   "expected a member's name"),
				  true);
		entries = slice_is(key.bytes, "\"entry\"");
		pass(d, key.bytes.n);
		if (next_byte(d) != ':')
			return err_data(why, "json_syntax", "expected ':'"),
			       true;
		pass(d, 1);
		c = next_byte(d);
		if (entries && c == '[') {
			if (!read_elements(d, take_entry, why, e))
				return false;
		} else if (find_value(d, &value, why) &&
		    json_check(value.bytes.p, value.bytes.n,
			d->m->limits->max_depth, why)) {
			pass(d, value.bytes.n);
		}
		if (why->kind != ERR_NONE)
			return true;
		c = next_byte(d);
		if (c == ',')
			pass(d, 1);
		else if (c != '}')
			return err_data(why, "json_syntax",
				   "expected ',' or '}' behind a member"),
			       true;
	}
}

static bool
read_document(struct document *d, bool bundle, struct err *e)
{
	struct err why = { 0 };
	struct piece p;
	bool ok = true;
	char c;

	while (ok && why.kind == ERR_NONE && (c = next_byte(d)) != '\0') {
		if (c == '[') {
			ok = read_elements(d, document_value, &why, e);
		} else if (c == '{' && bundle) {
			ok = read_bundle(d, &why, e);
		} else if (find_value(d, &p, &why)) {
			ok = document_value(d, &p, e);
			if (ok)
				pass(d, p.bytes.n);
		}
	}
	if (ok && why.kind != ERR_NONE)
		ok = set_rest_aside(d, &why, e);
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

static bool
read_as(struct member *m, bool lines, bool fhir, bool bundle, struct err *e)
{
	struct document d;
	bool ok;

	document_open(&d, m, fhir);
	ok = lines ? read_lines(&d, e) : read_document(&d, bundle, e);
	document_close(&d);
	return ok;
}

bool
ndjson_read(struct member *m, struct err *e)
{
	return read_as(m, true, false, false, e);
}

bool
json_read(struct member *m, struct err *e)
{
	return read_as(m, false, false, false, e);
}

bool
fhir_read(struct member *m, struct err *e)
{
	struct slice head = input_peek(m->input, m->live ? 1 : 1 << 20), type;
	bool bundle =
	    json_end_top_string(without_blanks(head), "resourceType", &type) &&
	    slice_is(type, "Bundle");

	return read_as(m, !bundle && ndjson_is(head), true, bundle, e);
}
