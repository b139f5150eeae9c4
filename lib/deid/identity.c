#include "deid/identity.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "deid/members.h"

struct identity {
	struct index *names; /* folded */
	struct members *members;
};

static const struct column columns[] = { { "column", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "note", NULL, 0 }, { NULL, NULL, 0 } };

/* `apart`: letters alone are left, without what stands between them. */
static struct slice
fold(struct slice name, bool apart, struct buf *to)
{
	const char *p = name.p, *end = name.p + name.n;

	buf_reset(to);
	while (p < end) {
		uint32_t c = utf8_narrow(utf8_next(&p, end));
		char code[4];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (apart && c < 0x80 && strchr(" \t_-.", (int)c) != NULL)
			continue;
		buf_add(to, code, utf8_put(code, c));
	}
	return buf_slice(to);
}

static void
add(struct identity *i, struct slice name, struct buf *room)
{
	index_add(i->names, fold(name, true, room), NULL);
}

static void
add_catalogue(struct identity *to, const struct catalogue *c, struct buf *room)
{
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);

		if (!d->identifying)
			continue;
		add(to, d->id, room);
		add(to, d->name_zh, room);
		if (d->source.n > 0)
			add(to, d->source, room);
		for (size_t k = 0; k < d->nsynonyms; k++)
			add(to, d->synonyms[k], room);
	}
}

static bool
add_columns(struct identity *to, const char *share, struct buf *room,
    struct table_faults *faults, struct err *e)
{
	struct buf path = { 0 };
	struct table *t;

	buf_addf(&path, "%s/deid/columns.csv", share);
	t = table_load(buf_string(&path), columns, 0, faults, e);
	for (size_t i = 0; t != NULL && i < table_rows(t); i++)
		add(to, table_cell(t, i, 0), room);
	buf_release(&path);
	table_free(t);
	return t != NULL;
}

struct identity *
identity_load(const char *share, const struct catalogue *c,
    struct table_faults *faults, struct err *e)
{
	struct identity *i = mem_zalloc(sizeof(*i));
	struct buf room = { 0 };
	bool ok;

	i->names = index_new();
	add_catalogue(i, c, &room);
	i->members = members_load(share, faults, e);
	ok = i->members != NULL && add_columns(i, share, &room, faults, e);
	buf_release(&room);
	if (ok)
		return i;
	identity_free(i);
	return NULL;
}

void
identity_free(struct identity *i)
{
	if (i == NULL)
		return;
	index_free(i->names);
	members_free(i->members);
	mem_free(i);
}

bool
identity_named(const struct identity *i, struct slice name)
{
	struct buf room = { 0 };
	enum label label;
	bool found = index_find(i->names, fold(name, true, &room)) >= 0 ||
	    members_find(i->members, fold(name, false, &room), &label);

	buf_release(&room);
	return found || members_find(i->members, name, &label);
}
