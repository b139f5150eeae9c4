/*
 * The UCUM essence, of import_part.h: its units in the columns of ucum.csv.
 */
#include "io/tree.h"
#include "terms/import_part.h"

static struct slice
attribute(const struct node *n, const char *name)
{
	const char *value = tree_attribute(n, name);

	return value == NULL ? SLICE("") : slice_of(value);
}

static struct slice
name_of(const struct node *n, struct arena *a)
{
	struct buf b = { 0 };
	struct slice name;

	tree_text(tree_child(n, "name"), &b);
	name = arena_slice(a, slice_trim(buf_slice(&b)));
	buf_release(&b);
	return name;
}

/* A special unit is given by a function, another by a value and a unit. */
static void
put_unit(struct import_item *item, const struct node *n, struct buf *b,
    struct arena *a)
{
	const struct node *value = tree_child(n, "value");
	const struct node *function = tree_child(value, "function");
	const struct node *by = function != NULL ? function : value;
	bool special = slice_is(attribute(n, "isSpecial"), "yes");
	bool metric = slice_is(attribute(n, "isMetric"), "yes");
	bool arbitrary = slice_is(attribute(n, "isArbitrary"), "yes");
	bool base = tree_is(n, "base-unit");
	const struct slice cells[] = { attribute(n, "Code"),
		metric || base ? SLICE("yes") : SLICE(""),
		base            ? SLICE("base")
		    : special   ? SLICE("special")
		    : arbitrary ? SLICE("arbitrary")
				: SLICE(""),
		special ? attribute(function, "name") : SLICE(""),
		base || arbitrary ? SLICE("") : attribute(by, "value"),
		base || arbitrary ? SLICE("") : attribute(by, "Unit"),
		name_of(n, a), SLICE("") };

	table_put_row(b, cells, sizeof(cells) / sizeof(*cells));
	item->count++;
}

bool
import_units(struct import *im, const char *path, struct slice text)
{
	struct import_item *item = import_add(im, path);
	struct err why = { 0 };
	struct node *root = tree_parse(text, NULL, im->arena, &why);
	struct slice version = im->o->version != NULL
	    ? slice_of(im->o->version)
	    : attribute(root, "version");
	struct buf b = { 0 };

	if (root == NULL)
		return import_fault(im, path, why.text);
	if (version.n == 0)
		return import_fault(
		    im, path, "the essence has no version (--version)");
	buf_adds(&b, "code,metric,class,function,value,unit,name,note\n");
	for (const struct node *n = root->child; n != NULL; n = n->next)
		if (tree_is(n, "base-unit") || tree_is(n, "unit"))
			put_unit(item, n, &b, im->arena);
	item->name =
	    arena_printf(im->arena, "ucum@%.*s.csv", (int)version.n, version.p);
	item->text = arena_slice(im->arena, buf_slice(&b));
	buf_release(&b);
	return item->count > 0 || import_fault(im, path, "no units in it");
}
