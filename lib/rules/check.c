#include "rules/check.h"

#include "base/utf8.h"

static const char *const names[] = { "required", "absent", "type", "length",
	"digits", "regex", "enum", "range", "date", "precision", "unit",
	"idcard", "uscc", "phone", "postcode", "clean", "not_placeholder",
	"compare", "all_of", "any_of", "one_of", "together", "count", "map",
	"unique", "row_count", NULL };

/* In the order of the names; several are parted by a bar. */
static const char *const aliases[] = { "必填", "为空|不应有", "类型", "长度",
	"位数", "正则", "值域", "范围", "日期", "精度|小数位", "单位", "身份证",
	"统一社会信用代码", "电话", "邮编", "洁净|无乱码", "非占位", "比较",
	"全有", "任一", "仅一", "同有", "个数", "对照", "唯一", "行数" };

const char *
check_name(enum check c)
{
	if (c == CHECK_COMPLETE)
		return "complete";
	return c == CHECK_DUPLICATE_KEY ? "duplicate_key" : names[c];
}

const char *const *
check_names(void)
{
	return names;
}

bool
check_named(struct slice name, enum check *c)
{
	for (size_t i = 0; names[i] != NULL; i++) {
		struct slice rest = slice_of(aliases[i]), alias;
		bool same = slice_is(name, names[i]);

		while (!same && slice_next(&rest, '|', &alias))
			same = slice_eq(name, alias);
		if (same) {
			*c = (enum check)i;
			return true;
		}
	}
	return false;
}

bool
check_needs_arg(enum check c)
{
	switch (c) {
	case CHECK_TYPE:
	case CHECK_LENGTH:
	case CHECK_DIGITS:
	case CHECK_REGEX:
	case CHECK_ENUM:
	case CHECK_RANGE:
	case CHECK_PRECISION:
	case CHECK_UNIT:
	case CHECK_COMPARE:
	case CHECK_ALL_OF:
	case CHECK_ANY_OF:
	case CHECK_ONE_OF:
	case CHECK_TOGETHER:
	case CHECK_COUNT:
	case CHECK_MAP:
	case CHECK_ROW_COUNT:
		return true;
	default:
		return false;
	}
}

bool
check_of_stream(enum check c)
{
	return c == CHECK_COMPLETE || c == CHECK_ROW_COUNT;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
check_digits(struct slice s, size_t n)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n == n;
}

static unsigned
number_at(const char *p, size_t n)
{
	unsigned value = 0;

	while (n-- > 0)
		value = value * 10 + (unsigned)(*p++ - '0');
	return value;
}

bool
check_idcard(struct slice s, struct date *birth, bool *male)
{
	static const unsigned weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9,
		10, 5, 8, 4, 2 };
	unsigned sum = 0;
	char last;

	if (s.n != 18 || !check_digits((struct slice){ s.p, 17 }, 17))
		return false;
	for (size_t i = 0; i < 17; i++)
		sum += weights[i] * (unsigned)(s.p[i] - '0');
	last = s.p[17] == 'x' ? 'X' : s.p[17];
	if (last != "10X98765432"[sum % 11] || s.p[0] == '0')
		return false;
	*birth = (struct date){ .year = (int)number_at(s.p + 6, 4),
		.month = (uint8_t)number_at(s.p + 10, 2),
		.day = (uint8_t)number_at(s.p + 12, 2),
		.zone = DATE_NO_ZONE,
		.precision = DATE_DAY };
	*male = (s.p[16] - '0') % 2 == 1;
	return birth->year >= 1800 &&
	    date_exists(birth->year, birth->month, birth->day);
}

bool
check_uscc(struct slice s)
{
	static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	unsigned weight = 1, sum = 0;

	if (s.n != 18)
		return false;
	for (size_t i = 0; i < 18; i++) {
		const char *at = memchr(signs, s.p[i], 31);

		if (at == NULL)
			return false;
		if (i == 17)
			return (unsigned)(at - signs) == (31 - sum % 31) % 31;
		sum += weight * (unsigned)(at - signs);
		weight = weight * 3 % 31;
	}
	return false;
}

/* Digits without blanks and hyphens; 0 where another sign stands there. */
static size_t
phone_digits(struct slice s, char out[20])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '-' || s.p[i] == ' ')
			continue;
		if (!is_digit(s.p[i]) || n == 20)
			return 0;
		out[n++] = s.p[i];
	}
	return n;
}

bool
check_phone(struct slice s)
{
	char d[20];
	size_t n;

	if (slice_starts(s, "+86"))
		s = slice_trim((struct slice){ s.p + 3, s.n - 3 });
	n = phone_digits(s, d);
	if (n == 11 && d[0] == '1')
		return d[1] >= '3';
	if (n == 10 && (d[0] == '4' || d[0] == '8'))
		return d[1] == '0' && d[2] == '0';
	if (n >= 7 && n <= 8)
		return d[0] >= '2';
	return n >= 10 && n <= 17 && d[0] == '0' && d[1] != '0';
}

/* UTF-8 that somebody read as Latin-1: a lead byte and a trail byte. */
static bool
is_latin_pair(uint32_t before, uint32_t code)
{
	return before >= 0xC2 && before <= 0xF4 && code >= 0x80 && code <= 0xBF;
}

bool
check_clean(struct slice s)
{
	static const char *const wrong[] = { "锟斤拷", "烫烫烫", "屯屯屯",
		"â€" };
	const char *p = s.p, *end = s.p + s.n;
	uint32_t before = 0;

	while (p < end) {
		uint32_t code = utf8_next(&p, end);

		if (code == 0xFFFD || code == 0x7F ||
		    (code < 0x20 && code != '\t' && code != '\n' &&
			code != '\r') ||
		    (code >= 0x80 && code < 0xA0) ||
		    is_latin_pair(before, code))
			return false;
		before = code;
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (slice_find(s, slice_of(wrong[i])) != NULL)
			return false;
	return true;
}
