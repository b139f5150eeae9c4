/* Texts on their way to a model, and quotes on their way back. */
#include "test.h"

#include "base/err.h"
#include "model/redact.h"

#define TEXT                                                                           \
	"患者张伟，电话13812345678，住院号：20231234，设定功率40W。" \
	"张伟术后2024年3月5日复查。"

TEST(replaces_what_identifies_and_puts_it_back)
{
	struct known known = { SLICE("张伟"), LABEL_NAME };
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct deid_words *words = words_load("lib/share", NULL, &e);
	struct redacted r;

	(void)state;
	assert_non_null(words);
	redact(words, SLICE(TEXT), &known, 1, a, &r);
	assert_null(slice_find(r.text, SLICE("张伟")));
	assert_null(slice_find(r.text, SLICE("13812345678")));
	assert_null(slice_find(r.text, SLICE("20231234")));
	assert_non_null(slice_find(r.text, SLICE("设定功率40W")));
	assert_non_null(slice_find(r.text, SLICE("2024年3月5日")));
	assert_slice(redact_restore(&r, r.text, a), TEXT);
	words_free(words);
	arena_free(a);
}

TEST(leaves_a_text_without_identity_alone)
{
	struct slice text = SLICE("设定功率40W，[[名]]。");
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct deid_words *words = words_load("lib/share", NULL, &e);
	struct redacted r;

	(void)state;
	assert_non_null(words);
	redact(words, text, NULL, 0, a, &r);
	assert_ptr_equal(r.text.p, text.p);
	assert_ptr_equal(redact_restore(&r, text, a).p, text.p);
	words_free(words);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replaces_what_identifies_and_puts_it_back),
		cmocka_unit_test(leaves_a_text_without_identity_alone),
	};

	return RUN(tests);
}
