#include "model/ask.h"

#include "base/clock.h"

#define BACKOFF_MS      500L
#define BACKOFF_MOST_MS 60000L
#define WIDEN_AFTER     20 /* successes that open the window by one */

void
ask_end(struct client *c, struct ask *a, enum client_end how, const char *why)
{
	a->state = ENDED;
	c->ended++;
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
	client_hold(c);
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

/*
 * One burst that was too much is answered by many refusals; they halve the
 * window once, or a single burst would end in asking one by one.
 */
static void
narrow(struct client *c, const struct ask *a)
{
	if (a->sent_at < c->halved)
		return;
	c->halved = (long)clock_ms();
	c->window = c->window > 1 ? c->window / 2 : 1;
	c->successes = 0;
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
		narrow(c, a);
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

void
ask_weaker(struct client *c, enum chat_mode than)
{
	if (than <= c->mode && than != CHAT_TEXT) {
		c->mode = than - 1;
		c->counts.degraded = true;
	}
}

static void
weaken(struct client *c, struct ask *a)
{
	if (c->options->fixed_mode) {
		ask_end(c, a, CLIENT_FAILED, "refused");
		return;
	}
	ask_weaker(c, a->prompt.mode);
	send_at_once(c, a);
}

/*
 * A server whose context is too small cuts the prompt without a word, and
 * answers about what it kept of it.
 */
static void
fail_cut(struct client *c, struct ask *a)
{
	if (!c->warned_cut)
		client_say(c,
		    "the server counts far fewer tokens than it was sent: its "
		    "context is too small (ollama: num_ctx); such records "
		    "fail");
	c->warned_cut = true;
	ask_end(c, a, CLIENT_FAILED, "context_cut");
}

/* Whether the usage is too small for any tokenizer to have read it all. */
static bool
is_cut(const struct ask *a, const struct chat_usage *u)
{
	unsigned long long in = u->in > u->cached ? u->in : u->cached;

	return in > 0 && chat_was_cut(&a->prompt, in);
}

static bool
take(struct client *c, struct ask *a, const struct judged *j, struct err *e)
{
	struct cached value = { j->said, j->reasoned, j->usage };

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
	a->changed = true;
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
	if (r->end == HTTP_ANSWERED && r->status == 200)
		latency_add(&c->latency,
		    (unsigned long)((long)clock_ms() - a->sent_at));
	judge(
	    r, a->prompt.mode, c->options->retries, &a->attempts, a->arena, &j);
	if (j.usage.in + j.usage.out > 0)
		pace_spend(&c->tokens,
		    (int64_t)(j.usage.in + j.usage.out) - a->tokens,
		    (long)clock_ms());
	c->counts.usage.in += j.usage.in;
	c->counts.usage.out += j.usage.out;
	c->counts.usage.cached += j.usage.cached;
	c->counts.usage.reasoning += j.usage.reasoning;
	c->counts.cost += prices_cost(c->prices, a->prompt.model, &j.usage);
	switch (j.kind) {
	case JUDGE_TAKE:
		if (!is_cut(a, &j.usage))
			return take(c, a, &j, e);
		fail_cut(c, a);
		break;
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
		a->changed = true;
		send_at_once(c, a);
		break;
	case JUDGE_NAME_FAULT:
		name_fault(c, a, &j);
		break;
	case JUDGE_TOO_LONG:
		ask_end(c, a, CLIENT_TOO_LONG, j.why);
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
