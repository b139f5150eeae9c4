#include "rules/metric.h"

void
metric_date(struct metric *m, int64_t seconds, bool day)
{
	if (m->dated &&
	    (seconds < m->newest || (seconds == m->newest && !m->day)))
		return;
	m->dated = true;
	m->newest = seconds;
	m->day = day;
}

void
metric_join(struct metric *m, struct arena *a, const struct metric *from)
{
	m->values += from->values;
	total_join(&m->sum, &from->sum);
	if (from->dated)
		metric_date(m, from->newest, from->day);
	if (from->distinct == NULL)
		return;
	if (m->distinct == NULL)
		m->distinct = arena_zalloc(a, sizeof(*m->distinct));
	distinct_join(m->distinct, a, from->distinct);
}
