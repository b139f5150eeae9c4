/*
 * The grammar of RFC 8259, production by production, in the families that the
 * JSON Test Suite made customary; every text is checked by the SIMD build and
 * by the portable reference, before slack that would tempt either to read on.
 */
#include "../portable.h"

#include "test.h"

#include "base/mem.h"
#include "base/utf8.h"

static const char *const tempting[] = { "", "\"", "}", "]", "0", "0,", "e5",
	".5", " ", "ue", "\\\"", "\"}", "{\"a\":", "[", "\xE8\xA1\x80", "a" };

/* A copy with nothing readable behind its slack; free it. */
static char *
with_slack(const char *text, size_t n, const char *fill)
{
	char *p = malloc(n + JSON_SLACK);
	size_t len = strlen(fill);

	assert_non_null(p);
	memcpy(p, text, n);
	for (size_t i = 0; i < JSON_SLACK; i++)
		p[n + i] = len == 0 ? '\0' : fill[i % len];
	return p;
}

/* The verdict, which neither the build nor the slack may sway. */
static bool
check(const char *text, size_t n, unsigned depth, struct err *e)
{
	bool first = false;

	for (size_t i = 0; i < sizeof(tempting) / sizeof(*tempting); i++) {
		struct err a = { 0 }, b = { 0 };
		char *p = with_slack(text, n, tempting[i]);
		bool simd = json_check(p, n, depth, &a);
		bool portable = portable_check(p, n, depth, &b);

		assert_int_equal(simd, portable);
		assert_string_equal(a.text, b.text);
		assert_string_equal(a.code, b.code);
		assert_true(simd == (a.text[0] == '\0'));
		if (i == 0)
			first = simd;
		else
			assert_int_equal(simd, first);
		*e = a;
		free(p);
	}
	return first;
}

/* The text alone, in an array, in an object, and moved along by blanks. */
static void
each_place(const char *text, size_t n, bool valid)
{
	static const char *const frames[][2] = { { "", "" }, { "[", "]" },
		{ "[0,", ",0]" }, { "{\"k\":", "}" }, { "       ", "" },
		{ "[\"0123456789\",", "\t]" }, { "{\"\":[{\"a\":", "}]}" } };

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		size_t front = strlen(frames[i][0]),
		       back = strlen(frames[i][1]);
		char *whole = malloc(front + n + back + 1);
		struct err e = { 0 };

		memcpy(whole, frames[i][0], front);
		memcpy(whole + front, text, n);
		memcpy(whole + front + n, frames[i][1], back);
		if (check(whole, front + n + back, 0, &e) != valid)
			fail_msg(
			    "%s: frame %zu: %.*s", e.text, i, (int)n, text);
		free(whole);
	}
}

#define ACCEPT(t) each_place(t, sizeof(t) - 1, true)
#define REFUSE(t) each_place(t, sizeof(t) - 1, false)

static void
accepts_every_number_of_the_grammar(void **state)
{
	(void)state;
	ACCEPT("0");
	ACCEPT("-0");
	ACCEPT("7");
	ACCEPT("-12");
	ACCEPT("1234567890123456789012345678901234567890");
	ACCEPT("0.0");
	ACCEPT("0.10");
	ACCEPT("-1.25");
	ACCEPT("1e5");
	ACCEPT("1E5");
	ACCEPT("1e+5");
	ACCEPT("1e-05");
	ACCEPT("0e0");
	ACCEPT("0.5E-7");
	ACCEPT("1e400");
	ACCEPT("-1e99999999");
	ACCEPT("123456789.123456789123456789e123456789123456789");
}

static void
refuses_what_only_looks_like_a_number(void **state)
{
	(void)state;
	REFUSE("-");
	REFUSE("+1");
	REFUSE("01");
	REFUSE("-01");
	REFUSE("00");
	REFUSE("1.");
	REFUSE(".5");
	REFUSE("-.5");
	REFUSE("1.e5");
	REFUSE("1e");
	REFUSE("1e+");
	REFUSE("1e-");
	REFUSE("1e5.5");
	REFUSE("1.2.3");
	REFUSE("1 2");
	REFUSE("0x10");
	REFUSE("1_000");
	REFUSE("--1");
	REFUSE("- 1");
	REFUSE("1e 5");
	REFUSE("NaN");
	REFUSE("Infinity");
	REFUSE("-Infinity");
	REFUSE("1a");
	REFUSE("\xEF\xBC\x91"); /* a full-width digit */
	REFUSE("123456789012345678a");
}

static void
accepts_the_three_words(void **state)
{
	(void)state;
	ACCEPT("true");
	ACCEPT("false");
	ACCEPT("null");
	REFUSE("True");
	REFUSE("tru");
	REFUSE("truth");
	REFUSE("trueX");
	REFUSE("nul");
	REFUSE("nulll");
	REFUSE("FALSE");
	REFUSE("fals");
	REFUSE("undefined");
}

static void
accepts_every_string_of_the_grammar(void **state)
{
	(void)state;
	ACCEPT("\"\"");
	ACCEPT("\"a\"");
	ACCEPT("\"0123456789abcdef\"");
	ACCEPT("\"0123456789abcdef0123456789abcdef0\"");
	ACCEPT("\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\"");
	ACCEPT("\"\\u0000\\u00e9\\uABCD\\uabcd\"");
	ACCEPT("\"\\ud83d\\ude00\"");
	ACCEPT("\"\x7F\"");
	ACCEPT("\"/ is not bound to be escaped\"");
	ACCEPT("\"0123456789abcde\\u0041\"");
	ACCEPT("\"{[,:]}\"");
}

static void
refuses_broken_strings(void **state)
{
	(void)state;
	REFUSE("\"");
	REFUSE("\"a");
	REFUSE("a");
	REFUSE("'a'");
	REFUSE("\"a\"b");
	REFUSE("\"a\" \"b\"");
	REFUSE("\"\\\"");
	REFUSE("\"\\x41\"");
	REFUSE("\"\\a\"");
	REFUSE("\"\\0\"");
	REFUSE("\"\\U0041\"");
	REFUSE("\"\\'\"");
	REFUSE("\"\\\n\"");
	REFUSE("\"\\u\"");
	REFUSE("\"\\u1\"");
	REFUSE("\"\\u12\"");
	REFUSE("\"\\u123\"");
	REFUSE("\"\\u12G4\"");
	REFUSE("\"\\u 123\"");
	REFUSE("\"\\u+123\"");
	REFUSE("\"\\ud83d\\u12\"");
	REFUSE("\"a\nb\"");
	REFUSE("\"a\tb\"");
	REFUSE("\"a\rb\"");
	REFUSE("\"\x1F\"");
	REFUSE("\"0123456789abcdef\x01\"");
	REFUSE("\"a\0b\"");
}

/* RFC 8259, 8.2 leaves these open; the bytes pass on as they came. */
static void
accepts_lone_surrogates_in_escapes(void **state)
{
	(void)state;
	ACCEPT("\"\\ud800\"");
	ACCEPT("\"\\udc00\"");
	ACCEPT("\"\\ud800\\ud800\"");
	ACCEPT("\"\\udc00\\ud800\"");
	ACCEPT("\"\\ud800abc\"");
}

static void
accepts_every_length_of_utf8(void **state)
{
	(void)state;
	ACCEPT("\"\xC2\x80\"");
	ACCEPT("\"\xDF\xBF\"");
	ACCEPT("\"\xE0\xA0\x80\"");
	ACCEPT("\"\xED\x9F\xBF\"");
	ACCEPT("\"\xEE\x80\x80\"");
	ACCEPT("\"\xEF\xBF\xBF\"");
	ACCEPT("\"\xF0\x90\x80\x80\"");
	ACCEPT("\"\xF4\x8F\xBF\xBF\"");
	ACCEPT("\"\xE2\x80\xA8\xE2\x80\xA9\"");
	ACCEPT("\"血糖\"");
	ACCEPT("\"甲状腺结节射频消融术后三个月复查\"");
	ACCEPT("\"TSH 升高 a 甲 ab 甲状 abc 甲状腺\xC3\xA9\"");
}

/*
 * Three bytes of every sort that matters, at every distance from the border of
 * 64 bytes at which a character can be cut.
 */
static void
agrees_with_the_slow_check_of_utf8(void **state)
{
	static const unsigned char sorts[] = { 'a', 0x7F, 0x80, 0x8F, 0x90,
		0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
		0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF };
	const size_t n = sizeof(sorts);
	char line[256];

	(void)state;
	for (size_t i = 0; i < n * n * n * 8; i++) {
		size_t before = 59 + i % 8, k = i / 8, length = before + 5;
		struct err e = { 0 };

		memset(line, 'a', sizeof(line));
		line[0] = line[before + 4] = '"';
		line[before] = (char)sorts[k % n];
		line[before + 1] = (char)sorts[k / n % n];
		line[before + 2] = (char)sorts[k / n / n];
		if (k % 2 != 0)
			line[before + 3] = '\x80';
		if (json_check(line, length, 0, &e) != utf8_valid(line, length))
			fail_msg("byte %zu: %02x %02x %02x", before,
			    (unsigned char)line[before],
			    (unsigned char)line[before + 1],
			    (unsigned char)line[before + 2]);
	}
}

static void
refuses_what_is_not_utf8(void **state)
{
	(void)state;
	REFUSE("\"\x80\"");
	REFUSE("\"\xBF\"");
	REFUSE("\"\xC0\x80\"");
	REFUSE("\"\xC1\xBF\"");
	REFUSE("\"\xC2\"");
	REFUSE("\"\xC2 \"");
	REFUSE("\"\xE0\x80\x80\"");
	REFUSE("\"\xE0\x9F\xBF\"");
	REFUSE("\"\xED\xA0\x80\"");
	REFUSE("\"\xED\xBF\xBF\"");
	REFUSE("\"\xE8\xA1\"");
	REFUSE("\"\xE8\"");
	REFUSE("\"\xF0\x80\x80\x80\"");
	REFUSE("\"\xF0\x8F\xBF\xBF\"");
	REFUSE("\"\xF4\x90\x80\x80\"");
	REFUSE("\"\xF5\x80\x80\x80\"");
	REFUSE("\"\xF8\x88\x80\x80\x80\"");
	REFUSE("\"\xFE\"");
	REFUSE("\"\xFF\"");
	REFUSE("\"甲状腺\xE7\x94\"");
	REFUSE("\"甲状\xE0\x80\x80\"");
	REFUSE("\"甲状腺\xED\xA0\x80\"");
	REFUSE("\"\xD1\xAA\xCC\xC7\xC9\xFD\""); /* GB18030 */
	REFUSE("\xE8\xA1\x80");
}

static void
accepts_every_structure(void **state)
{
	(void)state;
	ACCEPT("[]");
	ACCEPT("{}");
	ACCEPT("[ ]");
	ACCEPT("{\n}");
	ACCEPT("[[]]");
	ACCEPT("[{}]");
	ACCEPT("[1,\"a\",null,[true],{\"a\":false}]");
	ACCEPT("{\"a\":1,\"b\":{\"c\":[]}}");
	ACCEPT("{\"a\":1,\"a\":2}");
	ACCEPT("{\"\":0}");
	ACCEPT("{\"a\\u0062\":0}");
	ACCEPT(" \t\n\r[ \t\n\r1 \t\n\r, \t\n\r2 \t\n\r] \t\n\r");
	ACCEPT("{ \"a\" : 1 , \"b\" : 2 }");
	ACCEPT("{\"a\"                          :                          1}");
}

static void
refuses_broken_structures(void **state)
{
	(void)state;
	REFUSE("[");
	REFUSE("]");
	REFUSE("{");
	REFUSE("}");
	REFUSE("[1");
	REFUSE("[1,");
	REFUSE("[1,]");
	REFUSE("[,1]");
	REFUSE("[1,,2]");
	REFUSE("[1 2]");
	REFUSE("[1;2]");
	REFUSE("[1}");
	REFUSE("{\"a\":1]");
	REFUSE("[1]]");
	REFUSE("[][]");
	REFUSE("{\"a\"");
	REFUSE("{\"a\":");
	REFUSE("{\"a\":}");
	REFUSE("{\"a\"}");
	REFUSE("{\"a\",1}");
	REFUSE("{\"a\":1,}");
	REFUSE("{,\"a\":1}");
	REFUSE("{\"a\"::1}");
	REFUSE("{\"a\":1:2}");
	REFUSE("{\"a\":1 \"b\":2}");
	REFUSE("{a:1}");
	REFUSE("{'a':1}");
	REFUSE("{1:1}");
	REFUSE("{null:1}");
	REFUSE("{[]:1}");
	REFUSE("{\"a\":1}}");
	REFUSE("[1]//");
	REFUSE("[1/**/]");
	REFUSE("[1] #");
	REFUSE("[\f1]");
	REFUSE("[\v1]");
	REFUSE("[\xC2\xA0"
	       "1]");
	REFUSE("\xEF\xBB\xBF[]"); /* a byte order mark */
	REFUSE("\xFF\xFE[\0]\0");
	REFUSE("*");
	REFUSE("[*]");
	REFUSE("[1,2\0]");
}

static void
refuses_a_text_of_blanks(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_false(check("", 0, 0, &e));
	assert_false(check(" ", 1, 0, &e));
	assert_false(check("\n\t\r                     ", 24, 0, &e));
}

static char *
nested(const char *open, size_t times, const char *core, const char *close)
{
	size_t n = strlen(open), m = strlen(close), k = strlen(core);
	char *p = malloc(times * (n + m) + k + 1), *to = p;

	for (size_t i = 0; i < times; i++, to += n)
		memcpy(to, open, n);
	memcpy(to, core, k);
	to += k;
	for (size_t i = 0; i < times; i++, to += m)
		memcpy(to, close, m);
	*to = '\0';
	return p;
}

static void
holds_the_ceiling_of_depth_exactly(void **state)
{
	struct err e = { 0 };
	char *p;

	(void)state;
	p = nested("[", 512, "", "]");
	assert_true(check(p, strlen(p), 0, &e));
	free(p);
	p = nested("[", 513, "", "]");
	assert_false(check(p, strlen(p), 0, &e));
	assert_string_equal(e.code, "json_depth");
	assert_string_equal(e.text, "byte 513: nested deeper than 512 levels");
	assert_true(check(p, strlen(p), 513, &e));
	free(p);
	p = nested("{\"a\":", 512, "1", "}");
	assert_true(check(p, strlen(p), 0, &e));
	free(p);
	p = nested("{\"a\":[", 257, "1", "]}");
	assert_false(check(p, strlen(p), 0, &e));
	free(p);
}

static void
survives_a_hundred_thousand_levels(void **state)
{
	struct err e = { 0 };
	char *p;

	(void)state;
	p = nested("[", 100000, "", "");
	assert_false(check(p, strlen(p), 0, &e));
	assert_string_equal(e.code, "json_depth");
	free(p);
	p = nested("[{\"\":", 50000, "1", "}]");
	assert_false(check(p, strlen(p), UINT32_MAX, &e));
	assert_string_equal(e.code, "json_depth");
	free(p);
	p = nested("[", 65536, "1", "]");
	assert_true(check(p, strlen(p), UINT32_MAX, &e));
	free(p);
}

static void
says_where_and_what_was_expected(void **state)
{
	static const struct {
		const char *text, *message, *code;
	} cases[] = {
		{ "{\"a\" 1}", "byte 6: ':' expected", "json_syntax" },
		{ "{\"a\":1", "byte 7: the text ends, ',' or '}' expected",
		    "json_syntax" },
		{ "[1 2]", "byte 4: ',' or ']' expected", "json_syntax" },
		{ "[-]", "byte 3: a digit expected", "json_syntax" },
		{ "[\"\\q\"]", "byte 4: an escape that JSON knows expected",
		    "json_syntax" },
		{ "[\"ab", "byte 5: the text ends, a closing quote expected",
		    "json_syntax" },
		{ "[\"\x80\"]", "byte 3: valid UTF-8 expected", "encoding" },
		{ "1 1", "byte 3: the end of the text expected",
		    "json_syntax" },
		{ "", "byte 1: the text ends, a value expected",
		    "json_syntax" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { 0 };

		assert_false(
		    check(cases[i].text, strlen(cases[i].text), 0, &e));
		assert_int_equal(e.kind, ERR_DATA);
		assert_string_equal(e.text, cases[i].message);
		assert_string_equal(e.code, cases[i].code);
	}
}

/* Two scanners on their way through the same lines. */
struct pair {
	struct index *names;
	struct json_scan *simd, *portable;
};

static struct pair
pair_new(void)
{
	static const char *const names[] = { "id", "test", "value", "血糖",
		"a_name_of_more_than_sixteen_bytes", NULL };
	struct pair p = { .names = index_new() };

	for (size_t i = 0; names[i] != NULL; i++)
		index_add(p.names, slice_of(names[i]), NULL);
	p.simd = json_scan_new(p.names, 0);
	p.portable = portable_scan_new(p.names, 0);
	return p;
}

static void
pair_free(struct pair *p)
{
	json_scan_free(p->simd);
	portable_scan_free(p->portable);
	index_free(p->names);
}

static void
same_members(const struct pair *p)
{
	const struct json_member *a, *b;
	size_t n, m;

	a = json_scan_members(p->simd, &n);
	b = portable_scan_members(p->portable, &m);
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(a[i].key, b[i].key);
		assert_int_equal(a[i].keyn, b[i].keyn);
		assert_int_equal(a[i].value, b[i].value);
		assert_int_equal(a[i].valuen, b[i].valuen);
		assert_int_equal(a[i].field, b[i].field);
		assert_int_equal(a[i].type, b[i].type);
		assert_int_equal(a[i].key_escaped, b[i].key_escaped);
		assert_int_equal(a[i].escaped, b[i].escaped);
		assert_int_equal(a[i].again, b[i].again);
	}
	for (size_t f = 0; f < index_count(p->names) + 2; f++) {
		const struct json_member *x = json_scan_field(p->simd, f);
		const struct json_member *y =
		    portable_scan_field(p->portable, f);

		assert_true((x == NULL) == (y == NULL));
		if (x != NULL)
			assert_int_equal(x - a, y - b);
	}
}

static bool
scan(const struct pair *p, const char *line, size_t n)
{
	struct err a = { 0 }, b = { 0 }, c = { 0 };
	bool done = json_scan_object(p->simd, line, n, &a);

	assert_int_equal(done, portable_scan_object(p->portable, line, n, &b));
	assert_string_equal(a.text, b.text);
	assert_int_equal(done,
	    json_check(line, n, 0, &c) &&
		json_of((struct slice){ line, n }).type == JSON_OBJECT);
	same_members(p);
	return done;
}

static bool
scan_text(const struct pair *p, const char *text)
{
	char *line = with_slack(text, strlen(text), "}");
	bool done = scan(p, line, strlen(text));

	free(line);
	return done;
}

static void
cuts_every_member_back_out(void **state)
{
	static const struct {
		const char *key, *value;
		int type;
	} want[] = { { "id", "1234567890123456789", JSON_NUMBER },
		{ "test", "\"血糖\"", JSON_STRING },
		{ "value", "0.10", JSON_NUMBER },
		{ "a_name_of_more_than_sixteen_bytes", "[1, {\"x\" : \"]}\"}]",
		    JSON_ARRAY },
		{ "q", "\"a\\\"b\"", JSON_STRING }, { "o", "{ }", JSON_OBJECT },
		{ "t", "true", JSON_TRUE }, { "f", "false", JSON_FALSE },
		{ "n", "null", JSON_NULL }, { "e", "-1e+05", JSON_NUMBER } };
	static const char *const gaps[] = { "", " ", "\t\r ",
		"                          " };
	const size_t count = sizeof(want) / sizeof(want[0]);
	struct pair p = pair_new();

	(void)state;
	for (size_t g = 0; g < 8; g++) {
		const char *gap = gaps[g % 4];
		const struct json_member *m;
		char text[2048], *line;
		size_t n = 0, found;

		n += (size_t)snprintf(text, sizeof(text), "%s{", gap);
		for (size_t i = 0; i < count; i++)
			n += (size_t)snprintf(text + n, sizeof(text) - n,
			    "%s%s\"%s\"%s:%s%s%s", i == 0 ? "" : ",", gap,
			    want[i].key, gap, gap, want[i].value, gap);
		n += (size_t)snprintf(text + n, sizeof(text) - n, "}%s", gap);
		line = with_slack(text, n, "}");
		assert_true(scan(&p, line, n));
		m = json_scan_members(p.simd, &found);
		assert_int_equal(found, count);
		for (size_t i = 0; i < count; i++) {
			assert_int_equal(m[i].type, want[i].type);
			assert_int_equal(m[i].keyn, strlen(want[i].key));
			assert_memory_equal(
			    line + m[i].key, want[i].key, m[i].keyn);
			assert_int_equal(m[i].valuen, strlen(want[i].value));
			assert_memory_equal(
			    line + m[i].value, want[i].value, m[i].valuen);
			assert_int_equal(m[i].escaped, i == 4);
		}
		assert_ptr_equal(json_scan_field(p.simd, 0), &m[0]);
		assert_ptr_equal(json_scan_field(p.simd, 4), &m[3]);
		assert_null(json_scan_field(p.simd, 3));
		free(line);
	}
	pair_free(&p);
}

static void
finds_a_key_that_comes_again(void **state)
{
	struct pair p = pair_new();
	const struct json_member *m;
	size_t n;

	(void)state;
	for (int round = 0; round < 3; round++) {
		assert_true(scan_text(&p, "{\"id\":1,\"x\":2,\"id\":3}"));
		m = json_scan_members(p.simd, &n);
		assert_false(m[0].again);
		assert_false(m[1].again);
		assert_true(m[2].again);
		assert_ptr_equal(json_scan_field(p.simd, 0), &m[0]);

		assert_true(scan_text(&p, "{\"x\":1,\"id\":3}"));
		m = json_scan_members(p.simd, &n);
		assert_false(m[1].again);
		assert_ptr_equal(json_scan_field(p.simd, 0), &m[1]);

		assert_true(scan_text(&p,
		    "{\"\\u0069d\":1,\"i\\u0064\":2,\"id\":3,\"\\u8840糖\":"
		    "4}"));
		m = json_scan_members(p.simd, &n);
		assert_int_equal(m[0].field, 0);
		assert_true(m[0].key_escaped);
		assert_false(m[0].again);
		assert_true(m[1].again);
		assert_true(m[2].again);
		assert_int_equal(m[3].field, 3);
	}
	pair_free(&p);
}

/* Far more keys than the trie will learn, in one object and over many. */
static void
knows_keys_beyond_what_the_trie_holds(void **state)
{
	const size_t keys = 20000;
	struct pair p = pair_new();
	char *text = malloc(keys * 24 + 64);
	const struct json_member *m;
	size_t n = 0, found;

	(void)state;
	text[n++] = '{';
	for (size_t i = 0; i < keys; i++)
		n += (size_t)snprintf(
		    text + n, 24, "\"k%zu\":%zu,", i == keys - 2 ? 7 : i, i);
	n += (size_t)snprintf(text + n, 24, "\"id\":0}");
	memset(text + n, 0, JSON_SLACK < 32 ? JSON_SLACK : 32);
	text = realloc(text, n + JSON_SLACK);
	for (int round = 0; round < 3; round++) {
		assert_true(scan(&p, text, n));
		m = json_scan_members(p.simd, &found);
		assert_int_equal(found, keys + 1);
		for (size_t i = 0; i < found; i++)
			assert_int_equal(m[i].again, i == keys - 2);
		assert_ptr_equal(json_scan_field(p.simd, 0), &m[keys]);
	}
	free(text);
	for (unsigned i = 0; i < 5000; i++) {
		char line[96];

		snprintf(line, sizeof(line),
		    "{\"key%u\":1,\"id\":2,\"key%u\":3,\"id\":4}", i, i);
		assert_true(scan_text(&p, line));
		m = json_scan_members(p.simd, &found);
		assert_true(m[2].again && m[3].again && !m[1].again);
		assert_ptr_equal(json_scan_field(p.simd, 0), &m[1]);
	}
	pair_free(&p);
}

static void
tells_keys_apart_that_share_their_beginning(void **state)
{
	static const char *const keys[] = { "a", "ab", "abc", "0123456789abcd",
		"0123456789abcde", "0123456789abcdef", "0123456789abcdefg",
		"0123456789abcdefh", "0123456789abcdef0123456789abcdef", "" };
	const size_t count = sizeof(keys) / sizeof(keys[0]);
	struct pair p = pair_new();
	size_t n;

	(void)state;
	for (size_t i = 0; i < 3 * count; i++) {
		char line[128];
		const struct json_member *m;

		snprintf(line, sizeof(line), "{\"%s\":1,\"%s\":2}",
		    keys[i % count], keys[(i + 1) % count]);
		assert_true(scan_text(&p, line));
		m = json_scan_members(p.simd, &n);
		assert_int_equal(m[0].keyn, strlen(keys[i % count]));
		assert_int_equal(m[1].keyn, strlen(keys[(i + 1) % count]));
		assert_false(m[1].again);
	}
	pair_free(&p);
}

static void
refuses_lines_that_are_not_one_object(void **state)
{
	static const char *const lines[] = { "", " ", "1", "[]", "\"a\"",
		"null", "{} {}", "{}{", "{", "{\"id\"", "{\"id\":", "{\"id\":1",
		"{\"id\":1,", "{\"id\":1,\"test\"", "{\"id\":1}x", "{\"id\"1}",
		"{\"id\":01}", "{\"id\":1,}", "{\"id\":[}", "{id:1}",
		"{\"a_name_of_more_than_sixteen_byte", "\xEF\xBB\xBF{}",
		"{\"id\":\"\xFF\"}", "{\"\xFF\":1}" };
	struct pair p = pair_new();
	size_t n;

	(void)state;
	for (int round = 0; round < 2; round++) {
		assert_true(scan_text(&p,
		    "{\"id\":1,\"test\":2,\"a_name_of_more_than_sixteen_bytes\""
		    ":3}"));
		assert_true(
		    scan_text(&p, "{\"a_name_of_more_than_sixteen_bytes\":3}"));
		for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
			assert_false(scan_text(&p, lines[i]));
			json_scan_members(p.simd, &n);
			assert_int_equal(n, 0);
			assert_null(json_scan_field(p.simd, 0));
		}
	}
	pair_free(&p);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void
both_builds_agree_on_damaged_lines(void **state)
{
	static const char line[] =
	    "{\"id\":1234567890123456789,\"test\":\"血糖 (空腹)\",\"value\":"
	    "0.10,\"note\":\"a \\\"b\\\" \\u8840\",\"list\":[1,-2.5e-3,true,"
	    "{\"x\":null}],\"血糖\":{},\"a_name_of_more_than_sixteen_bytes\":"
	    "\"\xF0\x9F\x98\x80 caf\xC3\xA9\"}";
	static const char bytes[] = "\"\\{}[],:0e.-+ tn\n\x01\x80\xE8\xED\xFF";
	struct pair p = pair_new();
	uint32_t seed = 20261124;

	(void)state;
	for (unsigned i = 0; i < 60000; i++) {
		size_t n = sizeof(line) - 1;
		char copy[sizeof(line) + JSON_SLACK] = { 0 };

		memcpy(copy, line, n);
		for (unsigned k = next_random(&seed) % 3; k > 0; k--)
			copy[next_random(&seed) % n] =
			    bytes[next_random(&seed) % (sizeof(bytes) - 1)];
		if (next_random(&seed) % 4 == 0)
			n = next_random(&seed) % n;
		scan(&p, copy, n);
	}
	pair_free(&p);
}

static void
walks_into_what_was_checked(void **state)
{
	static const char text[] =
	    " {\"a\":[1,{\"b/c\":\"\\u8840糖\"},[]], \"m~n\" : 2 ,"
	    "\"\\u0061b\":{\"\":true},\"s\":\"x\\\\\"} ";
	struct arena *a = arena_new();
	struct json v = json_of(SLICE(text)), w;

	(void)state;
	assert_int_equal(v.type, JSON_OBJECT);
	assert_int_equal(json_length(v), 4);
	w = json_pointer(v, SLICE("/a/1/b~1c"));
	assert_true(slice_is(json_text(w, a), "血糖"));
	w = json_pointer(v, SLICE("/m~0n"));
	assert_true(slice_is(w.text, "2"));
	assert_int_equal(json_pointer(v, SLICE("/ab/")).type, JSON_TRUE);
	assert_int_equal(json_pointer(v, SLICE("")).type, JSON_OBJECT);
	assert_int_equal(json_pointer(v, SLICE("/a/3")).type, JSON_NONE);
	assert_int_equal(json_pointer(v, SLICE("/a/01")).type, JSON_NONE);
	assert_int_equal(json_pointer(v, SLICE("/a/0/x")).type, JSON_NONE);
	assert_int_equal(json_pointer(v, SLICE("a")).type, JSON_NONE);
	assert_int_equal(json_length(json_get(v, "a")), 3);
	assert_int_equal(json_length(json_get(json_get(v, "a"), "x")), 0);
	assert_true(slice_is(json_text(json_get(v, "s"), a), "x\\"));
	assert_int_equal(json_get(v, "none").type, JSON_NONE);
	assert_int_equal(json_of(SLICE("  ")).type, JSON_NONE);
	arena_free(a);
}

static void
decodes_escapes(void **state)
{
	struct arena *a = arena_new();
	struct slice plain = SLICE("as it is");

	(void)state;
	assert_ptr_equal(json_unescape(plain, a).p, plain.p);
	assert_true(
	    slice_is(json_unescape(SLICE("\\b\\f\\n\\r\\t\\/\\\\\\\""), a),
		"\b\f\n\r\t/\\\""));
	assert_true(slice_is(
	    json_unescape(SLICE("x\\ud83d\\ude00y"), a), "x\xF0\x9F\x98\x80y"));
	assert_true(
	    slice_is(json_unescape(SLICE("\\ud83d!"), a), "\xEF\xBF\xBD!"));
	assert_true(slice_is(json_unescape(SLICE("\\ude00\\ud83d"), a),
	    "\xEF\xBF\xBD\xEF\xBF\xBD"));
	assert_true(slice_is(json_unescape(SLICE("\\ud83d\\u0041"), a),
	    "\xEF\xBF\xBD"
	    "A"));
	assert_true(json_key_is(SLICE("\\u0069d"), SLICE("id")));
	assert_false(json_key_is(SLICE("\\u0069d"), SLICE("i")));
	assert_false(json_key_is(SLICE("\\u0069"), SLICE("id")));
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_every_number_of_the_grammar),
		cmocka_unit_test(refuses_what_only_looks_like_a_number),
		cmocka_unit_test(accepts_the_three_words),
		cmocka_unit_test(accepts_every_string_of_the_grammar),
		cmocka_unit_test(refuses_broken_strings),
		cmocka_unit_test(accepts_lone_surrogates_in_escapes),
		cmocka_unit_test(accepts_every_length_of_utf8),
		cmocka_unit_test(refuses_what_is_not_utf8),
		cmocka_unit_test(agrees_with_the_slow_check_of_utf8),
		cmocka_unit_test(accepts_every_structure),
		cmocka_unit_test(refuses_broken_structures),
		cmocka_unit_test(refuses_a_text_of_blanks),
		cmocka_unit_test(holds_the_ceiling_of_depth_exactly),
		cmocka_unit_test(survives_a_hundred_thousand_levels),
		cmocka_unit_test(says_where_and_what_was_expected),
		cmocka_unit_test(cuts_every_member_back_out),
		cmocka_unit_test(finds_a_key_that_comes_again),
		cmocka_unit_test(knows_keys_beyond_what_the_trie_holds),
		cmocka_unit_test(tells_keys_apart_that_share_their_beginning),
		cmocka_unit_test(refuses_lines_that_are_not_one_object),
		cmocka_unit_test(both_builds_agree_on_damaged_lines),
		cmocka_unit_test(walks_into_what_was_checked),
		cmocka_unit_test(decodes_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
