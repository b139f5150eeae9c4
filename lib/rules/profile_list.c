/*
 * The fields of a profile by kind and path, with what is known of their names.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "rules/profile_parts.h"

struct listing {
	const struct profile *profile;
	const struct profile_options *options;
	struct arena *arena;
	struct field_list *to;
	struct slice kind;
};

struct way { /* to a node */
	struct slice path, name;
	bool hidden; /* it, or what it stands in, identifies */
	uint64_t places;
	size_t parent;
};

/* --- what the catalogue knows ---------------------------------------------------- */

/* Wherever a member of such a name stands. */
static bool
is_hidden(const struct listing *l, struct slice name)
{
	const struct identity *i = l->profile->plan->identity;

	return i != NULL && identity_named(i, name);
}

/*
 * Few values that come again and again are told as a set, and may be the few
 * patients of a ward all the same.  A field that the catalogue knows is what it
 * says.
 */
static bool
is_of_people(const struct listing *l, struct slice name, const struct facts *f)
{
	const struct catalogue *c = l->profile->plan->rules->catalogue;
	size_t n = roll_count(&f->values), people = 0;
	struct arena *a;

	if (l->options->words == NULL || !facts_is_set(f) ||
	    (c != NULL && catalogue_named(c, name) != NULL))
		return false;
	a = arena_new();
	for (size_t i = 0; i < n; i++)
		people += find_is_name(
		    l->options->words, index_name(f->values.names, i), a);
	arena_free(a);
	return 2 * people > n;
}

/* --- paths ------------------------------------------------------------------------ */

static bool
is_plain(struct slice name)
{
	for (size_t i = 0; i < name.n; i++)
		if (strchr(".[]\"/@*", name.p[i]) != NULL)
			return false;
	return name.n > 0;
}

/* A name with a quote has no place in a path. */
static bool
step(struct listing *l, const struct way *from, struct slice name,
    struct way *to)
{
	const char *sep = from->path.n > 0 ? "." : "";
	struct slice p = from->path;

	if (memchr(name.p, '"', name.n) != NULL)
		return false;
	*to = (struct way){ .name = name,
		.hidden = from->hidden || is_hidden(l, name) };
	to->path = slice_of(is_plain(name)
		? arena_printf(l->arena, "%.*s%s%.*s", (int)p.n, p.p, sep,
		      (int)name.n, name.p)
		: arena_printf(l->arena, "%.*s[\"%.*s\"]", (int)p.n, p.p,
		      (int)name.n, name.p));
	return true;
}

static void
add_field(struct listing *l, const struct node *n, const struct way *w)
{
	struct field_list *to = l->to;
	struct field_facts f = { .kind = l->kind,
		.path = w->path,
		.node = n,
		.places = w->places,
		.parent = w->parent,
		.hidden = w->hidden || is_of_people(l, w->name, &n->facts) };
	uint64_t seen = 0;

	for (unsigned i = 0; i < PRESENCE_COUNT; i++)
		seen += n->facts.counts[i];
	if (seen < l->options->least) {
		to->rare++;
		return;
	}
	if (f.places < seen) /* a member twice */
		f.places = seen;
	to->list =
	    arena_room(l->arena, to->list, to->n, &to->room, sizeof(*to->list));
	to->list[to->n++] = f;
}

static void
walk_node(struct listing *l, const struct node *n, const struct way *w)
{
	struct way in;

	for (size_t i = 0; n->names != NULL && i < index_count(n->names); i++) {
		const struct node *child = n->children[i];

		if (!step(l, w, child->name, &in)) {
			l->to->rare++;
			continue;
		}
		in.places = n->facts.types[JSON_OBJECT];
		in.parent = n->number;
		add_field(l, child, &in);
		walk_node(l, child, &in);
	}
	if (n->each == NULL)
		return;
	in = *w;
	in.path = slice_of(
	    arena_printf(l->arena, "%.*s[]", (int)w->path.n, w->path.p));
	in.places = 0;
	in.parent = SIZE_MAX;
	if (n->each->facts.types[JSON_OBJECT] < facts_there(&n->each->facts))
		add_field(l, n->each, &in);
	walk_node(l, n->each, &in);
}

static int
by_path(const void *a, const void *b)
{
	const struct field_facts *x = a, *y = b;
	int o = slice_cmp(x->kind, y->kind);

	return o != 0 ? o : slice_cmp(x->path, y->path);
}

void
profile_list(const struct profile *p, const struct profile_options *o,
    struct arena *a, struct field_list *to)
{
	struct listing l = { .profile = p, .options = o, .arena = a, .to = to };

	*to = (struct field_list){ 0 };
	for (size_t i = 0; i < index_count(p->kinds); i++) {
		const struct way top = { .path = SLICE("") };

		l.kind = index_name(p->kinds, i);
		walk_node(&l, p->roots[i], &top);
	}
	if (to->n > 1)
		qsort(to->list, to->n, sizeof(*to->list), by_path);
}
