#include "extract/eval.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "json/value.h"
#include "json/write.h"

#define LARGEST ((size_t)1 << 30)

struct tally {
	unsigned long right;   /* all fields that agree, nulls counted */
	unsigned long matched; /* values that agree */
	unsigned long wrong, missing, invented;
	unsigned long evidence, evidence_right;
};

struct score {
	struct arena *arena;
	struct index *ids; /* of indicators, for the table */
	struct tally *rows;
	size_t room;
	struct tally all;
	unsigned long records, whole;
	unsigned long gold_only, pred_only; /* records of one file alone */
};

static struct tally *
row_of(struct score *s, struct slice id)
{
	bool fresh;
	size_t i = index_add(s->ids, id, &fresh);

	if (fresh) {
		s->rows = mem_room(s->rows, i, &s->room, sizeof(*s->rows));
		s->rows[i] = (struct tally){ 0 };
	}
	return &s->rows[i];
}

static bool
is_nothing(const struct value *v)
{
	return v == NULL || v->type == JSON_NULL;
}

/* Numbers by value, all else by form. */
static bool
same(const struct value *a, const struct value *b, struct arena *arena)
{
	struct decimal x, y;
	struct err e;

	if (a->type != b->type)
		return false;
	switch (a->type) {
	case JSON_NUMBER:
		return decimal_parse(a->text, arena, &x, &e) &&
		    decimal_parse(b->text, arena, &y, &e) &&
		    decimal_cmp(&x, &y) == 0;
	case JSON_STRING:
		return slice_eq(a->text, b->text);
	case JSON_ARRAY:
	case JSON_OBJECT:
		if (a->count != b->count)
			return false;
		for (size_t i = 0; i < a->count; i++)
			if ((a->type == JSON_OBJECT &&
				!slice_eq(a->keys[i], b->keys[i])) ||
			    !same(&a->items[i], &b->items[i], arena))
				return false;
		return true;
	default:
		return true;
	}
}

/* Without blanks, one quote must hold the other. */
static bool
overlaps(struct slice a, struct slice b)
{
	return slice_find(a, b) != NULL || slice_find(b, a) != NULL;
}

static struct slice
squeezed(struct slice s, struct arena *arena)
{
	char *p = arena_alloc(arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\r')
			p[n++] = s.p[i];
	return (struct slice){ p, n };
}

static bool
quotes(const struct value *entry, struct slice gold, struct arena *arena)
{
	const struct value *more = value_get(entry, "more");

	if (overlaps(squeezed(value_text(entry, "quote", ""), arena), gold))
		return true;
	for (size_t i = 0; more != NULL && i < more->count; i++)
		if (overlaps(squeezed(value_text(&more->items[i], "quote", ""),
				 arena),
			gold))
			return true;
	return false;
}

static void
judge_evidence(struct score *s, const struct value *gold,
    const struct value *pred, const char *path, struct tally *t)
{
	const struct value *want = value_get(value_get(gold, "evidence"), path);
	const struct value *list =
	    value_get(value_get(pred, "_mdx"), "extract");

	if (want == NULL || want->type != JSON_STRING || list == NULL)
		return;
	t->evidence++;
	for (size_t i = 0; i < list->count; i++)
		if (slice_is(value_text(&list->items[i], "path", ""), path))
			t->evidence_right += quotes(&list->items[i],
			    squeezed(want->text, s->arena), s->arena);
}

static bool
judge(struct score *s, const struct value *gold, const struct value *pred,
    const char *path, struct slice id, const struct value *want,
    const struct value *got)
{
	struct tally *t = row_of(s, id);

	if (is_nothing(want) && is_nothing(got)) {
		t->right++;
		return true;
	}
	if (is_nothing(want)) {
		t->invented++;
	} else if (is_nothing(got)) {
		t->missing++;
	} else if (same(want, got, s->arena)) {
		t->right++;
		t->matched++;
		judge_evidence(s, gold, pred, path, t);
		return true;
	} else {
		t->wrong++;
	}
	return false;
}

static bool
is_group(const struct value *v)
{
	return v != NULL && v->type == JSON_ARRAY &&
	    (v->count == 0 || v->items[0].type == JSON_OBJECT);
}

/* Every member of either object that gold speaks of in any record. */
static bool
judge_group(struct score *s, const struct value *gold, const struct value *pred,
    struct slice name, const struct value *want, const struct value *got)
{
	size_t n = want->count;
	bool whole = true;

	if (got != NULL && got->type == JSON_ARRAY && got->count > n)
		n = got->count;
	for (size_t i = 0; i < n; i++) {
		const struct value *w =
		    i < want->count ? &want->items[i] : NULL;
		const struct value *g =
		    got != NULL && got->type == JSON_ARRAY && i < got->count
		    ? &got->items[i]
		    : NULL;
		const struct value *keys = w != NULL ? w : g;

		for (size_t k = 0; k < keys->count; k++) {
			const char *key = arena_string(
			    s->arena, keys->keys[k].p, keys->keys[k].n);
			const char *id = arena_printf(
			    s->arena, "%.*s.%s", (int)name.n, name.p, key);

			/* L3 and L4 are no part of a gold set. */
			if (w == NULL && index_find(s->ids, slice_of(id)) < 0)
				continue;
			whole &= judge(s, gold, pred,
			    arena_printf(s->arena, "%.*s.%zu.%s", (int)name.n,
				name.p, i + 1, key),
			    slice_of(id), value_get(w, key), value_get(g, key));
		}
	}
	return whole;
}

static void
judge_record(
    struct score *s, const struct value *gold, const struct value *pred)
{
	const struct value *want = value_get(gold, "indicators");
	const struct value *got = value_get(pred, "indicators");
	bool whole = true;

	for (size_t i = 0; want != NULL && i < want->count; i++) {
		const char *id =
		    arena_string(s->arena, want->keys[i].p, want->keys[i].n);
		const struct value *w = &want->items[i];
		const struct value *g = value_get(got, id);

		whole &= is_group(w)
		    ? judge_group(s, gold, pred, want->keys[i], w, g)
		    : judge(s, gold, pred, id, want->keys[i], w, g);
	}
	s->records++;
	s->whole += whole;
}

/* --- reading ------------------------------------------------------------- */

struct set {
	struct value **list;
	size_t n, room;
	struct index *ids;
	size_t *places; /* of the ids, in the list */
	size_t places_room;
};

static struct slice
id_of(const struct value *v)
{
	struct slice id = value_text(v, "id", "");

	return id.n > 0 ? id : value_text(value_get(v, "_mdx"), "id", "");
}

static const struct value *
find(const struct set *set, struct slice id)
{
	long k = id.n == 0 ? -1 : index_find(set->ids, id);

	return k < 0 ? NULL : set->list[set->places[k]];
}

/* A record without an id meets none; two of one id would hide one another. */
static bool
keep(struct set *set, struct value *v, struct err *e)
{
	struct slice id = id_of(v);
	bool fresh;
	size_t k;

	if (id.n > 0) {
		k = index_add(set->ids, id, &fresh);
		if (!fresh)
			return err_set(e, ERR_INPUT, "its id has come before");
		set->places = mem_room(
		    set->places, k, &set->places_room, sizeof(*set->places));
		set->places[k] = set->n;
	}
	set->list = mem_room(set->list, set->n, &set->room, sizeof(*set->list));
	set->list[set->n++] = v;
	return true;
}

static bool
load(struct set *set, const char *path, struct arena *arena, struct err *e)
{
	struct buf b = { 0 };
	struct slice rest, line;
	unsigned long number = 0;
	bool ok = reader_slurp(path, LARGEST, &b, e);

	set->ids = index_new();
	rest = buf_slice(&b);
	while (ok && slice_next(&rest, '\n', &line)) {
		struct value *v;

		number++;
		if (slice_trim(line).n == 0)
			continue;
		v = value_parse(arena, line.p, line.n, e);
		ok = v != NULL && keep(set, v, e);
		if (!ok) {
			e->kind = ERR_INPUT;
			err_wrap(e, "%s:%lu", path, number);
		}
	}
	buf_release(&b);
	return ok;
}

/* --- printing ------------------------------------------------------------ */

static double
share(unsigned long part, unsigned long of)
{
	return of == 0 ? 1 : (double)part / (double)of;
}

static void
add(struct tally *to, const struct tally *t)
{
	to->right += t->right;
	to->matched += t->matched;
	to->wrong += t->wrong;
	to->missing += t->missing;
	to->invented += t->invented;
	to->evidence += t->evidence;
	to->evidence_right += t->evidence_right;
}

struct figures {
	unsigned long fields;
	double accuracy, precision, recall, f1;
};

static struct figures
figures_of(const struct tally *t)
{
	unsigned long found = t->matched + t->wrong + t->invented;
	unsigned long stated = t->matched + t->wrong + t->missing;
	struct figures f = { .fields = t->right + t->wrong + t->missing +
		    t->invented };

	f.accuracy = share(t->right, f.fields);
	f.precision = share(t->matched, found);
	f.recall = share(t->matched, stated);
	f.f1 = f.precision + f.recall == 0
	    ? 0
	    : 2 * f.precision * f.recall / (f.precision + f.recall);
	return f;
}

static void
put_row(struct buf *b, struct slice id, const struct tally *t)
{
	struct figures f = figures_of(t);

	buf_addf(b, "%-22.*s %6lu %6lu %5lu %7lu %8lu  %.3f %.3f %.3f %.3f",
	    (int)id.n, id.p, f.fields, t->right, t->wrong, t->missing,
	    t->invented, f.accuracy, f.precision, f.recall, f.f1);
	if (t->evidence > 0)
		buf_addf(b, "  %.3f", share(t->evidence_right, t->evidence));
	buf_addc(b, '\n');
}

static void
put_table(struct buf *b, const struct score *s)
{
	buf_addf(b, "%-22s %6s %6s %5s %7s %8s  %-5s %-5s %-5s %-5s  %s\n",
	    "indicator", "fields", "right", "wrong", "missing", "invented",
	    "acc", "P", "R", "F1", "evidence");
	for (size_t i = 0; i < index_count(s->ids); i++)
		put_row(b, index_name(s->ids, i), &s->rows[i]);
	put_row(b, SLICE("all"), &s->all);
	buf_addf(b, "records %lu, whole %lu (%.3f)\n", s->records, s->whole,
	    share(s->whole, s->records));
	if (s->gold_only > 0)
		buf_addf(b, "of gold without a prediction %lu\n", s->gold_only);
	if (s->pred_only > 0)
		buf_addf(b, "predicted without gold %lu, not counted\n",
		    s->pred_only);
}

static void
put_json(struct buf *b, const struct score *s)
{
	struct figures f = figures_of(&s->all);

	buf_addf(b,
	    "{\"accuracy\":%.4f,\"precision\":%.4f,\"recall\":%.4f,"
	    "\"f1\":%.4f,\"right\":%lu,\"wrong\":%lu,\"missing\":%lu,"
	    "\"invented\":%lu,\"records\":%lu,\"whole\":%.4f,"
	    "\"evidence\":%.4f,\"gold_only\":%lu,\"pred_only\":%lu}\n",
	    f.accuracy, f.precision, f.recall, f.f1, s->all.right, s->all.wrong,
	    s->all.missing, s->all.invented, s->records,
	    share(s->whole, s->records),
	    share(s->all.evidence_right, s->all.evidence), s->gold_only,
	    s->pred_only);
}

/* Each record of gold with its prediction, and what either file has alone. */
static void
compare(struct score *s, const struct set *want, const struct set *got)
{
	size_t met = 0;

	for (size_t i = 0; i < want->n; i++) {
		const struct value *pred = find(got, id_of(want->list[i]));

		met += pred != NULL;
		judge_record(s, want->list[i], pred);
	}
	s->gold_only = want->n - met;
	s->pred_only = got->n - met;
}

bool
eval(
    const char *gold, const char *pred, bool json, struct buf *b, struct err *e)
{
	struct score s = { .arena = arena_new(), .ids = index_new() };
	struct set want = { 0 }, got = { 0 };
	bool ok = load(&want, gold, s.arena, e) && load(&got, pred, s.arena, e);

	if (ok)
		compare(&s, &want, &got);
	for (size_t i = 0; i < index_count(s.ids); i++)
		add(&s.all, &s.rows[i]);
	/* All right of nothing would read as a perfect score. */
	if (ok && index_count(s.ids) == 0)
		ok = err_set(
		    e, ERR_INPUT, "%s: no indicator to compare with", gold);
	if (ok)
		(json ? put_json : put_table)(b, &s);
	index_free(s.ids);
	index_free(want.ids);
	index_free(got.ids);
	mem_free(want.list);
	mem_free(got.list);
	mem_free(want.places);
	mem_free(got.places);
	mem_free(s.rows);
	arena_free(s.arena);
	return ok;
}
