#include "mapping/decide.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/answer.h"

#define MAX_DECISIONS 65536

struct kept {
	struct decision term;
	struct unit_decision unit;
	size_t *rows, nrows; /* of the review file */
};

struct decisions {
	struct finder *finder;
	const struct units *units;
	struct review *review;
	struct arena *arena, *scratch;
	struct index *keys;
	struct kept **list; /* in the arena: hits of a record point to them */
	size_t room;
	struct buf key;
};

struct decisions *
decisions_new(const struct terms *terms, const struct finder_options *o,
    const struct units *units, struct review *review)
{
	struct decisions *d = mem_zalloc(sizeof(*d));

	d->finder = finder_new(terms, o);
	d->units = units;
	d->review = review;
	d->arena = arena_new();
	d->scratch = arena_new();
	d->keys = index_new();
	return d;
}

void
decisions_free(struct decisions *d)
{
	if (d == NULL)
		return;
	finder_free(d->finder);
	arena_free(d->arena);
	arena_free(d->scratch);
	index_free(d->keys);
	mem_free(d->list);
	buf_release(&d->key);
	mem_free(d);
}

void
decisions_trim(struct decisions *d)
{
	if (index_count(d->keys) < MAX_DECISIONS)
		return;
	index_free(d->keys);
	d->keys = index_new();
	arena_reset(d->arena);
}

/* Parts of a key are led by their lengths, for they hold any bytes. */
static void
key_part(struct decisions *d, struct slice part)
{
	buf_add(&d->key, &part.n, sizeof(part.n));
	buf_add_slice(&d->key, part);
}

static struct kept *
keep(struct decisions *d, bool *fresh)
{
	size_t i = index_add(d->keys, buf_slice(&d->key), fresh);

	if (*fresh && i >= d->room)
		d->list = mem_room(d->list, i, &d->room, sizeof(*d->list));
	if (*fresh) {
		d->list[i] = arena_alloc(d->arena, sizeof(struct kept));
		*d->list[i] = (struct kept){ 0 };
	}
	return d->list[i];
}

static struct slice
kept_json(struct decisions *d, struct buf *b)
{
	struct slice s = arena_slice(d->arena, buf_slice(b));

	buf_reset(b);
	return s;
}

/* A row for the term, and one for each edition that it has no code in. */
static void
ask(struct decisions *d, const struct term_query *q,
    const struct term_answer *a, struct kept *k)
{
	k->rows = arena_alloc(d->arena, (a->ngaps + 1) * sizeof(*k->rows));
	if (a->reason != NULL)
		k->rows[k->nrows++] = review_row(d->review, q->field, q, a);
	for (size_t i = 0; i < a->ngaps; i++) {
		const struct term_answer gap = { .status = TERM_REVIEW,
			.reason = a->gaps[i].reason,
			.candidates = a->gaps[i].candidates,
			.ncandidates = a->gaps[i].ncandidates,
			.system = a->gaps[i].system };

		k->rows[k->nrows++] = review_row(d->review, q->field, q, &gap);
	}
}

static void
make_decision(struct decisions *d, struct term_query *q, struct kept *k)
{
	struct term_answer a;
	struct buf b = { 0 };

	arena_reset(d->scratch);
	if (q->unit.n > 0)
		units_code(
		    d->units, q->unit, q->term, d->scratch, &q->unit_code);
	finder_find(d->finder, q, false, d->scratch, &a);
	k->term.status = a.status;
	k->term.reason = a.reason;
	k->term.disagrees = a.disagrees;
	if (a.ncodes > 0) {
		answer_put_codes(&b, &a, false);
		k->term.codes = kept_json(d, &b);
	}
	answer_put_trail(&b, &a);
	k->term.trail = kept_json(d, &b);
	k->term.missing =
	    arena_alloc(d->arena, (a.ngaps + 1) * sizeof(*k->term.missing));
	for (size_t i = 0; i < a.ngaps; i++)
		k->term.missing[k->term.nmissing++] = a.gaps[i].system;
	if (d->review != NULL)
		ask(d, q, &a, k);
	buf_release(&b);
}

const struct decision *
decide_term(struct decisions *d, const struct rule *r, struct slice term,
    struct slice unit, struct slice specimen, struct slice code)
{
	struct term_query q = { .field = r->mappings,
		.term = term,
		.unit = unit,
		.specimen = specimen,
		.code = code,
		.systems = r->systems,
		.nsystems = r->nsystems };
	struct kept *k;
	bool fresh;

	buf_reset(&d->key);
	buf_add(&d->key, &r->number, sizeof(r->number));
	key_part(d, term);
	key_part(d, unit);
	key_part(d, specimen);
	key_part(d, code);
	k = keep(d, &fresh);
	if (fresh)
		make_decision(d, &q, k);
	for (size_t i = 0; i < k->nrows; i++)
		review_count(d->review, k->rows[i]);
	return &k->term;
}

static void
make_unit(struct decisions *d, struct slice spelling, struct slice item,
    struct slice wanted, struct slice analyte, struct unit_decision *u)
{
	struct err e = { 0 };

	u->known = units_code(d->units, spelling, item, d->arena, &u->code);
	if (!u->known) {
		u->refusal = "not_ucum";
		return;
	}
	u->code = arena_slice(d->arena, u->code);
	if (wanted.n == 0)
		return;
	if (units_between(
		d->units, u->code, wanted, analyte, d->arena, &u->way, &e)) {
		u->converts = !u->way.same;
		if (u->way.same)
			u->code = arena_slice(d->arena, wanted);
		return;
	}
	u->refusal = strcmp(e.code, "needs_analyte") == 0 ? "needs_analyte"
	    : strcmp(e.code, "arbitrary_unit") == 0       ? "arbitrary_unit"
							  : "dimensions_differ";
}

const struct unit_decision *
decide_unit(struct decisions *d, struct slice spelling, struct slice item,
    struct slice wanted, struct slice analyte)
{
	struct kept *k;
	bool fresh;

	buf_reset(&d->key);
	buf_addc(&d->key, 'u');
	key_part(d, spelling);
	key_part(d, item);
	key_part(d, wanted);
	key_part(d, analyte);
	k = keep(d, &fresh);
	if (fresh)
		make_unit(d, spelling, item, wanted, analyte, &k->unit);
	return &k->unit;
}
