#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/tokenizer.h"
#include "base/utf8.h"

static struct buf out;

static bool
put(void *ctx, const struct token *t)
{
	(void)ctx;
	if (out.n > 0)
		buf_addc(&out, ' ');
	buf_add_slice(&out, t->text);
	return true;
}

static bool
put_place(void *ctx, const struct token *t)
{
	put(ctx, t);
	buf_addf(&out, "[%zu,%zu]", t->from, t->to);
	return true;
}

static const char *
tokens(const char *text, unsigned flags)
{
	buf_reset(&out);
	tokenize(slice_of(text), flags, put, NULL);
	return buf_string(&out);
}

static const char *
folded(const char *text)
{
	buf_reset(&out);
	fold_text(slice_of(text), &out);
	return buf_string(&out);
}

static void
cuts_chinese_into_pairs(void **state)
{
	(void)state;
	assert_string_equal(tokens("甲状腺癌", 0), "甲状 状腺 腺癌");
	assert_string_equal(tokens("癌", 0), "癌");
	assert_string_equal(tokens("肺癌", 0), "肺癌");
	assert_string_equal(tokens("左肺，右肺。", 0), "左肺 右肺");
	assert_string_equal(tokens("肺癌", TOKEN_SINGLES), "肺 肺癌 癌");
	assert_string_equal(tokens("癌", TOKEN_SINGLES), "癌 癌");
	assert_string_equal(tokens("", 0), "");
	assert_string_equal(tokens("，。", 0), "");
}

static void
keeps_words_whole_and_parts_scripts(void **state)
{
	(void)state;
	assert_string_equal(tokens("HbA1c升高", 0), "hba1c 升高");
	assert_string_equal(tokens("CA19-9", 0), "ca19-9");
	assert_string_equal(tokens("大小5.3cm。", 0), "大小 5.3cm");
	assert_string_equal(tokens("重跑gen后", 0), "重跑 gen 后");
	assert_string_equal(tokens("ＣＴ检查", 0), "ct 检查");
	assert_string_equal(tokens("end.start- x", 0), "end start x");
	assert_string_equal(tokens("C# \"AND\" NEAR(*", 0), "c and near");
	assert_string_equal(tokens("Ⅱ型", 0), "ii 型");
	assert_string_equal(tokens("a\xFF"
				   "b",
				0),
	    "a b");
}

static void
gives_parts_of_compounds_on_request(void **state)
{
	(void)state;
	assert_string_equal(tokens("CA19-9", TOKEN_PARTS), "ca19-9 ca19 9");
	assert_string_equal(tokens("5.3cm", TOKEN_PARTS), "5.3cm 5.3 cm");
	assert_string_equal(tokens("HbA1c", TOKEN_PARTS), "hba1c");
	assert_string_equal(tokens("2024", TOKEN_PARTS), "2024");
}

static void
tells_where_each_token_stood(void **state)
{
	(void)state;
	buf_reset(&out);
	tokenize(SLICE("左肺癌 ＣＴ5"), 0, put_place, NULL);
	assert_string_equal(buf_string(&out), "左肺[0,6] 肺癌[3,9] ct5[10,17]");
}

static bool
stop(void *ctx, const struct token *t)
{
	(void)t;
	return --*(int *)ctx > 0;
}

static void
stops_when_told_to(void **state)
{
	int n = 2;

	(void)state;
	assert_false(tokenize(SLICE("a b c d"), 0, stop, &n));
	assert_int_equal(n, 0);
}

static void
cuts_runs_that_are_no_words(void **state)
{
	char text[1000];
	int n = 1000;

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_true(
	    tokenize((struct slice){ text, sizeof(text) }, 0, stop, &n));
	assert_true(n < 1000 - 7);
}

static void
folds_width_case_and_kinds(void **state)
{
	(void)state;
	assert_string_equal(folded("  ＡＢＣ　 x "), "abc x");
	assert_string_equal(folded("Ⅲ期①㎎②"), "iii期1mg2");
	assert_string_equal(folded("10⁹／Ｌ"), "109/l");
	assert_string_equal(folded("【右】［左］"), "(右)(左)");
	assert_string_equal(folded("µg μg ㎍"), "μg μg μg");
	assert_string_equal(folded("Ä—ß“x”"), "ä-ss\"x\"");
	assert_string_equal(folded("\xEF\xBB\xBF"
				   "a\xE2\x80\x8B"
				   "b"),
	    "ab");
	assert_true(fold_same(SLICE("糖尿病 （２型）"), SLICE("糖尿病(2型)")));
	assert_false(fold_same(SLICE("1型"), SLICE("2型")));
}

/* Texts are folded in runs, characters one by one: they agree on all. */
static void
folds_runs_as_it_folds_characters(void **state)
{
	(void)state;
	for (uint32_t code = 1; code < 0xFFFF; code++) {
		char text[16] = "a9\xE4\xB8\x80", want[64] = "a9\xE4\xB8\x80";
		size_t n = 5, m = 5;
		uint32_t codes[FOLD_MAX];
		struct buf b = { 0 };

		if (code >= 0xD800 && code <= 0xDFFF)
			continue;
		n += utf8_put(text + n, code);
		text[n++] = 'b';
		for (size_t i = 0, k = fold_code(code, codes); i < k; i++)
			if (codes[i] != ' ')
				m += utf8_put(want + m, codes[i]);
		want[m++] = 'b';
		fold_name((struct slice){ text, n }, &b);
		assert_int_equal(b.n, m);
		assert_memory_equal(b.p, want, m);
		buf_release(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_chinese_into_pairs),
		cmocka_unit_test(keeps_words_whole_and_parts_scripts),
		cmocka_unit_test(gives_parts_of_compounds_on_request),
		cmocka_unit_test(tells_where_each_token_stood),
		cmocka_unit_test(stops_when_told_to),
		cmocka_unit_test(cuts_runs_that_are_no_words),
		cmocka_unit_test(folds_width_case_and_kinds),
		cmocka_unit_test(folds_runs_as_it_folds_characters),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&out);
	return failed;
}
