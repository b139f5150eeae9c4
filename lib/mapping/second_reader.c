#include "mapping/second_reader.h"

#include "deid/scrub.h"
#include "json/value.h"

#define TOKENS 256
#define WAIT   1000 /* ms */

static const char instruction[] =
    "You help coders of a hospital. You get one term as a clinician wrote it "
    "and numbered entries of a published list of codes. Answer with the "
    "numbers of the entries that the term means, several only if it names "
    "several things, an empty list if none fits. Never answer with anything "
    "else. JSON: {\"picks\":[numbers]}";

static const char schema[] =
    "{\"type\":\"object\",\"properties\":{\"picks\":{\"type\":\"array\","
    "\"items\":{\"type\":\"integer\"}}},\"required\":[\"picks\"],"
    "\"additionalProperties\":false}";

bool
second_reader_open(struct second_reader *r, struct model_settings *settings,
    const struct deid_words *words, struct err *e)
{
	const char *model;

	*r = (struct second_reader){ .words = words };
	r->client = settings_open(settings, &model, e);
	if (r->client != NULL)
		r->model = slice_of(model);
	return r->client != NULL;
}

void
second_reader_close(struct second_reader *r)
{
	client_free(r->client);
}

/* The term without names, and its candidates by number and name. */
static struct slice
question(const struct second_reader *r, struct slice term,
    const struct slice *candidates, size_t n, struct arena *arena)
{
	const struct scrub s = { .words = r->words };
	struct buf b = { 0 };
	struct slice text;

	buf_adds(&b, "term: ");
	scrub_text(&s, term, arena, &b);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "\n%zu: %.*s", i + 1, (int)candidates[i].n,
		    candidates[i].p);
	text = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

void
second_reader_ask(struct second_reader *r, struct slice term,
    const struct slice *candidates, size_t n, void *tag, struct arena *arena)
{
	struct chat_prompt p = { .model = r->model,
		.system = SLICE(instruction),
		.schema = SLICE(schema),
		.mode = CHAT_SCHEMA,
		.max_tokens = TOKENS };

	p.user = question(r, term, candidates, n, arena);
	client_ask(r->client, &p, tag);
}

/* Adds one of n, unless it is there; false where it is none of them. */
static bool
add_pick(const struct value *v, size_t n, size_t *picks, size_t *npicks)
{
	unsigned long long k;

	if (v->type != JSON_NUMBER || !slice_number(v->text, &k) || k < 1 ||
	    k > n)
		return false;
	for (size_t i = 0; i < *npicks; i++)
		if (picks[i] == k - 1)
			return true;
	picks[(*npicks)++] = (size_t)k - 1;
	return true;
}

/* {"picks":[1,3]} as 0 and 2; false where it is anything else. */
static bool
read_picks(struct slice object, size_t n, struct arena *arena, size_t **picks,
    size_t *npicks)
{
	struct err e = { 0 };
	const struct value *v =
	    value_get(value_parse(arena, object.p, object.n, &e), "picks");

	*npicks = 0;
	*picks = arena_alloc(arena, (n + 1) * sizeof(**picks));
	if (v == NULL || v->type != JSON_ARRAY)
		return false;
	for (size_t i = 0; i < v->count; i++)
		if (!add_pick(&v->items[i], n, *picks, npicks))
			return false;
	return true;
}

bool
second_reader_take(struct second_reader *r, const struct client_answer *a,
    size_t n, struct arena *arena, size_t **picks, size_t *npicks)
{
	if (a->end == CLIENT_HELD)
		return false;
	r->asked++;
	if (a->end != CLIENT_ANSWERED ||
	    !read_picks(a->object, n, arena, picks, npicks)) {
		r->failed++;
		return false;
	}
	if (*npicks == 0)
		r->none++;
	else
		r->proposed++;
	return true;
}

/* --- the terms of a review ----------------------------------------------- */

struct reading {
	struct second_reader reader;
	struct review *review;
	struct arena *arena;
};

static void
ask_all(struct reading *r)
{
	size_t n = review_size(r->review);
	const size_t *order = review_order(r->review, r->arena);

	for (size_t i = 0; i < n; i++) {
		const struct slice *list;
		size_t count = review_candidates(r->review, order[i], &list);

		if (count > 0)
			second_reader_ask(&r->reader,
			    review_term(r->review, order[i]), list, count,
			    (void *)(uintptr_t)(order[i] + 1), r->arena);
	}
}

/* Fills pick: "1+3". */
static void
propose(struct reading *r, const struct client_answer *a)
{
	size_t row = (size_t)(uintptr_t)a->tag - 1, *picks, n;
	const struct slice *list;
	struct buf b = { 0 };

	if (second_reader_take(&r->reader, a,
		review_candidates(r->review, row, &list), r->arena, &picks,
		&n) &&
	    n > 0) {
		for (size_t i = 0; i < n; i++)
			buf_addf(&b, "%s%zu", i > 0 ? "+" : "", picks[i] + 1);
		review_propose(r->review, row, buf_slice(&b), "llm");
	}
	buf_release(&b);
}

bool
second_reader_review(struct model_settings *settings,
    const struct deid_words *words, struct review *review, struct err *e)
{
	struct reading r = { .review = review };
	struct client_answer a;
	struct client *client;
	int got = 0;

	if (!second_reader_open(&r.reader, settings, words, e))
		return false;
	client = r.reader.client;
	r.arena = arena_new();
	ask_all(&r);
	while (got >= 0 && client_pending(client) > 0) {
		got = client_next(client, WAIT, &a, e);
		if (got > 0)
			propose(&r, &a);
	}
	if (got >= 0 && !client_flush(client, e))
		got = -1;
	if (got >= 0 && client_stopped(client, e))
		got = -1;
	arena_free(r.arena);
	second_reader_close(&r.reader);
	return got >= 0;
}
