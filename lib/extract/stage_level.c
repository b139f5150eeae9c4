/*
 * What each level finds in a record: members, the text, what is joined.
 */
#include "base/decimal.h"
#include "extract/choose.h"
#include "extract/key.h"
#include "extract/rival.h"
#include "extract/stage_part.h"
#include "extract/text.h"

/* Text that is a number becomes one where the row says number. */
static struct slice
as_typed(const struct indicator *d, struct json v, struct arena *arena)
{
	struct decimal number;
	struct err e;

	if (v.type == JSON_STRING &&
	    (d->type == TYPE_NUMBER || d->type == TYPE_INTEGER ||
		d->type == TYPE_PERCENT || d->type == TYPE_DURATION) &&
	    decimal_parse(slice_trim(json_text(v, arena)), arena, &number, &e))
		return decimal_text(&number, arena);
	return v.text;
}

void
stage_level1(
    struct worker *w, struct record *r, struct slice kind, struct answers *out)
{
	struct arena *arena = record_arena(r);

	for (size_t i = 0; i < w->ntaken; i++) {
		const struct indicator *d = w->taken[i].d;
		struct answer *a;
		struct json v;

		if (record_field(r, w->taken[i].member) == NULL ||
		    !indicator_of_kind(d, kind))
			continue;
		v = text_member(r, w->x->names, d->source);
		if (v.type == JSON_NONE)
			continue;
		a = answers_add(out, arena);
		a->d = d;
		a->key = d->id;
		a->engine = ENGINE_FIELD;
		if (v.type == JSON_NULL)
			continue;
		a->status = STATUS_OK;
		a->value = as_typed(d, v, arena);
		a->evidence = arena_zalloc(arena, sizeof(*a->evidence));
		a->evidence->src = d->source.p[0] == '/'
		    ? d->source
		    : slice_of(arena_printf(
			  arena, "/%.*s", (int)d->source.n, d->source.p));
	}
}

void
stage_course(struct worker *w, struct record *r, struct answers *out)
{
	struct json gathered = text_member(r, w->x->names, SLICE("gathered"));

	if (gathered.type == JSON_OBJECT)
		series_plan_find(guide_series(w->x->guide), gathered,
		    w->x->wanted, out, record_arena(r));
}

void
stage_known_groups(struct worker *w, struct record *r, struct answers *out)
{
	struct json old = record_value(r, record_field(r, w->member));
	struct strings names = guide_groups(w->x->guide);
	struct arena *arena = record_arena(r);

	if (out->groups == NULL) {
		out->ngroups = names.n;
		out->groups =
		    arena_zalloc(arena, (names.n + 1) * sizeof(*out->groups));
		for (size_t i = 0; i < names.n; i++)
			out->groups[i].name = names.list[i];
	}
	for (size_t i = 0; i < out->ngroups; i++) {
		struct group_answers *g = &out->groups[i];
		struct json array = old.type != JSON_OBJECT
		    ? (struct json){ { "", 0 }, JSON_NONE }
		    : json_get(old, arena_string(arena, g->name.p, g->name.n));

		if (!g->asked && array.type == JSON_ARRAY &&
		    json_length(array) > g->nobjects)
			g->nobjects = (unsigned)json_length(array);
	}
}

static void
drop_unwanted(
    const struct extract *x, const struct doctype *type, struct answers *out)
{
	size_t n = 0;

	if (x->wanted == NULL)
		return;
	for (size_t i = 0; i < out->n; i++)
		if (stage_is_wanted(x, out->list[i].d))
			out->list[n++] = out->list[i];
	out->n = n;
	for (size_t g = 0; g < out->ngroups; g++)
		out->groups[g].asked = false;
	for (size_t i = 0; i < type->nfields; i++)
		if (type->fields[i].group >= 0 &&
		    stage_is_wanted(x, type->fields[i].d))
			out->groups[type->fields[i].group].asked = true;
}

void
stage_level2(struct worker *w, struct record *r, struct strings members,
    struct extract_work *k)
{
	struct text *text = &k->text;

	if (!text_gather(text, r, w->x->names, members)) {
		static const struct slice pointer = { "/text", 5 };

		w->no_text++;
		text->sources[0] = (struct source){ .pointer = pointer };
		text->n = 1;
		text->all = SLICE("");
	}
	reading_make(&k->reading, k->type, text->all, record_arena(r));
	candidates_find(&k->found, &k->reading);
	choose(&k->answers, &k->reading, &k->found, text->sources, text->n);
	if (w->x->trace)
		rivals_add(&k->answers, &k->reading, &k->found, text->sources,
		    text->n);
	drop_unwanted(w->x, k->type, &k->answers);
}

void
stage_level4(struct worker *w, struct record *r, struct answers *out)
{
	const struct extract *x = w->x;
	const struct slice *key;

	if (x->join == NULL)
		return;
	key = key_of(r, x->names, x->on, &(struct err){ 0 });
	if (key == NULL)
		return;
	join_find(x->join, key, x->wanted, out, w->met.joined, record_arena(r));
}
