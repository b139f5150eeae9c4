#include "rules/field.h"

#include "rules/field_steps.h"

#define MOST_STEPS 16

struct way { /* a path under construction */
	struct step steps[MOST_STEPS];
	size_t n, each;
};

static bool
add_step(struct way *w, struct step s, struct slice path, struct err *e)
{
	w->each += s.kind == STEP_EACH;
	if (w->n == MOST_STEPS || w->each > 2)
		return err_set(e, ERR_USAGE, "field '%.*s' is too deep",
		    (int)path.n, path.p);
	w->steps[w->n++] = s;
	return true;
}

static bool
bad_path(struct slice path, struct err *e)
{
	return err_set(e, ERR_USAGE,
	    "field '%.*s' is no path (write a, a.b, a[].b, a[\"x.y\"] or /a/b)",
	    (int)path.n, path.p);
}

static bool
parse_pointer(struct slice path, struct arena *a, struct way *w, struct err *e)
{
	struct slice rest = { path.p + 1, path.n - 1 }, part;

	while (slice_next(&rest, '/', &part)) {
		struct step s = { STEP_KEY, { NULL, 0 }, 0 };
		char *to = arena_alloc(a, part.n + 1);
		unsigned long long at;

		s.name.p = to;
		for (size_t i = 0; i < part.n; i++) {
			char c = part.p[i];

			if (c == '~' && i + 1 < part.n)
				c = part.p[++i] == '1' ? '/' : '~';
			to[s.name.n++] = c;
		}
		if (w->n > 0 && slice_number(part, &at)) {
			s.kind = STEP_AT;
			s.at = (size_t)at;
		}
		if (!add_step(w, s, path, e))
			return false;
	}
	return w->n > 0 || bad_path(path, e);
}

/* What stands in brackets: nothing, a number, or a name in quotes. */
static bool
parse_bracket(struct slice path, const char **at, struct way *w, struct err *e)
{
	const char *end = path.p + path.n, *p = *at + 1, *close;
	struct step s = { STEP_EACH, { NULL, 0 }, 0 };
	unsigned long long number;

	if (p < end && *p == '"') {
		close = memchr(p + 1, '"', (size_t)(end - p - 1));
		if (close == NULL || close + 1 >= end || close[1] != ']')
			return bad_path(path, e);
		s.kind = STEP_KEY;
		s.name = slice_span(p + 1, close);
		close++;
	} else {
		close = memchr(p, ']', (size_t)(end - p));
		if (close == NULL)
			return bad_path(path, e);
		if (close > p) {
			if (!slice_number(slice_span(p, close), &number))
				return bad_path(path, e);
			s.kind = STEP_AT;
			s.at = (size_t)number;
		}
	}
	*at = close + 1;
	return add_step(w, s, path, e);
}

static bool
parse_dotted(struct slice path, struct way *w, struct err *e)
{
	const char *p = path.p, *end = path.p + path.n;

	while (p < end) {
		const char *from = p;

		if (*p == '[') {
			if (!parse_bracket(path, &p, w, e))
				return false;
		} else {
			while (p < end && *p != '.' && *p != '[')
				p++;
			if (p == from ||
			    !add_step(w,
				(struct step){
				    STEP_KEY, slice_span(from, p), 0 },
				path, e))
				return p == from ? bad_path(path, e) : false;
		}
		if (p < end && *p == '.' && ++p == end)
			return bad_path(path, e);
	}
	return true;
}

bool
field_parse(struct slice path, bool in_indicators, struct index *names,
    struct arena *a, struct field *f, struct err *e)
{
	struct way w = { .n = 0 };
	size_t first = names != NULL;

	path = arena_slice(a, path);
	if (path.n == 0)
		return err_set(e, ERR_USAGE, "no field");
	if (in_indicators) {
		add_step(&w, (struct step){ STEP_KEY, SLICE("indicators"), 0 },
		    path, e);
		add_step(&w, (struct step){ STEP_INDICATOR, path, 0 }, path, e);
	} else if (path.p[0] == '/' ? !parse_pointer(path, a, &w, e)
				    : !parse_dotted(path, &w, e)) {
		return false;
	}
	if (names != NULL && w.steps[0].kind != STEP_KEY)
		return bad_path(path, e);
	*f = (struct field){ .path = path,
		.nsteps = w.n - first,
		.in_indicators = in_indicators };
	if (names != NULL)
		f->member = index_add(names, w.steps[0].name, NULL);
	f->steps =
	    arena_dup(a, w.steps + first, (w.n - first) * sizeof(w.steps[0]));
	return true;
}

struct slice
field_name(const struct field *f, const struct index *names, size_t number)
{
	if (number == 0)
		return index_name(names, f->member);
	for (size_t i = 0; i < f->nsteps; i++)
		if (f->steps[i].kind == STEP_KEY && --number == 0)
			return f->steps[i].name;
	return SLICE("");
}

struct slice
field_root(struct slice path)
{
	size_t n = 0;

	while (n < path.n && path.p[n] != '.' && path.p[n] != '[')
		n++;
	return (struct slice){ path.p, n };
}

/* --- placeholders --------------------------------------------------------- */

/* What hospitals write where they have nothing to say. */
uint32_t
field_placeholder(struct slice text)
{
	static const char *const words[] = { "-", "--", "—", "/", "NULL", "N/A",
		"NA", "不详", "未知", "未填", "未填写", "null" };

	if (text.n == 0 || text.n > 12)
		return 0;
	/* None begins with another byte: most texts are told by their first. */
	switch (text.p[0]) {
	case '-':
	case '/':
	case 'N':
	case 'n':
	case '\xE2':
	case '\xE4':
	case '\xE6':
		break;
	default:
		return 0;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(text, words[i]))
			return UINT32_C(1) << i;
	return 0;
}

bool
datum_missing(const struct datum *d)
{
	return d->presence != VALUE_THERE;
}

bool
datum_scalar(const struct datum *d)
{
	return d->json.type == JSON_STRING || d->json.type == JSON_NUMBER ||
	    d->json.type == JSON_TRUE || d->json.type == JSON_FALSE;
}

struct slice
datum_key(struct datum *d, struct arena *a)
{
	struct decimal plain;

	if (d->json.type != JSON_NUMBER || !datum_number(d, a))
		return d->text;
	plain = decimal_strip(&d->number);
	return decimal_text(&plain, a);
}

bool
datum_number(struct datum *d, struct arena *a)
{
	if (d->is_number != 0)
		return d->is_number > 0;
	d->is_number =
	    (d->json.type == JSON_NUMBER || d->json.type == JSON_STRING) &&
		decimal_parse(d->text, a, &d->number, NULL)
	    ? 1
	    : -1;
	return d->is_number > 0;
}

bool
datum_date(struct datum *d)
{
	if (d->is_date != 0)
		return d->is_date > 0;
	d->is_date =
	    d->json.type == JSON_STRING && date_parse(d->text, &d->date, NULL)
	    ? 1
	    : -1;
	return d->is_date > 0;
}

/* --- reading --------------------------------------------------------------- */

struct walk {
	const struct field *field;
	struct arena *arena;
	struct cells *to;
	size_t room;
	size_t at[2];
	unsigned nat;
};

/* What there is of it: text, trimmed, and whether it is a value. */
static void
read_text(struct datum *d, const struct field *f, struct arena *a)
{
	uint32_t word;

	d->text = json_text(d->json, a);
	if (f->plain)
		return;
	d->text = slice_trim(d->text);
	word = field_placeholder(d->text);
	if (d->text.n == 0)
		d->presence = VALUE_EMPTY;
	else if (word != 0 && (word & f->allowed) == 0)
		d->presence = VALUE_PLACEHOLDER;
}

/* Number and date stay as they are: nobody reads them before asking. */
static void
read_datum(struct datum *d, const struct field *f, struct arena *a)
{
	d->text = (struct slice){ NULL, 0 };
	d->presence = VALUE_THERE;
	d->is_number = d->is_date = 0;
	d->plain = f->plain;
	switch (d->json.type) {
	case JSON_NONE:
		d->presence = VALUE_ABSENT;
		break;
	case JSON_NULL:
		d->presence = VALUE_NULL;
		break;
	case JSON_STRING:
		read_text(d, f, a);
		break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	default:
		d->text = d->json.text;
	}
}

static void
add_datum(struct walk *w, struct json holder, struct json v)
{
	struct datum *d;

	if (w->to->n == w->room) {
		size_t room = w->room == 0 ? 1 : 4 * w->room;
		struct datum *list = arena_alloc(w->arena, room * sizeof(*d));

		if (w->to->n > 0)
			memcpy(list, w->to->list, w->to->n * sizeof(*d));
		w->to->list = list;
		w->room = room;
	}
	d = &w->to->list[w->to->n++];
	d->json = v;
	d->holder = holder;
	memcpy(d->at, w->at, sizeof(d->at));
	d->nat = w->nat;
	read_datum(d, w->field, w->arena);
}

static const struct json none = { { "", 0 }, JSON_NONE };

/* The last member of the name: what rules see of a duplicate key. */
static struct json
last_member(struct json object, struct slice name)
{
	struct json_walk walk = json_enter(object);
	struct json v, found = none;
	struct slice key;

	if (object.type != JSON_OBJECT)
		return none;
	while (json_next_member(&walk, &key, &v))
		if (json_key_is(key, name))
			found = v;
	return found;
}

static void walk_step(struct walk *, size_t, struct json, struct json);

static void
walk_each(struct walk *w, size_t step, struct json array)
{
	struct json_walk walk = json_enter(array);
	struct json v;
	size_t i = 0;

	if (array.type != JSON_ARRAY) {
		add_datum(w, none, none);
		return;
	}
	w->nat++;
	while (json_next_element(&walk, &v)) {
		w->at[w->nat - 1] = i++;
		walk_step(w, step, array, v);
	}
	w->nat--;
}

/*
 * An indicator stands under its id; one of a repeating group stands in each
 * object of the group's array, under what follows the group's name:
 * "lesion.power" in {"lesion":[{"power":40}]}.
 */
static void
walk_indicator(struct walk *w, struct slice id, struct json indicators)
{
	struct json v = last_member(indicators, id), group;
	const char *dot = memchr(id.p, '.', id.n);
	struct json_walk walk;
	struct slice rest;

	if (v.type != JSON_NONE || dot == NULL) {
		add_datum(w, indicators, v);
		return;
	}
	group = last_member(indicators, slice_span(id.p, dot));
	rest = slice_span(dot + 1, id.p + id.n);
	if (group.type != JSON_ARRAY) {
		add_datum(w, indicators, none);
		return;
	}
	walk = json_enter(group);
	w->nat = 1;
	for (w->at[0] = 0; json_next_element(&walk, &group); w->at[0]++)
		add_datum(w, group, last_member(group, rest));
	w->nat = 0;
}

static void
walk_step(struct walk *w, size_t i, struct json holder, struct json v)
{
	const struct step *s;
	struct json_walk walk;
	struct json next = none;

	if (i == w->field->nsteps) {
		add_datum(w, holder, v);
		return;
	}
	s = &w->field->steps[i];
	switch (s->kind) {
	case STEP_KEY:
		walk_step(w, i + 1, v, last_member(v, s->name));
		break;
	case STEP_AT:
		walk = json_enter(v);
		for (size_t at = 0; v.type == JSON_ARRAY && at <= s->at; at++)
			if (!json_next_element(&walk, &next)) {
				next = none;
				break;
			}
		if (v.type == JSON_OBJECT)
			next = last_member(v, s->name);
		walk_step(w, i + 1, v, next);
		break;
	case STEP_EACH:
		walk_each(w, i + 1, v);
		break;
	case STEP_INDICATOR:
		walk_indicator(w, s->name, v);
		break;
	}
}

/* The last one of its name. */
static const struct json_member *
last_of(struct record *r, const struct json_member *m)
{
	size_t n, field = m->field;
	const struct json_member *all = record_members(r, &n);

	while (n-- > 0)
		if (all[n].field == field)
			return &all[n];
	return m;
}

void
field_read(const struct field *f, struct record *r, bool again, struct arena *a,
    struct cells *to)
{
	const struct json_member *m = record_field(r, f->member);
	struct json whole = { record_line(r), JSON_OBJECT };
	struct walk w;
	struct datum *d;

	if (again && m != NULL)
		m = last_of(r, m);
	if (f->nsteps > 0) {
		w = (struct walk){ .field = f, .arena = a, .to = to };
		*to = (struct cells){ NULL, 0, false };
		walk_step(&w, 0, whole, record_value(r, m));
		return;
	}
	/* Mostly the member itself. */
	d = arena_alloc(a, sizeof(*d));
	d->json = record_value(r, m);
	d->holder = whole;
	d->nat = 0;
	read_datum(d, f, a);
	*to = (struct cells){ d, 1, false };
}

void
field_read_in(const struct field *f, struct json element, struct arena *a,
    struct cells *to)
{
	struct walk w = { .field = f, .arena = a, .to = to };

	*to = (struct cells){ NULL, 0, false };
	walk_step(&w, 0, none, element);
}

void
field_put_place(const struct field *f, const struct datum *d, struct buf *to)
{
	struct slice p = f->path;
	unsigned at = 0;
	bool group = d->nat == 1 && slice_find(p, SLICE("[]")) == NULL;

	for (size_t i = 0; i < p.n; i++) {
		if (group && p.p[i] == '.') {
			buf_addf(to, "[%zu]", d->at[0]);
			group = false;
		}
		buf_addc(to, p.p[i]);
		if (p.p[i] == '[' && i + 1 < p.n && p.p[i + 1] == ']' &&
		    at < d->nat)
			buf_addf(to, "%zu", d->at[at++]);
	}
}
