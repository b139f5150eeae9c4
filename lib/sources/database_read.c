#include "sources/database_read.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sources/since.h"
#include "sources/statement.h"
#include "sources/database_rows.h"
#include "sources/database_state.h"

struct catalog {
	struct database_table *tables;
	size_t n;
	const char *schema; /* the one that is meant where none is named */
	const char **names; /* as members are called; NULL ends it */
};

/* --- what there is ------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
	const struct database_table *x = a, *y = b;
	int order = strcmp(x->schema == NULL ? "" : x->schema,
	    y->schema == NULL ? "" : y->schema);

	return order != 0 ? order : strcmp(x->name, y->name);
}

static bool
is_at_home(const struct catalog *c, const struct database_table *t)
{
	return t->schema == NULL ||
	    (c->schema != NULL && strcmp(t->schema, c->schema) == 0);
}

static bool
load(struct database_source *s, struct catalog *c, struct err *e)
{
	if (!s->db->ops->tables(
		s->db, s->arena, &c->tables, &c->n, &c->schema, e))
		return false;
	if (c->n > 0)
		qsort(c->tables, c->n, sizeof(*c->tables), by_name);
	c->names = arena_zalloc(s->arena, (c->n + 1) * sizeof(*c->names));
	for (size_t i = 0; i < c->n; i++)
		c->names[i] = is_at_home(c, &c->tables[i])
		    ? c->tables[i].name
		    : arena_printf(s->arena, "%s.%s", c->tables[i].schema,
			  c->tables[i].name);
	return true;
}

/* A name is meant with its schema, or without where it is the usual one. */
static bool
is_called(const struct catalog *c, size_t i, struct slice name, bool same_case)
{
	const struct database_table *t = &c->tables[i];
	int (*cmp)(const char *, const char *, size_t) =
	    same_case ? strncmp : strncasecmp;
	size_t n = t->schema == NULL ? 0 : strlen(t->schema);

	if (is_at_home(c, t) && strlen(t->name) == name.n &&
	    cmp(t->name, name.p, name.n) == 0)
		return true;
	return n > 0 && n + 1 + strlen(t->name) == name.n &&
	    cmp(t->schema, name.p, n) == 0 && name.p[n] == '.' &&
	    cmp(t->name, name.p + n + 1, name.n - n - 1) == 0;
}

/* Last, a table that is the only one of its name in any schema. */
static bool
find(const struct catalog *c, struct slice name, size_t *to, struct err *e)
{
	const char *near;
	size_t found = 0, alone = 0;

	for (size_t i = 0; i < c->n; i++)
		if (is_called(c, i, name, true)) {
			*to = i;
			return true;
		}
	for (size_t i = 0; i < c->n; i++)
		if (is_called(c, i, name, false)) {
			*to = i;
			found++;
		}
	if (found == 1)
		return true;
	if (found > 1)
		return err_set(e, ERR_INPUT,
		    "there are %zu tables '%.*s' but for their case", found,
		    (int)name.n, name.p);
	for (size_t i = 0; i < c->n && found == 0; i++)
		if (slice_is(name, c->tables[i].name)) {
			*to = i;
			alone++;
		}
	if (alone == 1)
		return true;
	near = slice_suggest(name, c->names);
	if (near == NULL)
		return err_set(e, ERR_INPUT, "there is no table '%.*s'",
		    (int)name.n, name.p);
	return err_set(e, ERR_INPUT,
	    "there is no table '%.*s' (did you mean '%s'?)", (int)name.n,
	    name.p, near);
}

/* --- reading ------------------------------------------------------------- */

static bool
stopped(const struct database_source *s)
{
	const struct stop *stop = run_options(s->sink->run)->stop;

	return stop != NULL && stop->signal != 0;
}

static bool
fail(struct database_source *s, struct err *why, struct err *e)
{
	err_wrap(why, "%s", s->place->uri);
	return sink_fail(s->sink, why, e);
}

static bool
read_named(struct database_source *s, const struct catalog *c, struct err *e)
{
	struct slice rest = slice_of(s->options->database.tables), name;

	while (slice_next(&rest, ',', &name) && !stopped(s)) {
		struct err why = { 0 };
		size_t i = 0;

		if (!find(c, slice_trim(name), &i, &why)) {
			if (!fail(s, &why, e))
				return false;
			continue;
		}
		if (!database_rows(s, &c->tables[i], c->names[i], e))
			return false;
	}
	return true;
}

/* Those of the usual schema, or where none is usual those of all. */
static bool
read_all(struct database_source *s, const struct catalog *c, struct err *e)
{
	for (size_t i = 0; i < c->n && !stopped(s); i++) {
		if (c->tables[i].view ||
		    (c->schema != NULL && !is_at_home(c, &c->tables[i])))
			continue;
		if (!database_rows(s, &c->tables[i], c->names[i], e))
			return false;
	}
	return true;
}

bool
database_read(struct database_source *s, struct err *e)
{
	const struct database_options *o = &s->options->database;
	struct catalog c = { 0 };
	struct err why = { 0 };

	s->db->max_row = run_options(s->sink->run)->max_record;
	if (o->query != NULL)
		return database_rows(s, NULL, o->query_name, e);
	if (!load(s, &c, &why))
		return fail(s, &why, e);
	return o->tables != NULL ? read_named(s, &c, e) : read_all(s, &c, e);
}

/* --- before anything is read --------------------------------------------- */

static bool
check_query(const struct database_options *o, struct err *e)
{
	struct buf text = { 0 };
	bool says;

	if (o->tables != NULL)
		return err_set(
		    e, ERR_USAGE, "--table and --query exclude one another");
	if (!statement_reads(slice_of(o->query), e))
		return err_wrap(e, "--query");
	says = statement_since(slice_of(o->query), &text) > 0;
	buf_release(&text);
	if (says && o->since == NULL)
		return err_set(e, ERR_USAGE,
		    "the query says :since, and --since names no column");
	if (!says && o->since != NULL)
		return err_set(e, ERR_USAGE,
		    "--since with --query: the query must say :since where "
		    "the value belongs");
	return true;
}

bool
database_check(const struct source_options *options, struct err *e)
{
	const struct database_options *o = &options->database;
	struct slice rest = slice_of(o->key), name;
	struct since_overlap overlap;
	size_t columns = 0;

	if (o->since != NULL && options->state == NULL)
		return err_set(e, ERR_USAGE,
		    "--since needs --state FILE, where the last value is "
		    "remembered");
	if (o->since == NULL && (o->since_from != NULL || o->overlap != NULL))
		return err_set(
		    e, ERR_USAGE, "--since-from and --overlap go with --since");
	if (!since_overlap(o->overlap, &overlap, e))
		return false;
	while (slice_next(&rest, ',', &name))
		if (slice_trim(name).n == 0 || ++columns >= DATABASE_ORDER)
			return err_set(e, ERR_USAGE,
			    "--key: a column has no name, or there are more "
			    "than %d",
			    DATABASE_ORDER - 1);
	return o->query == NULL || check_query(o, e);
}
