#include "sources/database_row.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "json/write.h"

/* --- what ids begin with ------------------------------------------------- */

static void
begin_chain(struct database_row *r, const char *name)
{
	const struct database_source *s = r->source;

	if (s->identity != NULL) {
		buf_add(&r->chain, s->identity, strlen(s->identity) + 1);
		if (!r->is_query)
			buf_add(&r->chain, name, strlen(name) + 1);
	} else {
		buf_add(&r->chain, r->m.chain, DIGEST_SIZE);
	}
	if (r->is_query) {
		const char *query = s->options->database.query;

		buf_add(&r->chain, query, strlen(query) + 1);
	}
	r->chain_fixed = r->chain.n;
	member_chain(&r->m, buf_slice(&r->chain));
	memcpy(r->chain_head, r->m.chain, DIGEST_SIZE);
}

/* Each row's id stands for itself: no row depends on those before it. */
static void
chain_row(struct database_row *r)
{
	const struct database_value *row = r->source->db->row;

	if (r->nkeys == 0) {
		memcpy(r->m.chain, r->chain_head, DIGEST_SIZE);
		return;
	}
	r->chain.n = r->chain_fixed;
	for (size_t i = 0; i < r->nkeys; i++) {
		buf_add_slice(&r->chain, row[r->keys[i]].bytes);
		buf_addc(&r->chain, '\0');
	}
	member_chain(&r->m, buf_slice(&r->chain));
}

void
database_row_begin(struct database_row *r, const char *name)
{
	struct database_source *s = r->source;

	r->since = -1;
	r->text = arena_new();
	r->at = *s->place;
	if (r->at.nparts < MEMBER_PARTS)
		r->at.parts[r->at.nparts++] = name;
	member_begin(
	    &r->m, s->options, s->sink, s->totals, &r->at, NULL, s->format);
	if (s->options->encoding != NULL)
		charset_init(&r->m.charset, s->options->encoding, NULL);
	/* A file that was changed is read anew: rows stand in no order. */
	r->m.keeping.keep = NULL;
	if (s->job != NULL)
		s->job->members++;
	begin_chain(r, name);
}

void
database_row_release(struct database_row *r)
{
	arena_free(r->text);
	mem_free(r->cells);
	mem_free(r->noted);
	buf_release(&r->chain);
	buf_release(&r->set_aside);
	table_names_release(&r->names);
	database_state_release(&r->state);
}

/* --- columns ------------------------------------------------------------- */

static bool
find_column(
    const struct database *db, struct slice name, size_t *to, struct err *e)
{
	const char **list;
	const char *near;
	size_t found = 0;

	for (size_t i = 0; i < db->ncolumns; i++)
		if (slice_is(name, db->columns[i])) {
			*to = i;
			return true;
		}
	for (size_t i = 0; i < db->ncolumns; i++)
		if (strlen(db->columns[i]) == name.n &&
		    strncasecmp(db->columns[i], name.p, name.n) == 0) {
			*to = i;
			found++;
		}
	if (found == 1)
		return true;
	list = mem_zalloc((db->ncolumns + 1) * sizeof(*list));
	memcpy(list, db->columns, db->ncolumns * sizeof(*list));
	near = slice_suggest(name, list);
	if (near != NULL)
		err_set(e, ERR_USAGE,
		    "there is no column '%.*s' (did you mean '%s'?)",
		    (int)name.n, name.p, near);
	else
		err_set(e, ERR_USAGE, "there is no column '%.*s'", (int)name.n,
		    name.p);
	mem_free(list);
	return false;
}

bool
database_row_columns(struct database_row *r, struct err *e)
{
	const struct database_options *o = &r->source->options->database;
	struct slice rest = slice_of(o->key), name;

	r->norder = r->nkeys = 0;
	if (o->since != NULL) {
		if (!find_column(
			r->source->db, slice_of(o->since), &r->order[0], e))
			return err_wrap(e, "--since");
		r->since = (long)r->order[0];
		r->norder = 1;
	}
	while (slice_next(&rest, ',', &name)) {
		size_t *to = &r->keys[r->nkeys];

		if (!find_column(r->source->db, slice_trim(name), to, e))
			return err_wrap(e, "--key");
		r->nkeys++;
		if ((long)*to != r->since)
			r->order[r->norder++] = *to;
	}
	return true;
}

void
database_row_names(struct database_row *r)
{
	const struct database *db = r->source->db;
	struct slice *names = mem_zalloc((db->ncolumns + 1) * sizeof(*names));
	struct buf name = { 0 };

	r->named = true;
	for (size_t i = 0; i < db->ncolumns; i++) {
		buf_reset(&name);
		charset_name_text(slice_of(db->columns[i]), &name);
		names[i] = arena_slice(r->source->arena, buf_slice(&name));
	}
	table_names_set(&r->names, &r->m, names, db->ncolumns);
	r->cells = mem_zalloc((db->ncolumns + 1) * sizeof(*r->cells));
	r->noted = mem_zalloc(db->ncolumns + 1);
	buf_release(&name);
	mem_free(names);
}

/* --- values -------------------------------------------------------------- */

static struct slice
base64_of(struct database_row *r, struct slice bytes)
{
	char *to = arena_alloc(r->text, 4 * ((bytes.n + 2) / 3) + 1);

	return (struct slice){ to, digest_base64(bytes.p, bytes.n, to) };
}

/*
 * Bytes that are not UTF-8 are never taken for another encoding unasked: the
 * half of a character at the end of a text that a driver cut would make
 * GB18030 of the whole.
 */
static bool
text_of(struct database_row *r, const struct database_value *v,
    struct slice *to, struct piece *p, struct err *why)
{
	*to = v->bytes;
	if (v->bytes.p == NULL || v->utf8)
		return true;
	if (v->binary) {
		*to = base64_of(r, v->bytes);
		return true;
	}
	if (r->source->options->encoding != NULL) {
		if (!charset_decode(
			&r->m.charset, v->bytes, to, &p->encoding, why))
			return false;
		if (to->p != v->bytes.p)
			*to = arena_slice(r->text, *to);
		return true;
	}
	if (utf8_valid(v->bytes.p, v->bytes.n))
		return true;
	return err_data(why, "encoding",
	    "bytes that are not UTF-8, or half a character at the end "
	    "(--encoding names what the database speaks)");
}

/* Once a column; in SQLite it is the value that is binary. */
static void
note_binary(struct database_row *r, size_t i)
{
	if (!r->noted[i])
		member_note(
		    &r->m, "column %zu has binary values, as base64", i + 1);
	r->noted[i] = true;
}

/* False with the first fault; what could be had is in the cells. */
static bool
decode_row(struct database_row *r, struct piece *p, struct err *why)
{
	const struct database *db = r->source->db;
	struct err fault = { 0 };

	*why = db->fault;
	for (size_t i = 0; i < db->ncolumns; i++) {
		if (db->row[i].binary && db->row[i].bytes.p != NULL)
			note_binary(r, i);
		if (text_of(r, &db->row[i], &r->cells[i], p, &fault))
			continue;
		r->cells[i] = (struct slice){ NULL, 0 };
		err_wrap(&fault, "%s", db->columns[i]);
		if (why->kind == ERR_NONE)
			*why = fault;
	}
	return why->kind == ERR_NONE;
}

/* --- rows ---------------------------------------------------------------- */

/* A row that the last page ended with, or that an earlier run delivered. */
static bool
is_known(struct database_row *r, const char *id, bool *again, bool *seen,
    struct err *e)
{
	struct database_state *t = &r->state;
	const struct database_value *row = r->source->db->row;
	bool same = t->nulls ||
	    (t->ordered && position_is(&t->last, row, r->order, r->norder));

	*seen = false;
	*again = same && database_state_again(t, id);
	if (t->ordered && !same) {
		position_set(&t->last, row, r->order, r->norder);
		buf_reset(&t->border);
	} else if (!t->ordered && r->since >= 0 &&
	    row[r->since].bytes.p != NULL &&
	    (t->last.n == 0 ||
		since_cmp(row[r->since].bytes, t->last.v[0].bytes) > 0)) {
		position_set(&t->last, row, r->order, 1);
	}
	return *again || database_state_seen(t, id, seen, e);
}

static bool
finish(struct database_row *r, struct piece *p, const struct err *why,
    struct err *e)
{
	struct member *m = &r->m;

	if (why->kind == ERR_NONE)
		return member_record(m, p, e);
	buf_reset(&r->set_aside);
	buf_add_slice(&r->set_aside, p->bytes);
	buf_addc(&r->set_aside, '}');
	p->bytes = buf_slice(&r->set_aside);
	member_cancel(m);
	return member_reject(m, p, why, e);
}

bool
database_row_take(struct database_row *r, struct err *e)
{
	struct database_state *t = &r->state;
	struct piece p = { .placeless = true };
	struct err why = { 0 };
	char id[DIGEST_ID + 1];
	bool again = false, seen = false;
	struct buf *b;

	arena_reset(r->text);
	decode_row(r, &p, &why);
	b = member_open(&r->m);
	table_names_row(&r->names, r->cells, r->source->db->ncolumns, b);
	p.bytes = (struct slice){ b->p + r->m.began, b->n - r->m.began };
	chain_row(r);
	if (r->norder == 0)
		return finish(r, &p, &why, e);
	member_id(&r->m, &p, id);
	if (!is_known(r, id, &again, &seen, e))
		return false;
	if (!again)
		database_state_add(t, id,
		    r->since < 0 ? (struct slice){ NULL, 0 }
				 : r->source->db->row[r->since].bytes);
	if (!again && !seen)
		return finish(r, &p, &why, e);
	if (seen)
		member_skip(&r->m, &p, "seen");
	member_cancel(&r->m);
	return true;
}
