#include "terms/unit.h"

#include "test.h"

static struct units *units;
static struct arena *arena;

static int
set_up(void **state)
{
	struct err e = { 0 };

	(void)state;
	arena = arena_new();
	units = units_load("lib/share", NULL, &e);
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
	return units_valid(units, slice_of(code));
}

TEST(accepts_what_the_grammar_of_ucum_allows)
{
	static const char *const good[] = { "m", "mg/dL", "10*9/L", "10^9/L",
		"kg.m/s2", "/min", "mmol/L", "mL/min/{1.73_m2}", "%", "Cel",
		"[degF]", "m[H2O]", "cm[H2O]", "ug/(24.h)", "4.[pi].10*-7.N/A2",
		"[iU]/mL", "{cells}/uL", "mol{total}/L", "s-1", "m+2" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!valid(good[i]))
			fail_msg("%s", good[i]);
}

TEST(refuses_what_only_looks_like_ucum)
{
	static const char *const bad[] = { "mg/24h", "10+9/L", "MG/DL", "m/",
		"m//s", "(m", "m)", "{a b}", "{毫克}", "2mg", "m^2", "kkg",
		"Cel/s", "m2-", "umol / L", "个/HP" };

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
	assert_true(conversion_apply(&way, &d, arena, &d, &e));
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
	assert_slice(convert("7", "[pH]", "mol/L", ""), "dimensions_differ");
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
		cmocka_unit_test(reads_what_laboratories_write),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
