#include "sources/keys.h"

#include "base/mem.h"
#include "json/write.h"

static size_t
add(struct keys *k, struct slice name)
{
	bool fresh;
	size_t i = index_add(k->many, name, &fresh);

	if (fresh) {
		k->seen = mem_room(k->seen, i, &k->room, sizeof(*k->seen));
		k->seen[i] = 0;
	}
	return i;
}

/* False where it is there already. */
static bool
is_new(struct keys *k, struct slice name)
{
	size_t i = add(k, name);

	return k->seen[i]++ == 0;
}

static void
index_few(struct keys *k)
{
	k->many = index_new();
	for (size_t i = 0; i < k->n; i++)
		is_new(k, k->few[i]);
}

/*
 * The count of a name is where the search for a free one begins, so that many
 * repeats of one name cost no more than their number.
 */
static struct slice
numbered(struct keys *k, struct slice name)
{
	size_t i = add(k, name);

	do {
		buf_reset(&k->name);
		buf_add_slice(&k->name, name);
		buf_addf(&k->name, "_%llu", (unsigned long long)k->seen[i]);
	} while (!is_new(k, buf_slice(&k->name)) && k->seen[i]++ > 0);
	return buf_slice(&k->name);
}

struct slice
keys_name(struct keys *k, struct slice name)
{
	if (k->many == NULL) {
		size_t i = 0;

		while (i < k->n && !slice_eq(k->few[i], name))
			i++;
		if (i == k->n && k->n < KEYS_FEW) {
			k->few[k->n++] = name;
			return name;
		}
		index_few(k);
	}
	return is_new(k, name) ? name : numbered(k, name);
}

void
keys_put(struct keys *k, struct slice name, struct buf *b)
{
	json_put_key_slice(b, keys_name(k, name));
}

void
keys_reset(struct keys *k)
{
	k->n = 0;
	index_free(k->many);
	k->many = NULL;
}

void
keys_release(struct keys *k)
{
	keys_reset(k);
	mem_free(k->seen);
	buf_release(&k->name);
}
