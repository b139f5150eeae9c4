#include "extract/unasked.h"

#include "base/hash.h"
#include "base/mem.h"
#include "model/cache.h"

struct unasked {
	struct cache *cache; /* or NULL */
	struct index *seen;
	struct arena *arena;
	uint64_t count, known;
};

struct unasked *
unasked_new(const struct client_options *o, struct err *e)
{
	struct unasked *u = mem_zalloc(sizeof(*u));

	u->seen = index_new();
	u->arena = arena_new();
	if (o->cache == NULL || o->refresh)
		return u;
	u->cache = cache_open(o->cache, o->ttl_s, e);
	if (u->cache != NULL)
		return u;
	unasked_free(u);
	return NULL;
}

void
unasked_free(struct unasked *u)
{
	if (u == NULL)
		return;
	cache_close(u->cache);
	index_free(u->seen);
	arena_free(u->arena);
	mem_free(u);
}

int
unasked_add(struct unasked *u, const struct chat_prompt *p,
    uint8_t key[DIGEST_SIZE], struct err *e)
{
	uint8_t digest[DIGEST_SIZE];
	struct buf body = { 0 };
	struct cached kept;
	bool fresh;
	int found = 0;

	chat_request(p, &body);
	cache_key(buf_slice(&body), digest);
	buf_release(&body);
	if (key != NULL)
		memcpy(key, digest, DIGEST_SIZE);
	index_add(u->seen, (struct slice){ (const char *)digest, DIGEST_SIZE },
	    &fresh);
	if (!fresh)
		return 0;
	arena_reset(u->arena);
	if (u->cache != NULL)
		found = cache_find(u->cache, digest, u->arena, &kept, e);
	if (found < 0)
		return -1;
	u->known += found == 1;
	u->count += found == 0;
	return found == 0;
}

uint64_t
unasked_count(const struct unasked *u)
{
	return u->count;
}

uint64_t
unasked_known(const struct unasked *u)
{
	return u->known;
}
