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

/*
 * The functions of special units (UCUM 2.2, 4.2) as ucum.csv writes them; a
 * name that is not here stands as it is, and check says that it is unknown.
 */
static struct slice
curve_of(struct slice name)
{
	static const struct {
		const char *name, *curve;
	} curves[] = { { "Cel", "+273.15" }, { "degF", "+459.67" },
		{ "degRe", "+218.52" }, { "tanTimes100", "100tan" },
		{ "lgTimes2", "2lg" }, { "pH", "-lg" }, { "hpX", "-lg" },
		{ "hpC", "-log100" }, { "hpM", "-log1000" },
		{ "hpQ", "-log50000" } };

	for (size_t i = 0; i < sizeof(curves) / sizeof(curves[0]); i++)
		if (slice_is(name, curves[i].name))
			return slice_of(curves[i].curve);
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
		special ? curve_of(attribute(function, "name")) : SLICE(""),
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
