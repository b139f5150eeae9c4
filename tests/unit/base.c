/* The small modules of base: slices, buffers, arenas, hashes, digests. */
#include "test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/hash.h"

TEST(trims_ascii_and_ideographic_blanks)
{
	(void)state;
	assert_slice(
	    slice_trim(SLICE(" \t\xE3\x80\x80 a b\xC2\xA0\r\n")), "a b");
	assert_slice(slice_trim(SLICE("\xE3\x80\x80")), "");
	assert_slice(slice_trim(SLICE("\xEF\xBB\xBFid")), "id");
	assert_slice(slice_trim(SLICE("a\xEF\xBB\xBF\xC2\xA0 ")), "a");
	assert_slice(slice_trim(SLICE("\xE4\xB8\x80\xE3\x80\x81\n")),
	    "\xE4\xB8\x80\xE3\x80\x81");
	assert_slice(slice_trim(SLICE("")), "");
}

TEST(finds_a_needle_at_every_place)
{
	struct slice s = SLICE("abcabd");

	(void)state;
	assert_ptr_equal(slice_find(s, SLICE("abd")), s.p + 3);
	assert_ptr_equal(slice_find(s, SLICE("")), s.p);
	assert_null(slice_find(s, SLICE("abe")));
	assert_null(slice_find(s, SLICE("abcabda")));
}

TEST(cuts_parts_at_a_separator)
{
	struct slice rest = SLICE("a||b"), part;

	(void)state;
	assert_true(slice_next(&rest, '|', &part));
	assert_slice(part, "a");
	assert_true(slice_next(&rest, '|', &part));
	assert_slice(part, "");
	assert_true(slice_next(&rest, '|', &part));
	assert_slice(part, "b");
	assert_false(slice_next(&rest, '|', &part));
}

TEST(reads_whole_numbers_and_nothing_else)
{
	unsigned long long n;

	(void)state;
	assert_true(slice_number(SLICE("18446744073709551615"), &n));
	assert_true(n == UINT64_MAX);
	assert_false(slice_number(SLICE("18446744073709551616"), &n));
	assert_false(slice_number(SLICE("-1"), &n));
	assert_false(slice_number(SLICE("1 "), &n));
	assert_false(slice_number(SLICE(""), &n));
}

TEST(suggests_the_nearest_name)
{
	static const char *const names[] = { "range", "regex", "required",
		NULL };

	(void)state;
	assert_string_equal(slice_suggest(SLICE("rnage"), names), "range");
	assert_string_equal(slice_suggest(SLICE("require"), names), "required");
	assert_null(slice_suggest(SLICE("colour"), names));
}

TEST(a_buffer_stops_at_its_ceiling)
{
	struct buf b = { .ceiling = 4 };

	(void)state;
	buf_adds(&b, "abc");
	assert_false(b.full);
	buf_adds(&b, "de");
	assert_true(b.full);
	buf_adds(&b, "f");
	assert_slice(buf_slice(&b), "abc");
	buf_reset(&b);
	buf_adds(&b, "wxyz");
	assert_false(b.full);
	buf_release(&b);
}

TEST(an_arena_reset_reuses_its_memory)
{
	struct arena *a = arena_new();
	size_t held;

	(void)state;
	for (int i = 0; i < 1000; i++)
		memset(arena_alloc(a, 1000), i, 1000);
	arena_reset(a);
	held = arena_size(a);
	assert_true(held <= 2 << 20);
	for (int round = 0; round < 10; round++) {
		for (int i = 0; i < 100; i++)
			arena_alloc(a, 1000);
		arena_reset(a);
	}
	assert_int_equal(arena_size(a), held);
	arena_free(a);
}

TEST(an_arena_aligns_and_keeps_what_is_larger_than_a_chunk)
{
	struct arena *a = arena_new();
	char *small = arena_alloc(a, 1), *large = arena_alloc(a, 5 << 20);

	(void)state;
	assert_int_equal((uintptr_t)small % 16, 0);
	assert_int_equal((uintptr_t)large % 16, 0);
	memset(large, 7, 5 << 20);
	assert_string_equal(arena_printf(a, "%d-%s", 5, "x"), "5-x");
	arena_free(a);
}

TEST(an_index_numbers_names_in_order)
{
	struct index *x = index_new();
	char name[32];
	bool fresh;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		snprintf(name, sizeof(name), "name-%d", i);
		assert_int_equal(index_add(x, slice_of(name), &fresh), i);
		assert_true(fresh);
	}
	assert_int_equal(index_add(x, SLICE("name-77"), &fresh), 77);
	assert_false(fresh);
	assert_int_equal(index_find(x, SLICE("name-9999")), 9999);
	assert_int_equal(index_find(x, SLICE("name-10000")), -1);
	assert_slice(index_name(x, 12), "name-12");
	assert_int_equal(index_count(x), 10000);
	index_free(x);
}

/* Computed once and pinned: names of shards in old summaries rest on them. */
TEST(hashes_stay_what_they_were)
{
	(void)state;
	assert_true(hash_bytes("", 0) == UINT64_C(0xd6cb8892a926a943));
	assert_true(hash_bytes("abc", 3) == UINT64_C(0x4b7cd1d377e72e53));
	assert_true(hash_bytes("{\"pid\":\"P00000001\"}", 19) ==
	    UINT64_C(0xcea9532ae92f95ac));
}

TEST(hashes_differ_by_length_and_by_each_byte)
{
	unsigned char zeros[64] = { 0 }, text[64];

	(void)state;
	for (size_t n = 0; n < 63; n++)
		assert_true(hash_bytes(zeros, n) != hash_bytes(zeros, n + 1));
	for (size_t i = 0; i < 64; i++) {
		memset(text, 0, sizeof(text));
		text[i] = 1;
		assert_true(hash_bytes(text, 64) != hash_bytes(zeros, 64));
	}
}

TEST(digests_are_those_of_fips_180_and_rfc_4231)
{
	uint8_t d[DIGEST_SIZE];
	char hex[65], id[DIGEST_ID + 1];
	struct digest *under_way = digest_new();

	(void)state;
	digest_bytes("abc", 3, d);
	digest_hex(d, hex);
	assert_string_equal(hex,
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	digest_add(under_way, "a", 1);
	digest_peek(under_way, d);
	digest_add(under_way, "bc", 2);
	digest_peek(under_way, d);
	digest_hex(d, hex);
	assert_int_equal(strncmp(hex, "ba7816bf", 8), 0);
	digest_id(d, id);
	assert_int_equal(strlen(id), 26);
	assert_int_equal(strncmp(id, "q9w1dfwf07", 10), 0);
	digest_hmac("Jefe", 4, "what do ya want for nothing?", 28, d);
	digest_hex(d, hex);
	assert_string_equal(hex,
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	digest_free(under_way);
}

TEST(base64_is_that_of_rfc_4648)
{
	char out[16];

	(void)state;
	assert_int_equal(digest_base64("foob", 4, out), 8);
	assert_string_equal(out, "Zm9vYg==");
}

TEST(an_error_keeps_its_kind_and_gains_places)
{
	struct err e = { 0 };

	(void)state;
	assert_false(err_data(&e, "csv_width", "row has %d fields", 5));
	err_wrap(&e, "%s:%d", "a.csv", 3);
	assert_string_equal(e.text, "a.csv:3: row has 5 fields");
	assert_string_equal(e.code, "csv_width");
	assert_int_equal(e.kind, ERR_DATA);
	assert_int_equal(err_worse(1, 3), 3);
	assert_int_equal(err_worse(4, 3), 4);
}

TEST(a_wrapped_error_never_ends_in_half_a_character)
{
	struct err e = { 0 };
	char place[600];

	(void)state;
	for (size_t i = 0; i < 198; i += 3)
		memcpy(place + i, "\xE5\x8C\xBB", 4);
	for (int i = 0; i < 5; i++) {
		err_set(&e, ERR_INPUT, "%s", place);
		err_wrap(&e, "%.*s%s", i, "xxxx", place);
		assert_true(strlen(e.text) < sizeof(e.text));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trims_ascii_and_ideographic_blanks),
		cmocka_unit_test(finds_a_needle_at_every_place),
		cmocka_unit_test(cuts_parts_at_a_separator),
		cmocka_unit_test(reads_whole_numbers_and_nothing_else),
		cmocka_unit_test(suggests_the_nearest_name),
		cmocka_unit_test(a_buffer_stops_at_its_ceiling),
		cmocka_unit_test(an_arena_reset_reuses_its_memory),
		cmocka_unit_test(
		    an_arena_aligns_and_keeps_what_is_larger_than_a_chunk),
		cmocka_unit_test(an_index_numbers_names_in_order),
		cmocka_unit_test(hashes_stay_what_they_were),
		cmocka_unit_test(hashes_differ_by_length_and_by_each_byte),
		cmocka_unit_test(digests_are_those_of_fips_180_and_rfc_4231),
		cmocka_unit_test(base64_is_that_of_rfc_4648),
		cmocka_unit_test(an_error_keeps_its_kind_and_gains_places),
		cmocka_unit_test(
		    a_wrapped_error_never_ends_in_half_a_character),
	};

	return RUN(tests);
}
