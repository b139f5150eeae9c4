/*
 * Which of the questions can go on now: one that the cache answers, one that
 * the budgets, the pace and the window let be sent.
 */
#include "model/ask.h"

#include "base/clock.h"
#include "model/repair.h"

static const struct profile *
profile_of(const struct profile *p)
{
	return p == NULL ? &profile_usual : p;
}

/* The body that was written for the key is sent where it can be. */
static void
build(struct client *c, struct ask *a)
{
	const struct profile *old = profile_of(a->prompt.profile),
			     *new = profile_of(c->profile);
	enum chat_mode mode = a->plain ? CHAT_TEXT
	    : a->prompt.mode > c->mode ? c->mode
				       : a->prompt.mode;

	if (!a->changed && mode == a->prompt.mode &&
	    strcmp(new->ceiling, old->ceiling) == 0 && new->seeds == old->seeds)
		return;
	a->prompt.mode = mode;
	a->prompt.profile = c->profile;
	a->changed = false;
	buf_reset(&a->body);
	chat_request(&a->prompt, &a->body);
}

/* Ends it where the cache has the answer; false where the cache is damaged. */
static bool
look_up(struct client *c, struct ask *a, struct err *e)
{
	struct cached value;
	int found;

	if (c->cache == NULL || c->options->refresh)
		return true;
	found = cache_find(c->cache, a->key, a->arena, &value, e);
	if (found != 1)
		return found == 0;
	if (value.said.n == 0)
		ask_end(c, a, CLIENT_TOO_LONG, "length");
	else if (repair_object(value.said, a->arena, &a->answer.object))
		ask_end(c, a, CLIENT_ANSWERED, NULL);
	else
		return true;
	a->answer.reasoned = value.reasoned;
	c->counts.cache_hits++;
	return true;
}

/* Whether an earlier one asks the same and will answer this one as well. */
static bool
is_asked(const struct client *c, size_t i)
{
	const struct asked *mine = &c->asks[i];

	for (size_t k = 0; c->cache != NULL && k < i; k++)
		if (c->asks[k].mark == mine->mark &&
		    c->asks[k].ask->state != ENDED &&
		    memcmp(c->asks[k].ask->key, mine->ask->key, DIGEST_SIZE) ==
			0)
			return true;
	return false;
}

static bool
may_send(struct client *c, struct ask *a, long now)
{
	const struct client_options *o = c->options;
	const struct chat_usage *used = &c->counts.usage;

	if (c->held || c->sent >= c->window || now < c->pause ||
	    now < a->when || !pace_allows(&c->requests, now) ||
	    !pace_allows(&c->tokens, now))
		return false;
	if (o->max_requests != 0 && c->counts.requests >= o->max_requests) {
		ask_stop(c, a, "the budget of requests is spent");
		return false;
	}
	if (o->max_tokens != 0 && used->in + used->out >= o->max_tokens) {
		ask_stop(c, a, "the budget of tokens is spent");
		return false;
	}
	if (c->most != 0 && !prices_know(c->prices, a->prompt.model)) {
		ask_stop(c, a, "the table of --price lacks the model");
		return false;
	}
	if (c->most != 0 && c->counts.cost >= c->most) {
		ask_stop(c, a, "the budget of money is spent");
		return false;
	}
	return true;
}

/* What it may come to at most, until its reply says what it was. */
static int64_t
tokens_of(const struct chat_prompt *p)
{
	return (int64_t)chat_tokens(p) + p->max_tokens;
}

static bool
send_one(struct client *c, struct ask *a, long now, struct err *e)
{
	const char *one = NULL;
	struct err ignored;

	if (c->profile == NULL)
		client_greet(c, &one, &ignored);
	build(c, a);
	a->site = c->sites[c->site];
	a->sent_at = now;
	a->tokens = tokens_of(&a->prompt);
	pace_spend(&c->requests, 1, now);
	pace_spend(&c->tokens, a->tokens, now);
	if (!http_send(c->http, a->site, "/chat/completions",
		buf_slice(&a->body), a, e))
		return false;
	a->state = SENT;
	c->sent++;
	c->counts.requests++;
	return true;
}

/* Held for too long: what is still under way is given up. */
static void
give_up(struct client *c)
{
	http_free(c->http);
	c->http = NULL;
	c->sent = 0;
	for (size_t i = 0; i < c->nasks; i++)
		if (c->asks[i].ask->state == SENT)
			ask_end(c, c->asks[i].ask, CLIENT_HELD, "held");
}

/* Nothing to look up, and nothing that waits could be sent. */
static bool
is_full(const struct client *c)
{
	return c->asked == 0 &&
	    (c->nasks == c->ended + c->sent ||
		(!c->held && c->sent >= c->window));
}

bool
client_pump(struct client *c, struct err *e)
{
	long now = (long)clock_ms();

	if (c->held && c->http != NULL && now >= c->deadline)
		give_up(c);
	for (size_t i = 0; i < c->nasks && !is_full(c); i++) {
		struct ask *a = c->asks[i].ask;

		if (a->state == ASKED && !is_asked(c, i)) {
			a->state = WAITING;
			c->asked--;
			if (!look_up(c, a, e))
				return false;
		}
		if (a->state != WAITING)
			continue;
		if (c->held)
			ask_end(c, a, CLIENT_HELD, "held");
		else if (c->http == NULL)
			ask_end(c, a, CLIENT_FAILED, "not_cached");
		else if (may_send(c, a, now) && !send_one(c, a, now, e))
			return false;
		if (c->held && a->state == WAITING)
			ask_end(c, a, CLIENT_HELD, "held");
	}
	return true;
}
