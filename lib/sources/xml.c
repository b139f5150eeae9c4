/*
 * XML documents: one record each.  Clinical documents (CDA) have a shape of
 * their own (cda.c); any other is written element by element.
 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "json/write.h"
#include "sources/cda_write.h"
#include "sources/format.h"
#include "sources/tree.h"

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

/* --- any element --------------------------------------------------------- */

static bool
is_blank(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(" \t\r\n", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
	return true;
}

static void
put_name(struct buf *b, const char *prefix, const char *name)
{
	json_put_comma(b);
	buf_addc(b, '"');
	buf_adds(b, prefix);
	buf_adds(b, name); /* a name of XML needs no escape */
	buf_adds(b, "\":");
}

static void put_element(struct buf *, const struct node *, struct arena *);

struct named {
	const struct node *n;
	struct named *next;
};

/* Children by name, in the order in which the names first come. */
static void
put_children(struct buf *b, const struct node *n, struct arena *a)
{
	struct index *names = index_new();
	struct named **first, **last;
	size_t count = 0;

	for (const struct node *c = n->child; c != NULL; c = c->next)
		count += c->name != NULL;
	first = arena_zalloc(a, (count + 1) * sizeof(*first));
	last = arena_zalloc(a, (count + 1) * sizeof(*last));
	for (const struct node *c = n->child; c != NULL; c = c->next) {
		struct named *one;
		size_t i;

		if (c->name == NULL)
			continue;
		i = index_add(names, slice_of(c->name), NULL);
		one = arena_zalloc(a, sizeof(*one));
		one->n = c;
		if (first[i] == NULL)
			first[i] = one;
		else
			last[i]->next = one;
		last[i] = one;
	}
	for (size_t i = 0; i < index_count(names); i++) {
		put_name(b, "", first[i]->n->name);
		if (first[i]->next == NULL) {
			put_element(b, first[i]->n, a);
			continue;
		}
		buf_addc(b, '[');
		for (struct named *one = first[i]; one != NULL;
		     one = one->next) {
			json_put_comma(b);
			put_element(b, one->n, a);
		}
		buf_addc(b, ']');
	}
	index_free(names);
}

/* Recursion is as deep as io/xml lets a document be. */
static void
put_element(struct buf *b, const struct node *n, struct arena *a)
{
	struct buf text = { 0 };

	buf_addc(b, '{');
	for (const char **attr = n->attributes; *attr != NULL; attr += 2) {
		put_name(b, "@", attr[0]);
		json_put_cstring(b, attr[1]);
	}
	for (const struct node *c = n->child; c != NULL; c = c->next)
		if (c->name == NULL && !is_blank(c->text))
			buf_add_slice(&text, c->text);
	if (text.n > 0) {
		json_put_key(b, "#text");
		json_put_string(b, buf_slice(&text));
	}
	put_children(b, n, a);
	buf_addc(b, '}');
	buf_release(&text);
}

/* --- the record ---------------------------------------------------------- */

/* What the document says of itself is read by io/xml; this overrides it. */
static const char *
encoding_of(const struct member *m)
{
	if (m->charset.declared != NULL)
		return m->charset.declared;
	return charset_is_gb(&m->charset) ? "GB18030" : NULL;
}

static bool
read_document(struct member *m, bool cda, struct err *e)
{
	struct arena *a = arena_new();
	struct piece p = { .line = 1 };
	struct err why = { 0 };
	struct slice whole, code;
	struct node *root;
	bool ok;

	text_begin(m);
	ok = text_whole(m, &whole, e);
	if (!ok || whole.n == SIZE_MAX)
		goto done;
	p.from = m->at;
	p.to = p.next = m->at + whole.n;
	p.bytes = whole;
	p.encoding = charset_name(&m->charset);
	if (input_failed(m->input, NULL)) {
		ok = member_reject_cut(m, &p, e);
		goto done;
	}
	root = tree_parse(whole, encoding_of(m), a, &why);
	if (root == NULL) {
		ok = member_reject(m, &p, &why, e);
	} else {
		struct buf *b = member_open(m);

		if (cda) {
			cda_write(root, b, &code);
			p.kind = member_code(m, "cda", code);
		} else {
			buf_addc(b, '{');
			put_name(b, "", root->name);
			put_element(b, root, a);
		}
		if (p.kind == NULL)
			member_names(m);
		ok = member_record(m, &p, e);
	}
	input_take(m->input, whole.n);
done:
	arena_free(a);
	return ok;
}

bool
xml_read(struct member *m, struct err *e)
{
	return read_document(m, false, e);
}

bool
cda_read(struct member *m, struct err *e)
{
	return read_document(m, true, e);
}
