#include "mapping/path.h"

static void
add_step(struct path *p, size_t *room, struct arena *arena, struct step step)
{
	if (p->nsteps == *room) {
		struct step *grown;

		*room = *room == 0 ? 4 : *room * 2;
		grown = arena_alloc(arena, *room * sizeof(*grown));
		if (p->nsteps > 0)
			memcpy(grown, p->steps, p->nsteps * sizeof(*grown));
		p->steps = grown;
	}
	p->steps[p->nsteps++] = step;
}

/* "[0]" of "[0].3"; the cursor moves behind it. */
static bool
index_step(const char **cursor, const char *end, size_t *index)
{
	const char *close = memchr(*cursor, ']', (size_t)(end - *cursor));
	unsigned long long n;

	if (close == NULL ||
	    !slice_number(slice_span(*cursor + 1, close), &n) || n > 100000)
		return false;
	*index = (size_t)n;
	*cursor = close + 1;
	return true;
}

bool
path_parse(
    struct slice text, struct index *names, struct arena *arena, struct path *p)
{
	const char *at = text.p, *end = text.p + text.n, *from;
	size_t room = 0;

	*p = (struct path){ .text = text };
	if (text.n == 0)
		return false;
	p->whole = index_add(names, text, NULL);
	while (at < end && *at != '.' && *at != '[')
		at++;
	if (at == end || at == text.p) {
		p->head = p->whole;
		return true;
	}
	p->head = index_add(names, slice_span(text.p, at), NULL);
	while (at < end) {
		struct step step = { 0 };

		if (*at == '[') {
			if (!index_step(&at, end, &step.index))
				return false;
		} else {
			if (*at == '.')
				at++;
			for (from = at; at < end && *at != '.' && *at != '[';)
				at++;
			if (at == from)
				return false;
			step.key = slice_span(from, at);
		}
		add_step(p, &room, arena, step);
	}
	return true;
}

static struct json
element(struct json array, size_t index)
{
	struct json_walk walk = json_enter(array);
	struct json value;

	while (json_next_element(&walk, &value))
		if (index-- == 0)
			return value;
	return (struct json){ { "", 0 }, JSON_NONE };
}

static struct json
member(struct json object, struct slice name)
{
	struct json_walk walk = json_enter(object);
	struct slice key;
	struct json value;

	while (json_next_member(&walk, &key, &value))
		if (json_key_is(key, name))
			return value;
	return (struct json){ { "", 0 }, JSON_NONE };
}

/* In HL7 a field without components is its own first component. */
static struct json
enter(struct json v, const struct step *s)
{
	static const struct json none = { { "", 0 }, JSON_NONE };

	if (s->key.n == 0 && v.type != JSON_ARRAY)
		return s->index == 0 ? v : none;
	if (s->key.n == 0)
		return element(v, s->index);
	if (v.type == JSON_ARRAY)
		v = element(v, 0);
	if (v.type == JSON_STRING && slice_is(s->key, "1"))
		return v;
	return member(v, s->key);
}

struct json
path_value(const struct path *p, const struct record *r,
    const struct json_member **m, bool *inside)
{
	struct json v;

	*inside = false;
	*m = record_field(r, p->whole);
	v = record_value(r, *m);
	if (*m != NULL || p->nsteps == 0)
		return v;
	*m = record_field(r, p->head);
	*inside = true;
	v = record_value(r, *m);
	for (size_t i = 0; i < p->nsteps && v.type != JSON_NONE; i++)
		v = enter(v, &p->steps[i]);
	return v;
}

static struct slice
text_of(
    struct json v, const struct json_member *m, bool inside, struct record *r)
{
	if (v.type == JSON_NONE || v.type == JSON_NULL)
		return SLICE("");
	return inside ? json_text(v, record_arena(r)) : record_text(r, m);
}

struct slice
path_text(const struct path *p, struct record *r)
{
	const struct json_member *m;
	bool inside;
	struct json v = path_value(p, r, &m, &inside);

	return text_of(v, m, inside, r);
}

bool
paths_parse(struct slice text, struct index *names, struct arena *arena,
    struct paths *p)
{
	struct slice rest = text, part;

	p->n = 1;
	for (size_t i = 0; i < text.n; i++)
		p->n += text.p[i] == '|';
	p->list = arena_alloc(arena, p->n * sizeof(*p->list));
	for (size_t i = 0; i < p->n; i++) {
		if (!slice_next(&rest, '|', &part))
			part = SLICE("");
		if (!path_parse(slice_trim(part), names, arena, &p->list[i]))
			return false;
	}
	return true;
}

const struct path *
paths_there(const struct paths *p, const struct record *r)
{
	const struct json_member *m;
	bool inside;

	for (size_t i = 0; p->n > 1 && i < p->n; i++)
		if (path_value(&p->list[i], r, &m, &inside).type != JSON_NONE)
			return &p->list[i];
	return &p->list[0];
}

struct slice
paths_text(const struct paths *p, struct record *r)
{
	const struct json_member *m = NULL;
	struct json v = { { "", 0 }, JSON_NONE };
	bool inside = false;

	for (size_t i = 0; i < p->n && v.type == JSON_NONE; i++)
		v = path_value(&p->list[i], r, &m, &inside);
	return text_of(v, m, inside, r);
}
