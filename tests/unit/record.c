#include "test.h"

#include "base/buf.h"
#include "base/hash.h"
#include "record/record.h"

static struct index *names;
static size_t a, b, z;

static int
setup(void **state)
{
	names = record_names();
	a = index_add(names, SLICE("a"), NULL);
	b = index_add(names, SLICE("b"), NULL);
	z = index_add(names, SLICE("z"), NULL);
	*state = record_new(names, 0);
	return 0;
}

static int
teardown(void **state)
{
	record_free(*state);
	index_free(names);
	return 0;
}

static void
read_line(struct record *r, const char *line)
{
	static char padded[4096];
	struct err e = { 0 };

	memset(padded, 0, sizeof(padded));
	strcpy(padded, line);
	if (!record_read(r, slice_of(padded), &e))
		fail_msg("%s", e.text);
}

static void
expect(struct record *r, const char *line)
{
	struct buf out = { 0 };

	record_write(r, &out);
	assert_string_equal(buf_string(&out), line);
	buf_release(&out);
}

TEST(an_untouched_record_leaves_byte_for_byte)
{
	const char *line = " { \"a\" : 1e400 ,\"a\":0.10,\"\\u0062\":[1, 2] } ";

	read_line(*state, line);
	assert_false(record_changed(*state));
	expect(*state, line);
}

TEST(setting_and_renaming_change_only_their_bytes)
{
	struct record *r = *state;

	read_line(r, "{ \"a\" : 1 , \"b\":\"x\", \"c\" : 0.10 }");
	record_set(r, record_field(r, a), SLICE("2"));
	record_rename(r, record_field(r, b), SLICE("q\"q"));
	expect(r, "{ \"a\" : 2 , \"q\\\"q\":\"x\", \"c\" : 0.10 }");
}

TEST(dropping_keeps_the_commas_right_wherever_it_happens)
{
	struct record *r = *state;
	const struct json_member *m;
	size_t n;

	for (unsigned mask = 0; mask < 8; mask++) {
		char want[64] = "{";

		read_line(r, "{\"a\":1,\"b\":2,\"z\":3}");
		m = record_members(r, &n);
		for (unsigned i = 0; i < 3; i++) {
			if (mask >> i & 1)
				record_drop(r, &m[i]);
			else
				sprintf(want + strlen(want), "%s\"%c\":%u",
				    want[1] == '\0' ? "" : ",", "abz"[i],
				    i + 1);
		}
		strcat(want, "}");
		expect(r, want);
	}
}

TEST(additions_stand_behind_their_member_and_before_the_trail)
{
	struct record *r = *state;

	read_line(r, "{\"a\":1,\"b\":2,\"_mdx\":{\"id\":\"x\"}}");
	record_add(r, record_field(r, a), SLICE("a2"), SLICE("1"));
	record_add(r, record_field(r, a), SLICE("a3"), SLICE("2"));
	record_add(r, NULL, SLICE("indicators"), SLICE("{}"));
	expect(r,
	    "{\"a\":1,\"a2\":1,\"a3\":2,\"b\":2,\"indicators\":{},"
	    "\"_mdx\":{\"id\":\"x\"}}");
}

TEST(an_addition_behind_a_dropped_member_takes_its_place)
{
	struct record *r = *state;

	read_line(r, "{\"a\":1}");
	record_add(r, record_field(r, a), SLICE("n"), SLICE("true"));
	record_drop(r, record_field(r, a));
	expect(r, "{\"n\":true}");
	read_line(r, "{ }");
	record_add(r, NULL, SLICE("n"), SLICE("1"));
	expect(r, "{\"n\":1 }");
}

TEST(the_trail_is_added_changed_and_removed)
{
	struct record *r = *state;

	read_line(r, "{\"a\":1}");
	record_set_trail(r, "qc", SLICE("[1]"));
	expect(r, "{\"a\":1,\"_mdx\":{\"qc\":[1]}}");
	read_line(
	    r, "{\"a\":1,\"_mdx\":{\"id\":\"k\",\"qc\":[1],\"kind\":\"lab\"}}");
	assert_slice(record_kind(r), "lab");
	assert_slice(record_id(r), "k");
	record_set_trail(r, "qc", SLICE("[2]"));
	expect(
	    r, "{\"a\":1,\"_mdx\":{\"id\":\"k\",\"qc\":[2],\"kind\":\"lab\"}}");
	read_line(r, "{\"a\":1,\"_mdx\":{\"qc\":[1]}}");
	record_set_trail(r, "qc", SLICE(""));
	expect(r, "{\"a\":1}");
	read_line(r, "{\"_mdx\":{\"id\":\"k\"}}");
	record_set_trail(r, "norm", SLICE("{}"));
	record_set_trail(r, "norm", SLICE("{\"x\":1}"));
	expect(r, "{\"_mdx\":{\"id\":\"k\",\"norm\":{\"x\":1}}}");
}

TEST(texts_are_decoded_only_where_they_have_escapes)
{
	struct record *r = *state;
	struct slice line, text;

	read_line(r, "{\"a\":\"plain\",\"b\":\"\\u7532\\n\",\"z\":12}");
	line = record_line(r);
	text = record_text(r, record_field(r, a));
	assert_slice(text, "plain");
	assert_true(text.p > line.p && text.p < line.p + line.n);
	assert_slice(record_text(r, record_field(r, b)), "\xE7\x94\xB2\n");
	assert_slice(record_text(r, record_field(r, z)), "12");
	assert_slice(record_text(r, NULL), "");
}

TEST(changes_do_not_reach_the_next_record)
{
	struct record *r = *state;

	read_line(r, "{\"a\":1,\"b\":2}");
	record_set(r, record_field(r, a), SLICE("9"));
	read_line(r, "{\"a\":1,\"b\":2}");
	expect(r, "{\"a\":1,\"b\":2}");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_untouched_record_leaves_byte_for_byte),
		CASE(setting_and_renaming_change_only_their_bytes),
		CASE(dropping_keeps_the_commas_right_wherever_it_happens),
		CASE(additions_stand_behind_their_member_and_before_the_trail),
		CASE(an_addition_behind_a_dropped_member_takes_its_place),
		CASE(the_trail_is_added_changed_and_removed),
		CASE(texts_are_decoded_only_where_they_have_escapes),
		CASE(changes_do_not_reach_the_next_record),
	};

	return RUN(tests);
}
