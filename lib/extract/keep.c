#include "extract/keep.h"

#include "extract/hand.h"

/*
 * The answer of a path, or NULL where it was not asked.  An object that the
 * text no longer shows stays for what was said of it.
 */
static struct answer *
answer_of(struct answers *all, const struct indicator *d, struct slice path,
    struct arena *arena)
{
	struct slice group, key;
	size_t object;
	struct answer *a;
	int g;

	if (!hand_split(path, &group, &object, &key))
		return answers_find(all, d, 0);
	a = answers_find(all, d, (unsigned)object);
	g = answers_group(all, d->id);
	if (g < 0 || !all->groups[g].asked || object <= all->groups[g].nobjects)
		return a;
	all->groups[g].nobjects = (unsigned)object;
	if (a != NULL) /* of one that the text only doubts */
		return a;
	a = answers_add(all, arena);
	*a = (struct answer){ .d = d,
		.key = key,
		.object = (unsigned)object,
		.group = (unsigned)g };
	return a;
}

void
keep_hand(struct answers *all, const struct catalogue *c,
    struct json indicators, struct json entries, struct arena *arena)
{
	struct json_walk walk = json_enter(entries);
	struct json entry;

	while (entries.type == JSON_ARRAY && json_next_element(&walk, &entry)) {
		struct slice path = json_text(json_get(entry, "path"), arena);
		const struct indicator *d;
		struct answer *a;
		struct json value;

		if (!hand_said(entry) ||
		    (d = answer_row(c, path, arena)) == NULL)
			continue;
		value = hand_at(indicators, path, arena);
		if (value.type == JSON_NONE)
			continue;
		a = answer_of(all, d, path, arena);
		if (a == NULL)
			continue;
		*a = (struct answer){ .d = d,
			.key = a->key,
			.object = a->object,
			.group = a->group,
			.status = STATUS_OK,
			.engine = ENGINE_HAND,
			.value =
			    value.type == JSON_NULL ? SLICE("") : value.text,
			.entry = entry.text };
	}
}
