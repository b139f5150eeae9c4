/* Repair, event streams, requests and replies, and where a URL may lead. */
#include "test.h"

#include "base/arena.h"
#include "base/err.h"
#include "io/http.h"
#include "model/cache.h"
#include "model/chat.h"
#include "model/frame.h"
#include "model/judge.h"
#include "model/profile.h"
#include "model/repair.h"
#include "model/sse.h"

static struct arena *arena;

/* Checks what is mended out of what a model said; NULL: nothing. */
static void
mends(const char *said, const char *wanted)
{
	struct slice object;
	bool found = repair_object(slice_of(said), arena, &object);

	assert_int_equal(found, wanted != NULL);
	if (found)
		assert_slice(object, wanted);
}

TEST(finds_an_object_in_its_wrapping)
{
	(void)state;
	mends("{\"a\":1}", "{\"a\":1}");
	mends("```json\n{\"a\":1}\n```", "{\"a\":1}");
	mends("Here {it} is: {\"a\":\"}\"} .", "{\"a\":\"}\"}");
	mends("<think>{\"a\":0}</think>{\"a\":1}", "{\"a\":1}");
	mends("so {\"a\":0}</think> {\"a\":1}", "{\"a\":1}");
	mends("{\"a\":0} no, {\"a\":1}", "{\"a\":1}");
}

TEST(mends_commas_and_bare_controls)
{
	(void)state;
	mends("{\"a\":[1,2, ],\"b\":\",}\",}", "{\"a\":[1,2 ],\"b\":\",}\"}");
	mends("{\"a\":\"x\ny\"}", "{\"a\":\"x\\u000ay\"}");
}

TEST(takes_no_part_of_what_was_cut_off)
{
	(void)state;
	mends("{\"a\":{\"b\":1},\"c\":", NULL);
	mends("<think>{\"a\":0}", NULL);
	mends("", NULL);
	mends("[1,2]", NULL);
	mends("{\"a\":01}", NULL);
}

TEST(reads_events_with_any_line_end)
{
	struct slice rest = SLICE(": hello\r\n\r\ndata: one\rdata:two\r\n\r\n"
				  "event: x\nid: 3\n\ndata\n\ndata: cut");
	struct slice data;

	(void)state;
	assert_true(sse_looks_like(rest));
	assert_true(sse_next(&rest, arena, &data));
	assert_slice(data, "one\ntwo");
	assert_true(sse_next(&rest, arena, &data));
	assert_slice(data, "");
	assert_true(sse_next(&rest, arena, &data));
	assert_slice(data, "cut");
	assert_false(sse_next(&rest, arena, &data));
}

TEST(joins_the_pieces_of_a_stream)
{
	struct slice body =
	    SLICE("data: {\"choices\":[{\"delta\":{\"content\":\"\xE5\x8A\x9F"
		  "\"},\"finish_reason\":null}]}\n\n"
		  "data: {\"choices\":[{\"delta\":{\"content\":\"\\u7387\"},"
		  "\"finish_reason\":\"length\"}]}\n\n"
		  "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,"
		  "\"prompt_tokens_details\":{\"cached_tokens\":5}}}\n\n"
		  "data: [DONE]\n\n");
	struct chat_reply r;

	(void)state;
	assert_true(chat_read(body, arena, &r, NULL));
	assert_slice(r.content, "功率");
	assert_int_equal(r.finish, CHAT_LENGTH);
	assert_int_equal(r.usage.in, 7);
	assert_int_equal(r.usage.cached, 5);
}

TEST(a_stream_without_its_end_is_unfinished)
{
	struct slice body =
	    SLICE("data: {\"choices\":[{\"delta\":{\"content\":\"{}\"}}]}\n\n"
		  "data: {\"choices\":[{\"del");
	struct chat_reply r;

	(void)state;
	assert_true(chat_read(body, arena, &r, NULL));
	assert_int_equal(r.finish, CHAT_UNFINISHED);
}

TEST(a_page_of_a_proxy_is_no_completion)
{
	struct chat_reply r;
	struct err e = { 0 };

	(void)state;
	assert_false(chat_read(SLICE("<html>busy</html>"), arena, &r, &e));
	assert_string_equal(e.code, "model_reply");
	assert_false(chat_read(SLICE("{\"error\":{}}"), arena, &r, &e));
}

TEST(sees_an_answer_that_runs_wild)
{
	struct buf b = { 0 };

	(void)state;
	for (unsigned i = 0; i < 1000; i++)
		buf_adds(&b,
		    "data: {\"choices\":[{\"delta\":{\"content\":"
		    "\"0000000\"}}]}\n\n");
	assert_false(chat_watch(buf_slice(&b)));
	buf_adds(&b,
	    "data: {\"choices\":[{\"delta\":{\"content\":"
	    "\"}\"}}]}\n\n");
	assert_true(chat_watch(buf_slice(&b)));
	buf_release(&b);
}

TEST(a_request_is_the_same_bytes_every_time)
{
	struct chat_prompt p = { .model = SLICE("m"),
		.system = SLICE("s"),
		.user = SLICE("u\n\""),
		.schema = SLICE("{\"type\":\"object\"}"),
		.mode = CHAT_SCHEMA,
		.max_tokens = 9 };
	struct buf b = { 0 };

	(void)state;
	chat_request(&p, &b);
	assert_slice(buf_slice(&b),
	    "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":"
	    "\"s\"},{\"role\":\"user\",\"content\":\"u\\n\\\"\"}],"
	    "\"temperature\":0,\"seed\":0,\"max_tokens\":9,"
	    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{"
	    "\"name\":\"indicators\",\"schema\":{\"type\":\"object\"}}},"
	    "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
	buf_release(&b);
}

/* Both ways of writing a request come to the same body and key. */
static void
frames_the_same(struct frames *frames, const struct chat_prompt *p)
{
	uint8_t wanted[DIGEST_SIZE], key[DIGEST_SIZE];
	struct buf whole = { 0 }, framed = { 0 };

	chat_request(p, &whole);
	cache_key(buf_slice(&whole), wanted);
	frames_request(frames, p, &framed, key);
	assert_int_equal(framed.n, whole.n);
	assert_memory_equal(framed.p, whole.p, whole.n);
	assert_memory_equal(key, wanted, DIGEST_SIZE);
	buf_release(&whole);
	buf_release(&framed);
}

TEST(a_frame_writes_the_request_that_it_was_made_of)
{
	struct chat_prompt p = { .model = SLICE("m"), .max_tokens = 9 };
	static const char *const system[] = { "s", "t", "", "\"\\" };
	struct frames *frames = frames_new();

	(void)state;
	/* More kinds than are kept, and each of them again. */
	for (unsigned i = 0; i < 64; i++) {
		p.system = slice_of(system[i % 4]);
		p.user = slice_of(i % 3 == 0 ? "u\n\"" : "报告");
		p.seed = i / 4 % 5;
		p.mode = i % 2 == 0 ? CHAT_SCHEMA : CHAT_TEXT;
		p.schema = slice_of(i % 8 < 4 ? "{}" : "");
		p.temperature = slice_of(i > 50 ? "0.5" : "");
		p.max_tokens = i > 55 ? 10 : 9;
		p.model = slice_of(i > 60 ? "n" : "m");
		p.profile = profile_find(slice_of(i > 40 ? "openai" : "auto"));
		p.batch = i > 58;
		frames_the_same(frames, &p);
	}
	p.said = SLICE("no");
	p.fault = SLICE("again");
	frames_the_same(frames, &p);
	frames_free(frames);
}

/* What a status with this body leads to, for the first time. */
static enum judgement
judged(long status, const char *body)
{
	struct http_reply r = {
		.status = status, .retry_after = -1, .body = slice_of(body)
	};
	struct attempts t = { 0 };
	struct judged j;

	judge(&r, CHAT_SCHEMA, 1, &t, arena, &j);
	return j.kind;
}

TEST(judges_every_status)
{
	static const struct {
		long status;
		enum judgement kind;
	} table[] = { { 301, JUDGE_STOP }, { 400, JUDGE_FAIL },
		{ 401, JUDGE_STOP }, { 402, JUDGE_STOP }, { 403, JUDGE_STOP },
		{ 404, JUDGE_STOP }, { 408, JUDGE_AGAIN }, { 409, JUDGE_AGAIN },
		{ 413, JUDGE_FAIL }, { 422, JUDGE_FAIL }, { 429, JUDGE_SLOWER },
		{ 500, JUDGE_AGAIN }, { 502, JUDGE_AGAIN },
		{ 503, JUDGE_SLOWER }, { 504, JUDGE_AGAIN } };

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(judged(table[i].status, "{}"), table[i].kind);
	assert_int_equal(judged(400, "bad response_format"), JUDGE_WEAKER);
	assert_int_equal(judged(200,
			     "{\"choices\":[{\"message\":{\"content\":\"{}\"},"
			     "\"finish_reason\":"
			     "\"insufficient_system_resource\"}]}"),
	    JUDGE_AGAIN);
}

TEST(gives_up_after_the_retries)
{
	struct http_reply r = { .end = HTTP_BROKEN, .retry_after = -1 };
	struct attempts t = { 0 };
	struct judged j;

	(void)state;
	judge(&r, CHAT_SCHEMA, 1, &t, arena, &j);
	assert_int_equal(j.kind, JUDGE_AGAIN);
	judge(&r, CHAT_SCHEMA, 1, &t, arena, &j);
	assert_int_equal(j.kind, JUDGE_FAIL);
	r.end = HTTP_UNREACHED;
	judge(&r, CHAT_SCHEMA, 1, &t, arena, &j);
	assert_int_equal(j.kind, JUDGE_STOP);
}

/* The kind of the refusal of a site, 0 where it is accepted. */
static enum err_kind
site(const char *url, bool external)
{
	struct http_options o = {
		.external = external, .idle_ms = 1000, .total_ms = 1000
	};
	struct err e = { 0 };
	struct http *h = http_new(&o, &e);

	assert_non_null(h);
	http_site(h, url, "key", &e);
	http_free(h);
	return e.kind;
}

TEST(leads_to_private_addresses_only)
{
	static const char *const good[] = { "http://127.0.0.1:8000/v1",
		"https://10.1.2.3/v1/", "http://172.31.0.1", "http://[::1]:80/",
		"http://192.168.0.9/v1", "http://[fd00::1]/v1",
		"http://[::ffff:10.0.0.1]/v1", "http://169.254.1.1/" };
	static const char *const bad[] = { "http://8.8.8.8/v1",
		"http://172.32.0.1/", "http://[2001:db8::1]/",
		"http://0.0.0.0/", "http://[::ffff:8.8.8.8]/",
		"http://134744072/" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(site(good[i], false), ERR_NONE);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(site(bad[i], false), ERR_USAGE);
	assert_int_equal(site("http://8.8.8.8/v1", true), ERR_NONE);
}

TEST(refuses_urls_that_can_be_read_in_two_ways)
{
	static const char *const bad[] = { "http://10.0.0.1@8.8.8.8/",
		"http://10.0.0.1\\@8.8.8.8/", "http://10.0.0.1#8.8.8.8/",
		"http://10.0.0.1?x", "http:///v1", "http://10.0.0.1:0/",
		"http://10.0.0.1:99999/", "file:///etc/passwd", "10.0.0.1",
		"http://10.0.0.1/\r\nHost:x", "http://[::1/" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(site(bad[i], true), ERR_USAGE);
}

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The body of one prompt, for a server. */
static struct slice
body_for(const char *profile)
{
	struct chat_prompt p = { .model = SLICE("m"),
		.system = SLICE("s"),
		.user = SLICE("u"),
		.max_tokens = 7,
		.seed = 3,
		.profile = profile_find(slice_of(profile)) };
	struct buf b = { 0 };
	struct slice body;

	chat_request(&p, &b);
	body = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return body;
}

TEST(each_server_is_asked_in_its_own_way)
{
	(void)state;
	assert_non_null(slice_find(body_for("vllm"), SLICE("\"seed\":3")));
	assert_non_null(
	    slice_find(body_for("vllm"), SLICE("\"max_tokens\":7")));
	assert_null(slice_find(body_for("deepseek"), SLICE("seed")));
	assert_non_null(slice_find(
	    body_for("openai"), SLICE("\"max_completion_tokens\":7")));
	assert_ptr_equal(
	    profile_owner(SLICE("vllm")), profile_find(SLICE("vllm")));
	assert_ptr_equal(
	    profile_owner(SLICE("library")), profile_find(SLICE("ollama")));
	assert_ptr_equal(
	    profile_owner(SLICE("system")), profile_find(SLICE("openai")));
	assert_null(profile_owner(SLICE("nobody")));
	assert_null(profile_find(SLICE("auto")));
}

TEST(an_age_has_a_number_and_a_unit)
{
	uint64_t s = 0;

	(void)state;
	assert_true(cache_age(SLICE("90d"), &s));
	assert_int_equal(s, 90 * 86400);
	assert_true(cache_age(SLICE("45s"), &s));
	assert_int_equal(s, 45);
	assert_false(cache_age(SLICE("90"), &s));
	assert_false(cache_age(SLICE("d"), &s));
	assert_false(cache_age(SLICE("0h"), &s));
	assert_false(cache_age(SLICE("-1h"), &s));
	assert_false(cache_age(SLICE("9999999d"), &s));
	assert_false(cache_age(SLICE(""), &s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_server_is_asked_in_its_own_way),
		cmocka_unit_test(an_age_has_a_number_and_a_unit),
		cmocka_unit_test(finds_an_object_in_its_wrapping),
		cmocka_unit_test(mends_commas_and_bare_controls),
		cmocka_unit_test(takes_no_part_of_what_was_cut_off),
		cmocka_unit_test(reads_events_with_any_line_end),
		cmocka_unit_test(joins_the_pieces_of_a_stream),
		cmocka_unit_test(a_stream_without_its_end_is_unfinished),
		cmocka_unit_test(a_page_of_a_proxy_is_no_completion),
		cmocka_unit_test(sees_an_answer_that_runs_wild),
		cmocka_unit_test(a_request_is_the_same_bytes_every_time),
		cmocka_unit_test(
		    a_frame_writes_the_request_that_it_was_made_of),
		cmocka_unit_test(judges_every_status),
		cmocka_unit_test(gives_up_after_the_retries),
		cmocka_unit_test(leads_to_private_addresses_only),
		cmocka_unit_test(refuses_urls_that_can_be_read_in_two_ways),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
