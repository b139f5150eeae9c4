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

TEST(quotes_and_places_find_the_way_there)
{
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct deid_words *words = words_load("lib/share", NULL, &e);
	struct slice text = SLICE(TEXT), quote;
	struct redacted r;
	size_t at;

	(void)state;
	assert_non_null(words);
	redact(words, text, NULL, 0, a, &r);
	quote = redact_quote(&r, SLICE("电话13812345678，住院号"), a);
	assert_non_null(slice_find(r.text, quote));
	assert_null(slice_find(quote, SLICE("13812345678")));
	assert_slice(redact_restore(&r, quote, a), "电话13812345678，住院号");
	at = redact_offset(
	    &r, (size_t)(slice_find(text, SLICE("设定")) - text.p));
	assert_memory_equal(r.text.p + at, "设定功率", strlen("设定功率"));
	assert_int_equal(redact_offset(&r, text.n), r.text.n);
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
		cmocka_unit_test(quotes_and_places_find_the_way_there),
		cmocka_unit_test(leaves_a_text_without_identity_alone),
	};

	return RUN(tests);
}
