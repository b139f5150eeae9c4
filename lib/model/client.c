#include "model/client.h"

#include "base/clock.h"
#include "base/mem.h"
#include "model/ask.h"

#define BODY_LIMIT ((size_t)1 << 20)
#define SPARE_MOST ((size_t)32 << 10) /* bytes of an ask that is kept */

static bool
open_sites(struct client *c, struct err *e)
{
	const struct client_options *o = c->options;
	struct http_options h = { .external = o->external,
		.ca_file = o->ca_file,
		.proxy = o->proxy,
		.idle_ms = o->idle_ms,
		.total_ms = o->total_ms,
		.body_limit = BODY_LIMIT,
		.watch = chat_watch };

	c->http = http_new(&h, e);
	if (c->http == NULL)
		return false;
	for (size_t i = 0; o->urls[i] != NULL; i++) {
		if (i == URLS_MOST)
			return err_set(e, ERR_USAGE,
			    "more than %d servers are given", URLS_MOST);
		c->sites[i] = http_site(c->http, o->urls[i], o->key, e);
		if (c->sites[i] == NULL)
			return false;
		c->nsites = i + 1;
	}
	return true;
}

static bool
open_prices(struct client *c, struct err *e)
{
	const struct client_options *o = c->options;

	if (o->price != NULL && (c->prices = prices_load(o->price, e)) == NULL)
		return false;
	if (o->max_cost == NULL)
		return true;
	if (!price_amount(slice_of(o->max_cost), &c->most) || c->most == 0)
		return err_set(e, ERR_USAGE,
		    "--max-cost: '%s' is no amount such as 12.5", o->max_cost);
	return c->prices != NULL ||
	    err_set(e, ERR_USAGE, "--max-cost needs --price");
}

static bool
choose_profile(struct client *c, struct err *e)
{
	const char *name = c->options->profile;

	if (name == NULL || strcmp(name, profile_usual.name) == 0)
		return true;
	c->profile = profile_find(slice_of(name));
	if (c->profile == NULL)
		return err_set(e, ERR_USAGE, "--profile: '%s' is none of %s",
		    name, profile_names);
	if (c->mode > c->profile->strongest && !c->options->fixed_mode)
		c->mode = c->profile->strongest;
	return true;
}

struct client *
client_new(const struct client_options *o, struct err *e)
{
	struct client *c = mem_zalloc(sizeof(*c));

	c->options = o;
	c->mode = CHAT_SCHEMA;
	c->window = o->in_flight;
	c->frames = frames_new();
	c->dice = (uint64_t)(long)clock_ms() | 1;
	c->requests.a_minute = o->rpm;
	c->tokens.a_minute = o->tpm;
	if (!choose_profile(c, e))
		goto fail;
	if (!open_prices(c, e))
		goto fail;
	if (!o->cache_only && !open_sites(c, e))
		goto fail;
	if (o->cache != NULL) {
		c->cache = cache_open(o->cache, o->ttl_s, e);
		if (c->cache == NULL)
			goto fail;
	}
	return c;

fail:
	client_free(c);
	return NULL;
}

static void
ask_free(struct ask *a)
{
	if (a == NULL)
		return;
	buf_release(&a->body);
	arena_free(a->arena);
	mem_free(a);
}

void
client_free(struct client *c)
{
	if (c == NULL)
		return;
	http_free(c->http);
	cache_close(c->cache);
	for (size_t i = 0; i < c->nasks; i++)
		ask_free(c->asks[i].ask);
	ask_free(c->given);
	for (struct ask *a = c->spare, *next; a != NULL; a = next) {
		next = a->next;
		ask_free(a);
	}
	frames_free(c->frames);
	prices_free(c->prices);
	mem_free(c->asks);
	mem_free(c->model);
	mem_free(c);
}

const char *
client_model(struct client *c, struct err *e)
{
	const char *one = NULL;

	if (c->http == NULL)
		err_set(e, ERR_USAGE, "no model is named: use --model");
	else
		client_greet(c, &one, e);
	return one;
}

void
client_say(const struct client *c, const char *line)
{
	if (c->options->say != NULL)
		c->options->say(line);
}

static struct ask *
take_spare(struct client *c)
{
	struct ask *a = c->spare;
	struct buf body;
	struct arena *arena;

	if (a == NULL) {
		a = mem_zalloc(sizeof(*a));
		a->arena = arena_new();
		return a;
	}
	c->spare = a->next;
	body = a->body;
	arena = a->arena;
	buf_reset(&body);
	arena_reset(arena);
	*a = (struct ask){ .body = body, .arena = arena };
	return a;
}

void
client_ask(struct client *c, const struct chat_prompt *p, void *tag)
{
	struct ask *a = take_spare(c);

	a->tag = tag;
	a->prompt = *p;
	frames_request(c->frames, p, &a->body, a->key);
	c->asks = mem_room(c->asks, c->nasks, &c->room, sizeof(*c->asks));
	c->asks[c->nasks] = (struct asked){ .ask = a };
	memcpy(&c->asks[c->nasks++].mark, a->key, sizeof(c->asks->mark));
	c->asked++;
}

size_t
client_pending(const struct client *c)
{
	return c->nasks;
}

size_t
client_unsent(const struct client *c)
{
	return c->nasks - c->ended - c->sent;
}

static bool
hand_out(struct client *c, struct client_answer *answer)
{
	for (size_t i = 0; c->ended > 0 && i < c->nasks; i++)
		if (c->asks[i].ask->state == ENDED) {
			c->ended--;
			c->given = c->asks[i].ask;
			*answer = c->given->answer;
			c->nasks--;
			memmove(&c->asks[i], &c->asks[i + 1],
			    (c->nasks - i) * sizeof(*c->asks));
			return true;
		}
	return false;
}

/* The last answer is read; its ask is for the next question, if not too big. */
static void
put_back(struct client *c)
{
	struct ask *a = c->given;

	c->given = NULL;
	if (a == NULL)
		return;
	if (a->body.room + arena_size(a->arena) > SPARE_MOST) {
		ask_free(a);
		return;
	}
	a->next = c->spare;
	c->spare = a;
}

int
client_next(struct client *c, unsigned wait_ms, struct client_answer *answer,
    struct err *e)
{
	long until = (long)clock_ms() + (long)wait_ms, left = (long)wait_ms;
	struct http_reply r;
	bool looked = false;

	put_back(c);
	for (;;) {
		if (!client_pump(c, e) ||
		    (c->cache != NULL && !cache_tick(c->cache, e)))
			return -1;
		if (hand_out(c, answer))
			return 1;
		if (looked)
			left = until - (long)clock_ms();
		if (c->nasks == 0 || (looked && left <= 0) || c->http == NULL)
			return 0;
		looked = true;
		/* Short steps: a retry's time comes without an event. */
		if (http_next(c->http, left < 20 ? (unsigned)left : 20, &r) &&
		    r.tag != NULL && !ask_settle(c, &r, e))
			return -1;
	}
}

void
client_hold(struct client *c)
{
	if (!c->held)
		c->deadline = (long)clock_ms() + CLIENT_HOLD_MS;
	c->held = true;
}

bool
client_keep_long(struct client *c, struct err *e)
{
	const struct cached none = { { "", 0 }, false, { 0 } };

	return c->cache == NULL || c->given->site == NULL ||
	    cache_put(c->cache, c->given->key, &none, e);
}

void
client_distrust(struct client *c)
{
	const struct ask *a = c->given;

	if (a->site == NULL || a->prompt.mode != CHAT_SCHEMA)
		return;
	if (!c->warned_schema)
		client_say(c,
		    "the model does not keep to the schema that it was asked "
		    "by; what is of the wrong shape is ungrounded");
	c->warned_schema = true;
	if (!c->options->fixed_mode)
		ask_weaker(c, a->prompt.mode);
}

bool
client_stopped(const struct client *c, struct err *e)
{
	if (c->stopped.kind == ERR_NONE)
		return false;
	*e = c->stopped;
	return true;
}

bool
client_flush(struct client *c, struct err *e)
{
	return c->cache == NULL || cache_flush(c->cache, e);
}

void
client_count(const struct client *c, struct client_counts *counts)
{
	static const char *const names[] = { "text", "json_object",
		"json_schema" };

	*counts = c->counts;
	counts->priced = c->prices != NULL;
	counts->mode = names[c->mode];
	counts->p50_ms = latency_percentile(&c->latency, 50);
	counts->p95_ms = latency_percentile(&c->latency, 95);
}
