#include "model/judge.h"

#include "model/repair.h"

static void
fail(struct judged *j, const char *why)
{
	j->kind = JUDGE_FAIL;
	j->why = why;
}

static void
stop(struct judged *j, const char *why)
{
	j->kind = JUDGE_STOP;
	j->why = why;
}

static void
again(struct judged *j, enum judgement kind, const char *why, unsigned retries,
    struct attempts *t)
{
	j->kind = kind;
	j->why = why;
	if (t->tries++ >= retries)
		j->kind = JUDGE_FAIL;
}

/* Cut off by its length, or running wild: a second chance, once. */
static void
too_long(struct judged *j, struct attempts *t)
{
	j->kind = t->longer ? JUDGE_TOO_LONG : JUDGE_LONGER;
	j->why = "length";
	t->longer = true;
}

static void
blank(struct judged *j, enum chat_mode mode, struct attempts *t)
{
	if (!t->again) {
		t->again = true;
		j->kind = JUDGE_AGAIN;
	} else if (!t->plain && mode != CHAT_TEXT) {
		t->plain = true;
		j->kind = JUDGE_PLAIN;
	} else {
		fail(j, "blank");
	}
}

static void
judge_content(const struct chat_reply *r, enum chat_mode mode,
    struct attempts *t, struct arena *a, struct judged *j)
{
	j->said = r->content;
	if (slice_trim(r->content).n == 0) {
		if (repair_object(r->reasoning, a, &j->object)) {
			j->said = r->reasoning;
			j->reasoned = true;
			j->kind = JUDGE_TAKE;
		} else {
			blank(j, mode, t);
		}
	} else if (repair_object(r->content, a, &j->object)) {
		j->kind = JUDGE_TAKE;
	} else if (!t->named) {
		t->named = true;
		j->kind = JUDGE_NAME_FAULT;
	} else {
		fail(j, "json_syntax");
	}
}

static void
judge_body(const struct http_reply *reply, enum chat_mode mode,
    unsigned retries, struct attempts *t, struct arena *a, struct judged *j)
{
	struct chat_reply r;

	if (!chat_read(reply->body, a, &r, NULL)) {
		again(j, JUDGE_AGAIN, "no completion", retries, t);
		return;
	}
	j->usage = r.usage;
	switch (r.finish) {
	case CHAT_STOP:
		judge_content(&r, mode, t, a, j);
		break;
	case CHAT_LENGTH:
		too_long(j, t);
		break;
	case CHAT_FILTER:
		fail(j, "content_filter");
		break;
	case CHAT_BUSY:
		again(j, JUDGE_AGAIN, "busy", retries, t);
		break;
	case CHAT_UNFINISHED:
		again(j, JUDGE_AGAIN, "cut off", retries, t);
		break;
	}
}

/* Whether a refusal is about how JSON was asked for. */
static bool
names_format(struct slice body)
{
	return slice_find(body, SLICE("response_format")) != NULL ||
	    slice_find(body, SLICE("schema")) != NULL;
}

static void
judge_status(const struct http_reply *r, enum chat_mode mode, unsigned retries,
    struct attempts *t, struct judged *j)
{
	switch (r->status) {
	case 400:
	case 422:
		if (mode != CHAT_TEXT && names_format(r->body))
			j->kind = JUDGE_WEAKER;
		else
			fail(j, "refused");
		break;
	case 401:
		stop(j, "401: the key is refused");
		break;
	case 402:
		stop(j, "402: the balance is used up");
		break;
	case 403:
		stop(j, "403: access is refused");
		break;
	case 404:
		stop(j, "404: no such model or path");
		break;
	case 408:
	case 409:
	case 500:
	case 502:
	case 504:
		again(j, JUDGE_AGAIN, "server error", retries, t);
		break;
	case 429:
	case 503:
		again(j, JUDGE_SLOWER, "server busy", retries, t);
		break;
	default:
		if (r->status >= 300 && r->status < 400)
			stop(j, "a redirect, which is not followed");
		else
			fail(j, "refused");
	}
}

void
judge(const struct http_reply *r, enum chat_mode mode, unsigned retries,
    struct attempts *t, struct arena *a, struct judged *j)
{
	*j = (struct judged){ .kind = JUDGE_FAIL };
	if (r->end == HTTP_UNTRUSTED)
		stop(j, "the certificate does not hold");
	else if (r->end == HTTP_CUT)
		too_long(j, t);
	else if (r->status != 0 && r->status / 100 != 2)
		judge_status(r, mode, retries, t, j);
	else if (r->end == HTTP_ANSWERED)
		judge_body(r, mode, retries, t, a, j);
	else if (r->end == HTTP_UNREACHED) {
		again(j, JUDGE_AGAIN, "no connection", retries, t);
		if (j->kind == JUDGE_FAIL)
			j->kind = JUDGE_STOP;
	} else
		again(j, JUDGE_AGAIN,
		    r->end == HTTP_SLOW ? "time-out" : "connection lost",
		    retries, t);
}
