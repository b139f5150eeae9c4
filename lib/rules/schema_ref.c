/*
 * References within the file: resources by their URIs, anchors by their names,
 * nodes by their pointers.  Nothing is fetched.
 */
#include "base/mem.h"
#include "rules/schema_parts.h"
#include "rules/schema_uri.h"

/* --- what can be referred to --------------------------------------------------- */

bool
schema_enter_resource(struct schema *s, struct node *n, struct slice id)
{
	struct slice uri =
	    uri_resolve(s->resources[n->resource].uri, id, s->arena);
	bool fresh;

	if (uri_split(id).fragment.n > 1)
		return schema_fault(s, n, "$id", value_get(n->value, "$id"),
		    "no fragment may stand here (an anchor is $anchor)");
	index_add(s->uris, uri, &fresh);
	if (!fresh && uri.n > 0)
		return schema_fault(s, n, "$id", value_get(n->value, "$id"),
		    "another schema of this file has the same $id");
	if (!fresh)
		return true;
	s->resources = mem_room(s->resources, s->nresources, &s->resources_room,
	    sizeof(*s->resources));
	n->resource = s->nresources++;
	s->resources[n->resource] = (struct resource){ uri, n };
	return true;
}

static struct slice
anchor_key(struct schema *s, size_t resource, struct slice name)
{
	return slice_of(
	    arena_printf(s->arena, "%zu#%.*s", resource, (int)name.n, name.p));
}

static bool
is_anchor(struct slice name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool letter = (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '_';

		if (!letter &&
		    (i == 0 || ((c < '0' || c > '9') && c != '-' && c != '.')))
			return false;
	}
	return name.n > 0;
}

bool
schema_add_anchor(struct schema *s, struct node *n, const char *keyword,
    const struct value *v, bool dynamic)
{
	struct slice key = anchor_key(s, n->resource, v->text);
	bool fresh;
	size_t at;

	if (!is_anchor(v->text))
		return schema_fault(s, n, keyword, v,
		    "an anchor is a letter or _, then letters, digits, -_.");
	at = index_add(s->anchors, key, &fresh);
	if (!fresh && s->anchor_nodes[at] != n)
		return schema_fault(
		    s, n, keyword, v, "another schema has the same anchor");
	if (fresh) {
		s->anchor_nodes = mem_room(s->anchor_nodes, at,
		    &s->anchors_room, sizeof(*s->anchor_nodes));
		s->anchor_nodes[at] = n;
	}
	if (dynamic)
		index_add(s->dynamic, key, NULL);
	return true;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct slice
unquote_percent(struct slice text, struct arena *a)
{
	char *to = arena_alloc(a, text.n + 1);
	struct slice out = { to, 0 };

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' && text.n - i > 2 &&
		    hex_digit(text.p[i + 1]) >= 0 &&
		    hex_digit(text.p[i + 2]) >= 0) {
			to[out.n++] = (char)(hex_digit(text.p[i + 1]) * 16 +
			    hex_digit(text.p[i + 2]));
			i += 2;
		} else {
			to[out.n++] = text.p[i];
		}
	}
	return out;
}

static struct node *
by_pointer(struct schema *s, const struct node *root, struct slice pointer)
{
	struct buf b = { 0 };
	long at;

	buf_add_slice(&b, root->pointer);
	buf_add_slice(&b, pointer);
	at = index_find(s->pointers, buf_slice(&b));
	buf_release(&b);
	return at < 0 ? NULL : s->nodes[at];
}

/* --- resolving ----------------------------------------------------------------- */

static int
shown(struct slice s)
{
	return (int)(s.n < 120 ? s.n : 120);
}

/* The node referred to; anchor: the name, where it is one of a resource. */
static struct node *
target(struct schema *s, struct node *n, const struct key *k,
    struct slice *anchor, size_t *resource, bool faulty)
{
	struct slice text = k->value->text;
	struct slice fragment = uri_split(text).fragment;
	struct slice uri =
	    uri_resolve(s->resources[n->resource].uri, text, s->arena);
	long at = index_find(s->uris, uri);
	struct node *to = NULL;

	*anchor = SLICE("");
	if (at < 0) {
		schema_fault(s, n, k->word->name, k->value,
		    "'%.*s' is not in this file, and nothing is fetched: put "
		    "it under $defs, with its $id",
		    shown(text), text.p);
		return NULL;
	}
	*resource = (size_t)at;
	if (fragment.n > 0)
		fragment.p++, fragment.n--;
	fragment = unquote_percent(fragment, s->arena);
	if (fragment.n == 0 || fragment.p[0] == '/') {
		to = by_pointer(s, s->resources[at].node, fragment);
	} else {
		long found =
		    index_find(s->anchors, anchor_key(s, *resource, fragment));

		*anchor = fragment;
		to = found < 0 ? NULL : s->anchor_nodes[found];
	}
	if (to == NULL && !faulty)
		schema_fault(s, n, k->word->name, k->value,
		    "no schema stands at '%.*s'", shown(text), text.p);
	return to;
}

/* All that an outer resource may put in its place, the first one its own. */
static void
add_candidates(
    struct schema *s, struct key *k, struct node *own, struct slice anchor)
{
	k->dynamic = true;
	k->nodes =
	    arena_alloc(s->arena, (s->nresources + 1) * sizeof(*k->nodes));
	k->nodes[0] = own;
	k->n = 1;
	for (size_t r = 0; r < s->nresources; r++) {
		struct slice key = anchor_key(s, r, anchor);

		if (index_find(s->dynamic, key) < 0)
			continue;
		k->nodes[k->n++] = s->anchor_nodes[index_find(s->anchors, key)];
	}
}

static bool
resolve(struct schema *s, struct node *n, struct key *k, bool faulty)
{
	struct slice anchor;
	size_t resource = 0;
	struct node *to = target(s, n, k, &anchor, &resource, faulty);

	if (to == NULL)
		return false;
	if (k->word->keyword == KEY_DYNAMIC_REF && anchor.n > 0 &&
	    index_find(s->dynamic, anchor_key(s, resource, anchor)) >= 0) {
		add_candidates(s, k, to, anchor);
		return true;
	}
	k->nodes = arena_dup(s->arena, &to, sizeof(to));
	k->n = 1;
	return true;
}

/* --- references without progress ------------------------------------------------ */

/*
 * A schema that comes to itself without going into the value never ends.  A
 * walk over the references that stay at one value, with a stack of its own:
 * chains of them may be long.  What a dynamic reference comes to is known only
 * when values are judged, which stops by itself.
 */
struct stay {
	struct node *node;
	size_t key, child;
};

static bool
stays(const struct key *k)
{
	switch (k->word->keyword) {
	case KEY_REF:
	case KEY_ALL_OF:
	case KEY_ANY_OF:
	case KEY_ONE_OF:
	case KEY_NOT:
	case KEY_IF:
	case KEY_THEN:
	case KEY_ELSE:
	case KEY_DEPENDENT_SCHEMAS:
		return true;
	case KEY_DYNAMIC_REF:
		return !k->dynamic;
	default:
		return false;
	}
}

/* The next node that is judged at the same value, or NULL. */
static struct node *
next_stay(struct stay *f)
{
	for (; f->key < f->node->nkeys; f->key++, f->child = 0) {
		const struct key *k = &f->node->keys[f->key];

		if (stays(k) && f->child < k->n)
			return k->nodes[f->child++];
	}
	return NULL;
}

enum { NEW, OPEN, DONE };

static bool
check_progress(struct schema *s)
{
	uint8_t *state = mem_zalloc(s->nnodes + 1);
	struct stay *stack = mem_alloc((s->nnodes + 1) * sizeof(*stack));
	bool ok = true;

	for (size_t i = 0; ok && i < s->nnodes; i++) {
		size_t depth = 0;

		if (state[i] != NEW)
			continue;
		stack[depth++] = (struct stay){ s->nodes[i], 0, 0 };
		state[i] = OPEN;
		while (ok && depth > 0) {
			struct stay *f = &stack[depth - 1];
			struct node *to = next_stay(f);
			size_t number;

			if (to == NULL) {
				state[f->node->number] = DONE;
				depth--;
				continue;
			}
			number = to->number;
			if (state[number] == OPEN)
				ok = schema_fault(s, f->node,
				    f->node->keys[f->key].word->name,
				    f->node->keys[f->key].value,
				    "this comes back to '%.*s' at the same "
				    "value and never ends",
				    shown(to->pointer), to->pointer.p);
			else if (state[number] == NEW) {
				state[number] = OPEN;
				stack[depth++] = (struct stay){ to, 0, 0 };
			}
		}
	}
	mem_free(stack);
	mem_free(state);
	return ok;
}

/* faulty: what is refused may be what is referred to, and is not said twice. */
bool
schema_resolve(struct schema *s, bool faulty)
{
	bool ok = !faulty;

	for (size_t i = 0; i < s->nnodes; i++) {
		struct node *n = s->nodes[i];

		for (size_t k = 0; k < n->nkeys; k++)
			if (n->keys[k].word->keyword == KEY_REF ||
			    n->keys[k].word->keyword == KEY_DYNAMIC_REF)
				ok = resolve(s, n, &n->keys[k], faulty) && ok;
	}
	return ok && check_progress(s);
}
