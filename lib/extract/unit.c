#include "extract/unit.h"

#include "base/ascii.h"

/*
 * In the order of the first byte, letters as small ones, for unit_at; the
 * catalogue's own spelling before others.  The factor is to the base, exact.
 */
static const struct unit units[] = {
	{ "%", "%", DIM_SHARE, "1" },
	{ "*10^9/L", "10⁹/L", DIM_CELLS, "1" },
	{ "/min", "次/分", DIM_RATE, "1" },
	{ "10*9/L", "10⁹/L", DIM_CELLS, "1" },
	{ "[hnsf'U]", "HU", DIM_HOUNSFIELD, "1" },
	{ "a", "年", DIM_TIME, "31104000" },
	{ "bpm", "次/分", DIM_RATE, "1" },
	{ "cm", "cm", DIM_LENGTH, "10" },
	{ "cm2", "cm²", DIM_AREA, "1" },
	{ "cm²", "cm²", DIM_AREA, "1" },
	{ "cm3", "cm³", DIM_VOLUME, "1" },
	{ "cm³", "cm³", DIM_VOLUME, "1" },
	{ "cm^3", "cm³", DIM_VOLUME, "1" },
	{ "cc", "ml", DIM_VOLUME, "1" },
	{ "cm[H2O]", "cmH2O", DIM_WATER, "1" },
	{ "cmH2O", "cmH2O", DIM_WATER, "1" },
	{ "cm H2O", "cmH2O", DIM_WATER, "1" },
	{ "cmH20", "cmH2O", DIM_WATER, "1" },
	{ "Cel", "℃", DIM_TEMPERATURE, "1" },
	{ "dl", "dl", DIM_VOLUME, "100" },
	{ "d", "d", DIM_TIME, "86400" },
	{ "GHz", "GHz", DIM_FREQUENCY, "1000" },
	{ "g", "g", DIM_MASS, "1" },
	{ "g/L", "g/L", DIM_DENSITY, "1" },
	{ "h", "h", DIM_TIME, "3600" },
	{ "hr", "h", DIM_TIME, "3600" },
	{ "Hz", "Hz", DIM_FREQUENCY, "0.000001" },
	{ "HU", "HU", DIM_HOUNSFIELD, "1" },
	{ "J", "J", DIM_ENERGY, "1" },
	{ "kW", "kW", DIM_POWER, "1000" },
	{ "kHz", "kHz", DIM_FREQUENCY, "0.001" },
	{ "kJ", "kJ", DIM_ENERGY, "1000" },
	{ "kg", "kg", DIM_MASS, "1000" },
	{ "kPa", "kPa", DIM_PRESSURE, "7.50062" },
	{ "L", "L", DIM_VOLUME, "1000" },
	{ "mm", "mm", DIM_LENGTH, "1" },
	{ "m", "m", DIM_LENGTH, "1000" },
	{ "mm2", "mm²", DIM_AREA, "0.01" },
	{ "mm²", "mm²", DIM_AREA, "0.01" },
	{ "m2", "m²", DIM_AREA, "10000" },
	{ "m²", "m²", DIM_AREA, "10000" },
	{ "ml", "ml", DIM_VOLUME, "1" },
	{ "mm3", "mm³", DIM_VOLUME, "0.001" },
	{ "mm³", "mm³", DIM_VOLUME, "0.001" },
	{ "min", "min", DIM_TIME, "60" },
	{ "mins", "min", DIM_TIME, "60" },
	{ "mo", "月", DIM_TIME, "2592000" },
	{ "MHz", "MHz", DIM_FREQUENCY, "1" },
	{ "mg", "mg", DIM_MASS, "0.001" },
	{ "mmHg", "mmHg", DIM_PRESSURE, "1" },
	{ "mm Hg", "mmHg", DIM_PRESSURE, "1" },
	{ "mm[Hg]", "mmHg", DIM_PRESSURE, "1" },
	{ "mmol/L", "mmol/L", DIM_MOLES, "1" },
	{ "mg/L", "mg/L", DIM_DENSITY, "0.001" },
	{ "mg/dl", "mg/dl", DIM_DENSITY, "0.01" },
	{ "s", "s", DIM_TIME, "1" },
	{ "sec", "s", DIM_TIME, "1" },
	{ "um", "um", DIM_LENGTH, "0.001" },
	{ "ug", "ug", DIM_MASS, "0.000001" },
	{ "umol/L", "umol/L", DIM_MOLES, "0.001" },
	{ "wk", "周", DIM_TIME, "604800" },
	{ "W", "W", DIM_POWER, "1" },
	{ "µg", "ug", DIM_MASS, "0.000001" },
	{ "°C", "℃", DIM_TEMPERATURE, "1" },
	{ "µmol/L", "umol/L", DIM_MOLES, "0.001" },
	{ "℃", "℃", DIM_TEMPERATURE, "1" },
	{ "个月", "个月", DIM_TIME, "2592000" },
	{ "个星期", "周", DIM_TIME, "604800" },
	{ "个小时", "小时", DIM_TIME, "3600" },
	{ "厘米", "cm", DIM_LENGTH, "10" },
	{ "公分", "cm", DIM_LENGTH, "10" },
	{ "升", "L", DIM_VOLUME, "1000" },
	{ "分钟", "分钟", DIM_TIME, "60" },
	{ "分", "分", DIM_TIME, "60" },
	{ "小时", "小时", DIM_TIME, "3600" },
	{ "天", "天", DIM_TIME, "86400" },
	{ "周", "周", DIM_TIME, "604800" },
	{ "年", "年", DIM_TIME, "31104000" },
	{ "岁", "岁", DIM_TIME, "31104000" },
	{ "兆赫", "MHz", DIM_FREQUENCY, "1" },
	{ "兆赫兹", "MHz", DIM_FREQUENCY, "1" },
	{ "千赫", "kHz", DIM_FREQUENCY, "0.001" },
	{ "千赫兹", "kHz", DIM_FREQUENCY, "0.001" },
	{ "克", "g", DIM_MASS, "1" },
	{ "厘米水柱", "cmH2O", DIM_WATER, "1" },
	{ "度", "℃", DIM_TEMPERATURE, "1" },
	{ "毫米", "mm", DIM_LENGTH, "1" },
	{ "毫升", "ml", DIM_VOLUME, "1" },
	{ "日", "日", DIM_TIME, "86400" },
	{ "月", "月", DIM_TIME, "2592000" },
	{ "星期", "周", DIM_TIME, "604800" },
	{ "毫克", "mg", DIM_MASS, "0.001" },
	{ "毫米汞柱", "mmHg", DIM_PRESSURE, "1" },
	{ "摄氏度", "℃", DIM_TEMPERATURE, "1" },
	{ "次/分", "次/分", DIM_RATE, "1" },
	{ "次/分钟", "次/分", DIM_RATE, "1" },
	{ "次/min", "次/分", DIM_RATE, "1" },
	{ "次每分", "次/分", DIM_RATE, "1" },
	{ "次每分钟", "次/分", DIM_RATE, "1" },
	{ "立方厘米", "cm³", DIM_VOLUME, "1" },
	{ "秒", "秒", DIM_TIME, "1" },
	{ "秒钟", "秒", DIM_TIME, "1" },
	{ "礼拜", "周", DIM_TIME, "604800" },
	{ "瓦", "W", DIM_POWER, "1" },
	{ "瓦特", "W", DIM_POWER, "1" },
	{ "焦", "J", DIM_ENERGY, "1" },
	{ "焦耳", "J", DIM_ENERGY, "1" },
};

#define NUNITS (sizeof(units) / sizeof(units[0]))

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/*
 * The length of the spelling, if the text begins with it, or 0.  Case counts
 * only for what would be another word: M, A, S, HR.
 */
static size_t
length_of(struct slice text, const char *spelling)
{
	size_t n = 0;

	for (; spelling[n] != '\0'; n++)
		if (n == text.n || lower(text.p[n]) != lower(spelling[n]))
			return 0;
	return (n == 1 || strcmp(spelling, "hr") == 0) && spelling[0] >= 'a' &&
		spelling[0] <= 'z' && text.p[0] != spelling[0]
	    ? 0
	    : n;
}

const struct unit *
unit_find(struct slice s)
{
	for (size_t i = 0; i < NUNITS; i++)
		if (slice_is(s, units[i].spelling))
			return &units[i];
	for (size_t i = 0; i < NUNITS; i++)
		if (s.n > 0 && length_of(s, units[i].spelling) == s.n)
			return &units[i];
	return NULL;
}

/*
 * Whether a Latin word goes on: "5mm" holds no metre, "2score" no second; but
 * the x of "3.5cmx2.4cm" is a sign, and in "0.4gqd" a dose ends.
 */
static bool
goes_on(struct slice rest)
{
	static const char *const often[] = { "qd", "qn", "q1", "q4", "q6", "q8",
		"bid", "tid", "iv", "po", NULL };

	if (rest.n == 0 || !is_letter(rest.p[0]))
		return false;
	for (size_t i = 0; often[i] != NULL; i++)
		if (slice_starts(rest, often[i]))
			return false;
	return lower(rest.p[0]) != 'x' || rest.n < 2 ||
	    !((rest.p[1] >= '0' && rest.p[1] <= '9') || rest.p[1] == ' ');
}

static unsigned char
first_byte(const char *p)
{
	return (unsigned char)lower(*p);
}

/* The number of the first unit that begins with the byte or one behind it. */
static size_t
first_unit(unsigned char c)
{
	size_t low = 0, high = NUNITS;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (first_byte(units[mid].spelling) < c)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct unit *
unit_at(struct slice text, size_t *n)
{
	const struct unit *best = NULL;
	unsigned char c;

	*n = 0;
	if (text.n == 0)
		return NULL;
	c = first_byte(text.p);
	for (size_t i = first_unit(c);
	     i < NUNITS && first_byte(units[i].spelling) == c; i++) {
		size_t len = units[i].spelling[1] != '\0' &&
			(text.n < 2 ||
			    lower(text.p[1]) != lower(units[i].spelling[1]))
		    ? 0
		    : length_of(text, units[i].spelling);

		if (len <= *n ||
		    (is_letter(units[i].spelling[len - 1]) &&
			goes_on((struct slice){ text.p + len, text.n - len })))
			continue;
		best = &units[i];
		*n = len;
	}
	return best;
}

const char *
unit_suggest(struct slice s)
{
	const char *usual[] = { "mm", "cm", "um", "m", "cm2", "mm2", "m2", "ml",
		"cm3", "L", "dl", "s", "min", "h", "d", "wk", "mo", "a", "W",
		"kW", "MHz", "kHz", "GHz", "Hz", "J", "kJ", "g", "mg", "ug",
		"kg", "mmHg", "kPa", "cm[H2O]", "%", "Cel", "/min", "mmol/L",
		"umol/L", "g/L", "mg/L", "mg/dl", "10*9/L", "HU", NULL };
	enum { COUNT = sizeof(usual) / sizeof(usual[0]), LONGEST = 16 };
	char folded[COUNT][LONGEST], want[LONGEST] = "";
	const char *names[COUNT] = { NULL }, *near;

	if (s.n >= LONGEST)
		return NULL;
	for (size_t i = 0; i < s.n; i++)
		want[i] = lower(s.p[i]);
	for (size_t i = 0; usual[i] != NULL; i++) {
		for (size_t k = 0; k <= strlen(usual[i]); k++)
			folded[i][k] = lower(usual[i][k]);
		names[i] = folded[i];
	}
	near = slice_suggest((struct slice){ want, s.n }, names);
	for (size_t i = 0; near != NULL && i < COUNT; i++)
		if (names[i] == near)
			return usual[i];
	return NULL;
}

bool
unit_convert(const struct decimal *v, const struct unit *from,
    const struct unit *to, struct arena *a, struct decimal *out)
{
	struct decimal mul, div, product;
	struct err e;

	*out = *v;
	if (strcmp(from->factor, to->factor) != 0) {
		if (!decimal_parse(slice_of(from->factor), a, &mul, &e) ||
		    !decimal_parse(slice_of(to->factor), a, &div, &e) ||
		    !decimal_mul(v, &mul, a, &product, &e) ||
		    !decimal_div(&product, &div, a, out, &e))
			return false;
	}
	*out = decimal_strip(out);
	return true;
}
