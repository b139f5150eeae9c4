#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "sources/mllp_answer.h"
#include "sources/mllp_frame.h"

#define LIMIT ((size_t)1 << 20)

/* What comes out, as "M:text;O:text;", whatever the pieces of the input. */
static void
assert_pieces(const char *in, const char *want)
{
	size_t n = strlen(in);

	for (size_t grain = 1; grain <= n + 1; grain++) {
		struct mllp f = { 0 };
		struct mllp_piece p;
		struct buf got = { 0 };
		char last = 0;
		uint64_t whole = 0;

		for (size_t at = 0; at < n; at += grain) {
			size_t part = n - at < grain ? n - at : grain;

			mllp_add(&f, (struct slice){ in + at, part });
			while (mllp_next(&f, LIMIT, &p)) {
				/* bytes outside may come in parts */
				if (p.kind != MLLP_OUTSIDE || last != 'O')
					buf_adds(&got,
					    p.kind == MLLP_MESSAGE ? "|M:"
								   : "|O:");
				last = p.kind == MLLP_MESSAGE ? 'M' : 'O';
				buf_add_slice(&got, p.bytes);
				whole += p.whole;
			}
		}
		assert_string_equal(buf_string(&got), want);
		assert_int_equal(whole + mllp_held(&f) + (f.inside ? 1 : 0), n);
		buf_release(&got);
		mllp_release(&f);
	}
}

static void
messages_stand_between_vt_and_fs_cr(void **state)
{
	(void)state;
	assert_pieces("\x0bMSH|a\rPID\r\x1c\r\x0bMSH|b\r\x1c\r",
	    "|M:MSH|a\rPID\r|M:MSH|b\r");
	assert_pieces("junk\x0bMSH\x1c\r\r\n\x0bMSH2\x1c\r",
	    "|O:junk|M:MSH|O:\r\n|M:MSH2");
}

static void
an_fs_within_a_message_is_data(void **state)
{
	(void)state;
	assert_pieces("\x0b"
		      "a\x1c"
		      "b\x1c\r",
	    "|M:a\x1c"
	    "b");
	assert_pieces("\x0b"
		      "a\x1c\x0b"
		      "b\x1c\r",
	    "|M:a|M:b");
}

static void
an_unfinished_message_is_held(void **state)
{
	(void)state;
	assert_pieces("\x0bMSH|a\x1c", "");
}

static void
a_long_message_is_counted_but_not_held(void **state)
{
	struct mllp f = { 0 };
	struct mllp_piece p;
	char block[4096];
	size_t sent = 0;

	(void)state;
	memset(block, 'x', sizeof(block));
	mllp_add(&f, SLICE("\x0b"));
	for (; sent < 10 * LIMIT; sent += sizeof(block)) {
		mllp_add(&f, (struct slice){ block, sizeof(block) });
		assert_false(mllp_next(&f, LIMIT, &p));
		assert_true(mllp_held(&f) <= LIMIT + sizeof(block));
	}
	mllp_add(&f, SLICE("\x1c\r"));
	assert_true(mllp_next(&f, LIMIT, &p));
	assert_int_equal(p.kind, MLLP_LONG);
	assert_int_equal(p.whole, sent + 3);
	assert_false(mllp_next(&f, LIMIT, &p));
	mllp_add(&f, SLICE("\x0bMSH\x1c\r"));
	assert_true(mllp_next(&f, LIMIT, &p));
	assert_int_equal(p.kind, MLLP_MESSAGE);
	mllp_release(&f);
}

static void
assert_answer(const char *message, const char *want)
{
	struct buf b = { 0 };

	mllp_answer(&b, slice_of(message), 1700000000, 7);
	assert_string_equal(buf_string(&b), want);
	buf_release(&b);
}

static void
an_answer_speaks_with_the_messages_delimiters(void **state)
{
	(void)state;
	assert_answer("MSH|^~\\&|LIS|FY|HIS|BJ|2024||ORU^R01|M1|P|2.4\rPID|",
	    "\x0bMSH|^~\\&|HIS|BJ|LIS|FY|20231114221320+0000||ACK^R01|"
	    "1700000000-7|P|2.4\rMSA|AA|M1\r\x1c\r");
	assert_answer("MSH#*~\\&#LIS#####x#ADT*A01#9#T#2.5",
	    "\x0bMSH#*~\\&###LIS##20231114221320+0000##ACK*A01#1700000000-7#T#"
	    "2.5\rMSA#AA#9\r\x1c\r");
}

static void
what_is_no_message_is_refused(void **state)
{
	(void)state;
	assert_answer("hello",
	    "\x0bMSH|^~\\&|||||20231114221320+0000||ACK|1700000000-7|P|2.3\r"
	    "MSA|AR||frame does not begin with MSH\r\x1c\r");
	assert_answer("MSH",
	    "\x0bMSH|^~\\&|||||20231114221320+0000||ACK|1700000000-7|P|2.3\r"
	    "MSA|AR||frame does not begin with MSH\r\x1c\r");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_stand_between_vt_and_fs_cr),
		cmocka_unit_test(an_fs_within_a_message_is_data),
		cmocka_unit_test(an_unfinished_message_is_held),
		cmocka_unit_test(a_long_message_is_counted_but_not_held),
		cmocka_unit_test(an_answer_speaks_with_the_messages_delimiters),
		cmocka_unit_test(what_is_no_message_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
