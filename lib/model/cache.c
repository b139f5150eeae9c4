#include "model/cache.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/store.h"

#define PARSER_VERSION "mdx-answer-1\n"
#define WAIT_MS        10000

static const struct store_schema schema = { "cache of answers", 0x6D647861, 1,
	"CREATE TABLE answer (key BLOB PRIMARY KEY, said TEXT NOT NULL,"
	" reasoned INTEGER NOT NULL, made INTEGER NOT NULL) WITHOUT ROWID" };

struct waiting {
	uint8_t key[DIGEST_SIZE];
	struct cached value;
};

struct cache {
	struct store *store;
	struct statement *find, *put;
	struct waiting list[CACHE_BATCH];
	size_t count;
	struct arena *arena;   /* of what waits */
	struct timespec first; /* when the oldest of it came */
};

/* The answers are patients' data: nobody else may read them. */
static bool
make_private(const char *path, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_sys(e, ERR_INPUT, "cache '%s'", path);
	close(fd);
	return true;
}

struct cache *
cache_open(const char *path, struct err *e)
{
	struct cache *c;

	if (!make_private(path, e))
		return NULL;
	c = mem_zalloc(sizeof(*c));
	c->arena = arena_new();
	c->store = store_open(path, &schema, STORE_WAL, WAIT_MS, e);
	if (c->store == NULL)
		goto fail;
	c->find = store_prepare(
	    c->store, "SELECT said, reasoned FROM answer WHERE key = ?1", e);
	c->put = store_prepare(c->store,
	    "INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3, ?4)", e);
	if (c->find != NULL && c->put != NULL)
		return c;

fail:
	cache_close(c);
	return NULL;
}

void
cache_close(struct cache *c)
{
	if (c == NULL)
		return;
	statement_free(c->find);
	statement_free(c->put);
	store_close(c->store);
	arena_free(c->arena);
	mem_free(c);
}

void
cache_key(struct slice body, uint8_t key[DIGEST_SIZE])
{
	struct digest *d = digest_new();

	digest_add(d, PARSER_VERSION, sizeof(PARSER_VERSION) - 1);
	digest_add(d, body.p, body.n);
	digest_peek(d, key);
	digest_free(d);
}

static struct slice
key_slice(const uint8_t key[DIGEST_SIZE])
{
	return (struct slice){ (const char *)key, DIGEST_SIZE };
}

static void
copy(struct cached *to, struct slice said, bool reasoned, struct arena *a)
{
	to->said = arena_slice(a, said);
	to->reasoned = reasoned;
}

int
cache_find(struct cache *c, const uint8_t key[DIGEST_SIZE], struct arena *a,
    struct cached *value, struct err *e)
{
	int found;

	for (size_t i = 0; i < c->count; i++)
		if (memcmp(c->list[i].key, key, DIGEST_SIZE) == 0) {
			*value = c->list[i].value;
			copy(value, value->said, value->reasoned, a);
			return 1;
		}
	statement_bind_blob(c->find, 1, key_slice(key));
	found = statement_step(c->find, e);
	if (found == 1)
		copy(value, statement_text(c->find, 0),
		    statement_int(c->find, 1) != 0, a);
	statement_reset(c->find);
	return found;
}

bool
cache_put(struct cache *c, const uint8_t key[DIGEST_SIZE],
    const struct cached *value, struct err *e)
{
	struct waiting *w = &c->list[c->count];

	if (c->count++ == 0)
		clock_gettime(CLOCK_MONOTONIC, &c->first);
	memcpy(w->key, key, DIGEST_SIZE);
	copy(&w->value, value->said, value->reasoned, c->arena);
	return c->count < CACHE_BATCH || cache_flush(c, e);
}

bool
cache_tick(struct cache *c, struct err *e)
{
	struct timespec now;

	if (c->count == 0)
		return true;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((now.tv_sec - c->first.tv_sec) * 1000 +
		(now.tv_nsec - c->first.tv_nsec) / 1000000 <
	    CACHE_DELAY_MS)
		return true;
	return cache_flush(c, e);
}

/* The lock is held for one short transaction only, so that others get in. */
bool
cache_flush(struct cache *c, struct err *e)
{
	bool done;

	if (c->count == 0)
		return true;
	done = store_begin(c->store, e);
	for (size_t i = 0; done && i < c->count; i++) {
		const struct waiting *w = &c->list[i];

		statement_bind_blob(c->put, 1, key_slice(w->key));
		statement_bind(c->put, 2, w->value.said);
		statement_bind_int(c->put, 3, w->value.reasoned);
		statement_bind_int(c->put, 4, (int64_t)time(NULL));
		done = statement_run(c->put, e);
		statement_reset(c->put);
	}
	if (done)
		done = store_commit(c->store, e);
	if (!done)
		store_rollback(c->store);
	c->count = 0;
	arena_reset(c->arena);
	return done;
}
