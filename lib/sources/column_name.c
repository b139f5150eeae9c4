#include "sources/column_name.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

/* DE04.10.188.00体温: the standard's number of a data element. */
static struct slice
without_element(struct slice s)
{
	static const char form[] = "DE00.00.000.00";
	size_t n = sizeof(form) - 1;

	if (s.n <= n)
		return s;
	for (size_t i = 0; i < n; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)s.p[i])
				   : s.p[i] != form[i])
			return s;
	return slice_trim((struct slice){ s.p + n, s.n - n });
}

void
column_name_split(struct column_name *h, struct slice name)
{
	struct slice s =
	    name.n == 0 ? SLICE("") : without_element(slice_trim(name));
	char *outer = h->text, *inner = h->text + COLUMN_NAME;
	size_t n[2] = { 0, 0 };
	int depth = 0;

	for (const char *p = s.p, *end = s.p + s.n; p < end;) {
		uint32_t c = utf8_narrow(utf8_next(&p, end));
		int in = depth > 0;

		if (c == 0x3010)
			c = '(';
		if (c == 0x3011)
			c = ')';
		if (c == '(') {
			depth++;
			continue;
		}
		if (c == ')' && depth > 0) {
			depth--;
			continue;
		}
		if (n[in] + 4 < COLUMN_NAME)
			n[in] += utf8_put((in ? inner : outer) + n[in], c);
	}
	h->outer = (struct slice){ outer, n[0] };
	h->inner = (struct slice){ inner, n[1] };
}

struct slice
column_name_untyped(struct slice s)
{
	if (s.n < 4 || !isalpha((unsigned char)s.p[0]) || s.p[1] != '_')
		return (struct slice){ s.p, 0 };
	return (struct slice){ s.p + 2, s.n - 2 };
}

/* Initials of endings that say nothing: 代码 名称 编码 编号 工号 姓名. */
static const char *const endings[] = { "dm", "mc", "bm", "bh", "id", "gh", "xm",
	"lsh", "rqsj", "rq", "sj" };

size_t
column_name_bare(const char *s, size_t n, char *to)
{
	size_t from = 0, end = n;
	bool timed = false;

	if (n > 3 && (memcmp(s, "br", 2) == 0 || memcmp(s, "hz", 2) == 0))
		from = 2;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t length = strlen(endings[i]);

		if (end >= from + length + 2 &&
		    memcmp(s + end - length, endings[i], length) == 0) {
			end -= length;
			timed = i >= 8;
			break;
		}
	}
	if (end - from == n)
		return 0;
	memcpy(to, s + from, end - from);
	if (timed)
		to[end - from] = 't';
	return end - from + timed;
}

size_t
column_name_letters(struct slice s, char to[static COLUMN_NAME])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < COLUMN_NAME; i++) {
		if (s.p[i] & 0x80)
			return 0;
		if (isalnum((unsigned char)s.p[i]))
			to[n++] = (char)tolower((unsigned char)s.p[i]);
	}
	return n;
}
