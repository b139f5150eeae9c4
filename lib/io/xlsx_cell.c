#include "io/xlsx_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

#define DAY_MS   86400000.0
#define EPOCH    25569   /* 1970-01-01 as a serial number */
#define EPOCH_04 1462    /* days between the two epochs */
#define LAST_DAY 2958465 /* 9999-12-31 */

/*
 * Excel's own letters, and the words of its Chinese edition stand in quotes.
 * [h] counts hours beyond a day: that is a duration, not a time.
 */
enum xlsx_style
xlsx_style_of_code(const char *code)
{
	bool day = false, hour = false, month = false;

	for (const char *p = code; *p != '\0' && *p != ';'; p++) {
		char c = (char)(*p | 0x20);

		if (*p == '"') {
			p = strchr(p + 1, '"');
			if (p == NULL)
				break;
		} else if (*p == '[') {
			char next = (char)(p[1] | 0x20);

			if (next == 'h' || next == 'm' || next == 's')
				return STYLE_PLAIN;
			p = strchr(p, ']');
			if (p == NULL)
				break;
		} else if (*p == '\\' || *p == '_' || *p == '*') {
			if (*++p == '\0')
				break;
		} else if (strncmp(p, "General", 7) == 0) {
			return STYLE_PLAIN;
		} else if (c == 'y' || c == 'd' || c == 'e') {
			if (c == 'e' && (p[1] == '+' || p[1] == '-'))
				return STYLE_PLAIN;
			day = true;
		} else if (c == 'h' || c == 's') {
			hour = true;
		} else if (c == 'm') {
			month = true;
		}
	}
	if (day || (month && !hour))
		return hour ? STYLE_DATE_TIME : STYLE_DATE;
	return hour ? STYLE_TIME : STYLE_PLAIN;
}

/* The formats that have numbers only; 27-36 and 50-58 are the Chinese ones. */
static enum xlsx_style
built_in(unsigned long id)
{
	if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 ||
	    (id >= 50 && id <= 54) || id == 57 || id == 58)
		return STYLE_DATE;
	if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 ||
	    id == 47 || id == 55 || id == 56)
		return STYLE_TIME;
	return id == 22 ? STYLE_DATE_TIME : STYLE_PLAIN;
}

static unsigned long
number_of(const struct node *n, const char *attribute)
{
	const char *text = tree_attribute(n, attribute);

	return text == NULL ? 0 : strtoul(text, NULL, 10);
}

static enum xlsx_style
style_of(const struct node *formats, unsigned long id)
{
	if (id < 164 && built_in(id) != STYLE_PLAIN)
		return built_in(id);
	for (const struct node *n = formats == NULL ? NULL : formats->child;
	     n != NULL; n = n->next)
		if (tree_is(n, "numFmt") && number_of(n, "numFmtId") == id &&
		    tree_attribute(n, "formatCode") != NULL)
			return xlsx_style_of_code(
			    tree_attribute(n, "formatCode"));
	return STYLE_PLAIN;
}

enum xlsx_style *
xlsx_styles(const struct node *sheet, struct arena *a, size_t *n)
{
	const struct node *formats = tree_child(sheet, "numFmts");
	const struct node *cells = tree_child(sheet, "cellXfs");
	enum xlsx_style *styles;
	size_t count = 0;

	*n = 0;
	if (cells == NULL)
		return NULL;
	for (const struct node *x = cells->child; x != NULL; x = x->next)
		count++;
	styles = arena_alloc(a, (count + 1) * sizeof(*styles));
	for (const struct node *x = cells->child; x != NULL; x = x->next)
		if (tree_is(x, "xf"))
			styles[(*n)++] =
			    style_of(formats, number_of(x, "numFmtId"));
	return styles;
}

/*
 * Day 60 of the 1900 epoch is the 29th of February that never was; the days
 * before it are off by one.  Rounding goes through milliseconds of the whole
 * number, so that 09:49:59.9999 is 09:50 and not 09:49.
 */
bool
xlsx_date(struct slice s, enum xlsx_style style, bool epoch1904, struct buf *to)
{
	char text[64], out[DATE_TEXT];
	struct date d;
	double serial, ms;
	int64_t all;
	char *end;

	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	serial = strtod(text, &end);
	if (*end != '\0' || !(serial >= 0 && serial <= LAST_DAY + 1))
		return false;
	ms = floor(serial * DAY_MS + 0.5);
	all = (int64_t)ms;
	if (style == STYLE_DATE && all % 86400000 != 0)
		style = STYLE_DATE_TIME;
	if (style == STYLE_TIME && all >= 86400000)
		style = STYLE_DATE_TIME;
	/* Day 0 is none: a time alone, whatever its style shows beside. */
	if (!epoch1904 && style != STYLE_TIME && all < 86400000) {
		if (all == 0)
			return false;
		style = STYLE_TIME;
	}
	if (!epoch1904 && style != STYLE_TIME && all / 86400000 == 60)
		return false;
	d = date_of_days((long)(all / 86400000) - EPOCH +
	    (epoch1904                    ? EPOCH_04
		    : all / 86400000 < 60 ? 1
					  : 0));
	all %= 86400000;
	d.precision = style == STYLE_DATE ? DATE_DAY : DATE_SECOND;
	d.hour = (uint8_t)(all / 3600000);
	d.minute = (uint8_t)(all / 60000 % 60);
	d.second = (uint8_t)(all / 1000 % 60);
	d.fraction = (uint32_t)(all % 1000);
	d.nfraction = d.fraction == 0 ? 0 : 3;
	d.zone = DATE_NO_ZONE;
	buf_add(to, out,
	    style == STYLE_TIME ? date_print_time(&d, out)
				: date_print(&d, out));
	return true;
}

static bool
hex4(const char *p, uint32_t *code)
{
	*code = 0;
	for (int i = 0; i < 4; i++) {
		const char *digits = "0123456789abcdef";
		const char *at =
		    p[i] == '\0' ? NULL : strchr(digits, p[i] | 0x20);

		if (at == NULL)
			return false;
		*code = *code << 4 | (uint32_t)(at - digits);
	}
	return *code < 0xD800 || *code > 0xDFFF;
}

struct slice
xlsx_unescaped(struct slice text, struct buf *b)
{
	const char *p = text.p, *end = p + text.n, *at;
	uint32_t code;

	buf_reset(b);
	while ((at = memchr(p, '_', (size_t)(end - p))) != NULL) {
		bool escape = end - at >= 7 && at[1] == 'x' && at[6] == '_' &&
		    hex4(at + 2, &code);
		char c[4] = { 0 };

		buf_add(b, p, (size_t)(at - p));
		if (escape)
			buf_add(b, c, utf8_put(c, code));
		else
			buf_addc(b, '_');
		p = at + (escape ? 7 : 1);
	}
	if (p == text.p)
		return text;
	buf_add(b, p, (size_t)(end - p));
	return buf_slice(b);
}

size_t
xlsx_column(const char *reference)
{
	size_t n = 0;

	for (; *reference >= 'A' && *reference <= 'Z' && n < 100000;
	     reference++)
		n = n * 26 + (size_t)(*reference - 'A') + 1;
	return n;
}

bool
xlsx_is_ruined(struct slice s)
{
	char text[64];
	double v;

	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	v = fabs(strtod(text, NULL));
	return v >= 1e15 && v == floor(v);
}
