#include "mapping/limit.h"

#include "base/slice.h"

bool
limit_parse(const char *text, struct limit *l, struct err *e)
{
	struct slice s = slice_of(text);

	*l = (struct limit){ .text = text };
	if (text == NULL)
		return true;
	l->percent = s.n > 0 && s.p[s.n - 1] == '%';
	s.n -= l->percent;
	return (slice_number(s, &l->n) && (!l->percent || l->n <= 100)) ||
	    err_set(e, ERR_USAGE,
		"'%s' is neither a number nor a share such as 5%%", text);
}

void
limit_judge(const struct limit *l, struct run *run, uint64_t all,
    uint64_t unsolved, const char *remedy)
{
	struct err e = { 0 };

	if (l->text == NULL ||
	    (l->percent ? unsolved * 100 <= l->n * all : unsolved <= l->n))
		return;
	err_data(&e, "unmapped",
	    "%llu of %llu coded values are unsolved, more than %s allows "
	    "(%s)",
	    (unsigned long long)unsolved, (unsigned long long)all, l->text,
	    remedy);
	run_refuse(run, &e);
}
