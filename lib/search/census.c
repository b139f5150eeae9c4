#include "search/census.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "json/write.h"
#include "search/census_part.h"

#define Z 1.959963984540054 /* of 95 % */

/* In the order of census_names, behind `_mdx`. */
const struct census_kind census_kinds[] = {
	{ "day", "ts", "按日" },
	{ "dept", "dept", "按科室" },
	{ "mode", "mode", "按应答方式" },
	{ "refused", "refused", "未回答的原因" },
	{ 0 },
};

struct index *
census_names(void)
{
	struct index *names = record_names();

	for (size_t i = 0; census_kinds[i].name != NULL; i++)
		index_add(names, slice_of(census_kinds[i].member), NULL);
	return names;
}

struct census *
census_new(const char *by, struct err *e)
{
	struct census *c = mem_zalloc(sizeof(*c));
	struct slice rest = slice_of(by), part;

	while (slice_next(&rest, ',', &part)) {
		size_t k = 0;

		part = slice_trim(part);
		while (census_kinds[k].name != NULL &&
		    !slice_is(part, census_kinds[k].name))
			k++;
		if (census_kinds[k].name == NULL || c->ndims == CENSUS_DIMS) {
			err_set(e, ERR_USAGE,
			    "--by: '%.*s' is none of day, dept, mode, refused",
			    (int)part.n, part.p);
			census_free(c);
			return NULL;
		}
		c->dims[c->ndims].kind = k;
		c->dims[c->ndims++].values = index_new();
	}
	return c;
}

void
census_free(struct census *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->ndims; i++) {
		index_free(c->dims[i].values);
		mem_free(c->dims[i].counts);
	}
	mem_free(c);
}

uint64_t
census_count(const struct census *c)
{
	return c->n;
}

/* What is not said is a value, too: it must not vanish from the shares. */
static struct slice
value_of(struct record *r, size_t kind)
{
	struct json v = record_value(r, record_field(r, kind + 1));
	struct slice s;

	if (v.type != JSON_STRING)
		return kind == CENSUS_REFUSED ? SLICE("none")
					      : SLICE("unknown");
	s = json_text(v, record_arena(r));
	if (kind == CENSUS_DAY && s.n > 10)
		s.n = 10;
	return s.n == 0 ? SLICE("unknown") : s;
}

enum verdict
census_record(void *ctx, struct record *r, struct job *job, struct err *e)
{
	struct census *c = ctx;

	(void)job;
	(void)e;
	c->n++;
	for (size_t i = 0; i < c->ndims; i++) {
		struct census_dim *d = &c->dims[i];
		bool fresh;
		size_t k = index_add(d->values, value_of(r, d->kind), &fresh);

		if (fresh) {
			d->counts = mem_room(
			    d->counts, k, &d->room, sizeof(*d->counts));
			d->counts[k] = 0;
		}
		d->counts[k]++;
	}
	return RECORD_TAKEN;
}

void
census_wilson(uint64_t k, uint64_t n, double *low, double *high)
{
	double p = (double)k / (double)n, z2 = Z * Z / (double)n;
	double centre = p + z2 / 2;
	double width = Z * sqrt(p * (1 - p) / (double)n + z2 / (4 * (double)n));

	*low = (centre - width) / (1 + z2);
	*high = (centre + width) / (1 + z2);
	if (k == 0)
		*low = 0;
	if (k == n)
		*high = 1;
}

static int
by_value(const void *a, const void *b)
{
	const struct census_cell *x = a, *y = b;

	return slice_cmp(x->value, y->value);
}

static int
by_count(const void *a, const void *b)
{
	const struct census_cell *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return slice_cmp(x->value, y->value);
}

size_t
census_list(const struct census_dim *d, struct census_cell **list)
{
	size_t n = index_count(d->values);

	*list = mem_alloc((n + 1) * sizeof(**list));
	for (size_t i = 0; i < n; i++)
		(*list)[i] = (struct census_cell){ index_name(d->values, i),
			d->counts[i] };
	qsort(*list, n, sizeof(**list),
	    d->kind == CENSUS_DAY ? by_value : by_count);
	return n;
}

void
census_cells(const struct census *c, struct buf *b, uint64_t *lines)
{
	buf_addf(b, "{\"dim\":\"total\",\"value\":\"questions\",\"n\":%llu}\n",
	    (unsigned long long)c->n);
	*lines = 1;
	for (size_t i = 0; i < c->ndims; i++) {
		struct census_cell *list;
		size_t n = census_list(&c->dims[i], &list);

		for (size_t k = 0; k < n; k++) {
			double low, high;

			census_wilson(list[k].n, c->n, &low, &high);
			buf_addf(b, "{\"dim\":\"%s\",\"value\":",
			    census_kinds[c->dims[i].kind].name);
			json_put_string(b, list[k].value);
			buf_addf(b,
			    ",\"n\":%llu,\"share\":%.4f,\"low\":%.4f,"
			    "\"high\":%.4f}\n",
			    (unsigned long long)list[k].n,
			    (double)list[k].n / (double)c->n, low, high);
			++*lines;
		}
		mem_free(list);
	}
}
