#include "model/price.h"

#include "base/mem.h"
#include "io/table.h"

#define MILLION 1000000

struct price {
	struct slice model;
	uint64_t in, out, cached;
};

struct prices {
	struct arena *arena;
	struct price *list;
	size_t n;
};

enum { NAME, IN, OUT, CACHED };

static const struct column columns[] = { { "model", NULL, COLUMN_REQUIRED },
	{ "in", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "out", NULL, COLUMN_REQUIRED | COLUMN_FILLED }, { "cached", NULL, 0 },
	{ "note", NULL, 0 }, { NULL, NULL, 0 } };

bool
price_amount(struct slice text, uint64_t *amount)
{
	struct slice whole = text, rest = { "", 0 };
	unsigned long long n, part = 0;
	const char *point = memchr(text.p, '.', text.n);

	if (point != NULL) {
		whole.n = (size_t)(point - text.p);
		rest = (struct slice){ point + 1, text.n - whole.n - 1 };
		if (rest.n == 0 || rest.n > 6 || !slice_number(rest, &part))
			return false;
		for (size_t i = rest.n; i < 6; i++)
			part *= 10;
	}
	if (whole.n > 9 || !slice_number(whole, &n))
		return false;
	*amount = n * MILLION + part;
	return true;
}

void
price_put(uint64_t amount, struct buf *b)
{
	buf_addf(b, "%llu.%06llu", (unsigned long long)(amount / MILLION),
	    (unsigned long long)(amount % MILLION));
}

static bool
read_row(struct prices *p, const struct table *t, size_t i, struct err *e)
{
	struct price *to = &p->list[p->n++];
	struct slice cached = table_cell(t, i, CACHED);

	to->model = arena_slice(p->arena, table_cell(t, i, NAME));
	if (!price_amount(table_cell(t, i, IN), &to->in) ||
	    !price_amount(table_cell(t, i, OUT), &to->out) ||
	    (cached.n > 0 && !price_amount(cached, &to->cached)))
		return table_row_fault(t, i, NULL, e,
		    "a price is a number such as 12.5, for a million tokens");
	if (cached.n == 0)
		to->cached = to->in;
	return true;
}

/* The table is freed. */
static struct prices *
from_table(struct table *t, struct err *e)
{
	struct prices *p;
	bool ok = true;

	if (t == NULL)
		return NULL;
	p = mem_zalloc(sizeof(*p));
	p->arena = arena_new();
	p->list =
	    arena_zalloc(p->arena, (table_rows(t) + 1) * sizeof(*p->list));
	for (size_t i = 0; ok && i < table_rows(t); i++)
		ok = read_row(p, t, i, e);
	table_free(t);
	if (ok)
		return p;
	prices_free(p);
	return NULL;
}

struct prices *
prices_load(const char *path, struct err *e)
{
	return from_table(table_load(path, columns, 0, NULL, e), e);
}

struct prices *
prices_parse(const char *path, struct slice text, struct err *e)
{
	return from_table(table_parse(path, text, columns, 0, NULL, e), e);
}

void
prices_free(struct prices *p)
{
	if (p == NULL)
		return;
	arena_free(p->arena);
	mem_free(p);
}

static const struct price *
find(const struct prices *p, struct slice model)
{
	for (size_t i = 0; p != NULL && i < p->n; i++)
		if (p->list[i].model.n == 0 ||
		    slice_eq(p->list[i].model, model))
			return &p->list[i];
	return NULL;
}

bool
prices_know(const struct prices *p, struct slice model)
{
	return find(p, model) != NULL;
}

uint64_t
prices_cost(
    const struct prices *p, struct slice model, const struct chat_usage *used)
{
	const struct price *price = find(p, model);
	unsigned long long cached, fresh;

	if (price == NULL)
		return 0;
	cached = used->cached < used->in ? used->cached : used->in;
	fresh = used->in - cached;
	return (fresh * price->in + cached * price->cached +
		   used->out * price->out + MILLION - 1) /
	    MILLION;
}
