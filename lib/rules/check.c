#include "rules/check.h"

#include "base/ascii.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	const char *aliases; /* Chinese, parted by a bar */
	unsigned traits;
} checks[CHECK_KINDS] = {
	[CHECK_REQUIRED] = { "required", "必填", 0 },
	[CHECK_ABSENT] = { "absent", "为空|不应有", 0 },
	[CHECK_TYPE] = { "type", "类型", CHECK_ARG },
	[CHECK_LENGTH] = { "length", "长度", CHECK_ARG },
	[CHECK_DIGITS] = { "digits", "位数", CHECK_ARG },
	[CHECK_REGEX] = { "regex", "正则", CHECK_ARG },
	[CHECK_ENUM] = { "enum", "值域", CHECK_ARG },
	[CHECK_RANGE] = { "range", "范围", CHECK_ARG },
	[CHECK_DATE] = { "date", "日期", 0 },
	[CHECK_PRECISION] = { "precision", "精度|小数位", CHECK_ARG },
	[CHECK_UNIT] = { "unit", "单位", CHECK_ARG },
	[CHECK_IDCARD] = { "idcard", "身份证", 0 },
	[CHECK_USCC] = { "uscc", "统一社会信用代码", 0 },
	[CHECK_PHONE] = { "phone", "电话", 0 },
	[CHECK_POSTCODE] = { "postcode", "邮编", 0 },
	[CHECK_CLEAN] = { "clean", "洁净|无乱码", 0 },
	[CHECK_NOT_PLACEHOLDER] = { "not_placeholder", "非占位", 0 },
	[CHECK_COMPARE] = { "compare", "比较", CHECK_ARG },
	[CHECK_ALL_OF] = { "all_of", "全有",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WHOLE },
	[CHECK_ANY_OF] = { "any_of", "任一",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WHOLE },
	[CHECK_ONE_OF] = { "one_of", "仅一",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WHOLE },
	[CHECK_TOGETHER] = { "together", "同有",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WHOLE },
	[CHECK_COUNT] = { "count", "个数", CHECK_ARG },
	[CHECK_MAP] = { "map", "对照", CHECK_ARG },
	[CHECK_REFERENCE] = { "reference", "参考范围|参考值", CHECK_ARG },
	[CHECK_JQ] = { "jq", "表达式",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WHOLE },
	[CHECK_NEVER] = { "never", "不得|不应出现",
	    CHECK_ARG | CHECK_NO_FIELD },
	[CHECK_UNIQUE] = { "unique", "唯一", CHECK_OPEN },
	[CHECK_FOREIGN_KEY] = { "foreign_key", "外键|引用存在",
	    CHECK_ARG | CHECK_OPEN },
	[CHECK_OVERLAP] = { "overlap", "重叠|时间重叠",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_OPEN },
	[CHECK_SEQUENCE] = { "sequence", "序号|连号", CHECK_OPEN },
	[CHECK_COVERS] = { "covers", "覆盖",
	    CHECK_ARG | CHECK_OPEN | CHECK_STREAM },
	[CHECK_ROW_COUNT] = { "row_count", "行数",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_STREAM },
	[CHECK_RATE] = { "rate", "比率|填报率", CHECK_ARG | CHECK_STREAM },
	[CHECK_DISTINCT] = { "distinct", "不同值数|去重数",
	    CHECK_ARG | CHECK_STREAM | CHECK_MEASURE },
	[CHECK_MEAN] = { "mean", "均值",
	    CHECK_ARG | CHECK_STREAM | CHECK_MEASURE },
	[CHECK_QUANTILE] = { "quantile", "分位数",
	    CHECK_ARG | CHECK_STREAM | CHECK_MEASURE },
	[CHECK_FRESH] = { "fresh", "时效|新鲜度",
	    CHECK_ARG | CHECK_STREAM | CHECK_MEASURE },
	[CHECK_DRIFT] = { "drift", "漂移|分布漂移",
	    CHECK_STREAM | CHECK_MEASURE },
	[CHECK_SCHEMA] = { "schema", "模式|结构", CHECK_ARG | CHECK_NO_FIELD },
	[CHECK_PRESENT] = { "present", "存在", CHECK_NO_FIELD | CHECK_STREAM },
	[CHECK_STEP] = { "step", "突变",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WATCH },
	[CHECK_STUCK] = { "stuck", "不变",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WATCH },
	[CHECK_GAP] = { "gap", "中断",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WATCH },
	[CHECK_HOLD] = { "hold", "持续",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WATCH },
	[CHECK_WINDOW] = { "window", "滑动窗",
	    CHECK_ARG | CHECK_NO_FIELD | CHECK_WATCH },
	[CHECK_COMPLETE] = { "complete", "完整", CHECK_STREAM },
	[CHECK_DUPLICATE_KEY] = { "duplicate_key", "", CHECK_GENERATED },
	[CHECK_KEYWORD] = { "schema", "", CHECK_GENERATED },
};

const char *
check_name(enum check c)
{
	return checks[c].name;
}

bool
check_is(enum check c, unsigned traits)
{
	return (checks[c].traits & traits) != 0;
}

bool
check_named(struct slice name, enum check *to)
{
	for (unsigned c = 0; c < CHECK_KINDS; c++) {
		struct slice rest = slice_of(checks[c].aliases), alias;
		bool same = slice_is(name, checks[c].name);

		if (check_is((enum check)c, CHECK_GENERATED))
			continue;
		while (!same && slice_next(&rest, '|', &alias))
			same = slice_eq(name, alias);
		if (same) {
			*to = (enum check)c;
			return true;
		}
	}
	return false;
}

void
check_names(const char *to[CHECK_KINDS + 1])
{
	size_t n = 0;

	for (unsigned c = 0; c < CHECK_KINDS; c++)
		if (!check_is((enum check)c, CHECK_GENERATED))
			to[n++] = checks[c].name;
	to[n] = NULL;
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

enum sex
check_sex(struct slice s)
{
	if (slice_is(s, "1") || slice_is(s, "男") || slice_is(s, "男性") ||
	    slice_is(s, "M"))
		return SEX_MALE;
	if (slice_is(s, "2") || slice_is(s, "女") || slice_is(s, "女性") ||
	    slice_is(s, "F"))
		return SEX_FEMALE;
	return SEX_UNKNOWN;
}

bool
check_idcard(struct slice s, struct date *birth, enum sex *sex)
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
	*sex = (s.p[16] - '0') % 2 == 1 ? SEX_MALE : SEX_FEMALE;
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
