#include "test.h"

#include "extract/measure.h"
#include "extract/view.h"

static struct arena *arena;

/*
 * What the lexer sees in a text: kind, values, unit, one measure a word; no
 * numbers of names, and of named diameters only their dims.
 */
static const char *
lexed(const char *text)
{
	static const char kinds[] = "ndr/D";
	static char out[512];
	struct view v;
	struct measure *m;
	size_t n, used = 0;

	if (arena == NULL)
		arena = arena_new();
	view_make(&v, slice_of(text), arena);
	m = measure_scan(&v, arena, &n);
	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		if (m[i].part || m[i].glued)
			continue;
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%s%c",
		    used == 0 ? "" : " ", kinds[m[i].kind]);
		for (size_t k = 0; m[i].kind != MEASURE_DATE && k < m[i].n;
		     k++) {
			struct slice s = decimal_text(&m[i].value[k], arena);

			if (m[i].kind == MEASURE_RANGE && !m[i].has[k])
				s = SLICE("_");
			used += (size_t)snprintf(out + used, sizeof(out) - used,
			    "%s%.*s", k == 0 ? "" : ",", (int)s.n, s.p);
		}
		used += (size_t)snprintf(out + used, sizeof(out) - used, "%s",
		    m[i].unit == NULL ? "" : m[i].unit->spelling);
	}
	return out;
}

TEST(reads_a_number_with_its_unit)
{
	(void)state;
	assert_string_equal(lexed("功率40W"), "n40W");
	assert_string_equal(lexed("频率2450MHZ"), "n2450MHz");
	assert_string_equal(lexed("25瓦"), "n25瓦");
	assert_string_equal(lexed("２ 450 ＭＨｚ"), "n2450MHz");
	assert_string_equal(lexed("1,204ml"), "n1204ml");
	assert_string_equal(lexed("1,234,567ml"), "n1234567ml");
	assert_string_equal(lexed("95，120ml"), "n95 n120ml");
	assert_string_equal(lexed("95, 120ml"), "n95 n120ml");
	assert_string_equal(lexed("12,3456"), "n12 n3456");
	assert_string_equal(lexed("1234,567"), "n1234 n567");
	assert_string_equal(lexed("130/80,126/78"), "/130,80 /126,78");
	assert_string_equal(lexed("0.5,120"), "n0.5 n120");
}

TEST(reads_times_in_characters)
{
	(void)state;
	assert_string_equal(lexed("一周前"), "n1周");
	assert_string_equal(lexed("半月"), "n0.5月");
	assert_string_equal(lexed("第十五日"), "n15日");
	assert_string_equal(lexed("二十三天"), "n23天");
	assert_string_equal(lexed("两周余"), "r2,_周");
	assert_string_equal(lexed("10余天，3+天"), "r10,_天 r3,_天");
	assert_string_equal(lexed("周三天晴，十二指肠"), "");
}

TEST(takes_no_vague_count_for_a_number)
{
	(void)state;
	assert_string_equal(lexed("数十枚，几十天，百二十枚，二三十枚"), "");
	assert_string_equal(lexed("两三枚，一至两枚"), "r2,3 r1,2");
	assert_string_equal(lexed("两三天，十余枚"), "r2,3天 r10,_");
	assert_string_equal(
	    lexed("总数十枚，个数十二枚，二三尖瓣，三四五枚"), "n10 n12");
}

TEST(takes_no_rate_for_the_quantity_above_the_stroke)
{
	struct view v;
	struct measure *m;
	size_t n;

	(void)state;
	assert_string_equal(
	    lexed("4L/min 6ml/kg 0.3ug/(kg·min)"), "n4 n6 n0.3");
	assert_string_equal(lexed("LA 40mm/LV 52mm"), "n40mm n52mm");
	view_make(&v, SLICE("4L/min"), arena);
	m = measure_scan(&v, arena, &n);
	assert_int_equal(m[0].unit->dimension, DIM_NONE);
}

/* The measures of a text, a letter each: reference, past, glued, part. */
static const char *
related(const char *text)
{
	static char out[64];
	struct view v;
	struct measure *m;
	size_t n, used = 0;

	if (arena == NULL)
		arena = arena_new();
	view_make(&v, slice_of(text), arena);
	m = measure_scan(&v, arena, &n);
	for (size_t i = 0; i < n && used < sizeof(out) - 1; i++)
		out[used++] = m[i].reference ? 'r'
		    : m[i].past              ? 'p'
		    : m[i].glued             ? 'g'
		    : m[i].part              ? 'd'
					     : '.';
	out[used] = '\0';
	return out;
}

TEST(knows_a_reference_interval_and_a_value_that_gave_way)
{
	(void)state;
	assert_string_equal(related("EF 59 % ≥50"), ".r");
	assert_string_equal(related("左房39（<40），LV57(35-56)"), ".rgr");
	assert_string_equal(related("由89%升至96%"), "p.");
	assert_string_equal(related("8.0cm缩短至目前的4.5cm"), "p.");
	assert_string_equal(related("PEEP由14至10"), ".");
	assert_string_equal(related("参考 左房 32 19-40 mm"), ".r");
	assert_string_equal(related("左房 32 19-40 mm"), "..");
	assert_string_equal(related("E3+V4+M5=12"), "ggp.");
	assert_string_equal(related("3+4+5=12"), "ppp.");
	assert_string_equal(related("88%~90%"), ".");
	assert_string_equal(related("左右径4mm、前后径5mm"), ".dd");
}

TEST(hears_of_a_unit_in_brackets)
{
	struct view v;
	struct measure *m;
	size_t n;

	(void)state;
	if (arena == NULL)
		arena = arena_new();
	view_make(&v, SLICE("【测值 cm】左房3.9，LV 5.1mm"), arena);
	m = measure_scan(&v, arena, &n);
	assert_int_equal(n, 2);
	assert_string_equal(m[0].told->spelling, "cm");
	assert_null(m[1].told);
}

TEST(joins_dimensions_whatever_the_sign)
{
	(void)state;
	assert_string_equal(lexed("5.3x5.0x2.5cm"), "d5.3,5.0,2.5cm");
	assert_string_equal(lexed("1.1*0.9*0.8cm"), "d1.1,0.9,0.8cm");
	assert_string_equal(lexed("3.5cm×2.4cm×2.2cm"), "d3.5,2.4,2.2cm");
	assert_string_equal(lexed("1.6 Ｘ 1.2 ｘ 1.1 ㎝"), "d1.6,1.2,1.1cm");
	assert_string_equal(lexed("12mmX9mm"), "d12,9mm");
	assert_string_equal(lexed("1.2 mL×1次"), "n1.2ml");
	assert_string_equal(lexed("30W×95s"), "n30W n95s");
	assert_string_equal(
	    lexed("三径为1.4cm、1.1cm及1.0cm"), "d1.4,1.1,1.0cm");
	assert_string_equal(lexed("长宽厚约1.0、0.8、0.7cm"), "d1.0,0.8,0.7cm");
	assert_string_equal(lexed("长径12mm、厚约3mm"), "n12mm n3mm");
}

TEST(gives_mixed_units_the_last_one)
{
	(void)state;
	assert_string_equal(lexed("1.2cmx9mm"), "d12,9mm");
}

TEST(joins_named_diameters)
{
	(void)state;
	assert_string_equal(
	    lexed("长径15mm，横径11mm，前后径约10mm"), "d15,11,10mm");
	assert_string_equal(lexed("长径15mm。距皮肤11mm"), "n15mm n11mm");
}

TEST(joins_diameters_named_by_one_character)
{
	(void)state;
	assert_string_equal(lexed("长14mm宽10mm厚8mm"), "d14,10,8mm");
	assert_string_equal(lexed("长径46mm，宽16mm，厚14mm"), "d46,16,14mm");
	assert_string_equal(lexed("峡部厚3mm"), "n3mm");
}

TEST(joins_a_list_of_diameters_however_it_is_announced)
{
	(void)state;
	assert_string_equal(lexed("三径分别为30mm、25mm、20mm"), "d30,25,20mm");
	assert_string_equal(
	    lexed("长、宽、厚约3.0、2.5、2.0cm"), "d3.0,2.5,2.0cm");
}

TEST(sums_minutes_and_seconds)
{
	(void)state;
	assert_string_equal(lexed("7分32秒"), "n452秒");
	assert_string_equal(lexed("2'30″"), "n150s");
	assert_string_equal(lexed("1min40s"), "n100s");
	assert_string_equal(lexed("6分半钟"), "n390s");
	assert_string_equal(lexed("约3分之2"), "n3 n2");
	assert_string_equal(lexed("2分整"), "n2分");
	assert_string_equal(lexed("1小时5分"), "n65分");
	assert_string_equal(lexed("140s"), "n140s");
}

TEST(reads_ranges_and_open_ends)
{
	(void)state;
	assert_string_equal(lexed("30～40W"), "r30,40W");
	assert_string_equal(lexed("30W-40W"), "r30,40W");
	assert_string_equal(lexed("大于10mm"), "r10,_mm");
	assert_string_equal(lexed("不足5ml"), "r_,5ml");
	assert_string_equal(lexed("外扩3mm以上"), "r3,_mm");
	assert_string_equal(lexed("直径4mm以下"), "r_,4mm");
	assert_string_equal(lexed("38℃以上"), "n38℃");
}

TEST(keeps_ratios_and_dates_apart)
{
	(void)state;
	assert_string_equal(lexed("淋巴结2/15"), "/2,15");
	assert_string_equal(lexed("2024-05-11 复查"), "D");
	assert_string_equal(lexed("2024年5月11日"), "D");
	assert_string_equal(lexed("2022年于"), "D");
}

TEST(takes_no_time_of_day_for_a_quantity)
{
	(void)state;
	assert_string_equal(lexed("14:32插管"), "");
	assert_string_equal(lexed("8:05:30 BP 80/50"), "/80,50");
	assert_string_equal(lexed("滴度1:160"), "n1 n160");
	assert_string_equal(lexed("T:38.5℃"), "n38.5℃");
	assert_string_equal(lexed("25:10"), "n25 n10");
}

TEST(takes_no_number_out_of_a_name)
{
	(void)state;
	assert_string_equal(lexed("CK5/6、MSH2"), "");
	assert_string_equal(lexed("No.12"), "");
}

/* The table is looked up by the first byte: all of them must be in order. */
static void
knows_a_unit_by_its_first_byte(void **state)
{
	static const char *const some[] = { "mm", "m", "%", "/min", "10*9/L",
		"*10^9/L", "[hnsf'U]", "a", "bpm", "Cel", "dl", "GHz", "hr",
		"J", "kPa", "L", "W", "wk", "s", "um", "°C", "µg", "℃", "个月",
		"公分", "分钟", "立方厘米", "兆赫兹", "焦耳", "摄氏度", "次/分",
		"毫米汞柱", "升", "岁", "月", "礼拜", NULL };

	(void)state;
	for (size_t i = 0; some[i] != NULL; i++) {
		size_t n;

		if (unit_at(slice_of(some[i]), &n) !=
			unit_find(slice_of(some[i])) ||
		    n != strlen(some[i]))
			fail_msg("'%s'", some[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_number_with_its_unit),
		cmocka_unit_test(reads_times_in_characters),
		cmocka_unit_test(takes_no_vague_count_for_a_number),
		cmocka_unit_test(
		    takes_no_rate_for_the_quantity_above_the_stroke),
		cmocka_unit_test(
		    knows_a_reference_interval_and_a_value_that_gave_way),
		cmocka_unit_test(hears_of_a_unit_in_brackets),
		cmocka_unit_test(joins_dimensions_whatever_the_sign),
		cmocka_unit_test(gives_mixed_units_the_last_one),
		cmocka_unit_test(joins_named_diameters),
		cmocka_unit_test(joins_diameters_named_by_one_character),
		cmocka_unit_test(
		    joins_a_list_of_diameters_however_it_is_announced),
		cmocka_unit_test(sums_minutes_and_seconds),
		cmocka_unit_test(reads_ranges_and_open_ends),
		cmocka_unit_test(keeps_ratios_and_dates_apart),
		cmocka_unit_test(takes_no_time_of_day_for_a_quantity),
		cmocka_unit_test(takes_no_number_out_of_a_name),
		cmocka_unit_test(knows_a_unit_by_its_first_byte),
	};
	int failed = RUN(tests);

	arena_free(arena);
	return failed;
}
