#include "sources/xml_write.h"

#include <string.h>

#include "base/hash.h"
#include "json/write.h"

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
			xml_put_element(b, first[i]->n, a);
			continue;
		}
		buf_addc(b, '[');
		for (struct named *one = first[i]; one != NULL;
		     one = one->next) {
			json_put_comma(b);
			xml_put_element(b, one->n, a);
		}
		buf_addc(b, ']');
	}
	index_free(names);
}

/* Recursion is as deep as io/xml lets a document be. */
void
xml_put_element(struct buf *b, const struct node *n, struct arena *a)
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
