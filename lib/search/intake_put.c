/*
 * One record in, one record out: its row, its passages with their words, the
 * values of its indicators.
 */
#include "base/date.h"
#include "base/decimal.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "search/intake_part.h"
#include "search/member.h"
#include "search/passage.h"

/* What is under way for one record. */
struct work {
	struct intake *in;
	struct record *record;
	struct err *e;
	int64_t n, at, length;
	struct slice path, text;
};

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

bool
intake_remove(struct intake *in, int64_t n, struct arena *a, struct err *e)
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

bool
intake_put(struct intake *in, struct record *r, struct slice id,
    const uint8_t *digest, struct err *e)
{
	struct work w = { .in = in, .record = r, .e = e };
	struct statement *st = in->st[COUNT];
	int64_t first = in->next;
	bool ok;

	if (!put_row(&w, id, digest) ||
	    !member_texts(record_line(r), put_member, &w) || !put_values(&w))
		return false;
	statement_bind_int(st, 1, w.n);
	statement_bind_int(st, 2, in->next - first);
	ok = statement_run(st, e);
	statement_reset(st);
	in->no_text += in->next == first;
	in->total += (uint64_t)(in->next - first);
	return ok;
}
