#include "model/ask.h"

#include "base/clock.h"

#define BACKOFF_MS      500L
#define BACKOFF_MOST_MS 60000L
#define WIDEN_AFTER     20 /* successes that open the window by one */

void
ask_end(struct client *c, struct ask *a, enum client_end how, const char *why)
{
	a->state = ENDED;
	a->answer.tag = a->tag;
	a->answer.end = how;
	a->answer.why = why;
	if (how == CLIENT_FAILED)
		c->counts.failed++;
}

void
ask_stop(struct client *c, const struct ask *a, const char *why)
{
	if (c->stopped.kind == ERR_NONE)
		err_set(&c->stopped, ERR_SERVICE, "%s: %s",
		    a->site == NULL ? "model" : http_site_url(a->site), why);
	c->held = true;
}

/* Full jitter: anything from nothing to the step, so that crowds spread. */
static long
backoff(struct client *c, unsigned tries)
{
	long step = BACKOFF_MS << (tries > 8 ? 7 : tries > 0 ? tries - 1 : 0);

	if (step > BACKOFF_MOST_MS)
		step = BACKOFF_MOST_MS;
	c->dice ^= c->dice << 13;
	c->dice ^= c->dice >> 7;
	c->dice ^= c->dice << 17;
	return (long)(c->dice % (uint64_t)(step + 1));
}

static void
wait_again(
    struct client *c, struct ask *a, const struct http_reply *r, bool slower)
{
	long wait = backoff(c, a->attempts.tries);

	if (r->retry_after >= 0) {
		long most = (long)c->options->max_wait_ms;

		wait =
		    r->retry_after > most / 1000 ? most : r->retry_after * 1000;
	}
	a->state = WAITING;
	a->when = (long)clock_ms() + wait;
	c->counts.retries++;
	if (slower) {
		c->window = c->window > 1 ? c->window / 2 : 1;
		c->successes = 0;
		if (a->when > c->pause)
			c->pause = a->when;
	}
	/* Another server, where there is one, when this one cannot be reached. */
	if (r->end == HTTP_UNREACHED && a->site == c->sites[c->site])
		c->site = (c->site + 1) % c->nsites;
}

static void
send_at_once(struct client *c, struct ask *a)
{
	a->state = WAITING;
	a->when = 0;
	c->counts.retries++;
}

static void
weaken(struct client *c, struct ask *a)
{
	if (c->options->fixed_mode) {
		ask_end(c, a, CLIENT_FAILED, "refused");
		return;
	}
	if (a->prompt.mode <= c->mode && a->prompt.mode != CHAT_TEXT) {
		c->mode = a->prompt.mode - 1;
		c->counts.degraded = true;
	}
	send_at_once(c, a);
}

static bool
take(struct client *c, struct ask *a, const struct judged *j, struct err *e)
{
	struct cached value = { j->said, j->reasoned };

	a->answer.object = j->object;
	a->answer.reasoned = j->reasoned;
	ask_end(c, a, CLIENT_ANSWERED, NULL);
	if (++c->successes >= WIDEN_AFTER) {
		c->successes = 0;
		if (c->window < c->options->in_flight)
			c->window++;
	}
	return c->cache == NULL || cache_put(c->cache, a->key, &value, e);
}

static void
name_fault(struct client *c, struct ask *a, const struct judged *j)
{
	a->prompt.said = j->said;
	a->prompt.fault =
	    SLICE("That was not one valid JSON object. Answer again with the "
		  "JSON object alone, without fences and without any other "
		  "word.");
	send_at_once(c, a);
}

bool
ask_settle(struct client *c, const struct http_reply *r, struct err *e)
{
	struct ask *a = r->tag;
	struct judged j;

	c->sent--;
	judge(
	    r, a->prompt.mode, c->options->retries, &a->attempts, a->arena, &j);
	c->counts.usage.in += j.usage.in;
	c->counts.usage.out += j.usage.out;
	c->counts.usage.cached += j.usage.cached;
	c->counts.usage.reasoning += j.usage.reasoning;
	c->counts.cost += prices_cost(c->prices, a->prompt.model, &j.usage);
	switch (j.kind) {
	case JUDGE_TAKE:
		return take(c, a, &j, e);
	case JUDGE_AGAIN:
	case JUDGE_SLOWER:
		wait_again(c, a, r, j.kind == JUDGE_SLOWER);
		break;
	case JUDGE_WEAKER:
		weaken(c, a);
		break;
	case JUDGE_PLAIN:
		a->plain = true;
		send_at_once(c, a);
		break;
	case JUDGE_LONGER:
		a->prompt.max_tokens *= 2;
		send_at_once(c, a);
		break;
	case JUDGE_NAME_FAULT:
		name_fault(c, a, &j);
		break;
	case JUDGE_FAIL:
		ask_end(c, a, CLIENT_FAILED, j.why);
		break;
	case JUDGE_STOP:
		ask_stop(c, a, j.why);
		ask_end(c, a, CLIENT_HELD, j.why);
		break;
	}
	return true;
}
