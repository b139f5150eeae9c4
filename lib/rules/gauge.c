#include "rules/gauge.h"

#include <limits.h>

/* What is known to the day at least, and not of the future: one wrong year
 * would hide for good that nothing comes any more. */
static bool
is_past(struct datum *d, const struct scope *s)
{
	return datum_date(d) && d->date.precision >= DATE_DAY &&
	    expr_date_cmp(&d->date, &s->now, s->zone) <= 0;
}

enum outcome
gauge_takes(enum check c, struct datum *d, struct scope *s, struct err *e)
{
	if (c == CHECK_FRESH)
		return is_past(d, s) ? PASS : NOT_APPLICABLE;
	if (c == CHECK_DISTINCT || c == CHECK_DRIFT)
		return datum_scalar(d) ? PASS : NOT_APPLICABLE;
	if (!datum_number(d, s->arena))
		return NOT_APPLICABLE;
	if (c == CHECK_QUANTILE || total_fits(&d->number))
		return PASS;
	err_data(e, "number",
	    "a number with more than %d digits before or behind the point",
	    TOTAL_PLACES);
	return FAULT;
}

static void
add_distinct(
    struct gauge *g, struct arena *a, struct datum *d, const struct scope *s)
{
	if (g->metric.distinct == NULL)
		g->metric.distinct =
		    arena_zalloc(a, sizeof(*g->metric.distinct));
	if (datum_number(d, s->arena))
		distinct_add_number(g->metric.distinct, a, &d->number);
	else
		distinct_add(g->metric.distinct, a, d->text);
}

void
gauge_add(struct gauge *g, struct arena *a, const struct test *t,
    struct datum *d, struct scope *s)
{
	enum check c = t->rule->check;
	struct err e = { 0 };

	if (datum_missing(d) || gauge_takes(c, d, s, &e) != PASS)
		return;
	switch (c) {
	case CHECK_MEAN:
		g->metric.values++;
		total_add(&g->metric.sum, &d->number);
		break;
	case CHECK_DISTINCT:
		add_distinct(g, a, d, s);
		break;
	case CHECK_FRESH:
		metric_date(&g->metric, date_seconds(&d->date, s->zone),
		    d->date.precision == DATE_DAY);
		break;
	case CHECK_QUANTILE:
		histogram_add(
		    &g->histogram, a, bucket_of(d, NULL, s->arena), 1);
		break;
	default:
		histogram_add(
		    &g->histogram, a, bucket_of(d, t->values, s->arena), 1);
	}
}

void
gauge_join(struct gauge *g, struct arena *a, const struct gauge *from)
{
	metric_join(&g->metric, a, &from->metric);
	histogram_join(&g->histogram, a, &from->histogram);
}

void
gauge_fill(const struct gauge *from, const struct test *t, struct arena *a,
    struct count_line *l)
{
	if (from == NULL)
		return;
	if (from->histogram.n > 0) {
		histogram_label(
		    &from->histogram, t->values, UINT_MAX, a, &l->bins);
		return;
	}
	l->metric = arena_zalloc(a, sizeof(*l->metric));
	metric_join(l->metric, a, &from->metric);
}

void
gauge_total(
    struct count_line *total, struct arena *a, const struct count_line *from)
{
	bins_join(&total->bins, a, &from->bins);
	if (from->metric == NULL)
		return;
	if (total->metric == NULL)
		total->metric = arena_zalloc(a, sizeof(*total->metric));
	metric_join(total->metric, a, from->metric);
}
