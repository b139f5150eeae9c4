#include "extract/wording.h"

#include "base/mem.h"
#include "extract/prompt.h"
#include "extract/schema.h"
#include "json/value.h"

#define MAX_TOKENS 800
#define KEPT       256 /* sets of fields */

struct set {
	const struct doctype *type;
	const bool *fields;
	struct wording wording;
};

struct wordings {
	struct arena *arena;
	struct set list[KEPT]; /* the last used first */
	size_t n;
};

struct wordings *
wordings_new(void)
{
	struct wordings *w = mem_zalloc(sizeof(*w));

	w->arena = arena_new();
	return w;
}

void
wordings_free(struct wordings *w)
{
	if (w == NULL)
		return;
	arena_free(w->arena);
	mem_free(w);
}

static unsigned
max_tokens(const struct guide *guide, const struct doctype *t)
{
	const struct value *llm = guide == NULL ? NULL : guide_llm(guide, t);
	const struct value *n = value_get(llm, "max_tokens");
	unsigned long long tokens;

	if (n == NULL || !slice_number(n->text, &tokens) || tokens == 0 ||
	    tokens > 1 << 20)
		return MAX_TOKENS;
	return (unsigned)tokens;
}

static struct slice
kept(struct buf *b, struct arena *a)
{
	struct slice s = arena_slice(a, buf_slice(b));

	buf_release(b);
	return s;
}

static void
put_wording(const struct guide *guide, const struct doctype *t,
    const bool *fields, enum chat_mode mode, struct arena *a,
    struct wording *to)
{
	struct buf system = { 0 }, schema = { 0 };

	prompt_system(t, fields, &system);
	if (mode == CHAT_SCHEMA)
		schema_put(&schema, t, fields);
	*to = (struct wording){ kept(&system, a), kept(&schema, a),
		max_tokens(guide, t) };
}

void
wording_find(struct wordings *all, const struct guide *guide,
    const struct doctype *t, const bool *fields, enum chat_mode mode,
    struct arena *a, struct wording *to)
{
	size_t n = t->nfields * sizeof(*fields), i = 0;
	struct set found;

	while (all != NULL && i < all->n &&
	    (all->list[i].type != t ||
		memcmp(all->list[i].fields, fields, n) != 0))
		i++;
	if (all == NULL || i == KEPT) {
		put_wording(guide, t, fields, mode, a, to);
		return;
	}
	if (i == all->n) {
		found.type = t;
		found.fields = arena_dup(all->arena, fields, n);
		put_wording(guide, t, fields, mode, all->arena, &found.wording);
		all->n++;
	} else {
		found = all->list[i];
	}
	memmove(all->list + 1, all->list, i * sizeof(*all->list));
	all->list[0] = found;
	*to = found.wording;
}
