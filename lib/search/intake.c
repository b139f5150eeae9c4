#include "search/intake.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/tokenizer.h"
#include "json/write.h"
#include "search/identity.h"
#include "search/intake_part.h"

static const char *const texts[STATEMENTS] = {
	[FIND] = "SELECT n, digest FROM records WHERE id = ?1",
	[REMOVE] = "DELETE FROM records WHERE n = ?1",
	[CLEAR_PASSAGES] = "DELETE FROM passages WHERE n >= ?1 AND n < ?2",
	[CLEAR_VALUES] = "DELETE FROM vals WHERE record = ?1",
	[OLD] = "SELECT p.n, substr(r.line, p.at + 1, p.length), p.begin,"
		" p.behind, r.first, r.passages FROM records r"
		" JOIN passages p ON p.n >= r.first AND"
		" p.n < r.first + r.passages WHERE r.n = ?1",
	[UNWORD] = "INSERT INTO words (words, rowid, text)"
		   " VALUES ('delete', ?1, ?2)",
	[PUT] = "INSERT INTO records (id, digest, kind, patient, visit, date,"
		" dept, src, first, passages, line)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
	[PUT_PASSAGE] = "INSERT INTO passages VALUES"
			" (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[PUT_WORDS] = "INSERT INTO words (rowid, text) VALUES (?1, ?2)",
	[PUT_VALUE] = "INSERT INTO vals VALUES (?1, ?2, ?3, ?4)",
	[NEXT] = "SELECT coalesce(max(n), 0) + 1 FROM passages",
	[COUNT] = "UPDATE records SET passages = ?2 WHERE n = ?1",
	[TOTAL] = "UPDATE meta SET value = value + ?2 WHERE name = ?1",
};

struct intake *
intake_new(
    struct corpus *c, const struct roles *roles, bool identified, struct err *e)
{
	struct intake *in = mem_zalloc(sizeof(*in));

	in->corpus = c;
	in->roles = roles;
	in->identified = identified;
	for (size_t i = 0; i < STATEMENTS; i++)
		if ((in->st[i] = store_prepare(c->store, texts[i], e)) ==
		    NULL) {
			intake_free(in);
			return NULL;
		}
	return in;
}

void
intake_free(struct intake *in)
{
	if (in == NULL)
		return;
	for (size_t i = 0; i < STATEMENTS; i++)
		statement_free(in->st[i]);
	if (in->open)
		store_rollback(in->corpus->store);
	mem_free(in);
}

/* --- transactions ------------------------------------------------------- */

static bool
begin(struct intake *in, struct err *e)
{
	if (in->open)
		return true;
	if (!store_begin(in->corpus->store, e))
		return false;
	in->open = true;
	if (statement_step(in->st[NEXT], e) != 1)
		return false;
	in->next = statement_int(in->st[NEXT], 0);
	statement_reset(in->st[NEXT]);
	return true;
}

static bool
add_total(struct intake *in, const char *name, int64_t n, struct err *e)
{
	struct statement *st = in->st[TOTAL];
	bool ok;

	statement_bind(st, 1, slice_of(name));
	statement_bind_int(st, 2, n);
	ok = statement_run(st, e);
	statement_reset(st);
	return ok;
}

bool
intake_commit(void *ctx, struct err *e)
{
	struct intake *in = ctx;

	if (!in->open)
		return true;
	if (!add_total(in, "passages", in->passages, e) ||
	    !add_total(in, "characters", in->characters, e) ||
	    !store_commit(in->corpus->store, e))
		return false;
	in->open = false;
	in->passages = in->characters = 0;
	in->waiting = 0;
	return true;
}

bool
intake_names(
    struct intake *in, const struct catalogue *catalogue, struct err *e)
{
	struct statement *st = store_prepare(in->corpus->store,
	    "INSERT OR REPLACE INTO names VALUES (?1, ?2)", e);
	struct buf b = { 0 };
	bool ok = st != NULL && begin(in, e);

	for (size_t i = 0; ok && i < catalogue_count(catalogue); i++) {
		const struct indicator *d = catalogue_at(catalogue, i);

		for (size_t k = 0; ok && k < d->nsynonyms + 2; k++) {
			struct slice name = k == 0 ? d->id
			    : k == 1               ? d->name_zh
						   : d->synonyms[k - 2];

			if (catalogue_named(catalogue, name) != d)
				continue;
			buf_reset(&b);
			fold_name(name, &b);
			statement_bind(st, 1, buf_slice(&b));
			statement_bind(st, 2, d->id);
			ok = statement_run(st, e);
			statement_reset(st);
		}
	}
	buf_release(&b);
	statement_free(st);
	return ok;
}

/* --- the stage ----------------------------------------------------------- */

static bool
check_identity(struct record *r, struct err *e)
{
	if (record_trail(r, "deid").type != JSON_OBJECT)
		return err_data(e, "not_deidentified",
		    "record without _mdx.deid (mdx-normalize --deid makes it)");
	if (identity_in_record(record_line(r), record_arena(r)))
		return err_data(e, "identifier_found",
		    "record still shows an identity or mobile number");
	return true;
}

/* 1: the same record is there, 0: another one or none (*n 0), -1: *e. */
static int
find_record(struct intake *in, struct slice id, const uint8_t *digest,
    int64_t *n, struct err *e)
{
	struct statement *st = in->st[FIND];
	int got;

	*n = 0;
	statement_bind(st, 1, id);
	if ((got = statement_step(st, e)) == 1) {
		*n = statement_int(st, 0);
		got = slice_eq(statement_blob(st, 1),
		    (struct slice){ (const char *)digest, DIGEST_SIZE });
	}
	statement_reset(st);
	return got;
}

enum verdict
intake_record(void *ctx, struct record *r, struct job *job, struct err *e)
{
	struct intake *in = ctx;
	struct slice line = record_line(r), id = record_id(r);
	uint8_t digest[DIGEST_SIZE];
	int64_t old;
	int same;

	if (id.n == 0) {
		err_data(e, "no_id", "record without _mdx.id (mdx-ingest)");
		return RECORD_SET_ASIDE;
	}
	if (!in->identified && !check_identity(r, e))
		return RECORD_SET_ASIDE;
	digest_bytes(line.p, line.n, digest);
	if (!begin(in, e))
		return RECORD_STOP;
	if ((same = find_record(in, id, digest, &old, e)) < 0)
		return RECORD_STOP;
	if (same == 1) {
		in->unchanged++;
		job->reason = "unchanged";
		return RECORD_SKIP;
	}
	if (old != 0 && !intake_remove(in, old, record_arena(r), e))
		return RECORD_STOP;
	if (!intake_put(in, r, id, digest, e))
		return RECORD_STOP;
	in->replaced += old != 0;
	in->indexed++;
	if (++in->waiting >= INTAKE_BATCH && !intake_commit(in, e))
		return RECORD_STOP;
	return RECORD_TAKEN;
}

void
intake_report(const struct intake *in, struct buf *b)
{
	buf_addc(b, '{');
	json_put_key(b, "indexed");
	json_put_uint(b, in->indexed);
	json_put_key(b, "replaced");
	json_put_uint(b, in->replaced);
	json_put_key(b, "unchanged");
	json_put_uint(b, in->unchanged);
	json_put_key(b, "no_text");
	json_put_uint(b, in->no_text);
	json_put_key(b, "passages");
	json_put_uint(b, in->total);
	buf_addc(b, '}');
}
