/* Members of gzip, in whatever pieces they come and however they are broken. */
#include "test.h"

#include "base/buf.h"
#include "io/codec.h"

enum outcome { WHOLE, CUT, DAMAGED };

/* Decodes in steps of so many bytes in and out. */
static enum outcome
decode(struct slice packed, size_t step, size_t room, struct buf *text)
{
	struct decoder *d = decoder_new(CODEC_GZIP);
	struct slice piece = { packed.p, 0 };
	struct err e = { 0 };
	size_t out = 0;
	bool ok = true;
	enum outcome o;

	buf_reset(text);
	while (ok && (packed.n > 0 || piece.n > 0 || out > 0)) {
		if (piece.n == 0) {
			piece = packed;
			if (piece.n > step)
				piece.n = step;
			packed.p += piece.n;
			packed.n -= piece.n;
		}
		ok = decoder_run(
		    d, &piece, buf_room(text, room), room, &out, &e);
		text->n += ok ? out : 0;
	}
	if (!ok)
		assert_string_equal(e.text, "damaged gzip data");
	o = !ok ? DAMAGED : decoder_at_border(d) ? WHOLE : CUT;
	decoder_free(d);
	return o;
}

static enum outcome
decode_at_once(struct buf packed, struct buf *text)
{
	return decode(buf_slice(&packed), packed.n, 1 << 16, text);
}

static void
add_member(struct buf *packed, unsigned lines)
{
	struct encoder *c = encoder_new(CODEC_GZIP);
	struct buf text = { 0 };

	for (unsigned i = 0; i < lines; i++)
		buf_addf(&text, "{\"n\":%u,\"square\":%u}\n", i, i * i);
	encoder_add(c, buf_slice(&text), packed);
	encoder_end(c, packed);
	encoder_free(c);
	buf_release(&text);
}

TEST(pieces_of_any_size_give_the_same)
{
	static const size_t sizes[] = { 1, 2, 7, 100, 4096, 1 << 20 };
	const size_t n = sizeof(sizes) / sizeof(sizes[0]);
	struct buf packed = { 0 }, whole = { 0 }, text = { 0 };

	(void)state;
	add_member(&packed, 5000);
	add_member(&packed, 0);
	add_member(&packed, 20);
	assert_int_equal(decode_at_once(packed, &whole), WHOLE);
	assert_true(whole.n > 100000);
	for (size_t i = 0; i < n * n; i++) {
		assert_int_equal(decode(buf_slice(&packed), sizes[i / n],
				     sizes[i % n], &text),
		    WHOLE);
		assert_int_equal(text.n, whole.n);
		assert_memory_equal(text.p, whole.p, whole.n);
	}
	buf_release(&packed);
	buf_release(&whole);
	buf_release(&text);
}

TEST(a_member_that_ends_anywhere_else_is_cut)
{
	struct buf packed = { 0 }, text = { 0 };

	(void)state;
	add_member(&packed, 300);
	for (size_t n = 1; n < packed.n; n++) {
		struct slice some = { packed.p, n };

		assert_int_equal(decode(some, n, 1 << 16, &text), CUT);
		assert_int_equal(decode(some, 1, 5, &text), CUT);
	}
	buf_release(&packed);
	buf_release(&text);
}

/* The last 8 bytes: CRC-32 and length. */
TEST(a_wrong_checksum_or_length_is_damage)
{
	struct buf packed = { 0 }, text = { 0 };

	(void)state;
	add_member(&packed, 300);
	for (size_t back = 1; back <= 8; back++) {
		packed.p[packed.n - back] ^= 1;
		assert_int_equal(decode_at_once(packed, &text), DAMAGED);
		assert_int_equal(
		    decode(buf_slice(&packed), 1, 1, &text), DAMAGED);
		packed.p[packed.n - back] ^= 1;
	}
	assert_int_equal(decode_at_once(packed, &text), WHOLE);
	buf_release(&packed);
	buf_release(&text);
}

TEST(zeros_behind_a_member_are_padding_and_else_there_is_damage)
{
	struct buf packed = { 0 }, text = { 0 };

	(void)state;
	add_member(&packed, 300);
	buf_add(&packed, "\0\0\0\0\0\0\0\0\0\0\0", 11);
	assert_int_equal(decode_at_once(packed, &text), WHOLE);
	assert_int_equal(decode(buf_slice(&packed), 1, 1, &text), WHOLE);
	add_member(&packed, 3);
	assert_int_equal(decode_at_once(packed, &text), WHOLE);
	buf_addc(&packed, 'x');
	assert_int_equal(decode_at_once(packed, &text), DAMAGED);
	buf_adds(&packed, "yz and what else is no member");
	assert_int_equal(decode_at_once(packed, &text), DAMAGED);
	buf_release(&packed);
	buf_release(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_of_any_size_give_the_same),
		cmocka_unit_test(a_member_that_ends_anywhere_else_is_cut),
		cmocka_unit_test(a_wrong_checksum_or_length_is_damage),
		cmocka_unit_test(
		    zeros_behind_a_member_are_padding_and_else_there_is_damage),
	};

	return RUN(tests);
}
