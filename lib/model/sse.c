#include "model/sse.h"

#include "base/buf.h"

bool
sse_looks_like(struct slice body)
{
	static const char *const starts[] = { ":",
		"data:", "event:", "id:", "retry:" };
	struct slice s = slice_trim(body);

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (slice_starts(s, starts[i]))
			return true;
	return false;
}

/* A line ends in CR LF, LF or CR. */
static struct slice
cut_line(struct slice *rest)
{
	struct slice line = { rest->p, 0 };
	size_t ends = 0;

	while (line.n < rest->n && rest->p[line.n] != '\n' &&
	    rest->p[line.n] != '\r')
		line.n++;
	if (line.n < rest->n) {
		ends = 1;
		if (rest->p[line.n] == '\r' && line.n + 1 < rest->n &&
		    rest->p[line.n + 1] == '\n')
			ends = 2;
	}
	rest->p += line.n + ends;
	rest->n -= line.n + ends;
	return line;
}

static bool
is_data(struct slice line, struct slice *value)
{
	if (!slice_starts(line, "data"))
		return false;
	*value = (struct slice){ line.p + 4, line.n - 4 };
	if (value->n == 0)
		return true;
	if (value->p[0] != ':')
		return false;
	value->p++;
	value->n--;
	if (value->n > 0 && value->p[0] == ' ') {
		value->p++;
		value->n--;
	}
	return true;
}

/* Two lines of data are rare, so they alone are copied. */
static void
join(struct slice *data, struct slice more, struct arena *a)
{
	char *p = arena_alloc(a, data->n + 1 + more.n);

	memcpy(p, data->p, data->n);
	p[data->n] = '\n';
	memcpy(p + data->n + 1, more.p, more.n);
	*data = (struct slice){ p, data->n + 1 + more.n };
}

bool
sse_next(struct slice *rest, struct arena *a, struct slice *data)
{
	struct slice line, value;
	bool any = false;

	*data = (struct slice){ "", 0 };
	while (rest->n > 0) {
		line = cut_line(rest);
		if (line.n == 0 && any)
			return true;
		if (line.n == 0 || !is_data(line, &value))
			continue;
		if (any)
			join(data, value, a);
		else
			*data = value;
		any = true;
	}
	return any;
}
