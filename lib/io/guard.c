#include "io/guard.h"

#include <string.h>

static bool
is_formula(char c)
{
	return c != '\0' && strchr("=+-@\t", c) != NULL;
}

/*
 * A spreadsheet makes another number, or a date, of it: 00.4500, 1-2, 5E30.
 * A whole number of up to 15 digits stays what it is.
 */
static bool
is_number(struct slice s)
{
	static const char *const dates[] = { "年", "月", "日" };
	const size_t width = sizeof("年") - 1;

	if (s.n == 0 || !((s.p[0] >= '0' && s.p[0] <= '9') || s.p[0] == '.'))
		return false;
	if (s.n <= 15 && (s.p[0] > '0' || s.n == 1) &&
	    slice_number(s, &(unsigned long long){ 0 }))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		size_t k = 0;

		if ((s.p[i] & 0x80) == 0)
			continue;
		while (k < 3 &&
		    (s.n - i < width || memcmp(s.p + i, dates[k], width) != 0))
			k++;
		if (k == 3)
			return false;
		i += width - 1;
	}
	return true;
}

/* What has a quote taken off on reading, if there is one before it. */
static bool
is_guarded(struct slice s)
{
	while (s.n > 1 && s.p[0] == '\'')
		s = (struct slice){ s.p + 1, s.n - 1 };
	return s.n > 0 && (is_formula(s.p[0]) || is_number(s));
}

struct slice
guard_off(struct slice cell)
{
	struct slice rest = { cell.p + 1, cell.n - 1 };

	return cell.n > 1 && cell.p[0] == '\'' && is_guarded(rest) ? rest
								   : cell;
}

static void
put_cell(struct buf *b, struct slice text, bool number)
{
	bool quoted = false;

	for (size_t i = 0; i < text.n && !quoted; i++)
		quoted =
		    text.p[i] != '\0' && strchr(",\"\r\n", text.p[i]) != NULL;
	if (quoted)
		buf_addc(b, '"');
	if (is_guarded(text) && !(number && is_number(text)))
		buf_addc(b, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, text.p[i]);
	}
	if (quoted)
		buf_addc(b, '"');
}

void
guard_put_cells(
    struct buf *b, const struct slice *cells, size_t n, unsigned texts)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(b, ',');
		put_cell(b, cells[i], (texts >> i & 1) == 0);
	}
}

void
guard_put_row(
    struct buf *b, const struct slice *cells, size_t n, const bool *texts)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(b, ',');
		put_cell(b, cells[i], !texts[i]);
	}
	buf_addc(b, '\n');
}
