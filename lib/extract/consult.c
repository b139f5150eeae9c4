#include "extract/consult.h"

#include "extract/claim.h"
#include "extract/prompt.h"
#include "extract/schema.h"
#include "extract/verify.h"
#include "json/scan.h"
#include "json/value.h"
#include "model/price.h"
#include "model/redact.h"

#define MAX_TOKENS 800

struct question {
	const struct reading *reading;
	const struct candidates *found;
	struct answers *answers;
	const struct source *sources;
	size_t nsources;
	struct redacted redacted;
	bool *wanted; /* one a field of the document type */
	bool done;
	enum client_end end;
	struct slice object, why;
	bool reasoned;
};

static bool
is_asked(const struct consult *c, const struct answer *a)
{
	if (c->all)
		return true;
	return c->ask != NULL ? c->ask[a->d->number] : answer_is_open(a);
}

static long
field_number(const struct doctype *t, const struct indicator *d)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].d == d)
			return (long)i;
	return -1;
}

/* A group of which the rules found no object is open in all its fields. */
static bool *
wanted_of(const struct consult *c, const struct reading *r,
    const struct answers *answers, bool *any)
{
	const struct doctype *t = r->type;
	bool *wanted = arena_zalloc(r->arena, t->nfields + 1);

	*any = false;
	for (size_t i = 0; i < answers->n; i++) {
		long k = field_number(t, answers->list[i].d);

		if (k >= 0 && is_asked(c, &answers->list[i]))
			wanted[k] = *any = true;
	}
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].group >= 0 &&
		    answers->groups[t->fields[i].group].nobjects == 0 &&
		    (c->all || c->ask == NULL ||
			c->ask[t->fields[i].d->number]))
			wanted[i] = *any = true;
	return wanted;
}

static unsigned
max_tokens(const struct guide *guide, const struct doctype *t)
{
	const struct value *llm = guide == NULL ? NULL : guide_llm(guide, t);
	const struct value *n = value_get(llm, "max_tokens");
	unsigned long long tokens;

	if (n == NULL || !slice_number(n->text, &tokens) || tokens == 0 ||
	    tokens > 1 << 20)
		return MAX_TOKENS;
	return (unsigned)tokens;
}

static struct slice
system_part(const struct reading *r, const bool *wanted)
{
	struct buf b = { 0 };
	struct slice part;

	prompt_system(r->type, wanted, &b);
	part = arena_slice(r->arena, buf_slice(&b));
	buf_release(&b);
	return part;
}

static struct slice
schema_part(const struct reading *r, const bool *wanted)
{
	struct buf b = { 0 };
	struct slice part;

	schema_put(&b, r->type, wanted);
	part = arena_slice(r->arena, buf_slice(&b));
	buf_release(&b);
	return part;
}

static struct slice
user_part(const struct reading *r, struct slice text)
{
	struct buf b = { 0 };
	struct slice part;

	prompt_user(text, &b);
	part = arena_slice(r->arena, buf_slice(&b));
	buf_release(&b);
	return part;
}

/* The question about a reading, or NULL, and the prompt that asks it. */
static struct question *
prepare(const struct consult *c, const struct reading *r,
    const struct answers *answers, struct chat_prompt *p)
{
	struct question *q = arena_zalloc(r->arena, sizeof(*q));
	struct slice text = r->view.original;
	bool any;

	q->reading = r;
	q->wanted = wanted_of(c, r, answers, &any);
	if (!any || slice_trim(text).n == 0)
		return NULL;
	if (c->words != NULL) {
		redact(c->words, text, NULL, 0, r->arena, &q->redacted);
		text = q->redacted.text;
	}
	*p = (struct chat_prompt){ .model = c->model,
		.system = system_part(r, q->wanted),
		.user = user_part(r, text),
		.mode = c->mode,
		.max_tokens = max_tokens(c->guide, r->type) };
	if (c->mode == CHAT_SCHEMA)
		p->schema = schema_part(r, q->wanted);
	return q;
}

bool
consult_body(const struct consult *c, const struct reading *r,
    const struct answers *answers, struct buf *b)
{
	struct chat_prompt p;

	if (prepare(c, r, answers, &p) == NULL)
		return false;
	chat_request(&p, b);
	return true;
}

struct question *
consult_ask(struct consult *c, const struct reading *r,
    const struct candidates *found, struct answers *answers,
    const struct source *sources, size_t nsources)
{
	struct chat_prompt p;
	struct question *q = prepare(c, r, answers, &p);

	if (q == NULL)
		return NULL;
	q->found = found;
	q->answers = answers;
	q->sources = sources;
	q->nsources = nsources;
	client_ask(c->client, &p, q);
	return q;
}

bool
consult_work(struct consult *c, unsigned ms, struct err *e)
{
	struct client_answer a;
	int n;

	while ((n = client_next(c->client, ms, &a, e)) == 1) {
		struct question *q = a.tag;
		struct arena *arena = q->reading->arena;

		q->done = true;
		q->end = a.end;
		q->reasoned = a.reasoned;
		q->why = arena_slice(arena, slice_of(a.why));
		if (a.end == CLIENT_ANSWERED)
			q->object = json_pad(a.object, arena);
		ms = 0;
	}
	return n == 0;
}

bool
question_is_done(const struct question *q)
{
	return q->done;
}

bool
question_is_held(const struct question *q)
{
	return q->end == CLIENT_HELD;
}

/* --- the answer into the answers ----------------------------------------- */

static void
fail_wanted(const struct question *q)
{
	const struct doctype *t = q->reading->type;

	for (size_t i = 0; i < q->answers->n; i++) {
		struct answer *a = &q->answers->list[i];
		long k = field_number(t, a->d);

		if (k < 0 || !q->wanted[k] || a->status != STATUS_ABSENT)
			continue;
		a->status = STATUS_FAILED;
		a->engine = ENGINE_LLM;
		a->why = q->why;
	}
}

static struct slice
alternatives(struct slice rule, struct slice model, struct arena *arena)
{
	return slice_of(arena_printf(
	    arena, "[%.*s,%.*s]", (int)rule.n, rule.p, (int)model.n, model.p));
}

static bool
has_value(const struct answer *a)
{
	return a->status == STATUS_OK || a->status == STATUS_OUT_OF_RANGE ||
	    a->status == STATUS_NEGATED;
}

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
		if (old.status == STATUS_CONFLICT && !has_value(model))
			*rule = old;
		return;
	}
	if (!has_value(rule) || !has_value(model))
		return;
	if (rule->status == model->status &&
	    slice_eq(rule->value, model->value)) {
		rule->engine = ENGINE_BOTH;
		rule->model = model->model;
		return;
	}
	rule->status = STATUS_CONFLICT;
	rule->claimed =
	    alternatives(rule->value.n > 0 ? rule->value : SLICE("null"),
		model->value.n > 0 ? model->value : SLICE("null"), arena);
	rule->value = (struct slice){ "", 0 };
	rule->why = SLICE("rule_and_model");
	rule->model = model->model;
	if (rule->evidence != NULL)
		rule->evidence->next = model->evidence;
}

/* Rows of one more object of a group, all of them empty. */
static void
add_object(const struct question *q, int group)
{
	const struct doctype *t = q->reading->type;
	unsigned number = ++q->answers->groups[group].nobjects;

	for (size_t i = 0; i < t->nfields; i++) {
		struct answer *a;

		if (t->fields[i].group != group)
			continue;
		a = answers_add(q->answers, q->reading->arena);
		a->d = t->fields[i].d;
		a->key = t->fields[i].key;
		a->object = number;
		a->group = (unsigned)group;
		a->engine = ENGINE_RULE;
	}
}

static void
refuse(struct answer *a, enum status status, struct slice claimed,
    struct slice why)
{
	a->status = status;
	a->claimed = claimed;
	a->why = why;
}

static void
prove(const struct consult *c, const struct question *q,
    const struct claim *claim, struct answer *a)
{
	const struct field *f = &q->reading->type->fields[claim->field];
	struct verifier v = { q->reading, q->found, q->sources, q->nsources,
		q->answers };
	struct claim_made made = { .field = f,
		.object = claim->object,
		.value = claim->value,
		.quotes = claim->quotes,
		.nquotes = claim->nquotes,
		.absent = claim->stance == STANCE_ABSENT,
		.uncertain = claim->stance == STANCE_UNCERTAIN };

	*a = (struct answer){ .d = f->d,
		.key = f->key,
		.object = claim->object,
		.group = f->group < 0 ? 0 : (unsigned)f->group,
		.engine = ENGINE_LLM,
		.model = c->model };
	if (claim->twice)
		refuse(
		    a, STATUS_CONFLICT, claim->value.text, SLICE("said_twice"));
	else if (claim->misshapen)
		refuse(a, STATUS_UNGROUNDED, claim->value.text,
		    SLICE("misshapen"));
	else if (claim->nquotes > 0 &&
	    (claim->value.type != JSON_NULL || made.absent))
		verify(&v, &made, a);
	else if (claim->value.type != JSON_NULL)
		refuse(
		    a, STATUS_UNGROUNDED, claim->value.text, SLICE("no_quote"));
	if (q->reasoned && a->status != STATUS_ABSENT && a->why.n == 0)
		a->why = SLICE("from_reasoning");
}

/*
 * The next object of a group comes to be only where something that is said
 * of it is proved: an invented lesion leaves no trace in the indicators.
 */
static bool
object_exists(const struct consult *c, const struct question *q,
    const struct claim *list, size_t n, const struct claim *one)
{
	const struct field *fields = q->reading->type->fields;
	int group = fields[one->field].group;
	unsigned known = q->answers->groups[group].nobjects;
	struct answer a;

	if (one->object <= known)
		return true;
	if (one->object != known + 1 || one->object > READING_OBJECTS)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (list[i].object != one->object ||
		    fields[list[i].field].group != group)
			continue;
		prove(c, q, &list[i], &a);
		if (has_value(&a)) {
			add_object(q, group);
			return true;
		}
	}
	return false;
}

static void
restore_quotes(const struct question *q, struct claim *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < list[i].nquotes; k++)
			list[i].quotes[k] = redact_restore(
			    &q->redacted, list[i].quotes[k], q->reading->arena);
}

void
consult_merge(struct consult *c, struct question *q)
{
	struct arena *arena = q->reading->arena;
	struct claim *list;
	size_t n, unknown;

	if (q->end != CLIENT_ANSWERED) {
		c->failed++;
		fail_wanted(q);
		return;
	}
	list = claims_read(q->reading->type, q->object, arena, &n, &unknown);
	c->unknown += unknown;
	restore_quotes(q, list, n);
	for (size_t i = 0; i < n; i++) {
		struct answer proved, *mine;

		if (!q->wanted[list[i].field] ||
		    (list[i].object > 0 &&
			!object_exists(c, q, list, n, &list[i])))
			continue;
		prove(c, q, &list[i], &proved);
		mine = answers_find(q->answers, proved.d, proved.object);
		if (mine != NULL)
			join_answers(mine, &proved, arena);
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
	buf_addf(b, "\"mode\":\"%s\",\"degraded\":%s}", n.mode,
	    n.degraded ? "true" : "false");
}
