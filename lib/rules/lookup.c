#include "rules/lookup.h"

#include "base/mem.h"

/* --- while a plan is made ---------------------------------------------------------- */

static bool
find_reference(struct plan *p, struct slice name, struct slice key,
    size_t *number, struct err *e)
{
	name = slice_trim(name);
	key = slice_trim(key);
	if (name.n == 0 || key.n == 0)
		return err_set(e, ERR_USAGE,
		    "a reference is named with its key: person.person_id");
	for (size_t i = 0; i < p->nreferences; i++)
		if (slice_eq(p->references[i]->name, name) &&
		    slice_eq(p->references[i]->key, key) &&
		    p->references[i]->plain == p->plain) {
			*number = i;
			return true;
		}
	p->references = mem_room(p->references, p->nreferences,
	    &p->references_room, sizeof(struct reference *));
	p->references[p->nreferences] = reference_new(name, key, p->arena);
	p->references[p->nreferences]->plain = p->plain;
	*number = p->nreferences++;
	return true;
}

bool
plan_reference(struct plan *p, struct slice text, size_t *number, struct err *e)
{
	const char *dot = memchr(text.p, '.', text.n);

	if (dot == NULL)
		return err_set(e, ERR_USAGE,
		    "a reference is named with its key: person.person_id");
	return find_reference(p, slice_span(text.p, dot),
	    slice_span(dot + 1, text.p + text.n), number, e);
}

bool
plan_is_lookup(struct slice name)
{
	return slice_find(name, SLICE(").")) != NULL &&
	    memchr(name.p, '(', name.n) != NULL;
}

static size_t
join_of(struct plan *p, size_t reference, size_t key)
{
	for (size_t i = 0; i < p->njoins; i++)
		if (p->joins[i].reference == reference &&
		    p->joins[i].key == key)
			return i;
	p->joins =
	    mem_room(p->joins, p->njoins, &p->joins_room, sizeof(*p->joins));
	p->joins[p->njoins] = (struct join){ reference, key };
	return p->njoins++;
}

/*
 * person(pid).birth_date joins on the member of the same name; for another,
 * person(person_id = pid).birth_date.
 */
bool
plan_lookup(struct plan *p, struct slice text, struct field *f, struct err *e)
{
	const char *open = memchr(text.p, '(', text.n);
	const char *close = slice_find(text, SLICE(")."));
	const char *end = text.p + text.n, *is;
	struct slice key, own;
	struct lookup *l;
	size_t i, key_field;

	if (close < open)
		return err_set(e, ERR_USAGE, "'%.*s': write person(pid).member",
		    (int)text.n, text.p);
	key = own = slice_span(open + 1, close);
	is = memchr(key.p, '=', key.n);
	if (is != NULL) {
		own = slice_span(is + 1, close);
		key = slice_span(key.p, is);
	}
	p->lookups = mem_room(
	    p->lookups, p->nlookups, &p->lookups_room, sizeof(*p->lookups));
	l = &p->lookups[p->nlookups];
	*l = (struct lookup){ .key = 0 };
	if (!find_reference(p, slice_span(text.p, open), key, &l->reference, e))
		return false;
	l->member = reference_member(p->references[l->reference],
	    arena_slice(p->arena, slice_trim(slice_span(close + 2, end))));
	*f = (struct field){ .path = arena_slice(p->arena, text),
		.lookup = ++p->nlookups };
	i = p->nlookups - 1; /* the list may move */
	if (!plan_field(p, slice_trim(own), &key_field, e))
		return false;
	p->lookups[i].key = key_field;
	if (p->plain)
		p->lookups[i].join =
		    join_of(p, p->lookups[i].reference, key_field);
	return true;
}

/* --- while records are judged -------------------------------------------------------- */

static bool
find_rows(const struct reference *r, struct datum *d, struct arena *a,
    struct reference_rows *to)
{
	uint8_t key[KEY_DIGEST];
	struct digest *digest = digest_new();
	struct err e = { 0 };

	reference_digest(digest, datum_key(d, a), key);
	digest_free(digest);
	return r->rows != NULL && reference_find(r, key, to, &e);
}

/*
 * A repeated key whose rows say different things would settle a question by
 * the order of a file.
 */
void
lookup_read(
    struct scope *s, const struct plan *p, size_t field, struct cells *to)
{
	const struct field *f = &p->fields[field];
	const struct lookup *l = &p->lookups[f->lookup - 1];
	const struct reference *r = p->references[l->reference];
	const struct cells *keys = s->cells(s, l->key);
	struct reference_rows rows;
	struct json value = { { "", 0 }, JSON_NONE };
	struct err e = { 0 };

	*to = (struct cells){ NULL, 0, keys->fault };
	if (keys->n != 1 || datum_missing(&keys->list[0]) ||
	    !datum_scalar(&keys->list[0]))
		return;
	if (!find_rows(r, &keys->list[0], s->arena, &rows) || rows.n == 0 ||
	    reference_differs(&rows, l->member) ||
	    !reference_value(r, &rows, 0, l->member, s->arena, &value, &e))
		to->fault = true;
	else
		field_read_in(f, value, s->arena, to);
}
