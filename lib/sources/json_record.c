#include "sources/json_record.h"

#include <string.h>

#include "json/write.h"
#include "sources/format.h"

void
document_open(struct document *d, struct member *m, bool fhir)
{
	memset(d, 0, sizeof(*d));
	d->m = m;
	d->names = index_new();
	index_add(d->names, SLICE("_mdx"), NULL);
	d->scan = json_scan_new(d->names, m->limits->max_depth);
	d->arena = arena_new();
	d->urls = arena_new();
	d->held = arena_new();
	d->fhir = d->told = fhir;
	text_begin_rows(m);
}

void
document_close(struct document *d)
{
	json_scan_free(d->scan);
	index_free(d->names);
	arena_free(d->arena);
	arena_free(d->urls);
	arena_free(d->held);
	buf_release(&d->flat);
	/* An empty document has a kind by its name at least. */
	if (!d->told)
		member_names(d->m);
}

/* With readable bytes behind it, which the scanner needs. */
static struct slice
with_slack(struct document *d, struct slice text)
{
	struct charset *c = &d->m->charset;

	if (text.p != c->text.p)
		return text;
	memset(buf_room(&c->text, JSON_SLACK), 0, JSON_SLACK);
	return buf_slice(&c->text);
}

/* Line ends and the indentation behind them go; strings hold neither. */
static struct slice
flattened(struct document *d, struct slice text)
{
	const char *p = text.p, *end = text.p + text.n;

	if (memchr(p, '\n', text.n) == NULL && memchr(p, '\r', text.n) == NULL)
		return text;
	buf_reset(&d->flat);
	while (p < end) {
		const char *from = p;

		while (p < end && *p != '\n' && *p != '\r')
			p++;
		buf_add(&d->flat, from, (size_t)(p - from));
		while (p < end && is_blank_byte(*p))
			p++;
	}
	memset(buf_room(&d->flat, JSON_SLACK), 0, JSON_SLACK);
	return buf_slice(&d->flat);
}

/*
 * The object without its closing brace and the blanks before it.  A member
 * that has the reserved name gets another.
 */
static void
put_object(struct document *d, struct slice text, struct buf *b)
{
	size_t n, from = 0;
	const struct json_member *list = json_scan_members(d->scan, &n);
	bool renamed = false;

	for (size_t i = 0; i < n; i++) {
		if (list[i].field != 0)
			continue;
		buf_add(b, text.p + from, list[i].key - from);
		buf_adds(b, "_mdx_");
		from = list[i].key + list[i].keyn;
		renamed = true;
	}
	d->m->renamed += renamed;
	do
		text.n--;
	while (text.n > 0 && is_blank_byte(text.p[text.n - 1]));
	buf_add(b, text.p + from, text.n - from);
}

static void
tell_by_columns(struct document *d)
{
	size_t n;
	const struct json_member *list = json_scan_members(d->scan, &n);
	struct slice *names = arena_alloc(d->arena, (n + 1) * sizeof(*names));
	const char *text = d->text.p;

	for (size_t i = 0; i < n; i++)
		names[i] = json_unescape(
		    (struct slice){ text + list[i].key, list[i].keyn },
		    d->arena);
	member_columns(d->m, names, n);
}

/* The first code that the table of kinds has: `Type[code]`, then `Type`. */
static const char *
kind_in(struct document *d, struct slice type, struct json codings)
{
	struct json_walk w = json_enter(codings);
	struct json coding;
	const char *kind = NULL;

	while (kind == NULL && json_next_element(&w, &coding)) {
		struct json code = json_get(coding, "code");
		struct slice s = json_text(code, d->arena);
		char *key;

		if (code.type == JSON_NONE)
			continue;
		key = arena_printf(
		    d->arena, "%.*s[%.*s]", (int)type.n, type.p, (int)s.n, s.p);
		kind = member_code(d->m, "fhir", slice_of(key));
	}
	return kind;
}

static const char *
fhir_kind(struct document *d, struct slice text)
{
	struct json resource = json_of(text), category, one;
	struct slice type =
	    json_text(json_get(resource, "resourceType"), d->arena);
	struct json class = json_get(resource, "class");
	const char *kind = NULL;
	struct json_walk w;

	if (class.type == JSON_OBJECT) {
		struct slice code =
		    json_text(json_get(class, "code"), d->arena);
		char *key = arena_printf(d->arena, "%.*s[%.*s]", (int)type.n,
		    type.p, (int)code.n, code.p);

		kind = member_code(d->m, "fhir", slice_of(key));
	}
	category = json_get(resource, "category");
	w = json_enter(category);
	while (kind == NULL && category.type == JSON_ARRAY &&
	    json_next_element(&w, &one))
		kind = kind_in(d, type, json_get(one, "coding"));
	if (kind == NULL)
		kind = member_code(d->m, "fhir", type);
	return kind == NULL ? "other" : kind;
}

/* Looked at before it is taken, so that its row counts only then. */
bool
document_check(struct document *d, struct slice raw, struct err *why)
{
	struct charset *c = &d->m->charset;
	uint64_t utf8 = c->utf8, gb18030 = c->gb18030;
	unsigned depth = d->m->limits->max_depth;
	struct slice text = raw;
	const char *name;
	bool ok = true;

	if (charset_is_gb(c)) {
		ok = charset_decode(c, raw, &text, &name, why);
		c->utf8 = utf8;
		c->gb18030 = gb18030;
		text = ok ? with_slack(d, text) : text;
	}
	return ok && json_check(text.p, text.n, depth, why);
}

static struct slice
without_blanks(struct slice s)
{
	while (s.n > 0 && is_blank_byte(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && is_blank_byte(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* The scanner knows whether it is UTF-8: mostly nobody else need look. */
static bool
is_plain_object(struct document *d, struct slice raw, const char **encoding)
{
	struct charset *c = &d->m->charset;
	struct err ignored = { 0 };

	if (raw.n == 0 || raw.p[0] != '{' || !charset_takes_utf8(c))
		return false;
	d->text = flattened(d, raw);
	if (!json_scan_object(d->scan, d->text.p, d->text.n, &ignored))
		return false;
	*encoding = charset_took_utf8(c, raw);
	return true;
}

bool
document_object(struct document *d, struct slice raw, const char **encoding,
    struct buf *b, struct err *why)
{
	struct slice text;

	arena_reset(d->arena);
	raw = without_blanks(raw);
	if (is_plain_object(d, raw, encoding)) {
		put_object(d, d->text, b);
		return true;
	}
	if (!charset_decode(&d->m->charset, raw, &text, encoding, why))
		return false;
	d->text = text = flattened(d, with_slack(d, text));
	if (text.n > 0 && text.p[0] == '{') {
		if (!json_scan_object(d->scan, text.p, text.n, why))
			return false;
		put_object(d, text, b);
		return true;
	}
	if (!json_check(text.p, text.n, d->m->limits->max_depth, why))
		return false;
	buf_adds(b, "{\"value\":");
	buf_add_slice(b, text);
	return true;
}

void
document_tell(struct document *d)
{
	if (d->text.p[0] == '{')
		tell_by_columns(d);
	else
		member_names(d->m);
	d->told = true;
}

bool
document_value(struct document *d, struct piece *p, struct err *e)
{
	struct err why = { 0 };

	if (!document_object(
		d, p->bytes, &p->encoding, member_open(d->m), &why))
		return member_reject(d->m, p, &why, e);
	if (d->fhir && d->text.p[0] == '{')
		p->kind = fhir_kind(d, d->text);
	else if (!d->told)
		document_tell(d);
	return member_record(d->m, p, e);
}
