#include "search/intake.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/tokenizer.h"
#include "base/utf8.h"
#include "json/write.h"
#include "search/identity.h"
#include "search/member.h"
#include "search/passage.h"

enum {
	FIND,
	REMOVE,
	CLEAR_PASSAGES,
	CLEAR_VALUES,
	OLD,
	UNWORD,
	PUT,
	PUT_PASSAGE,
	PUT_WORDS,
	PUT_VALUE,
	NEXT,
	COUNT,
	TOTAL,
	STATEMENTS
};

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

struct intake {
	struct corpus *corpus;
	const struct roles *roles;
	bool identified, open; /* open: a transaction is */
	struct statement *st[STATEMENTS];
	uint64_t waiting;             /* records not yet committed */
	int64_t next;                 /* number of the next passage */
	int64_t passages, characters; /* added, not yet in the totals */
	uint64_t indexed, replaced, unchanged, no_text, total;
};

/* What is under way for one record. */
struct work {
	struct intake *in;
	struct record *record;
	struct err *e;
	int64_t n, at, length;
	struct slice path, text;
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

/* --- one record out ----------------------------------------------------- */

/*
 * FTS5 without content must be told the old text to take its words out; it is
 * cut from the old record by the very spans it was put in with.
 */
static bool
remove_words(struct intake *in, int64_t record, int64_t *first, int64_t *count,
    struct arena *a, struct err *e)
{
	struct statement *old = in->st[OLD], *un = in->st[UNWORD];
	int got;

	*first = *count = 0;
	statement_bind_int(old, 1, record);
	while ((got = statement_step(old, e)) == 1) {
		struct slice text =
		    json_text(json_of(statement_blob(old, 1)), a);
		size_t from =
		    utf8_offset(text.p, text.n, (size_t)statement_int(old, 2));
		size_t to =
		    utf8_offset(text.p, text.n, (size_t)statement_int(old, 3));

		statement_bind_int(un, 1, statement_int(old, 0));
		statement_bind(
		    un, 2, (struct slice){ text.p + from, to - from });
		*first = statement_int(old, 4);
		*count = statement_int(old, 5);
		in->passages--;
		in->characters -= statement_int(old, 3) - statement_int(old, 2);
		if (!statement_run(un, e)) {
			got = -1;
			break;
		}
		statement_reset(un);
	}
	statement_reset(old);
	return got == 0;
}

static bool
remove_record(struct intake *in, int64_t n, struct arena *a, struct err *e)
{
	static const int clears[] = { CLEAR_PASSAGES, CLEAR_VALUES, REMOVE };
	int64_t first, count;
	bool ok = remove_words(in, n, &first, &count, a, e);

	for (size_t i = 0; ok && i < 3; i++) {
		struct statement *st = in->st[clears[i]];

		statement_bind_int(st, 1, i == 0 ? first : n);
		if (i == 0)
			statement_bind_int(st, 2, first + count);
		ok = statement_run(st, e);
		statement_reset(st);
	}
	return ok;
}

/* --- one record in ------------------------------------------------------ */

static bool
put_passage(void *ctx, const struct span *s)
{
	struct work *w = ctx;
	struct statement *st = w->in->st[PUT_PASSAGE];
	struct statement *words = w->in->st[PUT_WORDS];
	bool ok;

	statement_bind_int(st, 1, w->in->next);
	statement_bind_int(st, 2, w->n);
	statement_bind(st, 3, w->path);
	statement_bind_int(st, 4, w->at);
	statement_bind_int(st, 5, w->length);
	statement_bind_int(st, 6, (int64_t)s->first);
	statement_bind_int(st, 7, (int64_t)s->behind);
	statement_bind_int(words, 1, w->in->next);
	statement_bind(
	    words, 2, (struct slice){ w->text.p + s->from, s->to - s->from });
	ok = statement_run(st, w->e) && statement_run(words, w->e);
	statement_reset(st);
	statement_reset(words);
	w->in->next++;
	w->in->passages++;
	w->in->characters += (int64_t)(s->behind - s->first);
	return ok;
}

static bool
put_member(void *ctx, struct slice path, struct json v)
{
	struct work *w = ctx;

	w->path = path;
	w->at = v.text.p - record_line(w->record).p;
	w->length = (int64_t)v.text.n;
	w->text = json_text(v, record_arena(w->record));
	return passage_cut(w->text, put_passage, w);
}

static bool
put_value(struct work *w, struct slice name, struct json v)
{
	struct statement *st = w->in->st[PUT_VALUE];
	struct arena *a = record_arena(w->record);
	struct decimal d;
	struct slice text;
	bool ok;

	if (v.type == JSON_NULL || v.type == JSON_OBJECT)
		return true;
	if (v.type == JSON_ARRAY) {
		struct json_walk elements = json_enter(v);

		while (json_next_element(&elements, &v))
			if (!put_value(w, name, v))
				return false;
		return true;
	}
	text = json_text(v, a);
	statement_bind_int(st, 1, w->n);
	statement_bind(st, 2, name);
	if (decimal_parse(text, a, &d, NULL))
		statement_bind_double(st, 3, decimal_double(&d));
	else
		statement_bind_null(st, 3);
	statement_bind(st, 4, text);
	ok = statement_run(st, w->e);
	statement_reset(st);
	return ok;
}

static bool
put_values(struct work *w)
{
	struct json all =
	    json_get(json_of(record_line(w->record)), "indicators");
	struct json_walk members = json_enter(all);
	struct slice key;
	struct json v;

	if (all.type != JSON_OBJECT)
		return true;
	while (json_next_member(&members, &key, &v))
		if (!put_value(
			w, json_unescape(key, record_arena(w->record)), v))
			return false;
	return true;
}

/* Where a record came from, as one text: the source, then each member. */
static struct slice
source_of(struct record *r)
{
	struct arena *a = record_arena(r);
	struct json src = record_trail(r, "src"), part;
	struct json_walk members = json_enter(json_get(src, "member"));
	struct slice s = json_text(json_get(src, "uri"), a);
	struct slice name;

	while (json_next_element(&members, &part)) {
		name = json_text(part, a);
		s = slice_of(arena_printf(
		    a, "%.*s/%.*s", (int)s.n, s.p, (int)name.n, name.p));
	}
	return s;
}

/* A time in the one form that selections compare; n 0 where it is none. */
static struct slice
date_of(struct slice text, struct arena *a)
{
	char out[DATE_TEXT];
	struct date d;

	if (text.n == 0 || !date_read(text, NULL, &d, NULL))
		return (struct slice){ "", 0 };
	return slice_of(arena_string(a, out, date_print(&d, out)));
}

static void
bind_or_null(struct statement *st, int i, struct slice s)
{
	if (s.n == 0)
		statement_bind_null(st, i);
	else
		statement_bind(st, i, s);
}

static bool
put_row(struct work *w, struct slice id, const uint8_t *digest)
{
	static const enum role roles[] = { ROLE_PATIENT, ROLE_VISIT, ROLE_TIME,
		ROLE_DEPT };
	struct statement *st = w->in->st[PUT];
	struct record *r = w->record;
	bool ok;

	statement_bind(st, 1, id);
	statement_bind_blob(
	    st, 2, (struct slice){ (const char *)digest, DIGEST_SIZE });
	bind_or_null(st, 3, record_kind(r));
	for (int i = 0; i < 4; i++) {
		struct slice s = roles_value(w->in->roles, r, roles[i]);

		bind_or_null(st, 4 + i,
		    roles[i] == ROLE_TIME ? date_of(s, record_arena(r)) : s);
	}
	bind_or_null(st, 8, source_of(r));
	statement_bind_int(st, 9, w->in->next);
	statement_bind_int(st, 10, 0);
	statement_bind_blob(st, 11, record_line(r));
	ok = statement_run(st, w->e);
	statement_reset(st);
	w->n = store_last_id(w->in->corpus->store);
	return ok;
}

static bool
put_record(struct work *w, struct slice id, const uint8_t *digest)
{
	struct statement *st = w->in->st[COUNT];
	int64_t first = w->in->next;
	bool ok;

	if (!put_row(w, id, digest) ||
	    !member_texts(record_line(w->record), put_member, w) ||
	    !put_values(w))
		return false;
	statement_bind_int(st, 1, w->n);
	statement_bind_int(st, 2, w->in->next - first);
	ok = statement_run(st, w->e);
	statement_reset(st);
	w->in->no_text += w->in->next == first;
	w->in->total += (uint64_t)(w->in->next - first);
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
	struct work w = { .in = in, .record = r, .e = e };
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
	if (old != 0 && !remove_record(in, old, record_arena(r), e))
		return RECORD_STOP;
	if (!put_record(&w, id, digest))
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
