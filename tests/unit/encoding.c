#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <iconv.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "io/encoding.h"

static const char *
decode(const char *name, const char *bytes, size_t n)
{
	static struct buf out;
	static struct err e;
	struct encoding *x = encoding_open(name, &e);
	bool ok;

	if (x == NULL)
		return e.text;
	buf_reset(&out);
	ok = encoding_decode(
	    x, (struct slice){ bytes, n }, true, &out, NULL, &e);
	encoding_close(x);
	return ok ? buf_string(&out) : e.text;
}

static void
reads_gb18030_under_all_its_names(void **state)
{
	(void)state;
	assert_string_equal(
	    decode("GB18030", "\xD1\xAA\xCC\xC7 5", 6), "血糖 5");
	assert_string_equal(decode("gbk", "\xD1\xAA", 2), "血");
	assert_string_equal(decode("GB2312", "\xD1\xAA", 2), "血");
	/* four bytes: within the basic plane and beyond it */
	assert_string_equal(decode("gb18030", "\x81\x39\xEE\x39", 4), "㐀");
	assert_string_equal(decode("gb18030", "\x95\x32\x82\x36", 4), "𠀀");
	assert_string_equal(decode("gb18030", "\x80", 1), "€");
}

static void
refuses_what_is_not_gb18030(void **state)
{
	(void)state;
	assert_string_equal(decode("gb18030", "ab\xFF", 3),
	    "bytes at offset 2 are not gb18030");
	assert_string_equal(
	    decode("gb18030", "\xD1", 1), "bytes at offset 0 are not gb18030");
	assert_string_equal(decode("gb18030", "\xD1\x20", 2),
	    "bytes at offset 0 are not gb18030");
	assert_string_equal(decode("gb18030", "\x84\x32\xA0\x30", 4),
	    "bytes at offset 0 are not gb18030");
	assert_string_equal(
	    decode("klingon", "a", 1), "unknown encoding 'klingon'");
	assert_string_equal(decode("latin1//IGNORE", "a", 1),
	    "unknown encoding 'latin1//IGNORE'");
}

static void
leaves_a_cut_character_for_the_next_block(void **state)
{
	static const char *const names[] = { "utf-8", "gb18030", "big5" };
	static const char *const texts[] = { "a\xE8\xA1\x80", "a\xD1\xAA",
		"a\xA6\xE5" };

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct encoding *x = encoding_open(names[i], NULL);
		struct slice text = slice_of(texts[i]);
		struct buf out = { 0 };
		size_t used;

		text.n--;
		assert_true(encoding_decode(x, text, false, &out, &used, NULL));
		assert_int_equal(used, 1);
		assert_int_equal(out.n, 1);
		assert_false(encoding_decode(x, text, true, &out, &used, NULL));
		buf_release(&out);
		encoding_close(x);
	}
}

/* Every two-byte form and every 97th four-byte one, one by one. */
static void
agrees_with_iconv_everywhere(void **state)
{
	struct encoding *x = encoding_open("gb18030", NULL);
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	struct buf out = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 126 * 256 + 1587600; i += i < 32256 ? 1 : 97) {
		char c[4], want[16], *in = c, *to = want;
		size_t n = 2, room = sizeof(want);
		bool ok, mine;

		if (i < 32256) {
			c[0] = (char)(0x81 + i / 256);
			c[1] = (char)(i % 256);
		} else {
			uint32_t k = i - 32256;

			n = 4;
			c[0] = (char)(0x81 + k / 12600);
			c[1] = (char)(0x30 + k / 1260 % 10);
			c[2] = (char)(0x81 + k / 10 % 126);
			c[3] = (char)(0x30 + k % 10);
		}
		buf_reset(&out);
		mine = encoding_decode(
		    x, (struct slice){ c, n }, true, &out, NULL, NULL);
		iconv(cd, NULL, NULL, NULL, NULL);
		ok = iconv(cd, &in, &n, &to, &room) != (size_t)-1 && n == 0;
		iconv(cd, NULL, NULL, &to, &room);
		/* glibc lets surrogates pass; they are no characters */
		ok = ok && utf8_valid(want, sizeof(want) - room);
		if (mine != ok)
			fail_msg("form %u: %d, iconv %d", i, mine, ok);
		if (ok)
			assert_memory_equal(out.p, want, sizeof(want) - room);
	}
	iconv_close(cd);
	buf_release(&out);
	encoding_close(x);
}

static void
writes_other_encodings(void **state)
{
	struct encoding *x = encoding_open("gb18030", NULL);
	struct buf out = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_true(encoding_encode(x, SLICE("血糖"), &out, &e));
	assert_memory_equal(out.p, "\xD1\xAA\xCC\xC7", 4);
	encoding_close(x);
	x = encoding_open("latin1", NULL);
	assert_false(encoding_encode(x, SLICE("é血"), &out, &e));
	assert_string_equal(
	    e.text, "character at offset 2 does not exist in latin1");
	encoding_close(x);
	buf_release(&out);
}

static void
tells_encodings_by_strict_rules(void **state)
{
	size_t bom;

	(void)state;
	assert_string_equal(encoding_detect(SLICE("abc"), &bom), "utf-8");
	assert_string_equal(encoding_detect(SLICE("血糖"), &bom), "utf-8");
	assert_string_equal(encoding_detect(SLICE("\xEF\xBB\xBF"
						  "a"),
				&bom),
	    "utf-8");
	assert_int_equal(bom, 3);
	assert_string_equal(
	    encoding_detect(SLICE("\xD1\xAA\xCC\xC7"), &bom), "gb18030");
	assert_int_equal(bom, 0);
	assert_null(encoding_detect(SLICE("a\xFF"), &bom));
	assert_string_equal(
	    encoding_detect(SLICE("a\0,\0b\0"), &bom), "utf-16le");
	assert_string_equal(
	    encoding_detect(SLICE("\xFE\xFF\0a"), &bom), "utf-16be");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_gb18030_under_all_its_names),
		cmocka_unit_test(refuses_what_is_not_gb18030),
		cmocka_unit_test(leaves_a_cut_character_for_the_next_block),
		cmocka_unit_test(agrees_with_iconv_everywhere),
		cmocka_unit_test(writes_other_encodings),
		cmocka_unit_test(tells_encodings_by_strict_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
