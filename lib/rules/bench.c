#include "rules/bench.h"

#include "base/mem.h"
#include "rules/keys.h"

struct bench {
	const struct plan *plan;
	struct arena *arena; /* of the line */
	struct record *record;
	struct keys *keys;
	struct judge *judge;
	struct key_options options;
};

struct bench *
bench_new(const struct plan *p, uint64_t memory, const char *spill)
{
	struct bench *b = mem_zalloc(sizeof(*b));

	b->plan = p;
	b->options = (struct key_options){
		.marks = true, .memory = memory, .spill = spill
	};
	b->arena = arena_new();
	b->record = record_new(p->names, 0);
	b->judge = judge_new(p, NULL);
	bench_clear(b);
	return b;
}

void
bench_free(struct bench *b)
{
	if (b == NULL)
		return;
	judge_free(b->judge);
	keys_free(b->keys);
	record_free(b->record);
	arena_free(b->arena);
	mem_free(b);
}

void
bench_clear(struct bench *b)
{
	keys_free(b->keys);
	b->keys = keys_new(b->plan, &b->options);
	judge_use_keys(b->judge, b->keys);
}

bool
bench_judge(struct bench *b, struct slice record, struct slice kind,
    struct judgement *g, struct err *e)
{
	struct key_record of = { .group = SLICE("{}") };

	arena_reset(b->arena);
	if (!record_read(b->record, json_pad(record, b->arena), e)) {
		e->kind = ERR_USAGE;
		return err_wrap(e, "record");
	}
	of.line = record_line(b->record);
	judge_start(b->judge, b->record);
	return judge_record(b->judge, kind, g, e) &&
	    (b->keys == NULL ||
		keys_note(b->keys, g->notes, g->nnotes, &of, e));
}

struct slice
bench_kind(struct bench *b, struct slice kind)
{
	struct slice own = record_kind(b->record);

	return own.n > 0 ? own : kind;
}

struct judge *
bench_last(struct bench *b)
{
	return b->judge;
}
