#include "extract/review.h"

#include "base/decimal.h"
#include "base/digest.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract/hand.h"
#include "extract/answer.h"
#include "extract/corrections.h"
#include "extract/key.h"
#include "json/write.h"
#include "record/flow.h"
#include "io/guard.h"

#define AROUND 16 /* characters of context on either side */

enum {
	KEY,
	PATH,
	NAME,
	VALUE,
	UNIT,
	STATUS,
	WHY,
	QUOTE,
	CONTEXT,
	CLAIMED,
	NEW_VALUE,
	REVIEWER,
	NOTE,
	CELLS
};

/* The text that the last quote stood in: most stand in the same one. */
struct told {
	struct slice pointer, text;
	size_t codes;
};

struct worker {
	struct review_export *x;
	struct index *names;
	struct told told;
};

struct index *
review_names(struct strings on)
{
	struct index *names = record_names();

	index_add(names, SLICE("indicators"), NULL);
	key_names(names, on);
	return names;
}

bool
review_share(const char *text, unsigned *of_million)
{
	struct slice s = slice_of(text);
	struct arena *arena = arena_new();
	struct decimal d, scale = decimal_of_long(10000, arena);
	long long n = 0;
	bool ok = s.n > 1 && s.p[s.n - 1] == '%' &&
	    decimal_parse((struct slice){ s.p, s.n - 1 }, arena, &d, NULL) &&
	    decimal_mul(&d, &scale, arena, &d, NULL);

	if (ok) {
		d = decimal_places(&d, 0, arena);
		ok = decimal_long(&d, &n) && n >= 0 && n <= 1000000;
	}
	arena_free(arena);
	*of_million = (unsigned)n;
	return ok;
}

/* --- cells --------------------------------------------------------------- */

/* As a person writes it: 12x9x8, 是, 2-3, and texts without their quotes. */
static struct slice
shown(struct json v, struct arena *arena)
{
	struct json_walk walk = json_enter(v);
	struct buf b = { 0 };
	struct json one;
	struct slice out;

	switch (v.type) {
	case JSON_NONE:
	case JSON_NULL:
		return SLICE("");
	case JSON_TRUE:
		return SLICE("是");
	case JSON_FALSE:
		return SLICE("否");
	case JSON_ARRAY:
		while (json_next_element(&walk, &one)) {
			if (one.type != JSON_NUMBER) {
				buf_release(&b);
				return v.text;
			}
			if (b.n > 0)
				buf_addc(&b, 'x');
			buf_add_slice(&b, one.text);
		}
		out = arena_slice(arena, buf_slice(&b));
		buf_release(&b);
		return out;
	default:
		return json_text(v, arena);
	}
}

/* "40 | 45" */
static struct slice
alternatives(struct json list, struct arena *arena)
{
	struct json_walk walk = json_enter(list);
	struct buf all = { 0 };
	struct slice text;
	struct json one;

	if (list.type != JSON_ARRAY)
		return shown(list, arena);
	while (json_next_element(&walk, &one)) {
		if (all.n > 0)
			buf_adds(&all, " | ");
		buf_add_slice(&all, shown(one, arena));
	}
	text = arena_slice(arena, buf_slice(&all));
	buf_release(&all);
	return text;
}

static struct slice
one_line(struct slice text, struct arena *arena)
{
	char *out = arena_string(arena, text.p, text.n);

	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)out[i] < ' ')
			out[i] = ' ';
	return (struct slice){ out, text.n };
}

static void
tell(struct told *t, struct record *r, struct slice pointer)
{
	if (t->pointer.n > 0 && slice_eq(t->pointer, pointer))
		return;
	t->pointer = pointer;
	t->text = json_text(
	    json_pointer(json_of(record_line(r)), pointer), record_arena(r));
	t->codes = utf8_count(t->text.p, t->text.n);
}

/* The words around the quote, in the member that it stands in. */
static struct slice
context(struct worker *w, struct record *r, struct json entry)
{
	struct arena *arena = record_arena(r);
	struct json span = json_get(entry, "span"), from, to;
	struct json_walk walk = json_enter(span);
	struct slice text;
	unsigned long long a, b;
	size_t begin, end;

	if (span.type != JSON_ARRAY || !json_next_element(&walk, &from) ||
	    !json_next_element(&walk, &to) || !slice_number(from.text, &a) ||
	    !slice_number(to.text, &b))
		return SLICE("");
	tell(&w->told, r, json_text(json_get(entry, "src"), arena));
	text = w->told.text;
	if (a > b || b > w->told.codes)
		return SLICE("");
	begin = utf8_offset(text.p, text.n, a < AROUND ? 0 : a - AROUND);
	end = begin +
	    utf8_offset(text.p + begin, text.n - begin,
		b - a + (a < AROUND ? a : AROUND) + AROUND);
	return one_line((struct slice){ text.p + begin, end - begin }, arena);
}

static void
put_row(struct worker *w, struct record *r, struct slice key, struct json entry,
    struct job *job)
{
	struct arena *arena = record_arena(r);
	struct slice cells[CELLS] = { 0 };
	const struct indicator *d;
	struct buf b = { 0 };

	for (size_t i = 0; i < CELLS; i++)
		cells[i] = SLICE("");
	cells[KEY] = key;
	cells[PATH] = json_text(json_get(entry, "path"), arena);
	d = answer_row(w->x->catalogue, cells[PATH], arena);
	if (d != NULL)
		cells[NAME] = d->name_zh;
	cells[VALUE] = shown(json_get(entry, "value"), arena);
	cells[UNIT] = shown(json_get(entry, "unit"), arena);
	cells[STATUS] = shown(json_get(entry, "status"), arena);
	cells[WHY] = shown(json_get(entry, "why"), arena);
	cells[QUOTE] = one_line(shown(json_get(entry, "quote"), arena), arena);
	cells[CONTEXT] = context(w, r, entry);
	cells[CLAIMED] = slice_is(cells[STATUS], "conflict")
	    ? alternatives(json_get(entry, "claimed"), arena)
	    : shown(json_get(entry, "claimed"), arena);
	guard_put_cells(&b, cells, CELLS, 1u << KEY | 1u << QUOTE);
	flow_emit(job, buf_slice(&b));
	buf_release(&b);
	w->x->rows++;
}

/* --- export -------------------------------------------------------------- */

static bool
is_doubtful(struct json entry, struct arena *arena)
{
	static const char *const words[] = { "conflict", "uncertain",
		"ungrounded", "failed", "out_of_range" };
	struct slice status = json_text(json_get(entry, "status"), arena);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(status, words[i]))
			return true;
	return json_get(entry, "why").type == JSON_STRING;
}

static bool
is_sampled(const struct review_export *x, struct slice key)
{
	uint8_t digest[DIGEST_SIZE];
	uint32_t n;

	digest_bytes(key.p, key.n, digest);
	n = (uint32_t)digest[0] << 24 | (uint32_t)digest[1] << 16 |
	    (uint32_t)digest[2] << 8 | digest[3];
	return (uint64_t)n * 1000000 < (uint64_t)x->sample << 32;
}

static enum verdict
export_record(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct worker *w = worker;
	struct arena *arena = record_arena(r);
	struct json entries = record_trail(r, "extract"), one;
	struct json_walk walk = json_enter(entries);
	struct slice key;
	bool sampled;

	w->told = (struct told){ 0 };
	if (entries.type != JSON_ARRAY) {
		job->reason = "no_extract";
		return RECORD_SKIP;
	}
	if (!corrections_key(r, w->names, w->x->on, &key, e))
		return RECORD_SET_ASIDE;
	if (hand_entry(entries, SLICE(HAND_REVIEWED), arena).type !=
	    JSON_NONE) {
		w->x->reviewed++;
		return RECORD_TAKEN;
	}
	sampled = is_sampled(w->x, key);
	while (json_next_element(&walk, &one))
		if (one.type == JSON_OBJECT &&
		    (sampled || is_doubtful(one, arena)))
			put_row(w, r, key, one, job);
	return RECORD_TAKEN;
}

bool
review_export(struct run *run, char *const *operands, struct review_export *x,
    struct err *e)
{
	struct worker w = { x, review_names(x->on) };
	struct stage stage = { .names = w.names,
		.shared = &w,
		.ordered = true,
		.record = export_record };
	bool ok = run_write(run,
		      SLICE("\xEF\xBB\xBFkey,path,name,value,unit,status,why,"
			    "quote,context,claimed,new_value,reviewer,note\n"),
		      0, e) &&
	    flow_run(run, operands, &stage, e);

	index_free(w.names);
	return ok;
}
