#include "extract/answer.h"

#include "json/write.h"

const char *
status_name(enum status s)
{
	static const char *const names[STATUS_COUNT] = { "absent", "ok",
		"negated", "uncertain", "conflict", "out_of_range",
		"ungrounded", "failed" };

	return names[s];
}

const char *
engine_name(enum engine e)
{
	static const char *const names[] = { "field", "rule", "llm", "both",
		"jq", "join", "hand" };

	return names[e];
}

bool
answer_is_open(const struct answer *a)
{
	return a->status == STATUS_ABSENT || a->status == STATUS_CONFLICT;
}

void
answers_expect(struct answers *a, struct arena *arena, size_t more)
{
	struct answer *list;

	if (more <= a->room - a->n)
		return;
	a->room = a->n + more;
	list = arena_alloc(arena, a->room * sizeof(*list));
	if (a->n > 0)
		memcpy(list, a->list, a->n * sizeof(*list));
	a->list = list;
}

struct answer *
answers_add(struct answers *a, struct arena *arena)
{
	a->list = arena_room(arena, a->list, a->n, &a->room, sizeof(*a->list));
	a->list[a->n] = (struct answer){ 0 };
	return &a->list[a->n++];
}

/* Neither name needs an escape: letters, digits, dots, lines and strokes. */
void
answer_put_path(
    struct buf *b, const struct answers *all, const struct answer *a)
{
	if (a->object == 0) {
		buf_add_slice(b, a->d->id);
		return;
	}
	buf_add_slice(b, all->groups[a->group].name);
	buf_addc(b, '.');
	json_put_uint(b, a->object);
	buf_addc(b, '.');
	buf_add_slice(b, a->key);
}

struct answer *
answers_find(
    const struct answers *all, const struct indicator *d, unsigned object)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].d == d && all->list[i].object == object)
			return &all->list[i];
	return NULL;
}

int
answers_group(const struct answers *all, struct slice id)
{
	for (size_t i = 0; i < all->ngroups; i++) {
		struct slice g = all->groups[i].name;

		if (id.n > g.n && id.p[g.n] == '.' &&
		    memcmp(id.p, g.p, g.n) == 0)
			return (int)i;
	}
	return -1;
}

const struct indicator *
answer_row(const struct catalogue *c, struct slice path, struct arena *arena)
{
	const struct indicator *d = catalogue_find(c, path);
	const char *end = path.p + path.n;

	for (const char *p = path.p; d == NULL && p < end; p++) {
		const char *digits = p + 1, *q = digits;

		if (*p != '.')
			continue;
		while (q < end && *q >= '0' && *q <= '9')
			q++;
		if (q > digits && q < end && *q == '.')
			d = catalogue_find(c,
			    slice_of(arena_printf(arena, "%.*s%.*s",
				(int)(p - path.p), path.p, (int)(end - q), q)));
	}
	return d;
}
