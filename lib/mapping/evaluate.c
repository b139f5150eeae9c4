#include "mapping/evaluate.h"

#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "json/write.h"
#include "terms/model.h"
#include "terms/ruling.h"
#include "terms/scores.h"

#define LARGEST ((size_t)256 << 20)
#define MOST    (FINDER_MOST + 64) /* answers of a term */

struct aim {
	const struct evaluate_options *o;
	struct slice field, system;
	struct scores *scores;
	struct finder *finder;
	struct arena *arena;
};

static bool
is_right(
    const struct aim *aim, const struct ruling *gold, const struct term_code *c)
{
	for (size_t i = 0; i < gold->n; i++)
		if (slice_eq(gold->codes[i].code, c->code) &&
		    slice_eq(gold->codes[i].system, aim->system))
			return true;
	return false;
}

static size_t
add_answer(const struct aim *aim, const struct ruling *gold,
    const struct term_code *c, struct scored *list, struct slice *codes,
    size_t n)
{
	if (!slice_eq(c->system, aim->system) || n == MOST)
		return n;
	for (size_t i = 0; i < n; i++)
		if (slice_eq(codes[i], c->code))
			return n;
	codes[n] = c->code;
	list[n] = (struct scored){ c->p, is_right(aim, gold, c) };
	return n + 1;
}

/* What is written first, then what is only offered. */
static void
ask(struct aim *aim, const struct ruling *gold)
{
	struct term_query q = { .field = aim->field,
		.term = gold->term,
		.unit = gold->unit,
		.specimen = gold->specimen,
		.systems = &aim->system,
		.nsystems = 1 };
	struct slice codes[MOST];
	struct scored list[MOST];
	struct term_answer a;
	size_t n = 0, right = 0;

	for (size_t i = 0; i < gold->n; i++)
		right += slice_eq(gold->codes[i].system, aim->system);
	if (gold->ignored || (right == 0 && !gold->none))
		return;
	arena_reset(aim->arena);
	finder_find(aim->finder, &q, true, aim->arena, &a);
	for (size_t i = 0; i < a.ncodes; i++)
		n = add_answer(aim, gold, &a.codes[i], list, codes, n);
	for (size_t i = 0; i < a.ncandidates; i++)
		n = add_answer(aim, gold, &a.candidates[i], list, codes, n);
	scores_add(aim->scores, right, list, n);
}

static void
put_figures(struct aim *aim, struct buf *b)
{
	const struct model *m =
	    terms_model(aim->o->tables->terms, aim->field, aim->system);
	double cut = !aim->o->finder.best ? aim->o->finder.accept
	    : m == NULL                   ? 1
					  : m->cut;

	buf_adds(b, "{\"field\":");
	json_put_string(b, aim->field);
	json_put_key(b, "system");
	json_put_string(b, aim->system);
	scores_put(aim->scores, cut, b);
	buf_adds(b, "}\n");
}

static void
run_aim(const struct evaluate_options *o, const struct rulings *gold,
    struct slice field, struct slice system, struct buf *out)
{
	struct aim aim = { .o = o, .field = field, .system = system };

	aim.scores = scores_new();
	aim.arena = arena_new();
	aim.finder = finder_new(o->tables->terms, &o->finder);
	for (size_t i = 0; i < rulings_count(gold); i++)
		if (slice_eq(rulings_at(gold, i)->field, field))
			ask(&aim, rulings_at(gold, i));
	put_figures(&aim, out);
	finder_free(aim.finder);
	arena_free(aim.arena);
	scores_free(aim.scores);
}

static bool
is_wanted(const char *name, struct slice s)
{
	return name == NULL || slice_is(s, name);
}

static void
each_aim(const struct evaluate_options *o, const struct rulings *gold,
    struct buf *out)
{
	struct index *aims = index_new();
	struct buf key = { 0 };

	for (size_t i = 0; i < rulings_count(gold); i++) {
		const struct ruling *one = rulings_at(gold, i);

		for (size_t k = 0; k < one->n; k++) {
			struct slice system = one->codes[k].system;
			bool fresh;

			buf_reset(&key);
			buf_add_slice(&key, one->field);
			buf_addc(&key, '/');
			buf_add_slice(&key, system);
			index_add(aims, buf_slice(&key), &fresh);
			if (fresh && is_wanted(o->field, one->field) &&
			    is_wanted(o->system, system))
				run_aim(o, gold, one->field, system, out);
		}
	}
	buf_release(&key);
	index_free(aims);
}

bool
evaluate(const struct evaluate_options *o, struct table_faults *faults,
    struct buf *out, struct err *e)
{
	struct rulings *gold = rulings_new(o->tables->terms);
	bool ok = true;

	for (size_t i = 0; o->gold[i] != NULL; i++) {
		struct buf text = { 0 };

		if (!reader_slurp(o->gold[i], LARGEST, &text, e)) {
			e->kind = ERR_USAGE;
			ok = false;
		} else {
			ok = rulings_add(gold, o->gold[i], buf_slice(&text),
				 true, faults, e) &&
			    ok;
		}
		buf_release(&text);
	}
	ok = rulings_settle(gold, faults, e) && ok;
	if (ok)
		each_aim(o, gold, out);
	rulings_free(gold);
	return ok;
}
