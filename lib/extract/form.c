#include "extract/form.h"

#include "base/hash.h"
#include "base/mem.h"
#include "extract/key.h"
#include "extract/typed.h"
#include "io/guard.h"
#include "io/table.h"
#include "record/flow.h"

#define MOST_KEYS 1000000 /* who would fill in more by hand? */

static const char instrument[] = "followup"; /* of what does not repeat */

bool
form_name(struct slice id, char out[FORM_NAME + 1])
{
	size_t n = 0;

	for (; n < id.n && n < FORM_NAME; n++) {
		char c = id.p[n];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			c = '_';
		out[n] = c;
	}
	out[n] = '\0';
	return n > 0 && out[0] >= 'a' && out[0] <= 'z';
}

bool
form_check(const struct catalogue *c, struct err *e)
{
	struct index *names = index_new();
	const struct indicator **first = NULL;
	size_t room = 0;
	bool ok = true;

	for (size_t i = 0; i < catalogue_count(c) && ok; i++) {
		const struct indicator *d = catalogue_at(c, i);
		char name[FORM_NAME + 1];
		bool fresh;
		size_t k;

		if (d->level != 4)
			continue;
		ok = form_name(d->id, name) ||
		    err_set(e, ERR_USAGE,
			"'%.*s' has no name for a form: a letter must be first",
			(int)d->id.n, d->id.p);
		k = index_add(names, slice_of(name), &fresh);
		if (fresh) {
			first = mem_room(first, k, &room, sizeof(*first));
			first[k] = d;
		} else {
			ok = err_set(e, ERR_USAGE,
			    "'%.*s' and '%.*s' fall together as '%s' in a "
			    "form: rename one",
			    (int)first[k]->id.n, first[k]->id.p, (int)d->id.n,
			    d->id.p, name);
		}
	}
	index_free(names);
	mem_free(first);
	return ok;
}

/* --- the dictionary of REDCap -------------------------------------------- */

enum {
	VARIABLE,
	FORM,
	SECTION,
	TYPE,
	LABEL,
	CHOICES,
	FIELD_NOTE,
	VALIDATION,
	LEAST,
	MOST,
	IDENTIFIER,
	CELLS = 18
};

static const char *const heads[CELLS] = { "Variable / Field Name", "Form Name",
	"Section Header", "Field Type", "Field Label",
	"Choices, Calculations, OR Slider Labels", "Field Note",
	"Text Validation Type OR Show Slider Number", "Text Validation Min",
	"Text Validation Max", "Identifier?",
	"Branching Logic (Show field only if...)", "Required Field?",
	"Custom Alignment", "Question Number (surveys only)",
	"Matrix Group Name", "Matrix Ranking?", "Field Annotation" };

static struct slice
choices(const struct indicator *d, struct arena *arena)
{
	struct slice all = SLICE("");

	for (size_t i = 0; i < d->ncodes; i++) {
		struct slice code = typed_code(d, i, arena),
			     label = d->codes[i].code;

		all = slice_of(arena_printf(arena, "%.*s%s%.*s, %.*s",
		    (int)all.n, all.p, i > 0 ? " | " : "", (int)code.n, code.p,
		    (int)label.n, label.p));
	}
	return all;
}

static void
describe(const struct indicator *d, struct slice *cells, struct arena *arena)
{
	cells[TYPE] = SLICE("text");
	cells[FIELD_NOTE] = d->unit;
	cells[LEAST] = d->low;
	cells[MOST] = d->high;
	switch (d->type) {
	case TYPE_NUMBER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		cells[VALIDATION] = SLICE("number");
		return;
	case TYPE_INTEGER:
		cells[VALIDATION] = SLICE("integer");
		return;
	case TYPE_DATE:
		cells[VALIDATION] = SLICE("date_ymd");
		break;
	case TYPE_BOOL:
		cells[TYPE] = SLICE("yesno");
		break;
	case TYPE_CODE:
		if (d->ncodes > 0) {
			cells[TYPE] = SLICE("dropdown");
			cells[CHOICES] = choices(d, arena);
		}
		break;
	case TYPE_DIMS:
		cells[FIELD_NOTE] = slice_of(arena_printf(
		    arena, "12x9x8 %.*s", (int)d->unit.n, d->unit.p));
		break;
	default:
		break;
	}
	cells[LEAST] = cells[MOST] = SLICE("");
}

static void
blank(struct slice *cells, size_t n)
{
	for (size_t i = 0; i < n; i++)
		cells[i] = SLICE("");
}

bool
form_dictionary(
    const struct guide *guide, struct strings on, struct buf *b, struct err *e)
{
	const struct catalogue *c = guide_catalogue(guide);
	struct arena *arena = arena_new();
	struct slice cells[CELLS];
	bool ok = form_check(c, e);

	for (size_t i = 0; i < CELLS; i++)
		cells[i] = slice_of(heads[i]);
	table_put_row(b, cells, CELLS);
	for (size_t i = 0; i < on.n; i++) {
		blank(cells, CELLS);
		cells[VARIABLE] = cells[LABEL] = on.list[i];
		cells[FORM] = SLICE(instrument);
		cells[TYPE] = SLICE("text");
		cells[IDENTIFIER] = SLICE("y");
		table_put_row(b, cells, CELLS);
	}
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct indicator *d = catalogue_at(c, i);
		char name[FORM_NAME + 1];
		struct slice group;

		if (d->level != 4)
			continue;
		form_name(d->id, name);
		group = guide_group(guide, d);
		blank(cells, CELLS);
		cells[VARIABLE] = slice_of(name);
		cells[FORM] = group.n > 0 ? group : SLICE(instrument);
		cells[LABEL] = d->name_zh;
		describe(d, cells, arena);
		table_put_row(b, cells, CELLS);
	}
	arena_free(arena);
	return ok;
}

/* --- the table ----------------------------------------------------------- */

struct column_of {
	const struct indicator *d;
	struct slice group; /* n 0: of none */
	struct slice key;   /* without the group */
	char name[FORM_NAME + 1];
};

struct line {
	struct slice group; /* n 0: what does not repeat */
	size_t instance;
	struct slice *values; /* one a column */
	struct line *next;
};

struct sheet {
	const struct guide *guide;
	struct strings on;
	struct index *names, *keys;
	struct arena *arena;
	size_t member;
	struct column_of *columns;
	size_t ncolumns;
	bool *texts;         /* of all cells of a row: no number, no date */
	struct line **lines; /* one list a key, the first has no group */
	struct slice **key_cells;
	size_t room, keys_room;
};

static void
list_columns(struct sheet *s)
{
	const struct catalogue *c = guide_catalogue(s->guide);

	s->columns = arena_zalloc(
	    s->arena, (catalogue_count(c) + 1) * sizeof(*s->columns));
	s->texts = arena_zalloc(s->arena, s->on.n + 2 + catalogue_count(c));
	for (size_t i = 0; i < s->on.n; i++)
		s->texts[i] = true;
	for (size_t i = 0; i < catalogue_count(c); i++) {
		struct column_of *col = &s->columns[s->ncolumns];

		col->d = catalogue_at(c, i);
		if (col->d->level != 4)
			continue;
		s->texts[s->on.n + 2 + s->ncolumns++] = typed_is_text(col->d);
		form_name(col->d->id, col->name);
		col->group = guide_group(s->guide, col->d);
		col->key = col->d->id;
		if (col->group.n > 0)
			col->key = slice_span(col->d->id.p + col->group.n + 1,
			    col->d->id.p + col->d->id.n);
	}
}

static struct line *
line_of(struct sheet *s, size_t key, struct slice group, size_t instance)
{
	struct line **at = &s->lines[key];

	for (; *at != NULL; at = &(*at)->next)
		if (slice_eq((*at)->group, group) &&
		    (*at)->instance == instance)
			return *at;
	*at = arena_zalloc(s->arena, sizeof(**at));
	(*at)->group = group;
	(*at)->instance = instance;
	(*at)->values =
	    arena_alloc(s->arena, (s->ncolumns + 1) * sizeof(struct slice));
	blank((*at)->values, s->ncolumns);
	return *at;
}

/* What is known is as it would be typed; the last record of a key counts. */
static void
fill(struct sheet *s, struct line *l, struct json object, struct arena *arena)
{
	for (size_t i = 0; i < s->ncolumns; i++) {
		const struct column_of *c = &s->columns[i];
		struct json v;

		if (!slice_eq(c->group, l->group) || object.type != JSON_OBJECT)
			continue;
		v = json_get(object, arena_string(arena, c->key.p, c->key.n));
		if (v.type != JSON_NONE && v.type != JSON_NULL)
			l->values[i] =
			    arena_slice(s->arena, typed_text(v, c->d, arena));
	}
}

static bool
is_group(const struct sheet *s, struct slice name)
{
	for (size_t i = 0; i < s->ncolumns; i++)
		if (s->columns[i].group.n > 0 &&
		    slice_eq(s->columns[i].group, name))
			return true;
	return false;
}

static void
fill_groups(
    struct sheet *s, size_t key, struct json indicators, struct arena *arena)
{
	struct json_walk walk = json_enter(indicators), objects;
	struct json value, one;
	struct slice raw;

	while (indicators.type == JSON_OBJECT &&
	    json_next_member(&walk, &raw, &value)) {
		struct slice name = json_unescape(raw, arena);

		if (value.type != JSON_ARRAY || !is_group(s, name))
			continue;
		objects = json_enter(value);
		for (size_t i = 1; json_next_element(&objects, &one); i++)
			fill(s, line_of(s, key, arena_slice(s->arena, name), i),
			    one, arena);
	}
}

static bool
find_key(struct sheet *s, struct record *r, size_t *key, struct err *e)
{
	const struct slice *cells = key_of(r, s->names, s->on, e);
	struct buf b = { 0 };
	bool fresh;

	if (cells == NULL)
		return false;
	key_put(&b, cells, s->on.n);
	*key = index_add(s->keys, buf_slice(&b), &fresh);
	buf_release(&b);
	if (!fresh)
		return true;
	s->lines = mem_room(s->lines, *key, &s->room, sizeof(*s->lines));
	s->key_cells =
	    mem_room(s->key_cells, *key, &s->keys_room, sizeof(*s->key_cells));
	s->lines[*key] = NULL;
	s->key_cells[*key] =
	    arena_alloc(s->arena, (s->on.n + 1) * sizeof(struct slice));
	for (size_t i = 0; i < s->on.n; i++)
		s->key_cells[*key][i] = arena_slice(s->arena, cells[i]);
	return true;
}

static enum verdict
take(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct sheet *s = worker;
	struct json indicators = record_value(r, record_field(r, s->member));
	size_t key;

	(void)job;
	if (!find_key(s, r, &key, e))
		return RECORD_SET_ASIDE;
	if (index_count(s->keys) > MOST_KEYS) {
		err_set(e, ERR_USAGE, "more than %d keys: no form for people",
		    MOST_KEYS);
		return RECORD_STOP;
	}
	fill(s, line_of(s, key, SLICE(""), 0), indicators, record_arena(r));
	fill_groups(s, key, indicators, record_arena(r));
	return RECORD_TAKEN;
}

static void
put_line(struct sheet *s, size_t key, const struct line *l, struct slice *cells,
    struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < s->on.n; i++)
		cells[n++] = s->key_cells[key][i];
	cells[n++] = l->group;
	cells[n++] = l->instance == 0
	    ? SLICE("")
	    : slice_of(arena_printf(s->arena, "%zu", l->instance));
	for (size_t i = 0; i < s->ncolumns; i++)
		cells[n++] = l->values[i];
	guard_put_row(b, cells, n, s->texts);
}

static bool
put_sheet(struct sheet *s, struct run *run, struct err *e)
{
	size_t n = 0;
	struct slice *cells =
	    arena_alloc(s->arena, (s->on.n + s->ncolumns + 2) * sizeof(*cells));
	struct buf b = { 0 };
	bool ok;

	for (size_t i = 0; i < s->on.n; i++)
		cells[n++] = s->on.list[i];
	cells[n++] = SLICE("redcap_repeat_instrument");
	cells[n++] = SLICE("redcap_repeat_instance");
	for (size_t i = 0; i < s->ncolumns; i++)
		cells[n++] = slice_of(s->columns[i].name);
	buf_adds(&b, "\xEF\xBB\xBF");
	guard_put_row(&b, cells, n, s->texts);
	for (size_t k = 0; k < index_count(s->keys); k++)
		for (const struct line *l = s->lines[k]; l != NULL; l = l->next)
			put_line(s, k, l, cells, &b);
	ok = run_write(run, buf_slice(&b), 0, e);
	buf_release(&b);
	return ok;
}

bool
form_run(struct run *run, char *const *operands, const struct guide *guide,
    struct strings on, struct err *e)
{
	struct sheet s = { .guide = guide,
		.on = on,
		.names = record_names(),
		.keys = index_new(),
		.arena = arena_new() };
	struct stage stage = {
		.names = s.names, .shared = &s, .ordered = true, .record = take
	};
	bool ok;

	s.member = index_add(s.names, SLICE("indicators"), NULL);
	key_names(s.names, on);
	list_columns(&s);
	ok = form_check(guide_catalogue(guide), e) &&
	    flow_run(run, operands, &stage, e) && put_sheet(&s, run, e);
	index_free(s.names);
	index_free(s.keys);
	arena_free(s.arena);
	mem_free(s.lines);
	mem_free(s.key_cells);
	return ok;
}
