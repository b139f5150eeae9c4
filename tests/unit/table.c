#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "io/table.h"

static struct buf shown;

struct drip {
	struct slice rest;
	size_t step;
};

static ssize_t
drip(void *ctx, char *to, size_t room, struct err *e)
{
	struct drip *d = ctx;
	size_t n = d->rest.n < d->step ? d->rest.n : d->step;

	(void)e;
	n = n < room ? n : room;
	memcpy(to, d->rest.p, n);
	d->rest = (struct slice){ d->rest.p + n, d->rest.n - n };
	return (ssize_t)n;
}

static void
show_frame(const struct frame *f, struct splitter *s)
{
	static const char *const kinds[] = { "row", "blank", "comment", "bad" };
	const struct slice *fields;
	size_t n;

	buf_addf(&shown, "%llu:%s %llu-%llu", (unsigned long long)f->line,
	    f->kind == FRAME_BAD ? f->why : kinds[f->kind],
	    (unsigned long long)f->from, (unsigned long long)f->next);
	if (f->kind == FRAME_RECORD &&
	    splitter_cut(s, f->bytes, &fields, &n, NULL))
		for (size_t i = 0; i < n; i++) {
			buf_addc(&shown, '[');
			buf_add_slice(&shown, fields[i]);
			buf_addc(&shown, ']');
		}
	buf_addc(&shown, '\n');
}

/* Every frame and field; in memory for step 0, else so many bytes a read. */
static const char *
frames(const struct dialect *d, struct slice text, size_t step)
{
	struct drip source = { text, step };
	struct framer *f = step == 0 ? framer_new_memory(d, text)
				     : framer_new(d, drip, &source);
	struct splitter *s = splitter_new(d);
	struct frame frame;

	buf_reset(&shown);
	while (framer_next(f, &frame, NULL) && frame.kind != FRAME_END)
		show_frame(&frame, s);
	framer_free(f);
	splitter_free(s);
	return buf_string(&shown);
}

static void
expect(const struct dialect *d, struct slice text, const char *want)
{
	assert_string_equal(frames(d, text, 0), want);
	for (size_t step = 1; step < 5; step++)
		assert_string_equal(frames(d, text, step), want);
	assert_string_equal(frames(d, text, 1000), want);
}

static void
frames_lines_with_place_and_number(void **state)
{
	(void)state;
	expect(&dialect_csv, SLICE("a,b\n1,2\r\n3,4\r5,"),
	    "1:row 0-4[a][b]\n2:row 4-9[1][2]\n3:row 9-13[3][4]\n"
	    "4:row 13-15[5][]\n");
	expect(&dialect_csv, SLICE(""), "");
	expect(&dialect_csv, SLICE("\n \na\n"),
	    "1:blank 0-1\n2:blank 1-3\n3:row 3-5[a]\n");
	expect(&dialect_csv, SLICE("a\r"), "1:row 0-2[a]\n");
	expect(&dialect_tsv, SLICE("\t\n"), "1:row 0-2[][]\n");
}

static void
reads_quoted_fields(void **state)
{
	(void)state;
	expect(&dialect_csv, SLICE("\"a\",\"b,\"\"c\"\"\"\n"),
	    "1:row 0-14[a][b,\"c\"]\n");
	expect(&dialect_csv, SLICE("\"x\r\ny\nz\",1\r\nb\n"),
	    "1:row 0-12[x\r\ny\nz][1]\n4:row 12-14[b]\n");
	expect(&dialect_csv, SLICE("\"\",a\r\n\" x \""),
	    "1:row 0-6[][a]\n2:row 6-11[ x ]\n");
}

static void
loses_one_line_to_an_open_quote(void **state)
{
	(void)state;
	expect(&dialect_csv, SLICE("1,\"open\n2,b\n3,c\n"),
	    "1:csv_quote 0-8\n2:row 8-12[2][b]\n3:row 12-16[3][c]\n");
	expect(&dialect_csv, SLICE("1,\"open\n2,\"b\"\n3,c\n"),
	    "1:csv_quote 0-8\n2:row 8-14[2][b]\n3:row 14-18[3][c]\n");
	expect(&dialect_csv, SLICE("\"a\"b,c\nd\n"),
	    "1:csv_quote 0-7\n2:row 7-9[d]\n");
}

static void
takes_bare_quotes_as_data_unless_strict(void **state)
{
	struct dialect strict = dialect_csv;

	(void)state;
	strict.strict = true;
	expect(
	    &dialect_csv, SLICE("5\" cut,\"b\"\n"), "1:row 0-11[5\" cut][b]\n");
	expect(&strict, SLICE("5\" cut,\"b\"\nx\n"),
	    "1:csv_quote 0-11\n2:row 11-13[x]\n");
}

static void
honours_the_dialect(void **state)
{
	struct dialect d = { .delimiter = '|', .quote = 0, .comment = '#' };

	(void)state;
	expect(&d, SLICE("#x|\"\n\"a|b\"\n"),
	    "1:comment 0-5\n2:row 5-11[\"a][b\"]\n");
}

static void
does_not_take_half_a_character_for_a_delimiter(void **state)
{
	struct dialect d = { .delimiter = '|', .quote = '"', .gb = true };
	struct framer *f;
	struct frame frame;

	(void)state;
	/* 0x81 0x7C is one character; the quote behind it is bare. */
	f = framer_new_memory(&d, SLICE("\x81|\"x|\"y\"\nz\n"));
	assert_true(framer_next(f, &frame, NULL));
	assert_int_equal(frame.kind, FRAME_RECORD);
	assert_int_equal(frame.next, 9);
	framer_free(f);
}

static void
bounds_a_record_and_goes_on_behind_it(void **state)
{
	struct dialect d = dialect_csv;
	static char text[3000];
	struct slice s = { text, sizeof(text) };

	(void)state;
	d.max_record = 100;
	memset(text, 'x', sizeof(text));
	memcpy(text + sizeof(text) - 6, "\r\na,b\n", 6);
	expect(&d, s, "1:limit_record 0-2996\n2:row 2996-3000[a][b]\n");
	text[0] = '"';
	text[2994] = text[2995] = 'x';
	text[50] = '\n';
	expect(&d, s, "1:csv_quote 0-51\n2:limit_record 51-3000\n");
}

static void
sniffs_the_delimiter(void **state)
{
	(void)state;
	assert_int_equal(dialect_sniff(SLICE("a,b\n1,2\n"), &dialect_csv), ',');
	assert_int_equal(
	    dialect_sniff(SLICE("a\tb\n1,5\t2\n"), &dialect_csv), '\t');
	assert_int_equal(
	    dialect_sniff(SLICE("a;b\n\"x;y\";2\n"), &dialect_csv), ';');
	assert_int_equal(dialect_sniff(SLICE("a|b|c\n1|2"), &dialect_csv), '|');
	assert_int_equal(dialect_sniff(SLICE("a\nb\n"), &dialect_csv), ',');
	assert_int_equal(dialect_sniff(SLICE("a;b\nc\n"), &dialect_csv), ',');
	/* One bad row of twenty is one bad row. */
	assert_int_equal(
	    dialect_sniff(SLICE("a;b\n1;2\n1;2\n1;2\n1;2\n1;2\n1;2\n1;2\n"
				"1;2\n1;2\n1;2\n1;2\n1;2\n1;2\n1;2\n1;2\n"
				"1;2\n1;2\n1;2\n1;2;3\n"),
		&dialect_csv),
	    ';');
}

enum { CODE, NAME, NOTE };

static const struct column columns[] = { [CODE] = { "code", "编码|代码",
					     COLUMN_REQUIRED | COLUMN_FILLED |
						 COLUMN_CODE },
	[NAME] = { "name", "名称", COLUMN_REQUIRED },
	[NOTE] = { "note", NULL, 0 },
	{ 0 } };

static void
finds_columns_by_name_and_alias(void **state)
{
	struct err e = { 0 };
	struct table *t = table_parse("x.csv",
	    SLICE("\xEF\xBB\xBF"
		  "名 称,编码\n# no row\n\n 血糖 ,GLU\n,,\n\"a,b\",X\n"),
	    columns, 0, NULL, &e);

	(void)state;
	if (t == NULL)
		fail_msg("%s", e.text);
	assert_int_equal(table_rows(t), 2);
	assert_true(slice_is(table_cell(t, 0, CODE), "GLU"));
	assert_true(slice_is(table_cell(t, 0, NAME), "血糖"));
	assert_true(slice_is(table_cell(t, 0, NOTE), ""));
	assert_true(slice_is(table_cell(t, 1, NAME), "a,b"));
	assert_int_equal(table_line(t, 0), 4);
	assert_int_equal(table_line(t, 1), 6);
	assert_false(table_has(t, NOTE));
	table_free(t);
}

static void
reads_gb18030_and_tabs(void **state)
{
	struct err e = { 0 };
	struct table *t = table_parse("x.csv",
	    SLICE("code\tname\tmore\r\nGLU\t\xD1\xAA\xCC\xC7\tz\r\n"), columns,
	    TABLE_EXTRA, NULL, &e);

	(void)state;
	if (t == NULL)
		fail_msg("%s", e.text);
	assert_true(slice_is(table_cell(t, 0, NAME), "血糖"));
	assert_int_equal(table_width(t), 3);
	assert_true(slice_is(table_header(t, 2), "more"));
	assert_true(slice_is(table_at(t, 0, 2), "z"));
	table_free(t);
}

static void
lists_every_fault_with_its_line(void **state)
{
	struct table_faults f = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_null(table_parse("x.csv",
	    SLICE("code,nmae,code\n1.23E+17,a,\n,b,\nx\n3月8日,c,\n\"q,d\n"),
	    columns, 0, &f, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_string_equal(
	    e.text, "x.csv:1: unknown column 'nmae' (did you mean 'name'?)");
	assert_int_equal(f.n, 8);
	assert_string_equal(f.list[1].text, "column 'code' stands twice");
	assert_string_equal(f.list[2].text, "column 'name' is missing");
	assert_int_equal(f.list[3].line, 4);
	assert_string_equal(f.list[3].text, "row has 1 fields, header has 3");
	assert_int_equal(f.list[4].line, 6);
	table_faults_release(&f);
}

static void
tells_what_a_spreadsheet_did(void **state)
{
	static const char *const hurt[] = { "1.23E+17", "1E+05", "2024/3/8",
		"2024-03-08", "8-Mar", "Mar-08", "3月8日", "#REF!", "#######" };
	static const char *const fine[] = { "", "I10", "C16.900", "1E5", "86.0",
		"00.4500", "2024", "CA19-9", "12-34", "Mar", "3月", "E11.9" };

	(void)state;
	for (size_t i = 0; i < sizeof(hurt) / sizeof(hurt[0]); i++)
		assert_non_null(table_damage(slice_of(hurt[i]), 0));
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		assert_null(table_damage(slice_of(fine[i]), 0));
	assert_non_null(table_damage(SLICE("123"), 5));
	assert_null(table_damage(SLICE("00123"), 5));
}

static void
sees_lost_zeros_beside_codes_of_one_width(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(table_parse("x.csv",
	    SLICE("code,name\n00123,a\n00124,b\n00125,c\n01000,d\n126,e\n"),
	    columns, 0, NULL, &e));
	assert_non_null(strstr(e.text,
	    "x.csv:6: column 'code': '126' is "
	    "shorter"));
}

static void
refuses_bytes_of_no_encoding(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(table_parse(
	    "x.csv", SLICE("code,name\n\xFF,a\n"), columns, 0, NULL, &e));
	assert_string_equal(e.text,
	    "x.csv: text is neither UTF-8 nor GB18030: "
	    "save it as UTF-8");
	e = (struct err){ 0 };
	assert_null(table_parse("x.csv", SLICE(""), columns, 0, NULL, &e));
	assert_string_equal(e.text, "x.csv: table has no header");
	e = (struct err){ 0 };
	assert_null(table_load("missing.csv", columns, 0, NULL, &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_lines_with_place_and_number),
		cmocka_unit_test(reads_quoted_fields),
		cmocka_unit_test(loses_one_line_to_an_open_quote),
		cmocka_unit_test(takes_bare_quotes_as_data_unless_strict),
		cmocka_unit_test(honours_the_dialect),
		cmocka_unit_test(
		    does_not_take_half_a_character_for_a_delimiter),
		cmocka_unit_test(bounds_a_record_and_goes_on_behind_it),
		cmocka_unit_test(sniffs_the_delimiter),
		cmocka_unit_test(finds_columns_by_name_and_alias),
		cmocka_unit_test(reads_gb18030_and_tabs),
		cmocka_unit_test(lists_every_fault_with_its_line),
		cmocka_unit_test(tells_what_a_spreadsheet_did),
		cmocka_unit_test(sees_lost_zeros_beside_codes_of_one_width),
		cmocka_unit_test(refuses_bytes_of_no_encoding),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&shown);
	return failed;
}
