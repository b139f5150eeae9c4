#include <time.h>

#include "io/store.h"
#include "io/writer.h"
#include "json/write.h"
#include "model/cache.h"

bool
cache_age(struct slice text, uint64_t *seconds)
{
	static const struct {
		char letter;
		unsigned long long seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	unsigned long long n;

	for (size_t i = 0; text.n > 1 && i < 4; i++)
		if (text.p[text.n - 1] == units[i].letter) {
			text.n--;
			if (text.n > 6 || !slice_number(text, &n) || n == 0)
				return false;
			*seconds = n * units[i].seconds;
			return true;
		}
	return false;
}

/* One that is there: looking after a cache makes none. */
static struct store *
open_old(const char *path, struct err *e)
{
	struct store *s = store_open(path, NULL, STORE_READ, 0, e);

	if (s == NULL)
		return NULL;
	store_close(s);
	return cache_store(path, e);
}

static void
put_numbers(struct statement *row, struct buf *b)
{
	int64_t now = (int64_t)time(NULL);

	buf_addf(b, "{\"answers\":%lld,\"bytes\":%lld,\"tokens\":%lld",
	    (long long)statement_int(row, 0), (long long)statement_int(row, 1),
	    (long long)statement_int(row, 2));
	buf_addf(b, ",\"asked\":%lld,\"found\":%lld",
	    (long long)statement_int(row, 3), (long long)statement_int(row, 4));
	json_put_key(b, "hit_rate");
	if (statement_int(row, 3) == 0)
		buf_adds(b, "null");
	else
		buf_addf(b, "%.3f",
		    (double)statement_int(row, 4) /
			(double)statement_int(row, 3));
	if (statement_int(row, 0) > 0)
		buf_addf(b, ",\"oldest_s\":%lld,\"newest_s\":%lld",
		    (long long)(now - statement_int(row, 5)),
		    (long long)(now - statement_int(row, 6)));
	buf_adds(b, "}\n");
}

static bool
put_stat(struct store *s, struct writer *out, struct err *e)
{
	struct statement *row = store_prepare(s,
	    "SELECT count(*), coalesce((SELECT page_count * page_size "
	    "FROM pragma_page_count, pragma_page_size), 0), "
	    "coalesce(sum(tokens_in + tokens_out), 0), "
	    "(SELECT asked FROM tally), (SELECT found FROM tally), "
	    "min(made), max(made) FROM answer",
	    e);
	struct buf b = { 0 };
	bool done = row != NULL && statement_step(row, e) == 1;

	if (done) {
		put_numbers(row, &b);
		done = writer_add(out, buf_slice(&b), e);
	}
	buf_release(&b);
	statement_free(row);
	return done;
}

static void
put_answer(struct statement *row, struct buf *b)
{
	struct slice key = statement_blob(row, 0);

	buf_adds(b, "{\"key\":\"");
	for (size_t i = 0; i < key.n; i++)
		buf_addf(b, "%02x", (unsigned char)key.p[i]);
	buf_adds(b, "\",\"said\":");
	json_put_string(b, statement_text(row, 1));
	buf_addf(b, ",\"reasoned\":%s,\"made\":%lld",
	    statement_int(row, 2) ? "true" : "false",
	    (long long)statement_int(row, 3));
	if (!statement_is_null(row, 4))
		buf_addf(b, ",\"tokens\":{\"in\":%lld,\"out\":%lld}",
		    (long long)statement_int(row, 4),
		    (long long)statement_int(row, 5));
	buf_adds(b, "}\n");
}

static bool
put_all(struct store *s, struct writer *out, struct err *e)
{
	struct statement *row =
	    store_prepare(s, "SELECT * FROM answer ORDER BY key", e);
	struct buf b = { 0 };
	bool done = row != NULL;
	int n = 0;

	while (done && (n = statement_step(row, e)) == 1) {
		buf_reset(&b);
		put_answer(row, &b);
		done = writer_add(out, buf_slice(&b), e);
	}
	buf_release(&b);
	statement_free(row);
	return done && n == 0;
}

static bool
prune(struct store *s, uint64_t ttl_s, struct writer *out, struct err *e)
{
	struct statement *old =
	    store_prepare(s, "DELETE FROM answer WHERE made < ?1", e);
	struct buf b = { 0 };
	bool done = old != NULL;

	if (done) {
		statement_bind_int(
		    old, 1, (int64_t)time(NULL) - (int64_t)ttl_s);
		done = statement_run(old, e);
		buf_addf(
		    &b, "{\"pruned\":%lld}\n", (long long)store_changes(s));
	}
	statement_free(old);
	done = done && store_exec(s, "VACUUM", e) &&
	    writer_add(out, buf_slice(&b), e);
	buf_release(&b);
	return done;
}

static bool
is_known(const char *verb, uint64_t ttl_s, struct err *e)
{
	if (strcmp(verb, "prune") == 0)
		return ttl_s > 0 ||
		    err_set(e, ERR_USAGE, "prune needs an age: --ttl 90d");
	return strcmp(verb, "stat") == 0 || strcmp(verb, "export") == 0 ||
	    err_set(e, ERR_USAGE, "cache takes stat, prune or export");
}

bool
cache_look_after(const char *verb, const char *path, uint64_t ttl_s,
    const char *output, struct err *e)
{
	struct store *s = NULL;
	struct writer *out = NULL;
	bool done = is_known(verb, ttl_s, e) &&
	    (s = open_old(path, e)) != NULL &&
	    (out = writer_open(output, e)) != NULL;

	if (done)
		done = strcmp(verb, "stat") == 0  ? put_stat(s, out, e)
		    : strcmp(verb, "export") == 0 ? put_all(s, out, e)
						  : prune(s, ttl_s, out, e);
	done = done && writer_commit(out, e);
	writer_free(out);
	store_close(s);
	return done;
}
