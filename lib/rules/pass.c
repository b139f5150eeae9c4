#include "rules/pass.h"

#include "base/digest.h"
#include "base/mem.h"

struct worker {
	struct pass *pass;
	struct judge *judge;
	struct tally *tally;
	struct keys *keys;
	struct buf line;
	uint64_t quarantined;
};

static void *
open_worker(void *shared, struct err *e)
{
	struct pass *p = shared;
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->pass = p;
	w->keys = keys_new(p->plan, &p->key_options);
	w->judge = judge_new(p->plan, p->key_options.marks ? w->keys : NULL);
	w->tally = tally_new(p->plan, p->samples, p->groups);
	return w;
}

static void
close_worker(void *shared, void *worker)
{
	struct pass *p = shared;
	struct worker *w = worker;

	tally_join(p->tally, w->tally);
	p->quarantined += w->quarantined;
	if (w->keys != NULL) {
		p->keys =
		    mem_room(p->keys, p->nkeys, &p->keys_room, sizeof(w->keys));
		p->keys[p->nkeys++] = w->keys;
	}
	judge_free(w->judge);
	tally_free(w->tally);
	buf_release(&w->line);
	mem_free(w);
}

/* A record without a name is known by a digest of its bytes. */
static struct slice
name_of(struct worker *w, struct record *r)
{
	struct slice id = record_id(r), line = record_line(r);
	uint8_t bytes[DIGEST_SIZE];
	char text[DIGEST_ID + 1];

	if (id.n > 0)
		return id;
	if (w->pass->plan->id != NO_FIELD) {
		const struct cells *c =
		    judge_cells(w->judge, w->pass->plan->id);

		if (c->n == 1 && c->list[0].text.n > 0)
			return c->list[0].text;
	}
	digest_bytes(line.p, line.n, bytes);
	digest_id(bytes, text);
	return arena_slice(record_arena(r), slice_of(text));
}

static void
annotate(struct worker *w, struct record *r, const struct judgement *g)
{
	struct slice qc = judge_annotation(w->judge, g);
	struct json old = record_trail(r, "qc");

	if (old.type == JSON_NONE ? qc.n > 0 : !slice_eq(old.text, qc))
		record_set_trail(r, "qc", qc);
}

static enum verdict
set_apart(struct worker *w, struct record *r, struct err *e)
{
	buf_reset(&w->line);
	record_write(r, &w->line);
	buf_addc(&w->line, '\n');
	w->quarantined++;
	return writer_add(w->pass->quarantine, buf_slice(&w->line), e)
	    ? RECORD_TAKEN
	    : RECORD_STOP;
}

static bool
note_keys(struct worker *w, struct record *r, const struct judgement *g,
    struct slice group, struct slice name, struct err *e)
{
	struct key_record of = { .line = record_line(r),
		.group = group,
		.id = name,
		.failed = g->failed_alone,
		.lost = g->lost };

	return keys_note(w->keys, g->notes, g->nnotes, &of, e);
}

struct slice
pass_kind_of_name(const char *uri)
{
	const char *slash = strrchr(uri, '/');
	const char *name = slash == NULL ? uri : slash + 1;

	return (struct slice){ name, strcspn(name, ".") };
}

struct slice
pass_kind(const struct pass *p, const char *uri)
{
	return p->kind_from_name ? pass_kind_of_name(uri) : p->kind;
}

static enum verdict
judge_one(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct worker *w = worker;
	struct pass *p = w->pass;
	struct judgement g;
	struct slice group, name = { "", 0 };
	struct slice kind = pass_kind(p, job->place.uri);

	judge_start(w->judge, r);
	group = tally_group(p->plan, w->judge, record_arena(r));
	if (!judge_record(w->judge, kind, &g, e))
		return RECORD_STOP;
	if (p->samples > 0 && (g.any || g.nnotes > 0))
		name = name_of(w, r);
	group = tally_add(w->tally, w->judge, group, &g, name);
	if (g.nnotes > 0 && !note_keys(w, r, &g, group, name, e))
		return RECORD_STOP;
	if (p->digest)
		tally_digest(w->tally, record_line(r));
	if (p->annotate && (!p->no_output || p->quarantine != NULL))
		annotate(w, r, &g);
	if (p->quarantine != NULL && g.failed && g.worst >= p->quarantine_at)
		return set_apart(w, r, e);
	return p->no_output ? RECORD_TAKEN : RECORD_PASS;
}

void
pass_start(struct pass *p, struct stage *s)
{
	bool marks = keys_mark(p->plan) &&
	    ((p->annotate && !p->no_output) || p->quarantine != NULL);

	p->key_options = (struct key_options){ .marks = marks,
		.memory = p->memory / (marks ? 1 : p->jobs),
		.spill = p->spill };
	p->tally = tally_new(p->plan, p->samples, p->groups);
	*s = (struct stage){ .names = p->plan->names,
		.shared = p,
		.ordered = marks || p->quarantine != NULL,
		.open = open_worker,
		.record = judge_one,
		.close = close_worker };
}

bool
pass_settle(struct pass *p, struct summary *s, const char *state, struct err *e)
{
	struct slice id = s->shards[0].id;

	if (p->nkeys == 0)
		return true;
	if (!keys_provide(p->keys[0], p->plan, state != NULL, e))
		return false;
	if (state != NULL &&
	    !keys_write(p->keys, p->nkeys, state, id, s->logic, s->arena,
		&s->shards[0].state, e))
		return false;
	return keys_settle(s, p->keys, p->nkeys, 1, &p->key_options, e);
}

void
pass_release(struct pass *p)
{
	for (size_t i = 0; i < p->nkeys; i++)
		keys_free(p->keys[i]);
	mem_free(p->keys);
	tally_free(p->tally);
	p->keys = NULL;
	p->nkeys = 0;
	p->tally = NULL;
}
