/*
 * XML documents: one record each.  Clinical documents (CDA) have a shape of
 * their own (cda_write.c); any other is written element by element.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "json/write.h"
#include "sources/cda_write.h"
#include "sources/format.h"
#include "io/tree.h"
#include "sources/xml_at.h"
#include "sources/xml_write.h"

#define SEEN ((size_t)1 << 20)

bool
xml_is(struct slice head)
{
	head = slice_trim(head);
	return head.n >= 3 && head.p[0] == '<' &&
	    (head.p[1] == '?' || head.p[1] == '!' ||
		(head.p[1] >= 'A' && head.p[1] <= 'Z') ||
		(head.p[1] >= 'a' && head.p[1] <= 'z') || head.p[1] == '_' ||
		(unsigned char)head.p[1] >= 0x80) &&
	    memchr(head.p, '>', head.n) != NULL;
}

/* The root, HL7's namespace or the roots of its templates. */
bool
cda_is(struct slice head)
{
	static const char *const marks[] = { "ClinicalDocument",
		"urn:hl7-org:v3", "2.16.840.1.113883.10.20." };

	if (!xml_is(head))
		return false;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (slice_find(head, slice_of(marks[i])) != NULL)
			return true;
	return false;
}

/* --- the encoding -------------------------------------------------------- */

/* The value of encoding="..." in the declaration, or "". */
static void
declared_encoding(struct slice head, char *to, size_t room)
{
	const char *end = memchr(head.p, '>', head.n), *p;
	char quote;
	size_t n = 0;

	to[0] = '\0';
	if (end == NULL || !slice_starts(head, "<?xml"))
		return;
	head.n = (size_t)(end - head.p);
	p = slice_find(head, SLICE("encoding"));
	while (p != NULL && p < end && *p != '"' && *p != '\'')
		p++;
	if (p == NULL || p == end)
		return;
	for (quote = *p++; p < end && *p != quote && n + 1 < room; p++)
		to[n++] = *p;
	to[n] = '\0';
}

/*
 * UTF-8 and GB18030 are told by the bytes, whatever the document says: what
 * passes systems that recode it keeps its first line.  Any other encoding is
 * believed.
 */
static bool
begin(struct member *m, struct err *why)
{
	static const char *const told[] = { "gb18030", "gbk", "gb2312",
		"gb_2312-80", "cp936", "", "utf-8", "utf8", "us-ascii", "ascii",
		"utf-16", "utf-16le", "utf-16be", "ucs-2" };
	struct charset *c = &m->charset;
	char name[40];
	size_t n = sizeof(told) / sizeof(told[0]), i = 0;

	text_begin(m);
	if (c->declared != NULL)
		return true;
	declared_encoding(slice_trim(input_peek(m->input, m->live ? 1 : 256)),
	    name, sizeof(name));
	while (i < n && strcasecmp(name, told[i]) != 0)
		i++;
	/* Too few bytes to be told by, which are UTF-8 by chance. */
	if (i < 5 && !c->gb_first &&
	    !charset_is_telling(input_peek(m->input, m->live ? 1 : SEEN)))
		charset_declare(c, "gb18030");
	if (i == n && !charset_declare(c, name))
		return err_data(why, "encoding",
		    "the document is in an encoding that is not known "
		    "(--encoding names another)");
	return true;
}

/* --- the record ---------------------------------------------------------- */

static bool
set_aside(
    struct member *m, struct piece *p, const struct err *why, struct err *e)
{
	return input_failed(m->input, NULL) ? member_reject_cut(m, p, e)
					    : member_reject(m, p, why, e);
}

static bool
put_xml(struct member *m, struct node *root, struct piece *p, struct arena *a,
    struct err *e)
{
	struct buf *b = member_open(m);

	buf_addc(b, '{');
	json_put_key(b, root->name);
	xml_put_element(b, root, a);
	member_names(m);
	return member_record(m, p, e);
}

/*
 * Messages of HL7 version 3 have the namespace of clinical documents too: what
 * has nothing of one is any other XML, unless it must be one.
 */
static bool
put_cda(struct member *m, struct node *root, struct piece *p, struct arena *a,
    struct err *e)
{
	struct err why = { 0 };
	struct slice code;

	if (m->options->split && cda_parts(root) > 0)
		return cda_write_parts(root, m, p, e);
	if (cda_write(root, member_open(m), &code)) {
		p->kind = member_code(m, "cda", code);
		if (p->kind == NULL)
			member_names(m);
		return member_record(m, p, e);
	}
	member_cancel(m);
	if (m->options->format == NULL) {
		m->format = "xml";
		return put_xml(m, root, p, a, e);
	}
	err_data(&why, "unknown_format",
	    "no clinical document: neither its head nor a section or entry "
	    "is in it (--format xml reads it)");
	return member_reject(m, p, &why, e);
}

static bool
read_whole(struct member *m, bool cda, const struct err *bad, struct err *e)
{
	struct arena *a = arena_new();
	struct piece p = { .line = 1 };
	struct err why = *bad;
	struct slice whole, text;
	struct node *root = NULL;
	bool ok;

	ok = text_whole(m, &whole, e);
	if (!ok || whole.n == SIZE_MAX)
		goto done;
	p.from = m->at;
	p.to = p.next = m->at + whole.n;
	p.bytes = whole;
	if (why.kind == ERR_NONE && !input_failed(m->input, NULL) &&
	    charset_decode(&m->charset, whole, &text, &p.encoding, &why))
		root = tree_parse(text, "UTF-8", a, &why);
	ok = root == NULL ? set_aside(m, &p, &why, e)
	    : cda         ? put_cda(m, root, &p, a, e)
			  : put_xml(m, root, &p, a, e);
	if (ok)
		input_take(m->input, whole.n);
done:
	arena_free(a);
	return ok;
}

static bool
read_as(struct member *m, bool cda, struct err *e)
{
	struct err why = { 0 };
	bool known = begin(m, &why);

	if (m->options->path == NULL || !known)
		return read_whole(m, cda, &why, e);
	if (charset_needs_recoding(&m->charset) || charset_is_gb(&m->charset))
		text_recode(m, charset_name(&m->charset));
	return xml_at_read(m, e);
}

bool
xml_read(struct member *m, struct err *e)
{
	return read_as(m, false, e);
}

bool
cda_read(struct member *m, struct err *e)
{
	return read_as(m, true, e);
}
