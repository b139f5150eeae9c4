#include "terms/unit.h"

#include "terms/analyte.h"
#include "test.h"

static struct units *units;
static struct arena *arena;

static int
set_up(void **state)
{
	struct err e = { 0 };

	(void)state;
	arena = arena_new();
	units = units_load("lib/share", NULL, NULL, &e);
	return units == NULL;
}

static int
tear_down(void **state)
{
	(void)state;
	units_free(units);
	arena_free(arena);
	return 0;
}

static bool
valid(const char *code)
{
	return units_valid(units, slice_of(code), arena);
}

TEST(accepts_what_the_grammar_of_ucum_allows)
{
	static const char *const good[] = { "m", "mg/dL", "10*9/L", "10^9/L",
		"kg.m/s2", "/min", "mmol/L", "mL/min/{1.73_m2}", "%", "Cel",
		"[degF]", "m[H2O]", "cm[H2O]", "ug/(24.h)", "4.[pi].10*-7.N/A2",
		"[iU]/mL", "{cells}/uL", "mol{total}/L", "s-1", "m+2", "",
		"U/(10.g){feces}", "1{tot}", "dB[10.nV]", "Kibit", "10*-3/ul",
		"umol/2.h", "[CFU]/[iU]", "2.Cel", "mCel", "/[HPF]",
		"[m/s2/Hz^(1/2)]", "m[H2O]{35Cel}/s2", "{a}.{b}/{c}" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!valid(good[i]))
			fail_msg("%s", good[i]);
}

TEST(refuses_what_only_looks_like_ucum)
{
	static const char *const bad[] = { "mg/24h", "10+9/L", "MG/DL", "m/",
		"m//s", "(m", "m)", "{a b}", "{毫克}", "2mg", "m^2", "kkg",
		"Cel/s", "m2-", "umol / L", "个/HP", "Cel2", "/Cel", "10+3/ul",
		"g/12h", "iU", "[BETH'U]", "mmol/kg[H20]", "molv", "{a}m",
		"m{a}{b}", "()", "m..s", ".m", "m101", "mPa s", "Torr" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (valid(bad[i]))
			fail_msg("%s", bad[i]);
}

/* The converted value, or the code of the refusal. */
static struct slice
convert(
    const char *value, const char *from, const char *to, const char *analyte)
{
	struct conversion way;
	struct decimal d;
	struct err e = { 0 };

	if (!units_between(units, slice_of(from), slice_of(to),
		slice_of(analyte), arena, &way, &e))
		return slice_of(arena_string(arena, e.code, strlen(e.code)));
	assert_true(decimal_parse(slice_of(value), arena, &d, &e));
	if (!conversion_apply(&way, &d, arena, &d, &e))
		return slice_of(arena_string(arena, e.code, strlen(e.code)));
	return decimal_text(&d, arena);
}

TEST(converts_exactly_with_one_rounding)
{
	(void)state;
	assert_slice(convert("0.3", "g/L", "mg/dL", ""), "30");
	assert_slice(convert("1", "[in_i]", "cm", ""), "2.54");
	assert_slice(convert("60", "/min", "/s", ""), "1");
	assert_slice(convert("98.6", "[degF]", "Cel", ""), "37");
	assert_slice(convert("37", "Cel", "K", ""), "310.15");
	assert_slice(convert("5.60", "mmol/L", "mmol/L", ""), "5.60");
}

TEST(never_crosses_mole_and_mass_without_the_analyte)
{
	(void)state;
	assert_slice(convert("99", "mg/dL", "mmol/L", ""), "needs_analyte");
	assert_slice(
	    convert("99", "mg/dL", "mmol/L", "葡萄糖"), "5.49523746086725");
	assert_slice(
	    convert("5", "mg/dL", "mmol/L", "没有此项"), "needs_analyte");
	assert_slice(
	    convert("5", "mg/dL", "mol", "葡萄糖"), "dimensions_differ");
}

TEST(converts_an_arbitrary_unit_only_to_itself)
{
	(void)state;
	assert_slice(convert("5", "[iU]/L", "g/L", ""), "arbitrary_unit");
	assert_slice(convert("5", "[iU]/L", "[iU]/mL", ""), "0.005");
	assert_slice(convert("5", "[iU]/L", "[arb'U]/L", ""), "arbitrary_unit");
	assert_slice(convert("5", "[iU]", "1", ""), "arbitrary_unit");
	assert_slice(
	    convert("5", "[iU]/L", "mol/L", "葡萄糖"), "arbitrary_unit");
	assert_slice(convert("5", "[CFU]/[iU]", "10*3.[CFU]/k[iU]", ""), "5");
}

/* Values from the definitions of UCUM's section on special units. */
TEST(follows_the_curves_of_special_units)
{
	static const struct {
		const char *value, *from, *to, *result;
	} cases[] = { { "7", "[pH]", "mol/L", "0.0000001" },
		{ "0.0000001", "mol/L", "[pH]", "7" }, { "2", "B", "1", "100" },
		{ "20", "dB", "1", "100" },
		{ "1", "Np", "1", "2.71828182845905" },
		{ "40", "dB[V]", "V", "100" }, { "1000", "mV", "dB[V]", "0" },
		{ "0", "B[SPL]", "uPa", "20" },
		{ "3", "B[kW]", "W", "1000000" }, { "8", "1", "bit_s", "3" },
		{ "45", "deg", "%[slope]", "100" },
		{ "100", "[p'diop]", "deg", "45" },
		{ "2", "[hp'_X]", "1", "0.01" },
		{ "2", "[hp'_C]", "1", "0.0001" },
		{ "9", "m2/s4/Hz", "[m/s2/Hz^(1/2)]", "3" },
		{ "0", "Cel", "[degF]", "32" },
		{ "80", "[degRe]", "Cel", "100" }, { "2", "2.Cel", "Cel", "4" },
		{ "37000", "mCel", "[degF]", "98.6" },
		{ "-1", "1", "B", "number" },
		{ "0", "mol/L", "[pH]", "number" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_slice(
		    convert(cases[i].value, cases[i].from, cases[i].to, ""),
		    cases[i].result);
}

TEST(knows_what_meets_only_for_one_analyte)
{
	(void)state;
	assert_slice(
	    convert("10", "mg/dL", "mmol/L", "尿素氮"), "3.56964374955379");
	assert_slice(
	    convert("150", "mg/dL", "mmol/L", "甘油三酯"), "1.69414953693246");
	assert_slice(convert("10", "u[iU]/mL", "pmol/L", "胰岛素"), "60");
	assert_slice(convert("60", "pmol/L", "u[iU]/mL", "INS"), "10");
	assert_slice(
	    convert("10", "u[iU]/mL", "pmol/L", "TSH"), "arbitrary_unit");
	assert_slice(convert("6.5", "%", "mmol/mol", "糖化血红蛋白(HbA1c)"),
	    "47.5295146480105");
	assert_slice(convert("53", "mmol/mol", "%", "HbA1c"), "7.00044");
	assert_slice(convert("6.5", "%", "g/L", "HbA1c"), "dimensions_differ");
	assert_slice(convert("6.5", "%", "mmol/mol", ""), "65");
}

TEST(says_a_unit_in_words)
{
	static const char *const cases[][2] = { { "", "(unity)" },
		{ "mm", "(millimeter)" }, { "rad2", "(radian ^ 2)" },
		{ "m3.kg-1.s-2",
		    "(meter ^ 3) * (kilogram ^ -1) * (second ^ -2)" },
		{ "kg.m2/s", "(kilogram) * (meter ^ 2) / (second)" },
		{ "/min", "1 / (minute)" },
		{ "ug/(24.h)", "(microgram) / (24 * (hour))" },
		{ "10*9/L",
		    "(the number ten for arbitrary powers ^ 9) / (liter)" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = { 0 };

		assert_true(
		    units_display(units, slice_of(cases[i][0]), arena, &b));
		assert_slice(buf_slice(&b), cases[i][1]);
		buf_release(&b);
	}
}

static struct slice
meant(const char *spelling, const char *item)
{
	struct slice code;

	if (!units_code(
		units, slice_of(spelling), slice_of(item), arena, &code))
		return SLICE("?");
	return code;
}

TEST(reads_what_laboratories_write)
{
	(void)state;
	assert_slice(meant("×10^9/L", ""), "10*9/L");
	assert_slice(meant("10E9/L", ""), "10*9/L");
	assert_slice(meant("×10⁹/L", ""), "10*9/L");
	assert_slice(meant("μmol/L", ""), "umol/L");
	assert_slice(meant("µmol/L", ""), "umol/L");
	assert_slice(meant("ｍｍｏｌ／Ｌ", ""), "mmol/L");
	assert_slice(meant("不知道", ""), "?");
	assert_slice(meant("(mmol/L)", ""), "mmol/L");
	assert_slice(meant("mcg", ""), "ug");
	assert_slice(meant("个/HP", ""), "/[HPF]");
	assert_slice(meant("次/分", ""), "/min");
	assert_slice(meant("℃", ""), "Cel");
	assert_slice(meant("MMOL/L", ""), "mmol/L");
	assert_slice(meant("100/L", ""), "100/L");
	assert_slice(meant("109/L", ""), "10*9/L");
}

TEST(asks_the_item_first)
{
	(void)state;
	assert_slice(meant("IU/L", "谷丙转氨酶"), "U/L");
	assert_slice(meant("IU/L", "谷丙转氨酶（ALT）"), "U/L");
	assert_slice(meant("iu/l", "ALT"), "U/L");
	assert_slice(meant("IU/L", "TSH"), "[iU]/L");
	assert_slice(meant("mU/L", "TSH"), "m[iU]/L");
	assert_slice(meant("G/L", "白细胞"), "10*9/L");
	assert_slice(meant("G/L", "铁蛋白"), "G/L");
	assert_slice(meant("S", "PT"), "s");
	assert_slice(meant("S", ""), "S");
}

TEST(refuses_an_analyte_with_two_meanings)
{
	static const char *const bad[] = { "a,b,12,,\nb,,13,,\n", "a,,,,\n",
		"a,,x,,\n", "a,,-1,,\n", "a,,1,0,\n", "a,,,,% = 2 m\n",
		"a,,,,% = 0 m + 1\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = { 0 };
		char *text = arena_printf(arena,
		    "analyte,aliases,molar_mass,nmol_per_iu,line\n%s", bad[i]);

		if (analytes_parse("a.csv", slice_of(text), NULL, &e) != NULL)
			fail_msg("%s", bad[i]);
		assert_int_equal(e.kind, ERR_USAGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_what_the_grammar_of_ucum_allows),
		cmocka_unit_test(refuses_what_only_looks_like_ucum),
		cmocka_unit_test(converts_exactly_with_one_rounding),
		cmocka_unit_test(
		    never_crosses_mole_and_mass_without_the_analyte),
		cmocka_unit_test(converts_an_arbitrary_unit_only_to_itself),
		cmocka_unit_test(follows_the_curves_of_special_units),
		cmocka_unit_test(knows_what_meets_only_for_one_analyte),
		cmocka_unit_test(says_a_unit_in_words),
		cmocka_unit_test(reads_what_laboratories_write),
		cmocka_unit_test(asks_the_item_first),
		cmocka_unit_test(refuses_an_analyte_with_two_meanings),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
