#include "search/log.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/mem.h"
#include "deid/find.h"
#include "deid/scrub.h"
#include "io/store.h"
#include "json/write.h"

#define APPLICATION 0x6d64786c /* "mdxl" */
#define WAIT        10000      /* ms for another writer */
#define ZONE        480        /* minutes east that times are written in */

static const char schema_sql[] =
    "CREATE TABLE questions (n INTEGER PRIMARY KEY, qid TEXT NOT NULL,"
    " ts TEXT NOT NULL, user TEXT, dept TEXT, host TEXT, mode TEXT NOT NULL,"
    " question TEXT NOT NULL, question_sha256 TEXT NOT NULL,"
    " redactions INTEGER NOT NULL, hits TEXT NOT NULL, refused TEXT,"
    " grounded REAL, model TEXT, tokens_in INTEGER, tokens_out INTEGER,"
    " ms INTEGER, answer_sha256 TEXT, feedback INTEGER, note TEXT);"
    "CREATE INDEX questions_ts ON questions (ts);";

static const struct store_schema schema = { "question log", APPLICATION, 1,
	schema_sql };

/* Columns of a row as they are written; what is an array or number so. */
static const struct {
	const char *name;
	bool text;
} columns[] = { { "qid", true }, { "ts", true }, { "user", true },
	{ "dept", true }, { "host", true }, { "mode", true },
	{ "question", true }, { "question_sha256", true },
	{ "redactions", false }, { "hits", false }, { "refused", true },
	{ "grounded", false }, { "model", true }, { "tokens_in", false },
	{ "tokens_out", false }, { "ms", false }, { "answer_sha256", true },
	{ "feedback", false }, { "note", true } };

#define NCOLUMNS (sizeof(columns) / sizeof(columns[0]))

struct log {
	struct store *store;
	struct deid_words *words;
};

struct log *
log_open(const char *path, const char *share, struct err *e)
{
	struct log *l = mem_zalloc(sizeof(*l));

	if (share != NULL && (l->words = words_load(share, NULL, e)) == NULL)
		goto fail;
	l->store = store_open(path, &schema,
	    share == NULL ? STORE_READ | STORE_WAL : STORE_WAL, WAIT, e);
	if (l->store == NULL) {
		/* The log is an output of ask: what cannot be made says so. */
		if (share != NULL && e->kind == ERR_INPUT)
			e->kind = ERR_OUTPUT;
		err_wrap(e, "log");
		goto fail;
	}
	return l;

fail:
	log_close(l);
	return NULL;
}

void
log_close(struct log *l)
{
	if (l == NULL)
		return;
	store_close(l->store);
	words_free(l->words);
	mem_free(l);
}

static void
hex_of(struct slice s, char out[65])
{
	uint8_t digest[DIGEST_SIZE];

	digest_bytes(s.p, s.n, digest);
	digest_hex(digest, out);
}

/* A question that came without a name gets one. */
static struct slice
name_of(const struct log_entry *l, struct arena *a, char out[DIGEST_ID + 1])
{
	uint8_t digest[DIGEST_SIZE];
	struct slice s;

	if (l->qid.n > 0)
		return l->qid;
	s = slice_of(arena_printf(a, "%lld\n%.*s\n%.*s", (long long)l->began,
	    (int)l->user.n, l->user.p, (int)l->question.n, l->question.p));
	digest_bytes(s.p, s.n, digest);
	digest_id(digest, out);
	return slice_of(out);
}

static struct slice
time_of(int64_t ms, char out[DATE_TEXT])
{
	struct date d = date_of_seconds(ms / 1000, ZONE);

	return (struct slice){ out, date_print(&d, out) };
}

static void
bind_some(struct statement *st, int i, struct slice s)
{
	if (s.n > 0)
		statement_bind(st, i, s);
}

static bool
put(struct log *l, const struct log_entry *entry, struct slice question,
    uint64_t redactions, struct arena *a, struct err *e)
{
	struct statement *st = store_prepare(l->store,
	    "INSERT INTO questions (qid, ts, user, host, mode, question,"
	    " question_sha256, redactions, hits, refused, grounded, ms,"
	    " answer_sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
	    " ?11, ?12, ?13)",
	    e);
	char name[DIGEST_ID + 1], sha[65], answer[65], ts[DATE_TEXT];
	bool ok;

	if (st == NULL)
		return false;
	hex_of(question, sha);
	hex_of(entry->answer, answer);
	statement_bind(st, 1, name_of(entry, a, name));
	statement_bind(st, 2, time_of(entry->began, ts));
	bind_some(st, 3, entry->user);
	bind_some(st, 4, entry->host);
	statement_bind(st, 5, slice_of(entry->mode));
	statement_bind(st, 6, question);
	statement_bind(st, 7, slice_of(sha));
	statement_bind_int(st, 8, (int64_t)redactions);
	statement_bind(st, 9, entry->hits);
	bind_some(st, 10, slice_of(entry->refused));
	statement_bind_double(st, 11, entry->grounded);
	statement_bind_int(st, 12, entry->ms);
	statement_bind(st, 13, slice_of(answer));
	ok = statement_run(st, e);
	statement_free(st);
	return ok;
}

/* Dates and ages stay: they say nothing without a name beside them. */
bool
log_add(struct log *l, const struct log_entry *entry, struct err *e)
{
	bool labels[LABELS];
	uint64_t found[LABELS] = { 0 }, redactions = 0;
	struct scrub scrub = {
		.words = l->words, .labels = labels, .found = found
	};
	struct arena *a = arena_new();
	struct buf b = { 0 };
	bool ok;

	for (size_t i = 0; i < LABELS; i++)
		labels[i] =
		    i != LABEL_DATE && i != LABEL_HOSPITAL && i != LABEL_BED;
	scrub_text(&scrub, entry->question, a, &b);
	for (size_t i = 0; i < LABELS; i++)
		redactions += found[i];
	ok = put(l, entry, buf_slice(&b), redactions, a, e) ||
	    err_wrap(e, "log");
	buf_release(&b);
	arena_free(a);
	return ok;
}

static void
put_row(struct statement *st, struct buf *b)
{
	buf_reset(b);
	buf_addc(b, '{');
	for (size_t i = 0; i < NCOLUMNS; i++) {
		struct slice s = statement_text(st, (int)i);

		json_put_key(b, columns[i].name);
		if (s.p == NULL)
			buf_adds(b, "null");
		else if (columns[i].text)
			json_put_string(b, s);
		else
			buf_add_slice(b, s);
	}
	buf_addc(b, '}');
}

bool
log_each(struct log *l, const char *since, const char *until, const char *user,
    log_take *take, void *ctx, struct err *e)
{
	struct statement *st = store_prepare(l->store,
	    "SELECT qid, ts, user, dept, host, mode, question,"
	    " question_sha256, redactions, hits, refused, grounded, model,"
	    " tokens_in, tokens_out, ms, answer_sha256, feedback, note"
	    " FROM questions WHERE (?1 IS NULL OR ts >= ?1)"
	    " AND (?2 IS NULL OR substr(ts, 1, length(?2)) <= ?2)"
	    " AND (?3 IS NULL OR user = ?3) ORDER BY n",
	    e);
	struct buf b = { 0 };
	int got = -1;

	if (st == NULL)
		return false;
	bind_some(st, 1, slice_of(since));
	bind_some(st, 2, slice_of(until));
	bind_some(st, 3, slice_of(user));
	while ((got = statement_step(st, e)) == 1) {
		put_row(st, &b);
		if (!take(ctx, buf_slice(&b), e)) {
			got = -1;
			break;
		}
	}
	statement_free(st);
	buf_release(&b);
	return got == 0;
}
