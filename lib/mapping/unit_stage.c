#include "mapping/unit_stage.h"

#include "base/mem.h"
#include "json/write.h"
#include "mapping/field.h"
#include "mapping/result.h"

#define MAX_ANSWERS 65536

enum { UNIT, VALUE, TO, ANALYTE, ASKED };
enum { VALID, CODE, DISPLAY, DIMENSION, RESULT, ERROR, GIVEN };

static const char *const asked_names[ASKED] = { "unit", "value", "to",
	"analyte" };
static const char *const given_names[GIVEN] = { "valid", "ucum", "display",
	"dimension", "result", "error" };

/* What does not depend on the number; JSON, n 0: there is none. */
struct answer {
	struct slice given[GIVEN];
	bool converts;
	struct conversion way;
};

struct worker {
	const struct unit_work *work;
	struct arena *arena;
	struct index *keys;
	struct answer **answers; /* in the arena */
	size_t room;
	struct buf key;
};

static void *
open_worker(void *shared, struct err *e)
{
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->work = shared;
	w->arena = arena_new();
	w->keys = index_new();
	return w;
}

static void
close_worker(void *shared, void *worker)
{
	struct worker *w = worker;

	(void)shared;
	arena_free(w->arena);
	index_free(w->keys);
	mem_free(w->answers);
	buf_release(&w->key);
	mem_free(w);
}

static struct slice
refusal(const char *code, struct arena *arena)
{
	return field_string(
	    arena, slice_of(arena_string(arena, code, strlen(code))));
}

/* The way to the other unit, or why there is none. */
static void
find_way(const struct units *u, struct answer *a, struct slice code,
    struct slice to, struct slice analyte, struct arena *arena)
{
	struct err e = { 0 };

	if (!units_code(u, to, analyte, arena, &to))
		a->given[ERROR] = SLICE("\"not_ucum\"");
	else if (units_between(u, code, to, analyte, arena, &a->way, &e))
		a->converts = true;
	else
		a->given[ERROR] = refusal(e.code, arena);
}

static void
describe(const struct units *u, struct answer *a, struct slice code,
    struct arena *arena)
{
	struct unit parsed;
	struct err ignored = { 0 };
	struct buf words = { 0 };

	a->given[CODE] = field_string(arena, code);
	if (units_display(u, code, arena, &words))
		a->given[DISPLAY] = field_string(arena, buf_slice(&words));
	if (units_parse(u, code, arena, &parsed, &ignored))
		a->given[DIMENSION] =
		    field_string(arena, ucum_dimension(&parsed, arena));
	buf_release(&words);
}

static void
make_answer(const struct units *u, struct answer *a, struct slice unit,
    struct slice to, struct slice analyte, struct arena *arena)
{
	struct slice code;

	a->given[VALID] =
	    units_valid(u, unit, arena) ? SLICE("true") : SLICE("false");
	if (!units_code(u, unit, analyte, arena, &code)) {
		a->given[CODE] = SLICE("null");
		a->given[ERROR] = SLICE("\"not_ucum\"");
		return;
	}
	code = arena_slice(arena, code);
	describe(u, a, code, arena);
	if (to.n > 0)
		find_way(u, a, code, to, analyte, arena);
}

/* Parts of a key are led by their lengths, for they hold any bytes. */
static void
key_part(struct worker *w, struct slice part)
{
	buf_add(&w->key, &part.n, sizeof(part.n));
	buf_add_slice(&w->key, part);
}

static const struct answer *
answer_of(
    struct worker *w, struct slice unit, struct slice to, struct slice analyte)
{
	bool fresh;
	size_t i;

	if (index_count(w->keys) >= MAX_ANSWERS) {
		index_free(w->keys);
		w->keys = index_new();
		arena_reset(w->arena);
	}
	buf_reset(&w->key);
	key_part(w, unit);
	key_part(w, to);
	key_part(w, analyte);
	i = index_add(w->keys, buf_slice(&w->key), &fresh);
	if (fresh) {
		w->answers =
		    mem_room(w->answers, i, &w->room, sizeof(*w->answers));
		w->answers[i] = arena_zalloc(w->arena, sizeof(struct answer));
		make_answer(
		    w->work->units, w->answers[i], unit, to, analyte, w->arena);
	}
	return w->answers[i];
}

/* The converted value, or n 0 where the text is no number. */
static struct slice
convert(const struct answer *a, struct slice value, struct arena *arena)
{
	struct slice number;
	struct decimal d;
	struct err ignored = { 0 };

	if (!result_number(value, arena, &number) ||
	    !decimal_parse(number, arena, &d, &ignored) ||
	    !conversion_apply(&a->way, &d, arena, &d, &ignored))
		return SLICE("");
	return decimal_text(&d, arena);
}

/* Sets what stands there already, for a second pass changes nothing. */
static void
put(struct worker *w, struct record *r, int which, struct slice json,
    bool answered)
{
	const struct json_member *m = record_field(r, w->work->given[which]);

	if (json.n == 0 && m != NULL && answered)
		record_drop(r, m);
	else if (json.n > 0 && m == NULL)
		record_add(r, NULL, slice_of(given_names[which]), json);
	else if (json.n > 0 && !slice_eq(record_value(r, m).text, json))
		record_set(r, m, json);
}

static bool
is_text(const struct json_member *m)
{
	return m != NULL && m->type != JSON_NULL;
}

static struct slice
text_of(struct worker *w, struct record *r, int which, const char *otherwise)
{
	const struct json_member *m = record_field(r, w->work->asked[which]);

	if (is_text(m))
		return slice_trim(record_text(r, m));
	return otherwise == NULL ? SLICE("") : slice_of(otherwise);
}

static enum verdict
answer(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct worker *w = worker;
	const struct unit_work *work = w->work;
	const struct json_member *unit = record_field(r, work->asked[UNIT]);
	struct slice value = text_of(w, r, VALUE, NULL), given[GIVEN];
	const struct answer *a;
	bool answered;

	(void)job;
	(void)e;
	if (!is_text(unit))
		return RECORD_PASS;
	a = answer_of(w, record_text(r, unit), text_of(w, r, TO, work->to),
	    text_of(w, r, ANALYTE, work->analyte));
	memcpy(given, a->given, sizeof(given));
	if (a->converts && value.n > 0) {
		given[RESULT] = convert(a, value, record_arena(r));
		if (given[RESULT].n == 0)
			given[ERROR] = SLICE("\"bad_value\"");
	}
	answered = record_field(r, work->given[VALID]) != NULL &&
	    record_field(r, work->given[CODE]) != NULL;
	for (int i = 0; i < GIVEN; i++)
		put(w, r, i, given[i], answered);
	return RECORD_PASS;
}

struct stage
unit_stage(struct unit_work *work)
{
	for (size_t i = 0; i < ASKED; i++)
		work->asked[i] =
		    index_add(work->names, slice_of(asked_names[i]), NULL);
	for (size_t i = 0; i < GIVEN; i++)
		work->given[i] =
		    index_add(work->names, slice_of(given_names[i]), NULL);
	return (struct stage){ .names = work->names,
		.shared = work,
		.open = open_worker,
		.record = answer,
		.close = close_worker };
}

struct pass {
	char **operands;
	struct stage stage;
};

static void
pass(struct run *run, void *ctx, struct err *e)
{
	const struct pass *p = ctx;

	flow_run(run, p->operands, &p->stage, e);
}

int
unit_run(const struct tables *tables, const struct run_options *run,
    const char *to, const char *analyte, char **operands, struct err *e)
{
	struct unit_work work = { .units = tables->units,
		.names = tables->names,
		.to = to,
		.analyte = analyte };
	struct pass p = { operands, unit_stage(&work) };

	return tables_run(tables, run, pass, &p, e);
}
