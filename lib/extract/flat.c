#include "extract/flat.h"

#include "extract/merge.h"
#include "extract/typed.h"
#include "io/guard.h"
#include "json/write.h"

/* A column of the file: of a named pack, or asked for by name. */
static bool
is_column(const struct extract *x, const struct indicator *d)
{
	if (d->identifying || (x->wanted != NULL && !x->wanted[d->number]))
		return false;
	return x->wanted != NULL || d->pack > 0;
}

static size_t
width(const struct extract *x)
{
	return 1 + x->on.n + catalogue_count(guide_catalogue(x->guide));
}

static void
put(struct buf *b, const struct slice *cells, size_t n)
{
	guard_put_cells(b, cells, n, 1u);
}

void
flat_head(const struct extract *x, struct buf *b)
{
	const struct catalogue *c = guide_catalogue(x->guide);
	struct arena *arena = arena_new();
	struct slice *cells = arena_alloc(arena, width(x) * sizeof(*cells));
	size_t n = 0;

	cells[n++] = SLICE("id");
	for (size_t i = 0; i < x->on.n; i++)
		cells[n++] = x->on.list[i];
	for (size_t i = 0; i < catalogue_count(c); i++)
		if (is_column(x, catalogue_at(c, i)))
			cells[n++] = catalogue_at(c, i)->id;
	put(b, cells, n);
	buf_addc(b, '\n');
	arena_free(arena);
}

/* The values of the objects of a group, one behind the other. */
static struct slice
of_objects(struct json values, struct slice group, const struct indicator *d,
    struct arena *arena)
{
	struct slice key = { d->id.p + group.n + 1, d->id.n - group.n - 1 };
	struct json array =
			json_get(values, arena_string(arena, group.p, group.n)),
		    one;
	struct json_walk walk = json_enter(array);
	struct buf all = { 0 };
	struct slice text;

	if (array.type != JSON_ARRAY)
		return SLICE("");
	for (size_t i = 0; json_next_element(&walk, &one); i++) {
		struct slice s =
		    typed_text(json_get(one, arena_string(arena, key.p, key.n)),
			NULL, arena);

		if (i > 0)
			buf_adds(&all, "; ");
		buf_add_slice(&all, s);
	}
	text = arena_slice(arena, buf_slice(&all));
	buf_release(&all);
	return text;
}

static struct slice
key_cell(const struct extract *x, struct record *r, size_t i)
{
	struct json v = text_member(r, x->names, x->on.list[i]);

	return v.type == JSON_NONE || v.type == JSON_NULL
	    ? SLICE("")
	    : json_text(v, record_arena(r));
}

/* `_mdx.id`; of a record that no tool has numbered its own `id`. */
static struct slice
id_of(const struct extract *x, struct record *r)
{
	struct slice id = record_id(r);
	struct json own;

	if (id.n > 0)
		return id;
	own = text_member(r, x->names, SLICE("id"));
	return own.type == JSON_STRING || own.type == JSON_NUMBER
	    ? json_text(own, record_arena(r))
	    : id;
}

void
flat_row(const struct extract *x, struct record *r, struct slice text,
    struct job *job)
{
	const struct catalogue *c = guide_catalogue(x->guide);
	struct arena *arena = record_arena(r);
	struct slice *cells = arena_alloc(arena, width(x) * sizeof(*cells));
	struct json values = json_of(text);
	struct buf b = { 0 };
	size_t n = 0;

	cells[n++] = id_of(x, r);
	for (size_t i = 0; i < x->on.n; i++)
		cells[n++] = key_cell(x, r, i);
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);
		struct slice group;

		if (!is_column(x, d))
			continue;
		group = guide_group(x->guide, d);
		cells[n++] = group.n > 0
		    ? of_objects(values, group, d, arena)
		    : typed_text(json_get(values,
				     arena_string(arena, d->id.p, d->id.n)),
			  NULL, arena);
	}
	put(&b, cells, n);
	flow_emit(job, buf_slice(&b));
	buf_release(&b);
}

void
flat_long(const struct extract *x, struct record *r, const struct answers *all,
    struct job *job)
{
	struct slice id = id_of(x, r);
	struct buf b = { 0 };

	for (size_t i = 0; i < all->n; i++) {
		buf_reset(&b);
		buf_addc(&b, '{');
		if (id.n > 0) {
			json_put_key(&b, "id");
			json_put_string(&b, id);
		}
		for (size_t k = 0; k < x->on.n; k++) {
			json_put_key_slice(&b, x->on.list[k]);
			json_put_string(&b, key_cell(x, r, k));
		}
		merge_entry(&b, all, &all->list[i]);
		buf_addc(&b, '}');
		flow_emit(job, buf_slice(&b));
	}
	buf_release(&b);
}

bool
flat_begin(struct run *run, const struct extract *x, struct err *e)
{
	struct buf b = { 0 };
	bool ok = true;

	if (x->output == OUTPUT_FLAT) {
		flat_head(x, &b);
		ok = run_write(run, buf_slice(&b), 0, e);
	}
	buf_release(&b);
	return ok;
}
