#include "search/corpus.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/mem.h"
#include "json/write.h"

#define APPLICATION 0x6d647861 /* "mdxa" */

/*
 * A record's passages have numbers without a gap, [first, first + passages):
 * a set of records is a set of ranges of passages.  A passage is the characters
 * [begin, behind) of the string at the bytes [at, at + length) of the line.
 *
 * `words` keeps no text (content='') and no places (detail=none): what ranks
 * and what is shown is read from the records.
 */
static const char schema_sql[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "INSERT INTO meta VALUES ('identified', 0), ('passages', 0),"
    " ('characters', 0);"
    "CREATE TABLE records (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
    " digest BLOB NOT NULL, kind TEXT, patient TEXT, visit TEXT, date TEXT,"
    " dept TEXT, src TEXT, first INTEGER NOT NULL,"
    " passages INTEGER NOT NULL, line BLOB NOT NULL);"
    "CREATE INDEX records_patient ON records (patient);"
    "CREATE TABLE passages (n INTEGER PRIMARY KEY,"
    " record INTEGER NOT NULL, path TEXT NOT NULL, at INTEGER NOT NULL,"
    " length INTEGER NOT NULL, begin INTEGER NOT NULL,"
    " behind INTEGER NOT NULL);"
    "CREATE TABLE vals (record INTEGER NOT NULL, name TEXT NOT NULL,"
    " number REAL, text TEXT);"
    "CREATE INDEX vals_record ON vals (record);"
    "CREATE INDEX vals_name ON vals (name, number);"
    "CREATE TABLE names (name TEXT PRIMARY KEY, id TEXT NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE words USING fts5 (text, content='', detail=none,"
    " tokenize='mdx unigrams');"
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);"
    "CREATE VIRTUAL TABLE postings USING fts5vocab (words, instance);";

static const struct store_schema schema = { "index of mdx-ask", APPLICATION, 1,
	schema_sql };

static int64_t
ask_number(struct store *s, const char *sql, struct err *e)
{
	struct statement *st = store_prepare(s, sql, e);
	int64_t n = -1;

	if (st != NULL && statement_step(st, e) == 1)
		n = statement_int(st, 0);
	statement_free(st);
	return n;
}

/*
 * The file is made before SQLite would: its mode must be right before the
 * first byte, and the files beside it take the mode over.
 */
static bool
make_private(const char *path, struct err *e)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ||
		    err_sys(e, ERR_OUTPUT, "index '%s'", path);
	close(fd);
	return true;
}

static bool
check_mark(struct corpus *c, enum corpus_mode mode, bool allowed, bool fresh,
    struct err *e)
{
	const char *path = store_path(c->store);
	int64_t marked;

	if (fresh && allowed &&
	    !store_exec(c->store,
		"UPDATE meta SET value = 1 WHERE name = 'identified'", e))
		return false;
	marked = ask_number(
	    c->store, "SELECT value FROM meta WHERE name = 'identified'", e);
	if (marked < 0)
		return false;
	if (marked == 1 && !allowed)
		return err_set(e, ERR_USAGE,
		    "index '%s' holds identified records: "
		    "--allow-identified must be given to open it",
		    path);
	if (marked == 0 && allowed && mode == CORPUS_WRITE)
		return err_set(e, ERR_USAGE,
		    "index '%s' is of de-identified records only: "
		    "put identified ones into another file",
		    path);
	return true;
}

static bool
prepare(struct corpus *c, struct err *e)
{
	int64_t n;

	c->frequency = store_prepare(
	    c->store, "SELECT doc FROM vocabulary WHERE term = ?1", e);
	c->postings = c->frequency == NULL
	    ? NULL
	    : store_prepare(
		  c->store, "SELECT doc FROM postings WHERE term = ?1", e);
	c->passage = c->postings == NULL
	    ? NULL
	    : store_prepare(c->store,
		  "SELECT r.n, r.id, substr(r.line, p.at + 1, p.length), "
		  "p.path,"
		  " p.begin, p.behind FROM passages p"
		  " JOIN records r ON r.n = p.record WHERE p.n = ?1",
		  e);
	c->record = c->passage == NULL
	    ? NULL
	    : store_prepare(c->store,
		  "SELECT line, patient, date, dept, id FROM records"
		  " WHERE n = ?1",
		  e);
	if (c->record == NULL)
		return false;
	n = ask_number(
	    c->store, "SELECT value FROM meta WHERE name = 'passages'", e);
	if (n < 0)
		return false;
	c->passages = (uint64_t)n;
	n = ask_number(
	    c->store, "SELECT value FROM meta WHERE name = 'characters'", e);
	c->characters = (uint64_t)n;
	return n >= 0;
}

struct corpus *
corpus_open(
    const char *path, enum corpus_mode mode, bool identified, struct err *e)
{
	unsigned flags = STORE_TOKENIZER | STORE_WAL;
	struct corpus *c = mem_zalloc(sizeof(*c));
	bool fresh = access(path, F_OK) != 0;

	if (mode == CORPUS_READ)
		flags |= STORE_READ;
	if (fresh && mode != CORPUS_WRITE) {
		err_set(e, ERR_INPUT, "there is no index '%s'", path);
		goto fail;
	}
	if (fresh && identified && !make_private(path, e))
		goto fail;
	c->store = store_open(path, &schema, flags, CORPUS_WAIT, e);
	if (c->store == NULL ||
	    (mode != CORPUS_READ &&
		!store_exec(c->store, "PRAGMA secure_delete = ON", e)) ||
	    !check_mark(c, mode, identified, fresh, e) || !prepare(c, e))
		goto fail;
	return c;

fail:
	corpus_close(c);
	return NULL;
}

void
corpus_close(struct corpus *c)
{
	if (c == NULL)
		return;
	statement_free(c->frequency);
	statement_free(c->postings);
	statement_free(c->passage);
	statement_free(c->record);
	store_close(c->store);
	mem_free(c);
}

int64_t
corpus_frequency(struct corpus *c, struct slice word, struct err *e)
{
	int64_t n = 0;
	int got;

	statement_bind(c->frequency, 1, word);
	got = statement_step(c->frequency, e);
	if (got > 0)
		n = statement_int(c->frequency, 0);
	statement_reset(c->frequency);
	return got < 0 ? -1 : n;
}

bool
corpus_check(struct corpus *c, struct err *e)
{
	/* Each counts what must not be. */
	static const char *const rules[][2] = {
		{ "passages without their record",
		    "SELECT count(*) FROM passages p LEFT JOIN records r ON"
		    " r.n = p.record AND p.n >= r.first AND"
		    " p.n < r.first + r.passages WHERE r.n IS NULL" },
		{ "records that lack passages",
		    "SELECT (SELECT coalesce(sum(passages), 0) FROM records) -"
		    " (SELECT count(*) FROM passages)" },
		{ "passages that lack words",
		    "SELECT count(*) FROM passages WHERE n NOT IN"
		    " (SELECT id FROM words_docsize)" },
		{ "words that lack passages",
		    "SELECT count(*) FROM words_docsize WHERE id NOT IN"
		    " (SELECT n FROM passages)" },
		{ "values without their record",
		    "SELECT count(*) FROM vals WHERE record NOT IN"
		    " (SELECT n FROM records)" },
		{ "passages not in the totals",
		    "SELECT (SELECT count(*) FROM passages) -"
		    " (SELECT value FROM meta WHERE name = 'passages')" },
		{ "characters not in the totals",
		    "SELECT (SELECT coalesce(sum(behind - begin), 0) FROM"
		    " passages) -"
		    " (SELECT value FROM meta WHERE name = 'characters')" },
	};

	if (!store_check(c->store, e) ||
	    !store_exec(c->store,
		"INSERT INTO words (words) VALUES ('integrity-check')", e))
		return false;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct err why = { 0 };
		int64_t n = ask_number(c->store, rules[i][1], &why);

		if (why.kind != ERR_NONE) {
			*e = why;
			return false;
		}
		if (n != 0)
			return err_set(e, ERR_INPUT,
			    "index '%s' is damaged: %lld %s: make it anew",
			    store_path(c->store), (long long)n, rules[i][0]);
	}
	return true;
}

static bool
put_kinds(struct corpus *c, struct buf *b, struct err *e)
{
	struct statement *st = store_prepare(c->store,
	    "SELECT coalesce(kind, ''), count(*) FROM records"
	    " GROUP BY kind ORDER BY kind",
	    e);
	int got = -1;

	json_put_key(b, "kinds");
	buf_addc(b, '{');
	while (st != NULL && (got = statement_step(st, e)) == 1) {
		json_put_key_slice(b, statement_text(st, 0));
		json_put_int(b, statement_int(st, 1));
	}
	buf_addc(b, '}');
	statement_free(st);
	return got == 0;
}

bool
corpus_stats(struct corpus *c, struct buf *b, struct err *e)
{
	static const char *const counts[][2] = {
		{ "records", "SELECT count(*) FROM records" },
		{ "passages", "SELECT count(*) FROM passages" },
		{ "characters",
		    "SELECT value FROM meta WHERE name = 'characters'" },
		{ "words", "SELECT count(*) FROM vocabulary" },
		{ "values", "SELECT count(*) FROM vals" },
	};

	buf_addc(b, '{');
	json_put_key(b, "db");
	json_put_cstring(b, store_path(c->store));
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		int64_t n = ask_number(c->store, counts[i][1], e);

		if (n < 0)
			return false;
		json_put_key(b, counts[i][0]);
		json_put_int(b, n);
	}
	if (!put_kinds(c, b, e))
		return false;
	json_put_key(b, "identified");
	buf_adds(b,
	    ask_number(c->store,
		"SELECT value FROM meta WHERE name = 'identified'", e) == 1
		? "true}\n"
		: "false}\n");
	return true;
}
