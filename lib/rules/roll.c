#include "rules/roll.h"

#include "base/mem.h"

static void
give_up(struct roll *c)
{
	roll_release(c);
	c->many = true;
}

void
roll_add(struct roll *c, struct slice text, uint64_t n)
{
	size_t at;
	bool fresh;

	if (c->many)
		return;
	if (text.n > ROLL_LONGEST) {
		give_up(c);
		return;
	}
	if (c->names == NULL)
		c->names = index_new();
	at = index_add(c->names, text, &fresh);
	if (at == ROLL_MOST) {
		give_up(c);
		return;
	}
	if (fresh) {
		c->counts =
		    mem_room(c->counts, at, &c->room, sizeof(*c->counts));
		c->counts[at] = 0;
	}
	c->counts[at] += n;
}

void
roll_join(struct roll *c, const struct roll *from)
{
	if (from->many && !c->many)
		give_up(c);
	for (size_t i = 0; i < roll_count(from); i++)
		roll_add(c, index_name(from->names, i), from->counts[i]);
}

size_t
roll_count(const struct roll *c)
{
	return c->names == NULL ? 0 : index_count(c->names);
}

void
roll_release(struct roll *c)
{
	index_free(c->names);
	mem_free(c->counts);
	*c = (struct roll){ .many = c->many };
}
