#include "search/identity.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "deid/number.h"
#include "search/member.h"

#define RUN_MAX 20 /* longer runs are no such number */

static bool
is_mobile(const char *p, size_t n)
{
	if (n == 13 && p[0] == '8' && p[1] == '6') {
		p += 2;
		n -= 2;
	}
	if (n != 11 || p[0] != '1' || p[1] < '3')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_digit((unsigned char)p[i]))
			return false;
	return true;
}

/*
 * Letters, digits and the points between digits make one run: a digest, an
 * UID of DICOM or a decimal holds no telephone number.
 */
bool
identity_in_text(struct slice s)
{
	const char *p = s.p, *end = p + s.n;
	char run[RUN_MAX];
	size_t n = 0;

	for (;;) {
		uint32_t c = p < end ? utf8_narrow(utf8_next(&p, end)) : 0;

		if (is_digit(c) || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') ||
		    (c == '.' && n > 0 && p < end &&
			is_digit((unsigned char)*p))) {
			if (n < RUN_MAX)
				run[n++] = (char)(c == 'x' ? 'X' : c);
			continue;
		}
		if (is_mobile(run, n) || (n == 18 && number_is_id_18(run)))
			return true;
		n = 0;
		if (c == 0 && p == end)
			return false;
	}
}

static bool
take(void *ctx, struct slice path, struct json v)
{
	(void)path;
	return !identity_in_text(json_text(v, ctx));
}

bool
identity_in_record(struct slice line, struct arena *a)
{
	return !member_scalars(line, take, a);
}
