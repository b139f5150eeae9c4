#include "model/chat.h"

#include "json/scan.h"
#include "json/write.h"
#include "model/profile.h"
#include "model/sse.h"

#define WILD 4096 /* blanks or digits in a row that no answer has */

/* Bytes a token of Chinese in UTF-8: seldom over five, never over eight. */
#define BYTES_ABOUT 3
#define BYTES_MOST  8

static void
put_role(struct buf *b, const char *role)
{
	json_put_comma(b);
	buf_adds(b, "{\"role\":\"");
	buf_adds(b, role);
	buf_adds(b, "\",\"content\":");
}

static void
put_message(struct buf *b, const char *role, struct slice content)
{
	put_role(b, role);
	json_put_string(b, content);
	buf_addc(b, '}');
}

void
chat_head(const struct chat_prompt *p, struct buf *b)
{
	buf_adds(b, "{\"model\":");
	json_put_string(b, p->model);
	buf_adds(b, ",\"messages\":[");
	put_message(b, "system", p->system);
	put_role(b, "user");
}

/*
 * Streamed wherever it can be: the idle time then measures whether the server lives and
 * not how long an answer is, and an answer that runs wild can be cut off.
 */
void
chat_tail(const struct chat_prompt *p, struct buf *b)
{
	const struct profile *how =
	    p->profile == NULL ? &profile_usual : p->profile;

	buf_addc(b, '}');
	if (p->fault.n > 0) {
		put_message(b, "assistant", p->said);
		put_message(b, "user", p->fault);
	}
	buf_adds(b, "],\"temperature\":");
	buf_add_slice(b, p->temperature.n > 0 ? p->temperature : SLICE("0"));
	if (how->seeds)
		buf_addf(b, ",\"seed\":%llu", (unsigned long long)p->seed);
	buf_addf(b, ",\"%s\":%u", how->ceiling, p->max_tokens);
	if (p->mode == CHAT_OBJECT ||
	    (p->mode == CHAT_SCHEMA && p->schema.n == 0))
		buf_adds(b, ",\"response_format\":{\"type\":\"json_object\"}");
	else if (p->mode == CHAT_SCHEMA) {
		buf_adds(b,
		    ",\"response_format\":{\"type\":\"json_schema\","
		    "\"json_schema\":{\"name\":\"indicators\",\"schema\":");
		buf_add_slice(b, p->schema);
		buf_adds(b, "}}");
	}
	if (!p->batch)
		buf_adds(b,
		    ",\"stream\":true,"
		    "\"stream_options\":{\"include_usage\":true}");
	buf_addc(b, '}');
}

void
chat_request(const struct chat_prompt *p, struct buf *b)
{
	chat_head(p, b);
	json_put_string(b, p->user);
	chat_tail(p, b);
}

/* Many blanks may be one token. */
static uint64_t
letters(struct slice s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (unsigned char)s.p[i] > ' ';
	return n;
}

uint64_t
chat_tokens(const struct chat_prompt *p)
{
	return (p->system.n + p->user.n + p->said.n + p->fault.n) / BYTES_ABOUT;
}

/* The letters are counted only where the bytes alone do not settle it. */
bool
chat_was_cut(const struct chat_prompt *p, uint64_t tokens)
{
	return tokens < (p->system.n + p->user.n) / BYTES_MOST &&
	    tokens < (letters(p->system) + letters(p->user)) / BYTES_MOST;
}

/* What the pieces of a stream, or the one piece of a plain reply, add up to. */
struct sum {
	struct buf content, reasoning;
	struct chat_usage usage;
	bool finished, complete; /* has finish_reason; is no stream */
	enum chat_finish finish;
};

static enum chat_finish
finish_of(struct slice word)
{
	if (slice_is(word, "length") || slice_is(word, "max_tokens"))
		return CHAT_LENGTH;
	if (slice_is(word, "content_filter"))
		return CHAT_FILTER;
	if (slice_is(word, "insufficient_system_resource"))
		return CHAT_BUSY;
	return CHAT_STOP;
}

static void
add_count(struct json n, unsigned long long *to)
{
	unsigned long long value;

	if (n.type == JSON_NUMBER && slice_number(n.text, &value))
		*to = value;
}

static void
add_usage(struct sum *s, struct json usage)
{
	static const char *const names[] = { "prompt_tokens",
		"completion_tokens", "prompt_cache_hit_tokens",
		"prompt_tokens_details", "completion_tokens_details" };
	struct json n[5];

	json_pick(usage, names, 5, n);
	add_count(n[0], &s->usage.in);
	add_count(n[1], &s->usage.out);
	add_count(n[2], &s->usage.cached);
	add_count(json_get(n[3], "cached_tokens"), &s->usage.cached);
	add_count(json_get(n[4], "reasoning_tokens"), &s->usage.reasoning);
}

static void
add_text(struct json text, struct buf *to, struct arena *a)
{
	if (text.type == JSON_STRING)
		buf_add_slice(to, json_text(text, a));
}

/* One piece; false where it is no part of a completion. */
static bool
add_piece(struct sum *s, struct slice text, struct arena *a)
{
	static const char *const of_piece[] = { "usage", "choices", "error" },
				 *const of_choice[] = { "message", "delta",
					 "finish_reason" },
				 *const of_holder[] = { "content",
					 "reasoning_content" };
	struct slice padded = json_pad(text, a);
	struct json piece[3], choice = { .type = JSON_NONE }, in[3], said[2];
	struct json_walk choices;
	const struct json *holder;

	if (!json_check(padded.p, padded.n, 0, NULL))
		return false;
	json_pick(json_of(padded), of_piece, 3, piece);
	if (piece[0].type == JSON_OBJECT)
		add_usage(s, piece[0]);
	choices = json_enter(piece[1]);
	if (piece[1].type == JSON_ARRAY)
		json_next_element(&choices, &choice);
	if (choice.type != JSON_OBJECT)
		return !s->complete && piece[2].type == JSON_NONE;
	json_pick(choice, of_choice, 3, in);
	/* Some servers answer a stream's request by one whole message. */
	holder = &in[!s->complete && in[1].type == JSON_OBJECT];
	json_pick(*holder, of_holder, 2, said);
	add_text(said[0], &s->content, a);
	add_text(said[1], &s->reasoning, a);
	if (in[2].type == JSON_STRING) {
		s->finished = true;
		s->finish = finish_of(json_text(in[2], a));
	}
	return true;
}

/* False where a whole event is no part of a completion. */
static bool
add_stream(struct sum *s, struct slice body, struct arena *a)
{
	struct slice data;

	while (sse_next(&body, a, &data)) {
		if (slice_is(data, "[DONE]"))
			return true;
		/* The last one may have been cut off: then it says nothing. */
		if (!add_piece(s, data, a))
			return body.n == 0;
	}
	return true;
}

static void
sum_release(struct sum *s)
{
	buf_release(&s->content);
	buf_release(&s->reasoning);
}

bool
chat_read(
    struct slice body, struct arena *a, struct chat_reply *r, struct err *e)
{
	struct sum s = { .finish = CHAT_UNFINISHED };
	bool good;

	s.complete = !sse_looks_like(body);
	good = s.complete ? add_piece(&s, body, a) : add_stream(&s, body, a);
	if (good)
		*r = (struct chat_reply){ .finish = s.finished ? s.finish
			    : s.complete                       ? CHAT_STOP
					 : CHAT_UNFINISHED,
			.content = arena_slice(a, buf_slice(&s.content)),
			.reasoning = arena_slice(a, buf_slice(&s.reasoning)),
			.usage = s.usage };
	else
		err_data(e, "model_reply", "the reply is no chat completion");
	sum_release(&s);
	return good;
}

static bool
is_digit_like(char c)
{
	return (c >= '0' && c <= '9') || c == '.';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Whether the text ends in a run of one kind that is longer than any answer's. */
static bool
runs_wild(struct slice s)
{
	size_t blanks = 0, digits = 0;

	while (blanks < s.n && is_blank(s.p[s.n - 1 - blanks]))
		blanks++;
	while (digits < s.n && is_digit_like(s.p[s.n - 1 - digits]))
		digits++;
	return blanks >= WILD || digits >= WILD;
}

bool
chat_watch(struct slice body)
{
	struct sum s = { 0 };
	struct arena *a;
	bool wild;

	if (!sse_looks_like(body))
		return true;
	a = arena_new();
	add_stream(&s, body, a);
	wild = runs_wild(buf_slice(&s.content)) ||
	    runs_wild(buf_slice(&s.reasoning));
	sum_release(&s);
	arena_free(a);
	return !wild;
}
