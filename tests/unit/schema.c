/*
 * JSON Schema: for each keyword of draft 2020-12 values that hold and values
 * that do not, the places that are named, and what is refused.
 */
#include "test.h"

#include "base/mem.h"
#include "rules/schema.h"

static struct arena *arena;

static struct schema *
parse(const char *text, bool formats, struct table_faults *faults)
{
	const struct schema_options o = { .formats = formats };
	struct err e = { 0 };

	return schema_parse("s", slice_of(text), &o, faults, &e);
}

/* "type@a enum@b[2]": what failed, by keyword and place; "?type": an error. */
static const char *
judge_with(const struct schema *s, const char *value)
{
	struct schema_run *r = schema_run_new(s);
	const struct schema_verdicts *v;
	struct slice text = json_pad(slice_of(value), arena);
	struct buf b = { 0 };
	struct err e = { 0 };
	const char *said;

	if (!json_check(text.p, text.n, 0, &e))
		fail_msg("value '%s': %s", value, e.text);
	schema_start(r, arena);
	schema_judge(r, json_of(text), SLICE(""));
	v = schema_conclude(r);
	for (size_t i = 0; i < v->n; i++) {
		const struct schema_verdict *x = &v->list[i];
		struct slice name = schema_rule(s, x->rule)->pointer;

		if (x->fault != NULL && !x->failed)
			buf_addf(&b, "%s?%.*s", b.n > 0 ? " " : "", (int)name.n,
			    name.p);
		for (size_t k = 0; x->failed && k < x->n; k++)
			buf_addf(&b, "%s%.*s@%.*s", b.n > 0 ? " " : "",
			    (int)name.n, name.p, (int)v->places[x->first + k].n,
			    v->places[x->first + k].p);
	}
	said = arena_string(arena, b.n == 0 ? "" : b.p, b.n);
	buf_release(&b);
	schema_run_free(r);
	return said;
}

static const char *
judge_as(const char *schema, const char *value, bool formats)
{
	struct table_faults faults = { 0 };
	struct schema *s = parse(schema, formats, &faults);
	const char *said;

	if (s == NULL)
		fail_msg("schema '%s': %s", schema, faults.list[0].text);
	said = judge_with(s, value);
	schema_free(s);
	return said;
}

static const char *
judge(const char *schema, const char *value)
{
	return judge_as(schema, value, false);
}

struct case_of {
	const char *schema;
	const char *good[8], *bad[8];
};

static void
run(const struct case_of *list, size_t n, bool formats)
{
	for (size_t i = 0; i < n; i++) {
		const struct case_of *c = &list[i];

		for (size_t k = 0; k < 8 && c->good[k] != NULL; k++)
			if (*judge_as(c->schema, c->good[k], formats) != '\0')
				fail_msg("%s: %s is good, not %s", c->schema,
				    c->good[k],
				    judge_as(c->schema, c->good[k], formats));
		for (size_t k = 0; k < 8 && c->bad[k] != NULL; k++) {
			const char *said =
			    judge_as(c->schema, c->bad[k], formats);

			if (*said == '\0' || *said == '?')
				fail_msg("%s: %s is bad, not '%s'", c->schema,
				    c->bad[k], said);
		}
	}
}

#define RUN_CASES(list, formats) \
	run(list, sizeof(list) / sizeof(list[0]), formats)

TEST(knows_types)
{
	static const struct case_of cases[] = {
		{ "true", { "1", "null", "{}" }, { NULL } },
		{ "false", { NULL }, { "1", "null", "\"\"" } },
		{ "{}", { "1", "null", "[1,[2]]" }, { NULL } },
		{ "\xEF\xBB\xBF{\"type\":\"null\"}", { "null" }, { "1" } },
		{ "{\"type\":\"null\"}", { "null" },
		    { "0", "\"\"", "false", "{}" } },
		{ "{\"type\":\"boolean\"}", { "true", "false" },
		    { "0", "null", "\"true\"" } },
		{ "{\"type\":\"number\"}", { "1", "-1.5", "1e400" },
		    { "\"1\"", "null", "true" } },
		{ "{\"type\":\"integer\"}",
		    { "1", "1.0", "-0", "1e3", "1.5e1", "12345678901234567890",
			"100e-2" },
		    { "1.5", "\"1\"", "1e-1", "0.1", "null" } },
		{ "{\"type\":\"string\"}", { "\"\"", "\"x\"" },
		    { "1", "null", "[]" } },
		{ "{\"type\":\"array\"}", { "[]", "[null]" }, { "{}", "1" } },
		{ "{\"type\":\"object\"}", { "{}" }, { "[]", "null" } },
		{ "{\"type\":[\"integer\",\"null\"]}", { "1", "null" },
		    { "1.5", "\"\"" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(compares_by_value)
{
	static const struct case_of cases[] = {
		{ "{\"enum\":[1,\"男\",null,{\"a\":[1,2],\"b\":0}]}",
		    { "1.0", "\"\\u7537\"", "null", "{\"b\":0e5,\"a\":[1,2.0]}",
			"10e-1" },
		    { "2", "\"1\"", "false", "{\"a\":[2,1],\"b\":0}",
			"{\"a\":[1,2]}", "[]" } },
		{ "{\"enum\":[]}", { NULL }, { "1", "null" } },
		{ "{\"enum\":[1,\"1\",true,0,false]}", { "1", "true", "0" },
		    { "null", "\"true\"", "\"0\"" } },
		{ "{\"const\":1234567890123456789}",
		    { "1234567890123456789", "1234567890123456789.00" },
		    { "1234567890123456788", "1.234567890123456790e18" } },
		{ "{\"const\":0.1}", { "0.10", "1e-1" },
		    { "0.1000000000000000055511151231257827" } },
		{ "{\"const\":[]}", { "[]" }, { "{}", "[null]", "\"\"" } },
		{ "{\"const\":{\"a\":1,\"a2\":null}}",
		    { "{\"a2\":null,\"a\":1}" },
		    { "{\"a\":1}", "{\"a\":1,\"a2\":0}" } },
		{ "{\"const\":\"\\ud800\"}", { "\"\\uD800\"" },
		    { "\"\\ud801\"", "\"\\ufffd\"" } },
		{ "{\"const\":null}", { "null" }, { "0", "\"\"", "false" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(holds_numbers_against_bounds)
{
	static const struct case_of cases[] = {
		{ "{\"multipleOf\":0.01}",
		    { "0.07", "1.1", "4.35", "0", "-0.29", "1e30", "\"x\"" },
		    { "0.075", "1e-3", "0.0100000000000000000001" } },
		{ "{\"multipleOf\":7}", { "14", "-21", "7e3", "7.0" },
		    { "15", "1e300", "7.5" } },
		{ "{\"multipleOf\":1e-8}", { "12391239123", "0.00000001" },
		    { "0.000000001" } },
		{ "{\"multipleOf\":3e2}", { "600", "9e2" }, { "100", "450" } },
		{ "{\"maximum\":130}", { "130", "129.9", "-1e99", "\"x\"" },
		    { "130.0000000000000000000001", "1e3" } },
		{ "{\"exclusiveMaximum\":1e19}", { "9999999999999999999" },
		    { "10000000000000000000", "1e20" } },
		{ "{\"minimum\":9223372036854775807}",
		    { "9223372036854775807" }, { "9223372036854775806" } },
		{ "{\"exclusiveMinimum\":0}", { "1e-400" },
		    { "0", "-0", "-1" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(measures_texts)
{
	static const struct case_of cases[] = {
		{ "{\"maxLength\":2}",
		    { "\"中文\"", "\"😀😀\"", "\"\\ud83d\\ude00a\"", "[1,2,3]",
			"123" },
		    { "\"中文字\"", "\"abc\"" } },
		{ "{\"minLength\":2.0}", { "\"ab\"", "\"\\u00e9x\"", "1" },
		    { "\"\"", "\"中\"", "\"😀\"" } },
		{ "{\"pattern\":\"^a.c$\"}", { "\"abc\"", "\"a中c\"", "12" },
		    { "\"abc\\n\"", "\"a\\nc\"", "\"xabc\"" } },
		{ "{\"pattern\":\"b\"}", { "\"abc\"" }, { "\"ac\"", "\"\"" } },
		{ "{\"pattern\":\"^\\\\d{3}$\"}", { "\"123\"" },
		    { "\"１２３\"", "\"12\"" } },
		{ "{\"pattern\":\"^\\\\p{Script=Han}+$\"}", { "\"中文\"" },
		    { "\"abc\"" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(looks_at_elements)
{
	static const struct case_of cases[] = {
		{ "{\"maxItems\":1}", { "[]", "[1]", "{\"a\":1,\"b\":2}" },
		    { "[1,2]" } },
		{ "{\"minItems\":1}", { "[null]", "\"\"" }, { "[]" } },
		{ "{\"uniqueItems\":true}",
		    { "[]", "[1,2]", "[1,true]", "[0,false,null,\"\"]",
			"[\"1\",1]", "[{\"a\":1},{\"a\":2}]", "[[1],[1,1]]" },
		    { "[1,1.0]", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]",
			"[\"x\",1,\"\\u0078\"]", "[[1],[1]]", "[null,null]" } },
		{ "{\"uniqueItems\":false}", { "[1,1]" }, { NULL } },
		{ "{\"items\":{\"type\":\"integer\"}}", { "[]", "[1,2]", "{}" },
		    { "[1,\"2\"]" } },
		{ "{\"items\":false}", { "[]", "1" }, { "[1]" } },
		{ "{\"prefixItems\":[{\"type\":\"integer\"},{\"type\":"
		  "\"string\"}]}",
		    { "[]", "[1]", "[1,\"x\",null]" }, { "[\"x\"]", "[1,2]" } },
		{ "{\"prefixItems\":[true,{\"const\":1}],\"items\":false}",
		    { "[0,1]", "[0]" }, { "[0,1,2]", "[0,2]" } },
		{ "{\"contains\":{\"const\":1}}", { "[0,1]", "[1,1]", "{}" },
		    { "[]", "[0,2]" } },
		{ "{\"contains\":{\"const\":1},\"minContains\":2}",
		    { "[1,1]", "[1,0,1,1]" }, { "[]", "[1]" } },
		{ "{\"contains\":{\"const\":1},\"minContains\":0}",
		    { "[]", "[2]", "[1]" }, { NULL } },
		{ "{\"contains\":{\"const\":1},\"maxContains\":1}",
		    { "[1]", "[1,2]" }, { "[1,1]", "[]", "[2]" } },
		{ "{\"contains\":{\"const\":1},\"minContains\":0,"
		  "\"maxContains\":1}",
		    { "[]", "[1]" }, { "[1,1]" } },
		{ "{\"maxContains\":1,\"minContains\":5}", { "[]", "[1,1]" },
		    { NULL } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(looks_at_members)
{
	static const struct case_of cases[] = {
		{ "{\"maxProperties\":1}", { "{}", "{\"a\":1,\"a\":2}", "[]" },
		    { "{\"a\":1,\"b\":2}" } },
		{ "{\"minProperties\":1}", { "{\"a\":null}", "[]" }, { "{}" } },
		{ "{\"required\":[\"a\",\"中\"]}",
		    { "{\"a\":null,\"\\u4e2d\":1}", "[]", "null" },
		    { "{\"a\":1}", "{}" } },
		{ "{\"dependentRequired\":{\"a\":[\"b\",\"c\"],\"d\":[]}}",
		    { "{}", "{\"b\":1}", "{\"a\":1,\"b\":1,\"c\":1}",
			"{\"d\":1}" },
		    { "{\"a\":1}", "{\"a\":1,\"b\":1}" } },
		{ "{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":false}}",
		    { "{}", "{\"a\":\"\"}", "[]", "{\"c\":1}",
			"{\"a\":1,\"a\":\"x\"}" },
		    { "{\"a\":1}", "{\"b\":null}", "{\"a\":\"x\",\"a\":1}" } },
		{ "{\"patternProperties\":{\"^x\":{\"type\":\"integer\"},"
		  "\"y$\":{\"minimum\":5}}}",
		    { "{}", "{\"a\":\"\"}", "{\"xy\":5}", "{\"x\":1}" },
		    { "{\"xy\":4}", "{\"xa\":\"\"}", "{\"ay\":4}" } },
		{ "{\"properties\":{\"a\":true},\"patternProperties\":{\"^x\":"
		  "true},\"additionalProperties\":false}",
		    { "{}", "{\"a\":1,\"x1\":2}" }, { "{\"b\":1}" } },
		{ "{\"additionalProperties\":{\"type\":\"integer\"}}",
		    { "{\"a\":1}", "{}" }, { "{\"a\":\"\"}" } },
		{ "{\"propertyNames\":{\"maxLength\":2,\"pattern\":\"^[a-z]\"}"
		  "}",
		    { "{}", "{\"ab\":1}" }, { "{\"abc\":1}", "{\"A\":1}" } },
		{ "{\"propertyNames\":{\"enum\":[\"a\"]}}", { "{\"a\":0}" },
		    { "{\"b\":0}" } },
		{ "{\"propertyNames\":false}", { "{}" }, { "{\"\":1}" } },
		{ "{\"dependentSchemas\":{\"a\":{\"required\":[\"b\"]}}}",
		    { "{}", "{\"a\":1,\"b\":1}" }, { "{\"a\":1}" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(combines_schemas)
{
	static const struct case_of cases[] = {
		{ "{\"allOf\":[{\"minimum\":1},{\"maximum\":3}]}", { "2" },
		    { "0", "4" } },
		{ "{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":3}]}",
		    { "\"x\"", "3", "null" }, { "2" } },
		{ "{\"oneOf\":[{\"multipleOf\":2},{\"multipleOf\":3}]}",
		    { "2", "3" }, { "6", "5", "\"x\"" } },
		{ "{\"not\":{\"type\":\"null\"}}", { "1" }, { "null" } },
		{ "{\"not\":{\"not\":{\"const\":1}}}", { "1" }, { "2" } },
		{ "{\"if\":{\"required\":[\"a\"]},\"then\":{\"required\":["
		  "\"b\"]},\"else\":{\"required\":[\"c\"]}}",
		    { "{\"a\":1,\"b\":1}", "{\"c\":1}", "1" },
		    { "{\"a\":1}", "{}", "{\"a\":1,\"c\":1}" } },
		{ "{\"if\":{\"minimum\":5}}", { "1", "9" }, { NULL } },
		{ "{\"then\":false,\"else\":false}", { "1" }, { NULL } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(knows_what_was_evaluated)
{
	static const struct case_of cases[] = {
		{ "{\"properties\":{\"a\":true},\"unevaluatedProperties\":"
		  "false}",
		    { "{}", "{\"a\":1}", "[]" }, { "{\"b\":1}" } },
		{ "{\"allOf\":[{\"properties\":{\"a\":true}},{\"patternPro"
		  "perties\":{\"^x\":true}}],\"unevaluatedProperties\":{"
		  "\"type\":\"integer\"}}",
		    { "{\"a\":\"\",\"x\":\"\",\"c\":1}" }, { "{\"c\":\"\"}" } },
		{ "{\"anyOf\":[{\"properties\":{\"a\":{\"const\":1}},"
		  "\"required\":[\"a\"]},{\"properties\":{\"b\":{\"const\":2}}"
		  ",\"required\":[\"b\"]}],\"unevaluatedProperties\":false}",
		    { "{\"a\":1}", "{\"b\":2}", "{\"a\":1,\"b\":2}" },
		    { "{\"a\":1,\"b\":3}", "{\"a\":1,\"c\":1}" } },
		{ "{\"oneOf\":[{\"properties\":{\"a\":{\"const\":1}}},"
		  "{\"properties\":{\"b\":{\"const\":2}},\"required\":[\"b\","
		  "\"z\"]}],\"unevaluatedProperties\":false}",
		    { "{\"a\":1}" }, { "{\"a\":1,\"b\":1}" } },
		{ "{\"not\":{\"not\":{\"properties\":{\"a\":true}}},"
		  "\"unevaluatedProperties\":false}",
		    { "{}" }, { "{\"a\":1}" } },
		{ "{\"if\":{\"properties\":{\"k\":{\"const\":1}},\"required\":["
		  "\"k\"]},\"then\":{\"properties\":{\"t\":true}},\"else\":{"
		  "\"properties\":{\"e\":true}},\"unevaluatedProperties\":"
		  "false}",
		    { "{\"k\":1,\"t\":1}", "{\"e\":1}" },
		    { "{\"k\":2,\"e\":1}", "{\"k\":1,\"e\":1}", "{\"t\":1}" } },
		{ "{\"dependentSchemas\":{\"a\":{\"properties\":{\"b\":true}}},"
		  "\"properties\":{\"a\":true},\"unevaluatedProperties\":"
		  "false}",
		    { "{\"a\":1,\"b\":1}" }, { "{\"b\":1}" } },
		{ "{\"additionalProperties\":true,\"unevaluatedProperties\":"
		  "false}",
		    { "{\"a\":1}" }, { NULL } },
		{ "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"properties\":{"
		  "\"a\":true}}},\"unevaluatedProperties\":false}",
		    { "{\"a\":1}" }, { "{\"b\":1}" } },
		{ "{\"allOf\":[{\"unevaluatedProperties\":true}],"
		  "\"unevaluatedProperties\":false}",
		    { "{\"a\":1}" }, { NULL } },
		{ "{\"allOf\":[{\"unevaluatedProperties\":false}],"
		  "\"properties\":{\"a\":true}}",
		    { "{}" }, { "{\"a\":1}" } },
		{ "{\"properties\":{\"o\":{\"properties\":{\"a\":true}}},"
		  "\"allOf\":[{\"properties\":{\"o\":{\"properties\":{\"b\":"
		  "true},\"unevaluatedProperties\":false}}}]}",
		    { "{\"o\":{\"b\":1}}" }, { "{\"o\":{\"a\":1}}" } },
		{ "{\"prefixItems\":[true],\"unevaluatedItems\":false}",
		    { "[]", "[1]" }, { "[1,2]" } },
		{ "{\"contains\":{\"const\":1},\"unevaluatedItems\":{\"const\":"
		  "2}}",
		    { "[1,2,1]", "[1]" }, { "[1,3]" } },
		{ "{\"allOf\":[{\"prefixItems\":[true]},{\"prefixItems\":[true,"
		  "true]}],\"unevaluatedItems\":false}",
		    { "[1,2]" }, { "[1,2,3]" } },
		{ "{\"items\":true,\"unevaluatedItems\":false}", { "[1,2]" },
		    { NULL } },
		{ "{\"anyOf\":[{\"items\":{\"type\":\"string\"}},true],"
		  "\"unevaluatedItems\":false}",
		    { "[\"a\"]", "[]" }, { "[1]" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(follows_references)
{
	static const struct case_of cases[] = {
		{ "{\"$ref\":\"#/$defs/a~1b%25\",\"$defs\":{\"a/b%\":{\"const"
		  "\":1}}}",
		    { "1" }, { "2" } },
		{ "{\"properties\":{\"a\":{\"$ref\":\"#\"}},\"type\":"
		  "\"object\"}",
		    { "{\"a\":{\"a\":{}}}" }, { "{\"a\":{\"a\":1}}" } },
		{ "{\"items\":{\"$ref\":\"#x\"},\"$defs\":{\"k\":{\"$anchor\":"
		  "\"x\",\"const\":1}}}",
		    { "[1]" }, { "[2]" } },
		{ "{\"$ref\":\"#/properties/a\",\"properties\":{\"a\":{"
		  "\"type\":\"object\"}}}",
		    { "{}" }, { "1" } },
		{ "{\"$id\":\"https://e.org/r/s.json\",\"$ref\":\"x/y.json\","
		  "\"$defs\":{\"q\":{\"$id\":\"./x/../x/y.json\",\"$ref\":"
		  "\"#in\",\"$defs\":{\"i\":{\"$anchor\":\"in\",\"const\":"
		  "1}}}}}",
		    { "1" }, { "2" } },
		{ "{\"$id\":\"urn:a:b\",\"$ref\":\"urn:a:c#/$defs/i\","
		  "\"$defs\":{\"q\":{\"$id\":\"urn:a:c\",\"$defs\":{\"i\":{"
		  "\"const\":1}}}}}",
		    { "1" }, { "2" } },
		{ "{\"$id\":\"/a/b\",\"$ref\":\"/c#\",\"$defs\":{\"x\":{"
		  "\"$id\":\"/c\",\"const\":1}}}",
		    { "1" }, { "2" } },
		/* A tree, and one that allows no other members. */
		{ "{\"$id\":\"https://e.org/strict\",\"$dynamicAnchor\":"
		  "\"node\",\"$ref\":\"tree\",\"unevaluatedProperties\":false,"
		  "\"$defs\":{\"t\":{\"$id\":\"tree\",\"$dynamicAnchor\":"
		  "\"node\",\"properties\":{\"data\":true,\"children\":{"
		  "\"items\":{\"$dynamicRef\":\"#node\"}}}}}}",
		    { "{\"children\":[{\"data\":1}]}" },
		    { "{\"children\":[{\"daat\":1}]}", "{\"daat\":1}" } },
		/* Without a $dynamicAnchor there it is a plain reference. */
		{ "{\"$id\":\"https://e.org/r\",\"$dynamicAnchor\":\"n\","
		  "\"type\":[\"object\",\"integer\"],\"properties\":{\"a\":{"
		  "\"$ref\":\"t\"}},\"$defs\":{\"t\":{\"$id\":\"t\",\"$anchor"
		  "\":\"n\",\"properties\":{\"b\":{\"$dynamicRef\":\"#n\"}},"
		  "\"type\":\"object\"}}}",
		    { "{\"a\":{\"b\":{}}}", "1" }, { "{\"a\":{\"b\":1}}" } },
		/* The outermost schema entered counts, not its root alone. */
		{ "{\"$id\":\"https://e.org/b\",\"$ref\":\"one#/$defs/s\","
		  "\"$defs\":{\"1\":{\"$id\":\"one\",\"$defs\":{\"s\":{\"$ref"
		  "\":\"two#/$defs/s\"}}},\"2\":{\"$id\":\"two\",\"$defs\":{"
		  "\"s\":{\"$ref\":\"three#/$defs/s\"},\"l\":{\"$dynamicAnchor"
		  "\":\"l\",\"maximum\":2}}},\"3\":{\"$id\":\"three\","
		  "\"$defs\":{\"s\":{\"$dynamicRef\":\"#l\"},\"l\":{"
		  "\"$dynamicAnchor\":\"l\",\"maximum\":3}}}}}",
		    { "2" }, { "3" } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(asserts_formats_on_request)
{
	static const struct case_of cases[] = {
		{ "{\"format\":\"date\"}", { "\"2024-02-29\"", "1" },
		    { "\"2023-02-29\"", "\"2024-2-9\"", "\"20240229\"",
			"\"2024-02-29T00:00:00Z\"" } },
		{ "{\"format\":\"time\"}",
		    { "\"08:30:06Z\"", "\"23:59:60z\"",
			"\"15:59:60.5-08:00\"" },
		    { "\"08:30:06\"", "\"24:00:00Z\"", "\"22:59:60Z\"",
			"\"08:30Z\"", "\"08:30:06.Z\"" } },
		{ "{\"format\":\"date-time\"}",
		    { "\"2024-01-01T10:00:00+08:00\"",
			"\"1998-12-31t23:59:60Z\"" },
		    { "\"2024-01-01 10:00:00Z\"", "\"2024-01-01\"" } },
		{ "{\"format\":\"duration\"}",
		    { "\"P1Y2M3D\"", "\"PT1H30M\"", "\"P3W\"", "\"P1DT12H\"" },
		    { "\"P\"", "\"PT\"", "\"P1D2H\"", "\"P1Y1D\"", "\"P1W1D\"",
			"\"1D\"", "\"P1DT\"" } },
		{ "{\"format\":\"email\"}",
		    { "\"a.b@e.org\"", "\"\\\"a b\\\"@e.org\"",
			"\"a@[127.0.0.1]\"", "\"a@[ipv6:::1]\"",
			"\"\\\"\\\"@e.org\"" },
		    { "\"a\"", "\"a..b@e.org\"", "\"\\\"a\\\"b@e.org\"",
			"\".a@e.org\"", "\"@e.org\"", "\"a@\"" } },
		{ "{\"format\":\"hostname\"}", { "\"a-1.e.org\"" },
		    { "\"-a.org\"", "\"a_b\"", "\"\"", "\"a..b\"" } },
		{ "{\"format\":\"ipv4\"}", { "\"127.0.0.1\"" },
		    { "\"256.0.0.1\"", "\"1.2.3\"", "\"01.2.3.4\"",
			"\"1.2.3.4.5\"" } },
		{ "{\"format\":\"ipv6\"}",
		    { "\"::\"", "\"::1\"", "\"1::\"", "\"1:2:3:4:5:6:7:8\"",
			"\"::ffff:1.2.3.4\"", "\"1:2:3:4:5:6:1.2.3.4\"" },
		    { "\"1:2:3\"", "\"1::2::3\"", "\":1\"", "\"12345::\"",
			"\"1:2:3:4:5:6:7:8:9\"", "\"::1.2.3\"", "\":::\"" } },
		{ "{\"format\":\"uri\"}",
		    { "\"https://u@e.org:80/a?b#c\"", "\"urn:a:b\"",
			"\"http://[::1]/\"" },
		    { "\"/a\"", "\"http://a b\"", "\"http://e.org/%zz\"",
			"\"1a:b\"", "\"http://[1]/\"" } },
		{ "{\"format\":\"uri-reference\"}",
		    { "\"/a\"", "\"#x\"", "\"\"" }, { "\"a b\"", "\"\\\\\"" } },
		{ "{\"format\":\"uuid\"}",
		    { "\"2EB8AA08-aa98-11ea-b4aa-73b441d16380\"" },
		    { "\"2EB8AA08aa9811eab4aa73b441d16380\"", "\"x\"" } },
		{ "{\"format\":\"json-pointer\"}", { "\"\"", "\"/a~0b/~1\"" },
		    { "\"a\"", "\"/~2\"", "\"/~\"" } },
		{ "{\"format\":\"relative-json-pointer\"}",
		    { "\"0\"", "\"1/a\"", "\"12#\"" },
		    { "\"/a\"", "\"01\"", "\"1##\"" } },
		{ "{\"format\":\"regex\"}", { "\"^a+$\"" }, { "\"(\"" } },
	};

	(void)state;
	RUN_CASES(cases, true);
	assert_string_equal(judge("{\"format\":\"date\"}", "\"x\""), "");
}

TEST(annotations_assert_nothing)
{
	static const struct case_of cases[] = {
		{ "{\"$comment\":\"c\",\"title\":\"t\",\"description\":\"d\","
		  "\"default\":7,\"examples\":[1],\"deprecated\":true,"
		  "\"readOnly\":true,\"writeOnly\":false,\"contentEncoding\":"
		  "\"base64\",\"contentMediaType\":\"a/b\",\"contentSchema\":"
		  "{\"type\":\"null\"},\"x-mine\":1,\"$vocabulary\":{},"
		  "\"$schema\":\"https://json-schema.org/draft/2020-12/schema"
		  "\"}",
		    { "1", "\"%\"", "null" }, { NULL } },
	};

	(void)state;
	RUN_CASES(cases, false);
}

TEST(names_rule_and_place)
{
	(void)state;
	assert_string_equal(
	    judge("{\"properties\":{\"a\":{\"items\":{\"properties\":{\"b\":{"
		  "\"type\":\"integer\"}},\"required\":[\"b\",\"c d\"]}}},"
		  "\"required\":[\"z\"]}",
		"{\"a\":[{\"b\":1,\"c d\":0},{\"b\":\"\"},{}]}"),
	    "/properties/a/items/properties/b/type@a[1].b "
	    "/properties/a/items/required@a[1][\"c d\"] "
	    "/properties/a/items/required@a[2].b "
	    "/properties/a/items/required@a[2][\"c d\"] /required@z");
	assert_string_equal(
	    judge("{\"allOf\":[{\"$ref\":\"#/$defs/x\"},{\"$ref\":\"#/$defs/"
		  "x\"}],\"$defs\":{\"x\":{\"type\":\"null\"}}}",
		"1"),
	    "/$defs/x/type@");
	assert_string_equal(
	    judge(
		"{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]}", "1"),
	    "/anyOf@");
	assert_string_equal(judge("{\"propertyNames\":{\"maxLength\":1},"
				  "\"additionalProperties\":false}",
				"{\"ab\":1}"),
	    "/propertyNames/maxLength@ab /additionalProperties@ab");
	assert_string_equal(judge("{\"unevaluatedProperties\":false,\"allOf\":"
				  "[{\"properties\":{\"a\":{\"type\":\"null\"}}"
				  "}]}",
				"{\"a\":1,\"b\":2}"),
	    "/unevaluatedProperties@b /allOf/0/properties/a/type@a");
}

TEST(what_cannot_be_judged_is_an_error)
{
	struct buf b = { 0 };

	(void)state;
	assert_string_equal(
	    judge("{\"maximum\":1}", "1e99999999999999999999"), "?/maximum");
	assert_string_equal(
	    judge("{\"not\":{\"maximum\":1}}", "1e99999999999999999999"),
	    "?/not");
	assert_string_equal(
	    judge("{\"pattern\":\"a\"}", "\"\\udc00\""), "?/pattern");
	/* Branches without end on a value that nests. */
	for (unsigned i = 0; i < 60; i++)
		buf_addc(&b, '[');
	for (unsigned i = 0; i < 60; i++)
		buf_addc(&b, ']');
	assert_string_equal(
	    judge("{\"oneOf\":[{\"items\":{\"$ref\":\"#\"}},{\"items\":{"
		  "\"$ref\":\"#\"}}],\"type\":\"array\"}",
		buf_string(&b)),
	    "?/oneOf ?/type");
	buf_release(&b);
}

TEST(a_name_with_half_of_a_pair_fits_no_pattern_for_sure)
{
	static const char value[] = "{\"\\ud800\":1}";

	(void)state;
	assert_string_equal(
	    judge("{\"patternProperties\":{\"^.*$\":{\"type\":\"string\"}}}",
		value),
	    "?/patternProperties/^.*$/type");
	assert_string_equal(
	    judge("{\"patternProperties\":{\"a\":{\"$ref\":\"#/$defs/x\"}},"
		  "\"additionalProperties\":false,"
		  "\"$defs\":{\"x\":{\"type\":\"string\"}}}",
		value),
	    "?/additionalProperties ?/$defs/x/type");
	assert_string_equal(
	    judge("{\"propertyNames\":{\"pattern\":\"a\"}}", value),
	    "?/propertyNames/pattern");
	assert_string_equal(
	    judge("{\"not\":{\"patternProperties\":{\"a\":false}}}", value),
	    "?/not");
}

TEST(writes_any_name_as_a_place_that_can_be_read)
{
	static const char schema[] = "{\"additionalProperties\":false}";

	(void)state;
	assert_string_equal(judge(schema, "{\"a\\ud83d\\ude00\":1}"),
	    "/additionalProperties@a😀");
	assert_string_equal(judge(schema, "{\"\\udc00\\udbff\":1}"),
	    "/additionalProperties@[\"\\udc00\\udbff\"]");
	assert_string_equal(judge(schema, "{\"a\\u0000b\":1}"),
	    "/additionalProperties@[\"a\\u0000b\"]");
	assert_string_equal(judge(schema, "{\"say \\\"q\\\" \\\\\":1}"),
	    "/additionalProperties@[\"say \\\"q\\\" \\\\\"]");
	assert_string_equal(judge(schema, "{\"\":1,\"\\n\":1}"),
	    "/additionalProperties@[\"\"] "
	    "/additionalProperties@[\"\\u000a\"]");
}

TEST(many_elements_are_not_compared_each_with_each)
{
	struct buf b = { 0 };

	(void)state;
	buf_addc(&b, '[');
	for (unsigned i = 0; i < 200000; i++)
		buf_addf(&b, "%u,", i);
	buf_adds(&b, "7.0]");
	assert_string_equal(
	    judge("{\"uniqueItems\":true}", buf_string(&b)), "/uniqueItems@");
	buf_release(&b);
}

TEST(refuses_what_it_does_not_know)
{
	static const struct {
		const char *schema, *text;
	} cases[] = {
		{ "{\"enun\":[1]}",
		    "/enun: unknown keyword (did you mean 'enum'?)" },
		{ "{\"definitions\":{}}",
		    "/definitions: unknown keyword (of older drafts: write "
		    "$defs)" },
		{ "{\"properties\":{\"a\":{\"vendorWord\":1}}}",
		    "/properties/a/vendorWord: unknown keyword (a word of your "
		    "own "
		    "begins with x- and asserts nothing)" },
		{ "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
		    "/$schema: only draft 2020-12 is read, "
		    "https://json-schema.org/draft/2020-12/schema: write the "
		    "schema in its words" },
		{ "{\"$ref\":\"https://e.org/x\"}",
		    "/$ref: 'https://e.org/x' is not in this file, and nothing "
		    "is fetched: put it under $defs, with its $id" },
		{ "{\"$ref\":\"#/x\"}", "/$ref: no schema stands at '#/x'" },
		{ "{\"$ref\":\"#x\"}", "/$ref: no schema stands at '#x'" },
		{ "{\"$ref\":\"#\"}",
		    "/$ref: this comes back to '' at the same value and never "
		    "ends" },
		{ "{\"$defs\":{\"a\":{\"anyOf\":[{\"$ref\":\"#/$defs/b\"}]},"
		  "\"b\":{\"not\":{\"$ref\":\"#/$defs/a\"}}}}",
		    "/$defs/b/not/$ref: this comes back to '/$defs/a' at the "
		    "same value and never ends" },
		{ "{\"type\":\"strng\"}",
		    "/type: unknown type (did you mean 'string'?)" },
		{ "{\"type\":[]}", "/type: the array of types is empty" },
		{ "{\"type\":[\"null\",\"null\"]}",
		    "/type: 'null' stands twice" },
		{ "{\"type\":7}",
		    "/type: this must be the name of a type, or an array of "
		    "them" },
		{ "{\"items\":[true]}",
		    "/items: an array is of older drafts: write prefixItems" },
		{ "{\"maximum\":\"1\"}", "/maximum: this must be a number" },
		{ "{\"minLength\":-1}",
		    "/minLength: this must be a whole number from 0" },
		{ "{\"minLength\":1.5}",
		    "/minLength: this must be a whole number from 0" },
		{ "{\"multipleOf\":0}",
		    "/multipleOf: this must be a number above 0" },
		{ "{\"multipleOf\":1.234567890123456789}",
		    "/multipleOf: more than 18 significant digits" },
		{ "{\"required\":[\"a\",\"a\"]}",
		    "/required: 'a' stands twice" },
		{ "{\"required\":[1]}",
		    "/required: this must be an array of strings" },
		{ "{\"dependentRequired\":{\"a\":1}}",
		    "/dependentRequired: this must be an object of arrays of "
		    "strings" },
		{ "{\"allOf\":[]}",
		    "/allOf: this must be an array of schemas, not empty" },
		{ "{\"not\":1}",
		    "/not: this must be a schema (an object, true or false)" },
		{ "{\"properties\":{\"a\":1}}",
		    "/properties/a: a schema is an object, true or false" },
		{ "{\"pattern\":\"(a)\\\\1\"}",
		    "/pattern: pattern, at character 4: back references are "
		    "not read as ECMA-262 has them" },
		{ "{\"pattern\":\"(?<=a*)b\"}",
		    "/pattern: PCRE2 does not take it: lookbehind assertion is "
		    "not fixed length" },
		{ "{\"patternProperties\":{\"[\":true}}",
		    "/patternProperties: pattern, at character 1: the class "
		    "does not end" },
		{ "{\"$anchor\":\"1\"}",
		    "/$anchor: an anchor is a letter or _, then letters, "
		    "digits, -_." },
		{ "{\"$anchor\":\"a\",\"not\":{\"$anchor\":\"a\"}}",
		    "/not/$anchor: another schema has the same anchor" },
		{ "{\"$id\":\"a#b\"}",
		    "/$id: no fragment may stand here (an anchor is $anchor)" },
		{ "{\"$id\":\"a\",\"not\":{\"$id\":\"a\"}}",
		    "/not/$id: another schema of this file has the same $id" },
		{ "{\"enum\":[1e9999999999999999999]}",
		    "/enum: the exponent of a number is beyond all bounds" },
		{ "7", "/: a schema is an object, true or false" },
		{ "{", "byte 2: the text ends, a key in quotes expected" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct table_faults faults = { 0 };
		struct schema *s = parse(cases[i].schema, false, &faults);

		if (s != NULL)
			fail_msg("%s is accepted", cases[i].schema);
		assert_string_equal(faults.list[0].text, cases[i].text);
		table_faults_release(&faults);
	}
}

TEST(refuses_a_format_that_is_to_assert_and_is_not_known)
{
	struct table_faults faults = { 0 };

	(void)state;
	assert_null(parse("{\"format\":\"iri\"}", true, &faults));
	assert_string_equal(faults.list[0].text,
	    "/format: format 'iri' is not known, and formats are to assert: "
	    "let them assert nothing, or write a pattern");
	table_faults_release(&faults);
}

TEST(lists_every_fault)
{
	struct table_faults faults = { 0 };

	(void)state;
	assert_null(parse(
	    "{\n\"a\":1,\n\"items\":{\"b\":1},\n\"type\":7}", false, &faults));
	assert_int_equal(faults.n, 3);
	assert_int_equal(faults.list[1].line, 3);
	table_faults_release(&faults);
}

TEST(rules_stand_in_the_order_of_the_file)
{
	struct table_faults faults = { 0 };
	struct schema *s = parse(
	    "{\"title\":\"T\",\"properties\":{\"diagnosis\":{\"items\":{"
	    "\"properties\":{\"code\":{\"pattern\":\"^[A-Z]\",\"title\":"
	    "\"编码\"}}}},\"a\":{\"$ref\":\"#/$defs/n\"},\"b\":{\"$ref\":"
	    "\"#/$defs/n\"}},\"anyOf\":[{\"minimum\":1}],\"$defs\":{\"n\":{"
	    "\"type\":\"number\"},\"unused\":{\"type\":\"null\"}},\"required\":"
	    "[\"a\"],\"maxProperties\":9}",
	    false, &faults);
	static const char *const pointers[] = {
		"/properties/diagnosis/items/properties/code/pattern", "/anyOf",
		"/$defs/n/type", "/required", "/maxProperties"
	};
	struct buf b = { 0 };

	(void)state;
	assert_non_null(s);
	assert_int_equal(schema_count(s), 5);
	for (size_t i = 0; i < 5; i++)
		assert_slice(schema_rule(s, i)->pointer, pointers[i]);
	assert_slice(schema_rule(s, 0)->field, "diagnosis[].code");
	assert_slice(schema_rule(s, 2)->field, "");
	assert_slice(schema_name(s), "T");
	schema_message(schema_rule(s, 0), true, &b);
	assert_slice(buf_slice(&b), "编码：格式应符合 ^[A-Z]");
	buf_reset(&b);
	schema_message(schema_rule(s, 2), false, &b);
	assert_slice(buf_slice(&b), "must be of type number");
	buf_release(&b);
	schema_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_types),
		cmocka_unit_test(compares_by_value),
		cmocka_unit_test(holds_numbers_against_bounds),
		cmocka_unit_test(measures_texts),
		cmocka_unit_test(looks_at_elements),
		cmocka_unit_test(looks_at_members),
		cmocka_unit_test(combines_schemas),
		cmocka_unit_test(knows_what_was_evaluated),
		cmocka_unit_test(follows_references),
		cmocka_unit_test(asserts_formats_on_request),
		cmocka_unit_test(annotations_assert_nothing),
		cmocka_unit_test(names_rule_and_place),
		cmocka_unit_test(what_cannot_be_judged_is_an_error),
		cmocka_unit_test(
		    a_name_with_half_of_a_pair_fits_no_pattern_for_sure),
		cmocka_unit_test(writes_any_name_as_a_place_that_can_be_read),
		cmocka_unit_test(many_elements_are_not_compared_each_with_each),
		cmocka_unit_test(refuses_what_it_does_not_know),
		cmocka_unit_test(
		    refuses_a_format_that_is_to_assert_and_is_not_known),
		cmocka_unit_test(lists_every_fault),
		cmocka_unit_test(rules_stand_in_the_order_of_the_file),
	};
	int failed;

	arena = arena_new();
	failed = RUN(tests);
	arena_free(arena);
	return failed;
}
