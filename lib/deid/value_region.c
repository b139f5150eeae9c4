#include "base/utf8.h"
#include "deid/value.h"
#include "json/write.h"

/*
 * An address is cut behind a level that is known to be one: a province by its
 * name, a city by its ending near the front.  小区 ends like a county and is a
 * few houses, so nothing is taken by its ending alone further behind.
 */
static const char *const provinces[] = { "北京", "天津", "上海", "重庆", "河北",
	"山西", "内蒙古", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽",
	"福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南",
	"四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆",
	"台湾", "香港", "澳门" };

enum { MUNICIPALITIES = 4, REGION_LEVELS = 3, LEVEL_MOST = 10 };

static const char *const province_ends[] = { "特别行政区", "壮族自治区",
	"回族自治区", "维吾尔自治区", "自治区", "省", "市", NULL };
static const char *const city_ends[] = { "自治州", "地区", "市", "盟", NULL };
static const char *const county_ends[] = { "自治县", "自治旗", "新区", "市",
	"区", "县", "旗", NULL };

static bool
begins(struct slice s, const char *word, size_t *n)
{
	*n = strlen(word);
	return slice_starts(s, word);
}

/* Bytes of the province at the start; 0 for none. */
static size_t
province(struct slice s, bool *is_city)
{
	size_t n, end;

	for (size_t i = 0; i < sizeof(provinces) / sizeof(provinces[0]); i++) {
		if (!begins(s, provinces[i], &n))
			continue;
		*is_city = i < MUNICIPALITIES;
		s = (struct slice){ s.p + n, s.n - n };
		for (size_t k = 0; province_ends[k] != NULL; k++)
			if (begins(s, province_ends[k], &end))
				return n + end;
		return n;
	}
	return 0;
}

/* Bytes up to an ending two to ten characters from the start; 0 for none. */
static size_t
level(struct slice s, const char *const *ends)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t n;

	for (size_t i = 0; i < LEVEL_MOST && p < end; i++) {
		struct slice rest = slice_span(p, end);

		if (slice_starts(rest, "小区"))
			return 0;
		for (size_t k = 0; i >= 1 && ends[k] != NULL; k++)
			if (begins(rest, ends[k], &n))
				return (size_t)(p - s.p) + n;
		if (utf8_next(&p, end) < 0x80)
			return 0;
	}
	return 0;
}

/* 110105...: two digits a level. */
static bool
put_digits(struct slice s, unsigned levels, struct buf *out)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	if (n != s.n || n < 2 || n > 12)
		return false;
	json_put_string(
	    out, (struct slice){ s.p, 2 * levels < n ? 2 * levels : n });
	return true;
}

void
value_region(struct slice s, unsigned levels, struct buf *out)
{
	bool is_city = false;
	size_t at, n;

	if (levels > REGION_LEVELS)
		levels = REGION_LEVELS;
	if (put_digits(s, levels, out))
		return;
	at = province(s, &is_city);
	if (levels > 1 && !(at > 0 && is_city)) {
		n = level((struct slice){ s.p + at, s.n - at }, city_ends);
		at += n;
		is_city = n > 0;
	}
	if (levels > 2 && is_city)
		at += level((struct slice){ s.p + at, s.n - at }, county_ends);
	if (at == 0)
		buf_adds(out, "null");
	else
		json_put_string(out, (struct slice){ s.p, at });
}
