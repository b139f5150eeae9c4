#include "test.h"

#include "extract/view.h"

static struct arena *arena;
static struct view view;

static const struct view *
made(const char *text)
{
	if (arena == NULL)
		arena = arena_new();
	arena_reset(arena);
	view_make(&view, slice_of(text), arena);
	return &view;
}

/* The original of the view's first such word. */
static struct slice
quote_of(const char *word)
{
	const char *at = slice_find(view.text, slice_of(word));
	size_t from;

	assert_non_null(at);
	from = (size_t)(at - view.text.p);
	return view_quote(&view, from, from + strlen(word));
}

TEST(makes_full_width_half)
{
	(void)state;
	assert_slice(made("功率４０Ｗ，（针）")->text, "功率40W,(针)");
	assert_slice(quote_of("40W"), "４０Ｗ");
}

TEST(drops_blanks_inside_words_and_numbers)
{
	(void)state;
	assert_slice(made("右 叶 大小 2 450 MHz")->text, "右叶大小2450MHz");
	assert_slice(quote_of("右叶"), "右 叶");
	assert_slice(quote_of("2450MHz"), "2 450 MHz");
}

TEST(heals_what_noise_has_cut_if_there_is_much_of_it)
{
	(void)state;
	assert_slice(made("咳 嗽,无 痰,P EEP 1 0 cmH2 O,R 3 0")->text,
	    "咳嗽,无痰,PEEP 10cmH2O,R 30");
	assert_true(view.noisy);
	assert_slice(
	    made("肝 S 8 转移 FiO 2 4 5% SpO2 9 6%，肿 块 3 8 mm")->text,
	    "肝S 8转移FiO2 45%SpO2 96%,肿块38mm");
	assert_slice(made("3 8 mm L V 2 1 mm")->text, "38mm LV 21mm");
	assert_false(made("左叶 结节 1 2")->text.n == 0 || view.noisy);
}

/* The number of blanks that part something. */
static int
gaps(void)
{
	int n = 0;

	for (size_t i = 0; i < view.text.n; i++)
		n += view.gap[i];
	return n;
}

TEST(leaves_no_gap_around_a_character_alone)
{
	(void)state;
	made("术 后 未 再 行 造 影，右叶 结节 40W");
	assert_int_equal(gaps(), 2);
	assert_slice(made("外 显 子 未 见。KRAS G12D突 变")->text,
	    "外显子未见。KRAS G12D突变");
	assert_int_equal(gaps(), 1);
}

TEST(keeps_the_items_of_a_list_apart)
{
	(void)state;
	assert_slice(made("病灶1位于右叶中上部大小约15×11×10mm功率为35W\n"
			  "病灶2位于左叶下极")
			 ->text,
	    "病灶1位于右叶中上部大小约15x11x10mm功率为35W\n病灶2位于左叶下极");
}

TEST(keeps_blanks_that_part_words)
{
	(void)state;
	assert_slice(made("SonoVue 1.2ml")->text, "SonoVue 1.2ml");
	assert_slice(made("CK 5")->text, "CK 5");
	assert_slice(made("3 12")->text, "3 12");
}

TEST(takes_answers_of_one_character_for_no_noise)
{
	(void)state;
	assert_false(
	    made("呼吸24次/分 咳嗽:有 咳痰:有 呼吸困难:无 疼痛:无 神清")
		->noisy);
	assert_false(made("性别：女 年龄：38岁\n并发症：无 效果：完全")->noisy);
	assert_int_equal(gaps(), 2);
}

TEST(takes_telegraphic_words_for_no_noise)
{
	(void)state;
	assert_false(made("主 诉：发热\n查 体：T 38")->noisy);
	assert_false(made("PCO2 58 PO2 61，多黏菌素B 50万U q12h")->noisy);
	assert_false(made("利奈唑胺 d8 停 换 万古霉素 d1 1g")->noisy);
	assert_false(made("S/T IPAP 16，A/C PEEP 8")->noisy);
}

TEST(ends_a_line_that_blanks_alone_part)
{
	(void)state;
	assert_slice(made("呼之可睁眼 气促明显 痰粘稠不易咳出 无咯血\n"
			  "血气分析 氧合指数87")
			 ->text,
	    "呼之可睁眼气促明显痰粘稠不易咳出无咯血\n血气分析氧合指数87");
	assert_slice(made("呼之可睁眼，气促明显，痰粘稠不易咳出，无咯\n"
			  "血胸痛")
			 ->text,
	    "呼之可睁眼,气促明显,痰粘稠不易咳出,无咯血胸痛");
}

TEST(keeps_the_line_break_before_a_heading)
{
	(void)state;
	assert_slice(made("右叶结节\n术中：消融")->text, "右叶结节\n术中:消融");
}

TEST(mends_a_line_that_was_wrapped)
{
	(void)state;
	assert_slice(
	    made("甲状腺右叶见不均质等回声结节，大小约为五点三厘\n米左右")
		->text,
	    "甲状腺右叶见不均质等回声结节,大小约为五点三厘米左右");
}

TEST(finds_the_way_back_to_code_points)
{
	struct span s;
	const char *at;

	(void)state;
	made("𠀀右 叶５㎝");
	at = slice_find(view.text, SLICE("5cm"));
	assert_non_null(at);
	s = view_span(
	    &view, (size_t)(at - view.text.p), (size_t)(at - view.text.p) + 3);
	assert_int_equal(s.from, 4);
	assert_int_equal(s.to, 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_full_width_half),
		cmocka_unit_test(drops_blanks_inside_words_and_numbers),
		cmocka_unit_test(
		    heals_what_noise_has_cut_if_there_is_much_of_it),
		cmocka_unit_test(leaves_no_gap_around_a_character_alone),
		cmocka_unit_test(keeps_the_items_of_a_list_apart),
		cmocka_unit_test(keeps_blanks_that_part_words),
		cmocka_unit_test(takes_answers_of_one_character_for_no_noise),
		cmocka_unit_test(takes_telegraphic_words_for_no_noise),
		cmocka_unit_test(ends_a_line_that_blanks_alone_part),
		cmocka_unit_test(keeps_the_line_break_before_a_heading),
		cmocka_unit_test(mends_a_line_that_was_wrapped),
		cmocka_unit_test(finds_the_way_back_to_code_points),
	};
	int failed = RUN(tests);

	arena_free(arena);
	return failed;
}
