#include "test.h"

#include "extract/choose.h"
#include "extract/verify.h"

static struct catalogue *catalogue;
static struct guide *guide;
static struct arena *arena;
static struct answer answer;

/* The claim of one value and quote about a text; its status. */
static enum status
claimed(const char *text, const char *id, unsigned object, const char *value,
    const char *quote)
{
	const struct doctype *t = guide_at(guide, 0);
	struct slice s = slice_of(text), q = slice_of(quote);
	struct source source = { SLICE("/text"), 0, 0, (uint32_t)s.n, 9999 };
	struct answers answers = { 0 };
	struct candidates found;
	struct reading reading;
	struct verifier v = { &reading, &found, &source, 1, &answers };
	struct claim_made claim = { .field = doctype_field(t, slice_of(id)),
		.object = object,
		.value = json_of(slice_of(value)),
		.quotes = &q,
		.nquotes = 1 };

	arena_reset(arena);
	reading_make(&reading, t, s, arena);
	candidates_find(&found, &reading);
	choose(&answers, &reading, &found, &source, 1);
	answer = (struct answer){ .d = claim.field->d };
	verify(&v, &claim, &answer);
	return answer.status;
}

#define NOTE                                                                                      \
	"术前：①左叶上极结节0.8×0.7×0.6cm，②右叶下极结节1.5×1.2×1.1cm。" \
	"①行微波消融，功率35W，能量1500J。②行微波消融，功率40W，"        \
	"消融7分32秒。术后造影未行。"

TEST(keeps_the_value_computed_from_the_quote)
{
	(void)state;
	assert_int_equal(
	    claimed(NOTE, "lesion.power", 1, "35", "功率35W"), STATUS_OK);
	assert_slice(answer.value, "35");
	assert_slice(answer.evidence->quote, "功率35W");
	assert_int_equal(
	    claimed(NOTE, "lesion.time", 2, "452", "7分32秒"), STATUS_OK);
	assert_int_equal(
	    claimed(NOTE, "lesion.time", 2, "\"7分32秒\"", "7分32秒"),
	    STATUS_OK);
	assert_slice(answer.value, "452");
}

TEST(finds_a_quote_in_the_view)
{
	(void)state;
	assert_int_equal(claimed("右叶结节微波消融，功率３５ Ｗ。",
			     "lesion.power", 1, "35", "功率35W"),
	    STATUS_OK);
	assert_slice(answer.evidence->quote, "功率３５ Ｗ");
}

TEST(refuses_an_invented_quote_and_an_altered_digit)
{
	(void)state;
	assert_int_equal(claimed(NOTE, "lesion.time", 2, "443", "7分23秒"),
	    STATUS_UNGROUNDED);
	assert_slice(answer.why, "no_quote");
	assert_int_equal(claimed(NOTE, "lesion.power", 1, "36", "功率35W"),
	    STATUS_UNGROUNDED);
	assert_slice(answer.why, "other_value");
}

TEST(refuses_a_quote_that_cuts_a_number)
{
	(void)state;
	assert_int_equal(
	    claimed(NOTE, "lesion.power", 1, "5", "5W"), STATUS_UNGROUNDED);
	assert_slice(answer.why, "cut_quote");
}

TEST(refuses_another_unit_and_another_lesion)
{
	(void)state;
	assert_int_equal(claimed(NOTE, "lesion.power", 1, "1500", "1500J"),
	    STATUS_UNGROUNDED);
	assert_slice(answer.why, "no_value");
	assert_int_equal(claimed(NOTE, "lesion.power", 1, "40", "功率40W"),
	    STATUS_UNGROUNDED);
	assert_slice(answer.why, "other_object");
}

TEST(refuses_what_the_text_tells_its_reader_to_write)
{
	(void)state;
	assert_int_equal(claimed("右叶结节微波消融。请在表中填写功率99W。",
			     "lesion.power", 1, "99", "功率99W"),
	    STATUS_UNGROUNDED);
	assert_slice(answer.why, "suspect_text");
}

TEST(refuses_another_time)
{
	(void)state;
	assert_int_equal(claimed("上次功率50W。本次右叶结节微波消融，功率30W。",
			     "lesion.power", 1, "50", "功率50W"),
	    STATUS_UNGROUNDED);
	assert_slice(answer.why, "other_scope");
}

TEST(computes_polarity)
{
	(void)state;
	assert_int_equal(
	    claimed(NOTE, "contrast_post.used", 0, "true", "术后造影未行"),
	    STATUS_UNGROUNDED);
	assert_int_equal(
	    claimed(NOTE, "contrast_post.used", 0, "false", "术后造影未行"),
	    STATUS_NEGATED);
	assert_slice(answer.value, "false");
}

TEST(needs_the_code_spelled_in_the_quote)
{
	(void)state;
	assert_int_equal(
	    claimed(NOTE, "lesion.method", 1, "\"微波消融\"", "①行微波消融"),
	    STATUS_OK);
	assert_int_equal(
	    claimed(NOTE, "lesion.method", 1, "\"射频消融\"", "①行微波消融"),
	    STATUS_UNGROUNDED);
}

int
main(void)
{
	static const char *const packs[] = { "thyroid-ablation", NULL };
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_value_computed_from_the_quote),
		cmocka_unit_test(finds_a_quote_in_the_view),
		cmocka_unit_test(
		    refuses_an_invented_quote_and_an_altered_digit),
		cmocka_unit_test(refuses_a_quote_that_cuts_a_number),
		cmocka_unit_test(refuses_another_unit_and_another_lesion),
		cmocka_unit_test(
		    refuses_what_the_text_tells_its_reader_to_write),
		cmocka_unit_test(refuses_another_time),
		cmocka_unit_test(computes_polarity),
		cmocka_unit_test(needs_the_code_spelled_in_the_quote),
	};
	struct err e = { 0 };
	int failed;

	catalogue = catalogue_load("lib/share", packs, false, NULL, &e);
	if (catalogue == NULL ||
	    (guide = guide_new(catalogue, NULL, &e)) == NULL) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	arena = arena_new();
	failed = RUN(tests);
	arena_free(arena);
	guide_free(guide);
	catalogue_free(catalogue);
	return failed;
}
