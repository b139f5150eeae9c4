#include "mapping/second_reader.h"

#include <sys/prctl.h>

#include "base/mem.h"
#include "deid/scrub.h"
#include "io/reader.h"
#include "json/value.h"
#include "json/write.h"

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

struct reading {
	struct second_reader *reader;
	struct review *review;
	struct arena *arena;
	struct err *e;
};

/* The term without names, and its candidates by number and name. */
static struct slice
question(struct reading *r, size_t row)
{
	const struct scrub s = { .words = r->reader->words };
	const struct slice *candidates;
	size_t n = review_candidates(r->review, row, &candidates);
	struct buf b = { 0 };
	struct slice text;

	buf_adds(&b, "term: ");
	scrub_text(&s, review_term(r->review, row), r->arena, &b);
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "\n%zu: %.*s", i + 1, (int)candidates[i].n,
		    candidates[i].p);
	text = arena_slice(r->arena, buf_slice(&b));
	buf_release(&b);
	return text;
}

/* "1+3" out of {"picks":[1,3]}; false where it is anything else. */
static bool
read_picks(struct reading *r, struct slice object, size_t n, struct buf *pick)
{
	struct err e = { 0 };
	const struct value *v =
	    value_get(value_parse(r->arena, object.p, object.n, &e), "picks");

	buf_reset(pick);
	if (v == NULL || v->type != JSON_ARRAY)
		return false;
	for (size_t i = 0; i < v->count; i++) {
		unsigned long long k;

		if (v->items[i].type != JSON_NUMBER ||
		    !slice_number(v->items[i].text, &k) || k < 1 || k > n)
			return false;
		buf_addf(pick, "%s%llu", i > 0 ? "+" : "", k);
	}
	return true;
}

static void
take(struct reading *r, const struct client_answer *a, struct buf *pick)
{
	size_t row = (size_t)(uintptr_t)a->tag - 1;
	const struct slice *candidates;
	size_t n = review_candidates(r->review, row, &candidates);

	if (a->end == CLIENT_HELD)
		return;
	r->reader->asked++;
	if (a->end != CLIENT_ANSWERED || !read_picks(r, a->object, n, pick)) {
		r->reader->failed++;
	} else if (pick->n == 0) {
		r->reader->none++;
	} else {
		r->reader->proposed++;
		review_propose(r->review, row, buf_slice(pick), "llm");
	}
}

static void
ask_all(struct reading *r)
{
	size_t n = review_size(r->review);
	const size_t *order = review_order(r->review, r->arena);

	for (size_t i = 0; i < n; i++) {
		const struct slice *candidates;
		struct chat_prompt p = { .model = r->reader->model,
			.system = SLICE(instruction),
			.schema = SLICE(schema),
			.mode = CHAT_SCHEMA,
			.max_tokens = TOKENS };

		if (review_candidates(r->review, order[i], &candidates) == 0)
			continue;
		p.user = question(r, order[i]);
		client_ask(
		    r->reader->client, &p, (void *)(uintptr_t)(order[i] + 1));
	}
}

bool
second_reader_run(
    struct second_reader *reader, struct review *review, struct err *e)
{
	struct reading r = { .reader = reader, .review = review, .e = e };
	struct client_answer a;
	struct buf pick = { 0 };
	int got = 0;

	r.arena = arena_new();
	ask_all(&r);
	while (got >= 0 && client_pending(reader->client) > 0) {
		got = client_next(reader->client, WAIT, &a, e);
		if (got > 0)
			take(&r, &a, &pick);
	}
	if (got >= 0 && !client_flush(reader->client, e))
		got = -1;
	buf_release(&pick);
	arena_free(r.arena);
	return got >= 0 && !client_stopped(reader->client, e);
}

/* One word, without the blanks around it; no core file has it. */
static bool
read_key(const struct second_reader_options *o, struct buf *b, struct err *e)
{
	struct slice key;

	if (o->key_path != NULL && !reader_slurp(o->key_path, 4096, b, e))
		return false;
	if (o->key_path == NULL && o->key != NULL)
		buf_adds(b, o->key);
	key = slice_trim(buf_slice(b));
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] <= ' ' || key.p[i] == 0x7F)
			return err_set(e, ERR_USAGE,
			    "the key of the model server is no single word");
	if (key.n > 0) {
		memmove(b->p, key.p, key.n);
		prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
	}
	b->n = key.n;
	return true;
}

bool
second_reader_ask(const struct second_reader_options *o,
    const struct deid_words *words, struct review *review, struct err *e)
{
	struct client_options client = o->client;
	struct second_reader reader = { .words = words };
	const char *model = o->model;
	struct buf key = { 0 };
	bool ok = read_key(o, &key, e);

	if (ok) {
		client.key = key.n > 0 ? buf_string(&key) : NULL;
		reader.client = client_new(&client, e);
		ok = reader.client != NULL;
	}
	if (key.p != NULL)
		explicit_bzero(key.p, key.room);
	buf_release(&key);
	if (ok && model == NULL)
		model = client_model(reader.client, e);
	reader.model = slice_of(model);
	ok = ok && model != NULL && second_reader_run(&reader, review, e);
	client_free(reader.client);
	return ok;
}
