#include "base/digest.h"
#include "base/mem.h"
#include "rules/judge.h"

/*
 * Open addressing; a key is the first 16 bytes of the digest of rule number
 * and value: what the table holds does not grow with the length of values.
 */
struct key {
	uint64_t a, b; /* both 0: free */
	uint32_t times, group;
};

struct keys {
	struct key *table;
	size_t n, room; /* room is a power of two */
	uint64_t ceiling;
	struct index *groups;
};

struct keys *
keys_new(const struct plan *p, uint64_t ceiling)
{
	struct keys *k;

	if (p->nunique == 0)
		return NULL;
	k = mem_zalloc(sizeof(*k));
	k->ceiling = ceiling;
	k->room = 1024;
	k->table = mem_zalloc(k->room * sizeof(*k->table));
	k->groups = index_new();
	return k;
}

void
keys_free(struct keys *k)
{
	if (k == NULL)
		return;
	index_free(k->groups);
	mem_free(k->table);
	mem_free(k);
}

static struct key *
find(const struct keys *k, uint64_t a, uint64_t b)
{
	size_t i = (size_t)a & (k->room - 1);

	while ((k->table[i].a != a || k->table[i].b != b) &&
	    (k->table[i].a | k->table[i].b) != 0)
		i = (i + 1) & (k->room - 1);
	return &k->table[i];
}

static bool
grow(struct keys *k, struct err *e)
{
	struct key *old = k->table;
	size_t room = k->room;

	if (3 * room * sizeof(*old) > k->ceiling)
		return err_set(e, ERR_OUTPUT,
		    "the keys of unique rules need more than %llu bytes "
		    "(--memory raises it)",
		    (unsigned long long)k->ceiling);
	k->room = 2 * room;
	k->table = mem_zalloc(k->room * sizeof(*k->table));
	for (size_t i = 0; i < room; i++)
		if ((old[i].a | old[i].b) != 0)
			*find(k, old[i].a, old[i].b) = old[i];
	mem_free(old);
	return true;
}

bool
keys_add(struct keys *k, size_t unique, struct slice value, struct slice group,
    uint64_t *times, struct slice *earlier, struct err *e)
{
	struct digest *d = digest_new();
	uint8_t bytes[DIGEST_SIZE];
	uint64_t ab[2];
	struct key *key;

	digest_add(d, &unique, sizeof(unique));
	digest_add(d, value.p, value.n);
	digest_peek(d, bytes);
	digest_free(d);
	memcpy(ab, bytes, sizeof(ab));
	ab[1] |= 1;
	if (2 * k->n >= k->room && !grow(k, e))
		return false;
	key = find(k, ab[0], ab[1]);
	*earlier = (struct slice){ NULL, 0 };
	*times = key->times;
	if (key->times == 0) {
		*key = (struct key){ .a = ab[0],
			.b = ab[1],
			.group = (uint32_t)index_add(k->groups, group, NULL) };
		k->n++;
	} else if (key->times == 1) {
		*earlier = index_name(k->groups, key->group);
	}
	if (key->times < UINT32_MAX)
		key->times++;
	return true;
}
