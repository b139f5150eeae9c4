#include "json/write.h"

#include "json/scan.h"
#include "test.h"

static bool
same(struct buf *b, const char *want)
{
	bool is = slice_is(buf_slice(b), want);

	if (!is)
		print_message("got %.*s\n", (int)b->n, b->p);
	buf_release(b);
	return is;
}

static void
escapes_quotes_backslashes_and_controls_only(void **state)
{
	struct buf b = { 0 };

	(void)state;
	json_put_string(&b, SLICE("a\"b\\c/\b\f\n\r\t\x01\x1F\x7F 血糖"));
	assert_true(
	    same(&b, "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F 血糖\""));
	json_put_string(&b, (struct slice){ "a\0b", 3 });
	assert_true(same(&b, "\"a\\u0000b\""));
	json_put_string(&b, (struct slice){ NULL, 0 });
	assert_true(same(&b, "\"\""));
}

static void
leaves_out_a_member_whose_text_is_empty(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_addc(&b, '{');
	json_put_filled(&b, "a", SLICE(""));
	json_put_filled(&b, "b", SLICE("x\""));
	json_put_filled(&b, "c", (struct slice){ NULL, 0 });
	json_put_filled(&b, "d", SLICE("y"));
	assert_true(same(&b, "{\"b\":\"x\\\"\",\"d\":\"y\""));
}

/* Each control character at each place of a step, and between steps. */
static void
escapes_at_every_place(void **state)
{
	(void)state;
	for (size_t at = 0; at < 40; at++)
		for (int c = 0; c < 0x20; c++) {
			char text[40], *to;
			struct buf b = { 0 };
			struct arena *a = arena_new();
			struct slice back;

			memset(text, 'x', sizeof(text));
			text[at] = (char)c;
			json_put_string(
			    &b, (struct slice){ text, sizeof(text) });
			to = memchr(b.p, '\\', b.n);
			assert_int_equal(to - b.p, at + 1);
			back = json_unescape(
			    (struct slice){ b.p + 1, b.n - 2 }, a);
			assert_true(slice_eq(
			    back, (struct slice){ text, sizeof(text) }));
			buf_release(&b);
			arena_free(a);
		}
}

static void
puts_commas_where_they_belong(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_addc(&b, '{');
	json_put_key(&b, "a");
	json_put_uint(&b, 0);
	json_put_key(&b, "b");
	buf_addc(&b, '[');
	json_put_comma(&b);
	json_put_int(&b, INT64_MIN);
	json_put_comma(&b);
	json_put_uint(&b, UINT64_MAX);
	buf_adds(&b, "]}");
	assert_true(same(
	    &b, "{\"a\":0,\"b\":[-9223372036854775808,18446744073709551615]}"));
}

static void
splices_changes_added_in_any_order(void **state)
{
	struct edit edit = { 0 };
	struct buf b = { 0 };

	(void)state;
	edit_replace(&edit, 8, 10, SLICE("EIGHT"));
	edit_replace(&edit, 3, 5, SLICE(""));
	edit_replace(&edit, 10, 10, SLICE("end"));
	edit_replace(&edit, 0, 0, SLICE("start"));
	edit_write(&edit, SLICE("0123456789"), &b);
	assert_true(same(&b, "start012567EIGHTend"));
	edit_reset(&edit);
	edit_write(&edit, SLICE("as it was"), &b);
	assert_true(same(&b, "as it was"));
	edit_release(&edit);
}

static void
keeps_insertions_at_one_place_in_their_order(void **state)
{
	struct edit edit = { 0 };
	struct buf b = { 0 };

	(void)state;
	edit_replace(&edit, 1, 2, SLICE("R"));
	edit_replace(&edit, 1, 1, SLICE("first"));
	edit_replace(&edit, 1, 1, SLICE("second"));
	edit_replace(&edit, 0, 1, SLICE("L"));
	edit_write(&edit, SLICE("abc"), &b);
	assert_true(same(&b, "LfirstsecondRc"));
	edit_release(&edit);
}

static void
writes_nothing_over_the_ceiling(void **state)
{
	struct edit edit = { 0 };
	struct buf b = { .ceiling = 8 };

	(void)state;
	edit_replace(&edit, 0, 1, SLICE("123456789"));
	edit_write(&edit, SLICE("a"), &b);
	assert_true(b.full);
	assert_int_equal(b.n, 0);
	edit_release(&edit);
	buf_release(&b);
}

static void
canonical(const char *from, const char *want)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	bool done = json_canonical(slice_of(from), &b, &e);

	if (!done)
		print_message("%s: %s\n", from, e.text);
	assert_true(done);
	assert_true(same(&b, want));
}

static void
has_no_canonical_form(const char *from, const char *why)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	assert_false(json_canonical(slice_of(from), &b, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, why));
	buf_release(&b);
}

/* The table of RFC 8785, appendix B, by the decimal spellings of its bits. */
static void
writes_numbers_as_ecmascript_does(void **state)
{
	(void)state;
	canonical("0", "0");
	canonical("-0.0", "0");
	canonical("4.9406564584124654e-324", "5e-324");
	canonical("-4.9406564584124654e-324", "-5e-324");
	canonical("1.7976931348623157e308", "1.7976931348623157e+308");
	canonical("9007199254740991", "9007199254740991");
	canonical("-9007199254740991", "-9007199254740991");
	canonical("295147905179352830000.0", "295147905179352830000");
	canonical("9.999999999999997e22", "9.999999999999997e+22");
	canonical("1e23", "1e+23");
	canonical("1.0000000000000001e23", "1.0000000000000001e+23");
	canonical("999999999999999700000.0", "999999999999999700000");
	canonical("999999999999999900000.0", "999999999999999900000");
	canonical("1e21", "1e+21");
	canonical("9.999999999999997e-7", "9.999999999999997e-7");
	canonical("0.000001", "0.000001");
	canonical("333333333.3333332", "333333333.3333332");
	canonical("333333333.33333325", "333333333.33333325");
	canonical("333333333.33333329", "333333333.3333333");
	canonical("0.10", "0.1");
	canonical("1E30", "1e+30");
	canonical("295147905179352830000", "295147905179352830000");
	canonical("9007199254740992", "9007199254740992");
	canonical("2e-3", "0.002");
	canonical("-0.0000033333333333333333", "-0.0000033333333333333333");
	canonical("1424953923781206.25", "1424953923781206.2");
	canonical("9.5367431640625e-7", "9.5367431640625e-7");
	canonical("9.0071992547409930e15", "9007199254740992");
}

static void
sorts_members_by_utf16(void **state)
{
	(void)state;
	canonical("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,"
		  "\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
	    "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,"
	    "\"\xEF\xAC\xB3\":3}");
	canonical(" { \"b\" : [ 1 , { } , [ ] ] , \"a\" : null , \"\" : true }",
	    "{\"\":true,\"a\":null,\"b\":[1,{},[]]}");
	canonical("{\"ab\":1,\"a\":2}", "{\"a\":2,\"ab\":1}");
	canonical("\"\\u0041\\/\\u000f\\u000A\"", "\"A/\\u000f\\n\"");
}

static void
refuses_what_has_no_canonical_form(void **state)
{
	(void)state;
	has_no_canonical_form("9007199254740993", "beyond 2^53-1");
	has_no_canonical_form("-12345678901234567890", "beyond 2^53-1");
	has_no_canonical_form("[1e400]", "beyond a double");
	has_no_canonical_form("{\"a\":1,\"\\u0061\":2}", "duplicate key");
	has_no_canonical_form("[\"\\ud800\"]", "surrogate");
	has_no_canonical_form("{\"\\udc00\":1}", "surrogate");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escapes_quotes_backslashes_and_controls_only),
		cmocka_unit_test(leaves_out_a_member_whose_text_is_empty),
		cmocka_unit_test(escapes_at_every_place),
		cmocka_unit_test(puts_commas_where_they_belong),
		cmocka_unit_test(splices_changes_added_in_any_order),
		cmocka_unit_test(keeps_insertions_at_one_place_in_their_order),
		cmocka_unit_test(writes_nothing_over_the_ceiling),
		cmocka_unit_test(writes_numbers_as_ecmascript_does),
		cmocka_unit_test(sorts_members_by_utf16),
		cmocka_unit_test(refuses_what_has_no_canonical_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
