/*
 * What spreadsheets do to codes, of table.h.  The damage cannot be undone from
 * the file alone, so it is only told, never repaired.
 */
#include "io/table.h"

#include <ctype.h>

#include "base/ascii.h"

static size_t
digits(struct slice s, size_t from)
{
	size_t n = 0;

	while (from + n < s.n && is_digit(s.p[from + n]))
		n++;
	return n;
}

/* 1.23E+17, 1E+05 */
static bool
is_scientific(struct slice s)
{
	size_t i = digits(s, 0);

	if (i != 1)
		return false;
	if (i < s.n && s.p[i] == '.')
		i += 1 + digits(s, i + 1);
	if (i + 2 >= s.n || (s.p[i] != 'E' && s.p[i] != 'e') ||
	    s.p[i + 1] != '+')
		return false;
	return digits(s, i + 2) > 0 && i + 2 + digits(s, i + 2) == s.n;
}

static bool
is_month_name(const char *p)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	for (size_t i = 0; i < sizeof(names) - 1; i += 3)
		if (tolower((unsigned char)p[0]) == names[i] &&
		    tolower((unsigned char)p[1]) == names[i + 1] &&
		    tolower((unsigned char)p[2]) == names[i + 2])
			return true;
	return false;
}

/* 2024/3/8, 2024-03-08, 8-Mar, Mar-08, 3月8日 */
static bool
is_date(struct slice s)
{
	size_t a = digits(s, 0), b, c;

	if (a == 0)
		return s.n >= 5 && is_month_name(s.p) && s.p[3] == '-' &&
		    digits(s, 4) == s.n - 4;
	if (a <= 2 && s.n == a + 4 && s.p[a] == '-')
		return is_month_name(s.p + a + 1);
	if (a <= 2 && s.n > a + 3 && memcmp(s.p + a, "月", 3) == 0) {
		b = digits(s, a + 3);
		return b > 0 && b <= 2 && s.n == a + 3 + b + 3 &&
		    memcmp(s.p + a + 3 + b, "日", 3) == 0;
	}
	if (a != 4 || s.n < 8 || (s.p[4] != '/' && s.p[4] != '-'))
		return false;
	b = digits(s, 5);
	if (b < 1 || b > 2 || 5 + b >= s.n || s.p[5 + b] != s.p[4])
		return false;
	c = digits(s, 6 + b);
	return c >= 1 && c <= 2 && 6 + b + c == s.n;
}

static bool
is_error_value(struct slice s)
{
	static const char *const words[] = { "#NAME?", "#REF!", "#N/A",
		"#VALUE!", "#DIV/0!", "#NUM!", "#NULL!" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(s, words[i]))
			return true;
	return slice_starts(s, "####");
}

const char *
table_damage(struct slice cell, size_t width)
{
	if (is_scientific(cell))
		return "is a code that a spreadsheet turned into a number and "
		       "cut off: format the column as text and enter the code "
		       "again";
	if (is_date(cell))
		return "is a date, probably a code that a spreadsheet took for "
		       "one: format the column as text and enter the code "
		       "again";
	if (is_error_value(cell))
		return "is an error of a spreadsheet formula: enter the value "
		       "itself";
	if (width > 0 && cell.n < width && cell.n > 0 &&
	    digits(cell, 0) == cell.n)
		return "is shorter than the other codes, its leading zeros are "
		       "probably lost: format the column as text and enter the "
		       "code again";
	return NULL;
}
