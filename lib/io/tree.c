#include "io/tree.h"

#include <string.h>

#include "io/xml.h"

static struct node *
append(struct tree_growing *g)
{
	struct node *n = arena_zalloc(g->arena, sizeof(*n));

	n->parent = g->open;
	if (g->open == NULL)
		g->root = g->root == NULL ? n : g->root;
	else if (g->open->last == NULL)
		g->open->child = n;
	else
		g->open->last->next = n;
	if (g->open != NULL)
		g->open->last = n;
	return n;
}

bool
tree_start(void *ctx, const char *name, const char *const *attr,
    uint64_t offset, struct err *e)
{
	struct tree_growing *g = ctx;
	struct node *n = append(g);
	size_t count = 0;

	(void)offset;
	(void)e;
	n->name = arena_string(g->arena, name, strlen(name));
	n->local = xml_local(n->name);
	while (attr != NULL && attr[count] != NULL)
		count++;
	n->attributes =
	    arena_zalloc(g->arena, (count + 1) * sizeof(*n->attributes));
	for (size_t i = 0; i < count; i++)
		n->attributes[i] =
		    arena_string(g->arena, attr[i], strlen(attr[i]));
	g->open = n;
	return true;
}

bool
tree_end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct tree_growing *g = ctx;

	(void)name;
	(void)offset;
	(void)e;
	g->open = g->open->parent;
	return true;
}

bool
tree_characters(void *ctx, struct slice s, uint64_t offset, struct err *e)
{
	struct tree_growing *g = ctx;

	(void)offset;
	(void)e;
	if (g->open != NULL)
		append(g)->text = arena_slice(g->arena, s);
	return true;
}

struct node *
tree_parse(struct slice s, const char *encoding, struct arena *a, struct err *e)
{
	static const struct xml_events events = { tree_start, tree_end,
		tree_characters };
	struct tree_growing g = { .arena = a };
	struct xml *x = xml_new(&events, &g, encoding);
	bool ok = xml_feed(x, s.p, s.n, true, e);

	xml_free(x);
	return ok ? g.root : NULL;
}

bool
tree_is(const struct node *n, const char *local)
{
	return n != NULL && n->name != NULL && strcmp(n->local, local) == 0;
}

const struct node *
tree_child(const struct node *n, const char *local)
{
	if (n == NULL)
		return NULL;
	for (n = n->child; n != NULL; n = n->next)
		if (tree_is(n, local))
			return n;
	return NULL;
}

const struct node *
tree_path(const struct node *n, const char *path)
{
	struct slice rest = slice_of(path), part;

	while (n != NULL && slice_next(&rest, '/', &part)) {
		for (n = n->child; n != NULL; n = n->next)
			if (n->name != NULL && slice_is(part, n->local))
				break;
	}
	return n;
}

const char *
tree_attribute(const struct node *n, const char *name)
{
	if (n == NULL || n->attributes == NULL)
		return NULL;
	return xml_attribute(n->attributes, name);
}

const struct node *
tree_next(const struct node *n, const struct node *top)
{
	if (n->child != NULL)
		return n->child;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

void
tree_text(const struct node *top, struct buf *b)
{
	for (const struct node *n = top; n != NULL; n = tree_next(n, top))
		if (n->name == NULL)
			buf_add_slice(b, n->text);
}
