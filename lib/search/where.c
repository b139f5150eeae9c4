#include "search/where.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/mem.h"
#include "base/tokenizer.h"

/* In SQL; the longer spelling of two first. */
static const struct {
	const char *text;
	enum where_op op;
	const char *sql;
} ops[] = {
	{ "!=", WHERE_NE, "<>" },
	{ "<=", WHERE_LE, "<=" },
	{ ">=", WHERE_GE, ">=" },
	{ "=", WHERE_EQ, "=" },
	{ "<", WHERE_LT, "<" },
	{ ">", WHERE_GT, ">" },
	{ "~", WHERE_HAS, NULL },
};

#define NOPS (sizeof(ops) / sizeof(ops[0]))

static const char *const columns[] = { "patient", "visit", "kind", "date",
	"dept", "src", NULL };

bool
where_parse(struct slice s, struct where *w, struct err *e)
{
	for (size_t i = 0; i < s.n; i++)
		for (size_t k = 0; k < NOPS; k++) {
			struct slice rest = { s.p + i, s.n - i };

			if (!slice_starts(rest, ops[k].text))
				continue;
			w->op = ops[k].op;
			w->name = slice_trim((struct slice){ s.p, i });
			rest.p += strlen(ops[k].text);
			rest.n -= strlen(ops[k].text);
			w->value = slice_trim(rest);
			if (w->name.n == 0)
				return err_set(e, ERR_USAGE,
				    "selection without a name before '%s'",
				    ops[k].text);
			if (w->value.n == 0)
				return err_set(e, ERR_USAGE,
				    "selection of '%.*s' without a value",
				    (int)w->name.n, w->name.p);
			return true;
		}
	return err_set(e, ERR_USAGE,
	    "selection without an operator: one of = != < <= > >= ~");
}

static const char *
sql_of(enum where_op op)
{
	for (size_t k = 0; k < NOPS; k++)
		if (ops[k].op == op)
			return ops[k].sql;
	return NULL;
}

static const char *
column_of(struct slice name)
{
	for (size_t i = 0; columns[i] != NULL; i++)
		if (slice_is(name, columns[i]))
			return columns[i];
	return NULL;
}

/* The id of an indicator by any of its names; n 0 where there is none. */
static bool
find_indicator(struct corpus *c, struct slice name, struct arena *a,
    struct slice *id, struct err *e)
{
	struct statement *st = store_prepare(c->store,
	    "SELECT id FROM names WHERE name = ?1 UNION ALL"
	    " SELECT name FROM vals WHERE name = ?2 LIMIT 1",
	    e);
	struct buf b = { 0 };
	int got = -1;

	if (st != NULL) {
		fold_name(name, &b);
		statement_bind(st, 1, buf_slice(&b));
		statement_bind(st, 2, name);
		if ((got = statement_step(st, e)) == 1)
			*id = arena_slice(a, statement_text(st, 0));
	}
	statement_free(st);
	buf_release(&b);
	if (got == 0)
		return err_set(e, ERR_USAGE,
		    "index '%s' knows no '%.*s': patient, visit, kind, date, "
		    "dept, src or an indicator",
		    store_path(c->store), (int)name.n, name.p);
	return got == 1;
}

/* Two parameters a condition: ?2i+1 its name, ?2i+2 its value. */
static void
put_condition(struct buf *b, const struct where *w, const char *column, int i,
    bool number)
{
	const char *op = sql_of(w->op);
	int name = 2 * i + 1, value = 2 * i + 2;

	if (column == NULL)
		buf_addf(b,
		    "n IN (SELECT record FROM vals WHERE name = ?%d"
		    " AND ",
		    name);
	if (op == NULL)
		buf_addf(b, "instr(%s, ?%d) > 0",
		    column == NULL ? "text" : column, value);
	else if (column == NULL)
		buf_addf(b, "%s %s ?%d", number ? "number" : "text", op, value);
	else if (strcmp(column, "date") == 0)
		buf_addf(
		    b, "substr(date, 1, length(?%d)) %s ?%d", value, op, value);
	else
		buf_addf(b, "%s %s ?%d", column, op, value);
	if (column == NULL)
		buf_addc(b, ')');
}

/* A value of the form that is stored; the spelling of a date may differ. */
static bool
check_date(
    const struct where *w, struct arena *a, struct slice *value, struct err *e)
{
	char out[DATE_TEXT];
	struct date d;

	if (w->op == WHERE_HAS)
		return true;
	if (!date_parse(w->value, &d, NULL) &&
	    !date_read(w->value, NULL, &d, NULL))
		return err_set(e, ERR_USAGE,
		    "selection by date: '%.*s' is none (2024, 2024-01, "
		    "2024-01-14)",
		    (int)w->value.n, w->value.p);
	*value = slice_of(arena_string(a, out, date_print(&d, out)));
	return true;
}

static struct statement *
prepare(struct corpus *c, const struct where *list, size_t n, struct arena *a,
    struct err *e)
{
	struct slice names[64], values[64];
	double numbers[64];
	bool is_number[64] = { false };
	struct statement *st;
	struct buf b = { 0 };

	if (n > 64) {
		err_set(e, ERR_USAGE, "more than 64 selections");
		return NULL;
	}
	buf_adds(&b, "SELECT first, passages FROM records WHERE 1");
	for (size_t i = 0; i < n; i++) {
		const struct where *w = &list[i];
		const char *column = column_of(w->name);
		struct decimal d;

		names[i] = w->name;
		values[i] = w->value;
		if (column == NULL) {
			if (!find_indicator(c, w->name, a, &names[i], e))
				goto fail;
			is_number[i] = w->op != WHERE_HAS &&
			    decimal_parse(w->value, a, &d, NULL);
			if (is_number[i])
				numbers[i] = decimal_double(&d);
		} else if (strcmp(column, "date") == 0 &&
		    !check_date(w, a, &values[i], e)) {
			goto fail;
		}
		buf_adds(&b, " AND ");
		put_condition(&b, w, column, (int)i, is_number[i]);
	}
	st = store_prepare_slice(c->store, buf_slice(&b), NULL, e);
	for (size_t i = 0; st != NULL && i < n; i++) {
		int at = 2 * (int)i + 1;

		if (column_of(list[i].name) == NULL)
			statement_bind(st, at, names[i]);
		if (is_number[i])
			statement_bind_double(st, at + 1, numbers[i]);
		else
			statement_bind(st, at + 1, values[i]);
	}
	buf_release(&b);
	return st;

fail:
	buf_release(&b);
	return NULL;
}

static void
add_range(struct selection *s, uint64_t first, uint64_t count)
{
	size_t words = s->size / 64;

	while (s->size < first + count) {
		s->size = s->size == 0 ? 4096 : s->size * 2;
		s->bits = mem_resize(s->bits, s->size / 64, sizeof(*s->bits));
	}
	if (s->size / 64 > words)
		memset(s->bits + words, 0,
		    (s->size / 64 - words) * sizeof(*s->bits));
	for (uint64_t i = first; i < first + count; i++)
		s->bits[i / 64] |= UINT64_C(1) << i % 64;
	s->passages += count;
	s->records++;
}

bool
selection_make(struct selection *s, struct corpus *c, const struct where *list,
    size_t n, struct err *e)
{
	struct arena *a = arena_new();
	struct statement *st = prepare(c, list, n, a, e);
	int got = -1;

	*s = (struct selection){ 0 };
	while (st != NULL && (got = statement_step(st, e)) == 1)
		add_range(s, (uint64_t)statement_int(st, 0),
		    (uint64_t)statement_int(st, 1));
	statement_free(st);
	arena_free(a);
	if (got != 0)
		selection_release(s);
	return got == 0;
}

void
selection_release(struct selection *s)
{
	mem_free(s->bits);
	*s = (struct selection){ 0 };
}
