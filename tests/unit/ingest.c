#include "test.h"

#include "base/mem.h"
#include "sources/charset.h"
#include "sources/dicom_text.h"
#include "sources/input.h"
#include "sources/json_end.h"
#include "io/xlsx_cell.h"

/* --- input --------------------------------------------------------------- */

struct blocks {
	const char *p;
	size_t n, grain;
	bool fails;
};

static ssize_t
next(void *ctx, const char **block, struct err *e)
{
	struct blocks *b = ctx;
	size_t n = b->n < b->grain ? b->n : b->grain;

	*block = b->p;
	b->p += n;
	b->n -= n;
	if (n == 0 && b->fails) {
		err_set(e, ERR_INPUT, "gone");
		return -1;
	}
	return (ssize_t)n;
}

TEST(peeks_across_blocks_and_counts)
{
	struct blocks b = { "abcdefgh", 8, 3, false };
	struct input *in = input_new(next, &b);

	(void)state;
	assert_slice(input_peek(in, 5), "abcdef");
	input_take(in, 4);
	assert_int_equal(input_offset(in), 4);
	assert_slice(input_peek(in, 100), "efgh");
	input_take(in, 4);
	assert_true(input_at_end(in));
	assert_int_equal(input_bytes(in), 8);
	assert_false(input_failed(in, NULL));
	input_free(in);
}

TEST(keeps_a_failure_behind_the_bytes_before_it)
{
	struct blocks b = { "ab", 2, 9, true };
	struct input *in = input_new(next, &b);
	struct err e = { 0 };

	(void)state;
	assert_slice(input_peek(in, 9), "ab");
	assert_true(input_failed(in, &e));
	assert_string_equal(e.text, "gone");
	input_free(in);
}

TEST(refuses_more_bytes_than_its_limit)
{
	struct blocks b = { "abcdefgh", 8, 3, false };
	struct input *in = input_new(next, &b);
	struct err e = { 0 };

	(void)state;
	input_limit(in, 5);
	input_peek(in, 100);
	assert_true(input_failed(in, &e));
	assert_string_equal(e.code, "limit_member");
	input_free(in);
}

/* --- charset ------------------------------------------------------------- */

static const char *
read_as(struct charset *c, const char *bytes, const char *want)
{
	struct err e = { 0 };
	const char *name;
	struct slice text;

	assert_true(charset_decode(c, slice_of(bytes), &text, &name, &e));
	assert_slice(text, want);
	return name;
}

TEST(reads_each_row_as_what_it_is)
{
	struct charset c;
	struct err e = { 0 };
	struct slice text;
	const char *name;

	(void)state;
	assert_true(charset_init(&c, NULL, &e));
	assert_string_equal(read_as(&c, "中文", "中文"), "utf-8");
	assert_string_equal(read_as(&c, "\xd6\xd0\xce\xc4", "中文"), "gb18030");
	assert_true(charset_is_mixed(&c));
	assert_false(
	    charset_decode(&c, slice_of("\xff\xff"), &text, &name, &e));
	assert_string_equal(e.code, "encoding");
	charset_release(&c);
}

TEST(judges_a_head_that_ends_within_a_character)
{
	struct charset c;
	struct err e = { 0 };

	(void)state;
	assert_true(charset_init(&c, NULL, &e));
	charset_judge(&c, slice_of("\xd6\xd0\xce\xc4\xd6\xd0\xce"));
	assert_true(charset_is_gb(&c));
	charset_release(&c);
	assert_true(charset_init(&c, NULL, &e));
	charset_judge(&c, slice_of("中\xe6\x96"));
	assert_false(charset_is_gb(&c));
	charset_release(&c);
}

TEST(names_decode_or_show_their_bytes)
{
	struct buf b = { 0 };

	(void)state;
	charset_name_text(slice_of("\xbc\xec\xd1\xe9.csv"), &b);
	assert_slice(buf_slice(&b), "检验.csv");
	buf_reset(&b);
	charset_name_text(slice_of("a\xff.csv"), &b);
	assert_slice(buf_slice(&b), "a%FF.csv");
	buf_release(&b);
}

/* --- json_end ------------------------------------------------------------ */

static size_t
end_of(const char *text, bool gb)
{
	struct json_end j = { .gb = gb };
	size_t n = strlen(text);

	/* One byte more at a time must end at the same place. */
	for (size_t i = 1; i <= n; i++)
		if (json_end_find(&j, (struct slice){ text, i }))
			return j.at;
	return 0;
}

TEST(finds_the_end_of_a_value_however_it_is_cut)
{
	(void)state;
	assert_int_equal(end_of("{\"a\":[1,{\"}\":2}]} x", false), 17);
	assert_int_equal(end_of("\"a\\\"b\" ", false), 6);
	assert_int_equal(end_of("12,", false), 2);
	assert_int_equal(end_of("12", false), 0);
	assert_int_equal(end_of("{\"a\":\"\x81\x5c\"}", true), 10);
}

TEST(finds_a_string_of_the_top_object_only)
{
	struct slice s;

	(void)state;
	assert_true(json_end_top_string(
	    slice_of("{\"a\":{\"t\":\"no\"}, \"t\" : \"yes\", ..."), "t", &s));
	assert_slice(s, "yes");
	assert_false(json_end_top_string(
	    slice_of("{\"a\":\"t\",\"b\":[\"t\"]}"), "t", &s));
}

/* --- cells --------------------------------------------------------------- */

static void
check_date(
    const char *number, enum xlsx_style style, bool since1904, const char *want)
{
	struct buf b = { 0 };

	assert_true(xlsx_date(slice_of(number), style, since1904, &b));
	assert_slice(buf_slice(&b), want);
	buf_release(&b);
}

TEST(serial_numbers_are_dates_to_the_millisecond)
{
	struct buf b = { 0 };

	(void)state;
	check_date("45322", STYLE_DATE, false, "2024-01-31");
	check_date("43860", STYLE_DATE, true, "2024-01-31");
	check_date("1", STYLE_DATE, false, "1900-01-01");
	check_date("59", STYLE_DATE, false, "1900-02-28");
	check_date("61", STYLE_DATE, false, "1900-03-01");
	check_date("45322.409722222219", STYLE_DATE_TIME, false,
	    "2024-01-31T09:50:00");
	check_date("0.40972222222222221", STYLE_TIME, false, "09:50:00");
	check_date("45322.5", STYLE_DATE, false, "2024-01-31T12:00:00");
	assert_false(xlsx_date(slice_of("60"), STYLE_DATE, false, &b));
	assert_false(xlsx_date(slice_of("-1"), STYLE_DATE, false, &b));
	assert_false(xlsx_date(slice_of("x"), STYLE_DATE, false, &b));
}

TEST(format_codes_tell_dates_from_numbers)
{
	(void)state;
	assert_int_equal(
	    xlsx_style_of_code("yyyy\"年\"m\"月\"d\"日\""), STYLE_DATE);
	assert_int_equal(
	    xlsx_style_of_code("yyyy-mm-dd hh:mm:ss"), STYLE_DATE_TIME);
	assert_int_equal(xlsx_style_of_code("h:mm AM/PM"), STYLE_TIME);
	assert_int_equal(xlsx_style_of_code("[h]:mm"), STYLE_PLAIN);
	assert_int_equal(xlsx_style_of_code("0.00E+00"), STYLE_PLAIN);
	assert_int_equal(xlsx_style_of_code("0.00\"days\""), STYLE_PLAIN);
	assert_int_equal(xlsx_style_of_code("General"), STYLE_PLAIN);
}

TEST(columns_are_counted_by_their_letters)
{
	(void)state;
	assert_int_equal(xlsx_column("A1"), 1);
	assert_int_equal(xlsx_column("BC12"), 55);
	assert_int_equal(xlsx_column("1"), 0);
}

/* --- DICOM text ---------------------------------------------------------- */

static void
check_text(const char *charset, const char *bytes, const char *want)
{
	struct encodings encodings = { 0 };
	struct dicom_text t;
	struct buf b = { 0 };
	struct err e = { 0 };

	dicom_text_init(&t, &encodings);
	dicom_text_set(&t, slice_of(charset));
	assert_true(dicom_text_decode(&t, slice_of(bytes), "PN", &b, &e));
	assert_slice(buf_slice(&b), want);
	buf_release(&b);
	encodings_release(&encodings);
}

TEST(words_follow_their_character_set)
{
	(void)state;
	check_text("GB18030", "Wang=\xcd\xf5", "Wang=王");
	check_text("ISO_IR 192", "王", "王");
	check_text("ISO_IR 100",
	    "B\xfc"
	    "c",
	    "Büc");
	check_text("\\ISO 2022 IR 58", "A=\x1b$)A\xcd\xf5", "A=王");
	check_text("\\ISO 2022 IR 149", "A=\x1b$)C\xb1\xe8", "A=김");
	check_text("\\ISO 2022 IR 87", "A=\x1b$B;3ED\x1b(B^B", "A=山田^B");
	check_text("ISO_IR 13", "\xd4\xcf\xc0\xde\\A", "ﾔﾏﾀﾞ\\A");
	check_text("\\ISO 2022 IR 159", "\x1b$(D0!\x1b(B", "丂");
	/* A backslash within a pair of bytes parts nothing. */
	check_text("\\ISO 2022 IR 87", "\x1b$B0\\\x1b(B", "移");
	/* Behind a delimiter value 1 of the set holds again. */
	check_text(
	    "ISO 2022 IR 100\\ISO 2022 IR 126", "\x1b-F\xc4=\xc4", "Δ=Ä");
	/* One who forgot the escape. */
	check_text("\\ISO 2022 IR 58", "\xcd\xf5^\xd0\xa1", "王^小");
}

TEST(text_of_another_set_is_repaired_only_where_asked)
{
	struct encodings encodings = { 0 };
	struct dicom_text t;
	struct buf b = { 0 };
	struct err e = { 0 };
	char room[192];

	(void)state;
	for (int repair = 0; repair < 2; repair++) {
		dicom_text_init(&t, &encodings);
		t.repair = repair;
		dicom_text_set(&t, slice_of("ISO_IR 100"));
		buf_reset(&b);
		assert_true(
		    dicom_text_decode(&t, slice_of("\xcd\xf5"), "PN", &b, &e));
		assert_slice(buf_slice(&b), repair ? "王" : "Íõ");
		assert_string_equal(dicom_text_name(&t, room),
		    repair ? "ISO_IR 100 as gb18030" : "ISO_IR 100");
	}
	/* No Chinese character in it: as declared. */
	buf_reset(&b);
	assert_true(dicom_text_decode(&t, slice_of("\xa1\xa1"), "PN", &b, &e));
	assert_slice(buf_slice(&b), "¡¡");
	buf_release(&b);
	encodings_release(&encodings);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(peeks_across_blocks_and_counts),
		cmocka_unit_test(keeps_a_failure_behind_the_bytes_before_it),
		cmocka_unit_test(refuses_more_bytes_than_its_limit),
		cmocka_unit_test(reads_each_row_as_what_it_is),
		cmocka_unit_test(judges_a_head_that_ends_within_a_character),
		cmocka_unit_test(names_decode_or_show_their_bytes),
		cmocka_unit_test(finds_the_end_of_a_value_however_it_is_cut),
		cmocka_unit_test(finds_a_string_of_the_top_object_only),
		cmocka_unit_test(serial_numbers_are_dates_to_the_millisecond),
		cmocka_unit_test(format_codes_tell_dates_from_numbers),
		cmocka_unit_test(columns_are_counted_by_their_letters),
		cmocka_unit_test(words_follow_their_character_set),
		cmocka_unit_test(
		    text_of_another_set_is_repaired_only_where_asked),
	};

	return RUN(tests);
}
