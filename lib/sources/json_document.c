#include "sources/json_document.h"

#include <string.h>

#include "sources/format.h"
#include "sources/json_pass.h"

typedef bool value_reader(struct document *, struct err *why, struct err *);

static bool
broken(struct err *why, const char *what)
{
	err_data(why, "json_syntax", "%s", what);
	return true;
}

/*
 * What is between the brackets of an array, or the braces of an object: `item`
 * takes each, what it is looked for in `of`.
 */
struct sought {
	value_taker *take;  /* each element */
	value_reader *read; /* that member, or that element */
	const char *name;
	unsigned long long number, at;
};

typedef bool item_reader(
    struct document *, struct sought *, struct err *why, struct err *);

static bool
read_items(struct document *d, char close, item_reader *item, struct sought *of,
    struct err *why, struct err *e)
{
	char c;

	pass_bytes(d, 1);
	if (pass_blanks(d) == close) {
		pass_bytes(d, 1);
		return true;
	}
	for (;;) {
		pass_blanks(d);
		if (!item(d, of, why, e))
			return false;
		if (why->kind != ERR_NONE || d->over)
			return true;
		c = pass_blanks(d);
		if (c != ',' && c != close)
			return broken(why,
			    close == ']'
				? "expected ',' or ']' behind an element"
				: "expected ',' or '}' behind a member");
		pass_bytes(d, 1);
		if (c == close)
			return true;
	}
}

static bool
each_element(
    struct document *d, struct sought *of, struct err *why, struct err *e)
{
	return pass_value(d, of->take, why, e);
}

static bool
read_elements(
    struct document *d, value_taker *take, struct err *why, struct err *e)
{
	struct sought of = { .take = take };

	return read_items(d, ']', each_element, &of, why, e);
}

static bool
named_member(
    struct document *d, struct sought *of, struct err *why, struct err *e)
{
	bool is = false;

	pass_name(d, of->name, &is, why);
	if (why->kind != ERR_NONE)
		return true;
	if (is)
		return of->read(d, why, e);
	pass_unwanted(d, why);
	return true;
}

/* Those of this name go to `read`. */
static bool
read_members(struct document *d, const char *name, value_reader *read,
    struct err *why, struct err *e)
{
	struct sought of = { .read = read, .name = name };

	return read_items(d, '}', named_member, &of, why, e);
}

static bool
numbered_element(
    struct document *d, struct sought *of, struct err *why, struct err *e)
{
	if (of->at++ == of->number)
		return of->read(d, why, e);
	pass_unwanted(d, why);
	return true;
}

/* --- a Bundle ------------------------------------------------------------ */

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

static bool
read_entries(struct document *d, struct err *why, struct err *e)
{
	if (pass_blanks(d) == '[')
		return read_elements(d, take_entry, why, e);
	pass_unwanted(d, why);
	return true;
}

/* --- what --at names ----------------------------------------------------- */

static bool read_at(struct document *, struct err *why, struct err *);

/* The element with the number that the path has there. */
static bool
read_element(struct document *d, unsigned long long number, struct err *why,
    struct err *e)
{
	struct sought of = { .read = read_at, .number = number };

	return read_items(d, ']', numbered_element, &of, why, e);
}

/* As deep in calls as the path has parts. */
static bool
read_at(struct document *d, struct err *why, struct err *e)
{
	const char *part = d->path[0];
	char c = pass_blanks(d);
	unsigned long long number;
	bool ok = true;

	if (part == NULL) {
		d->hits++;
		return c == '[' ? read_elements(d, document_value, why, e)
				: pass_value(d, document_value, why, e);
	}
	d->path++;
	if (c == '{')
		ok = read_members(d, part, read_at, why, e);
	else if (c == '[' && slice_number(slice_of(part), &number))
		ok = read_element(d, number, why, e);
	else
		pass_unwanted(d, why);
	d->path--;
	return ok;
}

/* A document without the path is set aside: it gave nothing. */
static bool
read_document_at(struct document *d, struct err *why, struct err *e)
{
	struct input *in = d->m->input;
	struct piece p = { .from = input_offset(in), .line = d->m->line };
	struct slice seen = input_peek(in, 1);
	struct err none = { 0 };

	arena_reset(d->held);
	if (seen.n > (64 << 10))
		seen.n = 64 << 10;
	p.bytes = arena_slice(d->held, seen);
	d->hits = 0;
	if (!read_at(d, why, e))
		return false;
	if (why->kind != ERR_NONE || d->hits > 0 || d->over)
		return true;
	p.to = p.next = input_offset(in);
	if (p.bytes.n > p.to - p.from)
		p.bytes.n = (size_t)(p.to - p.from);
	err_data(&none, "no_such_path",
	    "the document has nothing at '%s' (--at)", d->m->options->at);
	return member_reject(d->m, &p, &none, e);
}

/* --- the documents of a member ------------------------------------------- */

/* A document that is wrong in itself leaves the next one as it is. */
static bool
read_single(struct document *d, struct err *why, struct err *e)
{
	bool ok;

	d->alone = true;
	ok = pass_value(d, document_value, why, e);
	d->alone = false;
	return ok;
}

static bool
read_next(
    struct document *d, char c, bool bundle, struct err *why, struct err *e)
{
	if (d->path != NULL)
		return read_document_at(d, why, e);
	if (c == '[')
		return read_elements(d, document_value, why, e);
	if (c == '{' && bundle)
		return read_members(d, "entry", read_entries, why, e);
	return read_single(d, why, e);
}

bool
document_read(struct document *d, bool bundle, struct err *e)
{
	struct err why = { 0 };
	bool ok = true;
	char c;

	d->path = d->m->options->path;
	while (ok && why.kind == ERR_NONE && !d->over) {
		c = pass_blanks(d);
		if (input_at_end(d->m->input)) /* a byte 0 is none */
			break;
		ok = read_next(d, c, bundle, &why, e);
	}
	if (ok && why.kind != ERR_NONE)
		ok = pass_rest(d, &why, e);
	return ok;
}
