#include "model/cache.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/store.h"

#define PARSER_VERSION "mdx-answer-1\n"
#define WAIT_MS        10000
/*
 * The keys come in any order, so each batch changes as many pages as it has
 * answers, and the same ones again soon: a log four times as long as usual is
 * carried over with a quarter of the writes.
 */
#define RARE_CHECKPOINTS "PRAGMA wal_autocheckpoint = 4000"

static const struct store_schema schema = { "cache of answers", 0x6D647861, 2,
	"CREATE TABLE answer (key BLOB PRIMARY KEY, said TEXT NOT NULL,"
	" reasoned INTEGER NOT NULL, made INTEGER NOT NULL,"
	" tokens_in INTEGER, tokens_out INTEGER) WITHOUT ROWID;"
	"CREATE TABLE tally (asked INTEGER NOT NULL, found INTEGER NOT NULL);"
	"INSERT INTO tally VALUES (0, 0)" };

static const char from_1_to_2[] =
    "BEGIN IMMEDIATE;"
    "ALTER TABLE answer ADD COLUMN tokens_in INTEGER;"
    "ALTER TABLE answer ADD COLUMN tokens_out INTEGER;"
    "CREATE TABLE tally (asked INTEGER NOT NULL, found INTEGER NOT NULL);"
    "INSERT INTO tally VALUES (0, 0);"
    "PRAGMA user_version = 2;"
    "COMMIT";

struct waiting {
	uint8_t key[DIGEST_SIZE];
	struct cached value;
};

struct cache {
	struct store *store;
	struct statement *find, *put, *tally;
	int64_t since;        /* older answers are not found */
	int64_t asked, found; /* since the last flush */
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

struct store *
cache_store(const char *path, struct err *e)
{
	struct store *s = store_open(path, &schema, STORE_WAL, WAIT_MS, e);

	if (s == NULL && e->kind == ERR_INPUT)
		err_wrap(e, "the cache stays as it is (--cache names another)");
	if (s == NULL || store_version(s) == schema.version ||
	    store_exec(s, from_1_to_2, e))
		return s;
	store_close(s);
	return NULL;
}

struct cache *
cache_open(const char *path, uint64_t ttl_s, struct err *e)
{
	struct cache *c;

	if (!make_private(path, e))
		return NULL;
	c = mem_zalloc(sizeof(*c));
	c->arena = arena_new();
	c->since = ttl_s == 0 ? 0 : (int64_t)time(NULL) - (int64_t)ttl_s;
	c->store = cache_store(path, e);
	if (c->store == NULL || !store_exec(c->store, RARE_CHECKPOINTS, e))
		goto fail;
	c->find = store_prepare(c->store,
	    "SELECT said, reasoned FROM answer WHERE key = ?1 AND made >= ?2",
	    e);
	c->put = store_prepare(c->store,
	    "INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3, ?4, ?5, ?6)", e);
	c->tally = store_prepare(c->store,
	    "UPDATE tally SET asked = asked + ?1, found = found + ?2", e);
	if (c->find != NULL && c->put != NULL && c->tally != NULL)
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
	statement_free(c->tally);
	store_close(c->store);
	arena_free(c->arena);
	mem_free(c);
}

struct digest *
cache_key_begin(struct slice head)
{
	struct digest *d = digest_new();

	digest_add(d, PARSER_VERSION, sizeof(PARSER_VERSION) - 1);
	digest_add(d, head.p, head.n);
	return d;
}

void
cache_key_end(
    const struct digest *begun, struct slice rest, uint8_t key[DIGEST_SIZE])
{
	digest_peek_at(begun, rest.p, rest.n, key);
}

void
cache_key(struct slice body, uint8_t key[DIGEST_SIZE])
{
	struct digest *d = cache_key_begin(body);

	digest_peek(d, key);
	digest_free(d);
}

static struct slice
key_slice(const uint8_t key[DIGEST_SIZE])
{
	return (struct slice){ (const char *)key, DIGEST_SIZE };
}

static void
copy(struct cached *to, const struct cached *from, struct arena *a)
{
	*to = *from;
	to->said = arena_slice(a, from->said);
}

int
cache_find(struct cache *c, const uint8_t key[DIGEST_SIZE], struct arena *a,
    struct cached *value, struct err *e)
{
	struct cached kept = { 0 };
	int found;

	c->asked++;
	for (size_t i = 0; i < c->count; i++)
		if (memcmp(c->list[i].key, key, DIGEST_SIZE) == 0) {
			copy(value, &c->list[i].value, a);
			c->found++;
			return 1;
		}
	statement_bind_blob(c->find, 1, key_slice(key));
	statement_bind_int(c->find, 2, c->since);
	found = statement_step(c->find, e);
	if (found == 1) {
		kept.said = statement_text(c->find, 0);
		kept.reasoned = statement_int(c->find, 1) != 0;
		copy(value, &kept, a);
		c->found++;
	}
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
	copy(&w->value, value, c->arena);
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

	if (c->count == 0 && c->asked == 0)
		return true;
	done = store_begin(c->store, e);
	for (size_t i = 0; done && i < c->count; i++) {
		const struct waiting *w = &c->list[i];

		statement_bind_blob(c->put, 1, key_slice(w->key));
		statement_bind(c->put, 2, w->value.said);
		statement_bind_int(c->put, 3, w->value.reasoned);
		statement_bind_int(c->put, 4, (int64_t)time(NULL));
		statement_bind_int(c->put, 5, (int64_t)w->value.usage.in);
		statement_bind_int(c->put, 6, (int64_t)w->value.usage.out);
		done = statement_run(c->put, e);
		statement_reset(c->put);
	}
	if (done) {
		statement_bind_int(c->tally, 1, c->asked);
		statement_bind_int(c->tally, 2, c->found);
		done = statement_run(c->tally, e);
		statement_reset(c->tally);
	}
	if (done)
		done = store_commit(c->store, e);
	if (!done)
		store_rollback(c->store);
	c->count = 0;
	c->asked = c->found = 0;
	arena_reset(c->arena);
	return done;
}
