#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "io/xml.h"

static struct buf out;

static bool
start(void *ctx, const char *name, const char *const *attr, uint64_t offset,
    struct err *e)
{
	(void)ctx;
	buf_addf(&out, "<%llu:%s", (unsigned long long)offset, name);
	for (; attr[0] != NULL; attr += 2)
		buf_addf(&out, " %s=%s", attr[0], attr[1]);
	buf_addc(&out, '>');
	if (strcmp(name, "stop") == 0)
		return err_data(e, "enough", "enough");
	return true;
}

static bool
end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	(void)ctx;
	(void)name;
	(void)e;
	buf_addf(&out, "<%llu/>", (unsigned long long)offset);
	return true;
}

static bool
text(void *ctx, struct slice s, uint64_t offset, struct err *e)
{
	(void)ctx;
	(void)e;
	buf_addf(&out, "{%llu:", (unsigned long long)offset);
	buf_add_slice(&out, s);
	buf_addc(&out, '}');
	return true;
}

static const struct xml_events events = { start, end, text };

static const char *
parse(struct slice s)
{
	static struct err e;

	buf_reset(&out);
	e = (struct err){ 0 };
	if (!xml_parse(s, &events, NULL, &e)) {
		buf_addc(&out, '!');
		buf_adds(&out, e.code);
	}
	return buf_string(&out);
}

static void
gives_events_with_their_places(void **state)
{
	(void)state;
	assert_string_equal(
	    parse(SLICE("<a x='1'>b &amp; c<d/><![CDATA[<e>]]>f</a>")),
	    "<0:a x=1>{9:b & c}<18:d><22/>{31:<e>f}<38/>");
}

static void
gives_the_same_from_single_bytes(void **state)
{
	struct slice s = SLICE("<a>血糖<b k='值'/>\n</a>");
	struct xml *x = xml_new(&events, NULL, NULL);
	struct buf whole = { 0 };
	struct err e = { 0 };

	(void)state;
	buf_adds(&whole, parse(s));
	buf_reset(&out);
	for (size_t i = 0; i < s.n; i++)
		assert_true(xml_feed(x, s.p + i, 1, i + 1 == s.n, &e));
	assert_string_equal(buf_string(&out), buf_string(&whole));
	xml_free(x);
	buf_release(&whole);
}

static void
reads_chinese_encodings(void **state)
{
	struct xml *x;

	(void)state;
	assert_string_equal(
	    parse(SLICE("<?xml version='1.0' encoding='GB18030'?>"
			"<a>\xD1\xAA\xCC\xC7\x80</a>")),
	    "<40:a>{43:血糖€}<48/>");
	assert_string_equal(parse(SLICE("<?xml version='1.0' encoding='GBK'?>"
					"<\xD1\xAA/>")),
	    "<36:血><41/>");
	x = xml_new(&events, NULL, "GB2312");
	buf_reset(&out);
	assert_true(xml_feed(x, "<a>\xD1\xAA</a>", 9, true, NULL));
	assert_string_equal(buf_string(&out), "<0:a>{3:血}<5/>");
	xml_free(x);
	assert_string_equal(
	    parse(SLICE("<?xml version='1.0' encoding='nonsense'?><a/>")),
	    "!xml_syntax");
}

static void
refuses_entities_depth_and_bad_syntax(void **state)
{
	struct buf deep = { 0 };
	struct err e = { 0 };

	(void)state;
	assert_string_equal(
	    parse(SLICE("<!DOCTYPE a [<!ENTITY x 'lol'>]><a>&x;</a>")),
	    "!xml_entity");
	for (int i = 0; i < 100000; i++)
		buf_adds(&deep, "<a>");
	buf_reset(&out);
	assert_false(xml_parse(buf_slice(&deep), &events, NULL, &e));
	assert_string_equal(e.code, "xml_depth");
	assert_false(xml_parse(SLICE("<a>\n<b></a>"), &events, NULL, &e));
	assert_string_equal(e.text, "line 2, column 6: mismatched tag");
	assert_false(xml_parse(SLICE("<a>"), &events, NULL, &e));
	assert_string_equal(e.code, "xml_syntax");
	assert_false(xml_parse(SLICE(""), &events, NULL, &e));
	buf_release(&deep);
}

static void
stops_where_a_handler_says_so(void **state)
{
	struct xml *x = xml_new(&events, NULL, NULL);
	struct err e = { 0 };

	(void)state;
	assert_false(xml_feed(x, "<a><stop/><b/>", 14, false, &e));
	assert_string_equal(e.code, "enough");
	assert_false(xml_feed(x, "</a>", 4, true, &e));
	xml_free(x);
}

static void
helps_with_names(void **state)
{
	const char *const attr[] = { "r:id", "7", NULL };

	(void)state;
	assert_string_equal(xml_attribute(attr, "r:id"), "7");
	assert_null(xml_attribute(attr, "id"));
	assert_string_equal(xml_local("x:row"), "row");
	assert_string_equal(xml_local("row"), "row");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_events_with_their_places),
		cmocka_unit_test(gives_the_same_from_single_bytes),
		cmocka_unit_test(reads_chinese_encodings),
		cmocka_unit_test(refuses_entities_depth_and_bad_syntax),
		cmocka_unit_test(stops_where_a_handler_says_so),
		cmocka_unit_test(helps_with_names),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&out);
	return failed;
}
