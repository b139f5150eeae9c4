#include "extract/consult.h"

#include "extract/ballot.h"
#include "extract/proof.h"
#include "json/scan.h"
#include "model/price.h"

struct question {
	struct inquiry *inquiry;
	const struct candidates *found;
	struct answers *answers;
	const struct source *sources;
	size_t nsources;
	size_t open; /* pieces without an end */
	bool held;
};

/* A piece under way: what the client gives back. */
struct errand {
	struct question *question;
	struct piece *piece;
};

static void
send(struct consult *c, struct question *q, struct piece *p)
{
	struct errand *e = arena_alloc(q->inquiry->reading->arena, sizeof(*e));
	struct chat_prompt prompt;

	*e = (struct errand){ q, p };
	piece_prompt(&c->asking, c->wordings, p, &prompt);
	client_ask(c->client, &prompt, e);
	q->open++;
}

struct question *
consult_ask(struct consult *c, const struct reading *r,
    const struct candidates *found, struct answers *answers,
    const struct source *sources, size_t nsources)
{
	struct inquiry *i = inquiry_new(&c->asking, r, answers);
	struct question *q;

	if (i == NULL)
		return NULL;
	c->asked++;
	q = arena_zalloc(r->arena, sizeof(*q));
	*q =
	    (struct question){ i, found, answers, sources, nsources, 0, false };
	for (struct piece *p = i->pieces; p != NULL; p = p->next)
		send(c, q, p);
	return q;
}

static void
read_claims(struct consult *c, struct piece *p, const struct client_answer *a)
{
	const struct inquiry *q = p->of;
	struct arena *arena = q->reading->arena;
	size_t unknown;
	bool shaped;

	p->claims = claims_read(q->reading->type, json_pad(a->object, arena),
	    arena, &p->nclaims, &unknown);
	c->unknown += unknown;
	shaped = unknown == 0;
	for (size_t i = 0; i < p->nclaims; i++) {
		struct claim *claim = &p->claims[i];

		shaped = shaped && !claim->misshapen;
		for (size_t k = 0; k < claim->nquotes; k++)
			claim->quotes[k] = redact_restore(
			    &q->redacted, claim->quotes[k], arena);
	}
	if (!shaped)
		client_distrust(c->client);
}

static bool
settle(struct consult *c, const struct client_answer *a, struct err *e)
{
	struct errand *errand = a->tag;
	struct question *q = errand->question;
	struct piece *p = errand->piece, *other;

	q->open--;
	switch (a->end) {
	case CLIENT_ANSWERED:
		p->answered = true;
		p->reasoned = a->reasoned;
		read_claims(c, p, a);
		break;
	case CLIENT_TOO_LONG:
		other = piece_halve(p);
		if (other != NULL) {
			send(c, q, p);
			send(c, q, other);
			return client_keep_long(c->client, e);
		}
		/* fallthrough */
	case CLIENT_FAILED:
		p->why =
		    arena_slice(q->inquiry->reading->arena, slice_of(a->why));
		break;
	case CLIENT_HELD:
		p->why = SLICE("service");
		q->held = !c->use_rules;
		break;
	}
	return true;
}

bool
consult_work(struct consult *c, unsigned ms, struct err *e)
{
	struct client_answer a;
	int n;

	while ((n = client_next(c->client, ms, &a, e)) == 1) {
		if (!settle(c, &a, e))
			return false;
		ms = 0;
	}
	return n == 0;
}

bool
question_is_done(const struct question *q)
{
	return q->open == 0;
}

bool
question_is_held(const struct question *q)
{
	return q->held;
}

/* --- the answer into the answers ----------------------------------------- */

/*
 * Rule and model agree: both; they differ: a conflict, never a silent pick;
 * the rule is silent or cannot decide: what was proved of the model.
 */
static void
join_answers(
    struct answer *rule, const struct answer *model, struct arena *arena)
{
	struct answer old = *rule;

	if (model->status == STATUS_ABSENT)
		return;
	if (answer_is_open(rule)) {
		*rule = *model;
		/* A model that cannot prove itself settles no conflict. */
		if (old.status == STATUS_CONFLICT && !answer_has_value(model))
			*rule = old;
		return;
	}
	if (!answer_has_value(rule) || !answer_has_value(model))
		return;
	if (rule->status == model->status &&
	    slice_eq(rule->value, model->value)) {
		rule->engine = ENGINE_BOTH;
		rule->model = model->model;
		return;
	}
	rule->status = STATUS_CONFLICT;
	rule->claimed = answer_both(rule->value, model->value, arena);
	rule->value = SLICE("");
	rule->why = SLICE("rule_and_model");
	rule->model = model->model;
	if (rule->evidence != NULL)
		rule->evidence->next = model->evidence;
}

/* Half of the votes without an answer: there can be no majority. */
static bool
has_failed(const struct inquiry *q)
{
	unsigned failed = 0;

	for (unsigned vote = 0; vote < q->votes; vote++)
		for (const struct piece *p = q->pieces; p != NULL; p = p->next)
			if (p->vote == vote && !p->answered) {
				failed++;
				break;
			}
	return 2 * failed >= q->votes;
}

void
consult_merge(struct consult *c, struct question *q)
{
	struct arena *arena = q->inquiry->reading->arena;
	struct proof proof = { q->inquiry, q->found, q->answers, q->sources,
		q->nsources, c->asking.model };
	unsigned n = q->inquiry->votes;
	struct answers *votes = arena_zalloc(arena, n * sizeof(*votes));

	if (has_failed(q->inquiry))
		c->failed++;
	for (unsigned i = 0; i < n; i++)
		prove_vote(&proof, i, &votes[i]);
	for (size_t i = 0; i < q->answers->n; i++) {
		const struct answer *said[BALLOT_VOTES];
		struct answer *mine = &q->answers->list[i], outcome;

		for (unsigned k = 0; k < n; k++)
			said[k] =
			    answers_find(&votes[k], mine->d, mine->object);
		ballot(said, n, arena, &outcome);
		join_answers(mine, &outcome, arena);
	}
}

void
consult_report(const struct consult *c, struct buf *b)
{
	struct client_counts n;

	client_count(c->client, &n);
	buf_addf(b,
	    "{\"requests\":%llu,\"retries\":%llu,\"cache_hits\":%llu,"
	    "\"failed\":%llu,\"unknown\":%llu,",
	    (unsigned long long)n.requests, (unsigned long long)n.retries,
	    (unsigned long long)n.cache_hits, (unsigned long long)c->failed,
	    (unsigned long long)c->unknown);
	buf_addf(b,
	    "\"tokens\":{\"in\":%llu,\"out\":%llu,\"cached\":%llu,"
	    "\"reasoning\":%llu},",
	    n.usage.in, n.usage.out, n.usage.cached, n.usage.reasoning);
	if (n.priced) {
		buf_adds(b, "\"cost\":");
		price_put(n.cost, b);
		buf_addc(b, ',');
	}
	buf_addf(b, "\"p50_ms\":%lu,\"p95_ms\":%lu,", n.p50_ms, n.p95_ms);
	buf_addf(b, "\"mode\":\"%s\",\"degraded\":%s}", n.mode,
	    n.degraded ? "true" : "false");
}
