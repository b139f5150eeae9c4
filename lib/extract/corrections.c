#include "extract/corrections.h"

#include "extract/answer.h"
#include "extract/key.h"

bool
corrections_key(struct record *r, const struct index *names, struct strings on,
    struct slice *key, struct err *e)
{
	struct arena *arena = record_arena(r);
	const struct slice *parts;

	*key = record_id(r);
	if (key->n > 0)
		return true;
	if (on.n == 0)
		return err_data(
		    e, "no_key", "no _mdx.id (--on names another key)");
	parts = key_of(r, names, on, e);
	if (parts == NULL)
		return err_data(
		    e, "no_key", "neither _mdx.id nor the members of --on");
	*key = key_shown(parts, on.n, arena);
	return true;
}

static bool
read_row(const struct filled_row *row, const struct catalogue *c,
    struct json indicators, struct json entries, struct arena *arena,
    struct hand *h, struct err *e)
{
	const struct indicator *d = answer_row(c, row->path, arena);
	struct json entry = hand_entry(entries, row->path, arena);
	struct json value = hand_at(indicators, row->path, arena);
	struct json unit = json_get(entry, "unit");

	if (row->rival != 0)
		return err_data(e, "two_values",
		    "line %llu says otherwise of the same path: leave one",
		    (unsigned long long)row->rival);
	if (entry.type == JSON_NONE && value.type == JSON_NONE)
		return err_data(
		    e, "unknown_path", "the record has no such indicator");
	if (!hand_value(row, d, entry, value, arena, &h->value, e))
		return false;
	h->path = row->path;
	h->by = row->reviewer;
	h->unit = d != NULL            ? d->unit
	    : unit.type == JSON_STRING ? json_text(unit, arena)
				       : SLICE("");
	return true;
}

static void
add(struct changes *c, const struct hand *h)
{
	c->by = h->by;
	c->applied++;
	for (size_t i = 0; i < c->n; i++)
		if (slice_eq(c->list[i].path, h->path))
			return; /* said twice, and the same */
	c->list[c->n++] = *h;
}

bool
corrections_read(const struct filled *f, long first, const struct catalogue *c,
    struct json indicators, struct json entries, struct arena *arena,
    corrections_tell *tell, void *ctx, struct changes *out, struct err *e)
{
	size_t rows = 0;

	for (long i = first; i >= 0; i = filled_at(f, (size_t)i)->next)
		rows++;
	*out = (struct changes){ .by = SLICE("") };
	out->list = arena_alloc(arena, (rows + 1) * sizeof(*out->list));
	for (long i = first; i >= 0; i = filled_at(f, (size_t)i)->next) {
		const struct filled_row *row = filled_at(f, (size_t)i);
		struct hand h = { 0 };
		struct err why = { 0 };

		if (row->new_value.n == 0) {
			out->open++;
		} else if (read_row(
			       row, c, indicators, entries, arena, &h, &why)) {
			add(out, &h);
			if (!tell(ctx, row, NULL, e))
				return false;
		} else {
			out->open++;
			if (!tell(ctx, row, &why, e))
				return false;
		}
	}
	return true;
}

bool
corrections_check(const struct filled *f, const struct catalogue *c,
    struct table_faults *faults, struct err *e)
{
	struct arena *arena = arena_new();
	struct json none = { { "", 0 }, JSON_NONE };
	bool ok = true;

	for (size_t i = 0; i < filled_count(f); i++) {
		const struct filled_row *row = filled_at(f, i);
		const struct indicator *d;
		struct slice json;
		struct err why = { 0 };

		if (row->new_value.n == 0)
			continue;
		d = answer_row(c, row->path, arena);
		if (row->rival != 0)
			ok = table_fault(faults, filled_path(f), row->line, e,
			    "line %llu says otherwise of the same path: leave "
			    "one",
			    (unsigned long long)row->rival);
		else if (d == NULL)
			ok = table_fault(faults, filled_path(f), row->line, e,
			    "path: the packs have no such indicator");
		else if (!slice_is(row->new_value, "=") &&
		    !hand_value(row, d, none, none, arena, &json, &why))
			ok = table_fault(faults, filled_path(f), row->line, e,
			    "%s", why.text);
	}
	arena_free(arena);
	return ok;
}
