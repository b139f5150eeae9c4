/*
 * Values as a schema sees them: members once each, under their last value;
 * numbers by value; texts by their code points.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "rules/schema_parts.h"

/* --- texts ------------------------------------------------------------------ */

/*
 * The code point of a half of a pair, which json_next_code does not tell:
 * written as three bytes like any other, so that two halves differ.
 */
static uint32_t
half(const char *behind)
{
	uint32_t code = 0;

	for (unsigned i = 4; i > 0; i--) {
		char c = behind[-(int)i];

		code = code << 4 |
		    (c <= '9' ? (unsigned)c - '0'
			      : ((unsigned)c | 0x20) - 'a' + 10);
	}
	return code;
}

static size_t
put_half(char *to, uint32_t code)
{
	to[0] = (char)(0xE0 | code >> 12);
	to[1] = (char)(0x80 | (code >> 6 & 0x3F));
	to[2] = (char)(0x80 | (code & 0x3F));
	return 3;
}

/* What stands between the quotes; *lone where it holds half of a pair. */
static struct slice
decode(struct slice raw, struct arena *a, bool *lone)
{
	const char *p = raw.p, *end = raw.p + raw.n;
	char *text, *to;

	if (raw.n == 0 || memchr(p, '\\', raw.n) == NULL)
		return raw;
	text = to = arena_alloc(a, raw.n);
	while (p < end) {
		uint32_t code;

		if (*p != '\\') {
			*to++ = *p++;
			continue;
		}
		code = json_next_code(&p, end);
		*lone = *lone || code == JSON_LONE;
		to += code == JSON_LONE ? put_half(to, half(p))
					: utf8_put(to, code);
	}
	return slice_span(text, to);
}

struct facts *
item_facts(struct items *s, struct item *i)
{
	struct slice raw = i->json.text;

	if (i->facts != NULL)
		return i->facts;
	i->facts = arena_zalloc(s->arena, sizeof(*i->facts));
	if (i->is_name) {
		i->facts->text = i->key;
		i->facts->lone = i->lone;
	} else if (i->json.type == JSON_STRING)
		i->facts->text = decode((struct slice){ raw.p + 1, raw.n - 2 },
		    s->arena, &i->facts->lone);
	else if (i->json.type == JSON_NUMBER)
		i->facts->is_number =
		    decimal_read(raw, s->arena, &i->facts->number);
	return i->facts;
}

size_t
item_length(struct items *s, struct item *i)
{
	struct facts *f = item_facts(s, i);

	if (!f->measured) {
		f->length = utf8_count(f->text.p, f->text.n);
		f->measured = true;
	}
	return f->length;
}

/* --- members and elements ----------------------------------------------------- */

#define FEW 12 /* members that are compared one by one */

struct place_of {
	uint64_t hash;
	uint32_t at;
};

static int
by_hash(const void *a, const void *b)
{
	const struct place_of *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* Members that come again further on. */
static bool
mark_twins(struct items *s, struct item *i, bool *twin)
{
	struct place_of *list;
	bool found = false;

	if (i->n <= FEW) {
		for (uint32_t k = 0; k < i->n; k++)
			for (uint32_t m = k + 1; !twin[k] && m < i->n; m++)
				twin[k] =
				    slice_eq(i->items[k].key, i->items[m].key);
		for (uint32_t k = 0; k < i->n; k++)
			found = found || twin[k];
		return found;
	}
	list = arena_alloc(s->arena, i->n * sizeof(*list));
	for (uint32_t k = 0; k < i->n; k++)
		list[k] = (struct place_of){
			hash_bytes(i->items[k].key.p, i->items[k].key.n), k
		};
	qsort(list, i->n, sizeof(*list), by_hash);
	for (uint32_t k = 0; k + 1 < i->n; k++)
		for (uint32_t m = k + 1;
		     m < i->n && list[m].hash == list[k].hash; m++)
			if (slice_eq(i->items[list[k].at].key,
				i->items[list[m].at].key)) {
				twin[list[k].at] = found = true;
				break;
			}
	return found;
}

void
item_drop_twins(struct items *s, struct item *i)
{
	bool few[FEW] = { false };
	bool *twin = i->n <= FEW ? few : arena_zalloc(s->arena, i->n);
	uint32_t n = 0;

	if (!mark_twins(s, i, twin))
		return;
	for (uint32_t k = 0; k < i->n; k++)
		if (!twin[k])
			i->items[n++] = i->items[k];
	i->n = n;
}

static uint32_t
name_of(const struct items *s, struct slice key)
{
	long n = s->names == NULL ? -1 : index_find(s->names, key);

	return n < 0 ? NO_NAME : (uint32_t)n;
}

void
item_of_member(struct items *s, const struct item *above, struct slice key,
    struct json v, struct item *to)
{
	*to = (struct item){ .json = v, .above = above };
	to->key = decode(key, s->arena, &to->lone);
	to->name = name_of(s, to->key);
}

static bool
next(struct json_walk *w, struct items *s, const struct item *above,
    struct item *to)
{
	struct slice key;
	struct json v;

	if (above->json.type == JSON_ARRAY) {
		*to = (struct item){ .above = above, .name = NO_NAME };
		return json_next_element(w, &to->json);
	}
	if (!json_next_member(w, &key, &v))
		return false;
	item_of_member(s, above, key, v, to);
	return true;
}

bool
item_enter(struct items *s, struct item *i)
{
	struct json_walk w = json_enter(i->json);
	size_t room = 0, n = 0;
	struct item one;

	if (i->entered)
		return true;
	while (!s->full && next(&w, s, i, &one)) {
		one.at = (uint32_t)n;
		i->items =
		    arena_room(s->arena, i->items, n, &room, sizeof(*i->items));
		i->items[n++] = one;
		s->full = ++s->n > s->most;
	}
	if (s->full)
		return false;
	i->n = (uint32_t)n;
	i->entered = true;
	if (i->json.type == JSON_OBJECT)
		item_drop_twins(s, i);
	return true;
}

void
item_settle(struct items *s, struct item *i)
{
	item_hash(s, i);
	item_length(s, i);
	if (!item_enter(s, i))
		return;
	for (uint32_t k = 0; k < i->n; k++)
		item_settle(s, &i->items[k]);
}

/* --- equality ----------------------------------------------------------------- */

static uint64_t
mix(uint64_t a, uint64_t b)
{
	uint64_t both[2] = { a, b };

	return hash_bytes(both, sizeof(both));
}

static uint64_t
hash_number(struct items *s, const struct facts *f)
{
	struct decimal d = f->number;

	if (!f->is_number) {
		s->odd = true;
		return 0;
	}
	while (d.n > 1 && d.digits[d.n - 1] == '0') {
		d.n--;
		d.exponent++;
	}
	if (decimal_sign(&d) == 0)
		return 1;
	return mix(
	    hash_bytes(d.digits, d.n), (uint64_t)d.exponent * 2 + d.negative);
}

static uint64_t
hash_inside(struct items *s, struct item *i)
{
	uint64_t sum = i->json.type;

	if (!item_enter(s, i))
		return 0;
	for (uint32_t k = 0; k < i->n; k++) {
		struct item *one = &i->items[k];

		if (i->json.type == JSON_ARRAY)
			sum = mix(sum, item_hash(s, one));
		else /* in any order */
			sum += mix(hash_bytes(one->key.p, one->key.n),
			    item_hash(s, one));
	}
	return sum;
}

uint64_t
item_hash(struct items *s, struct item *i)
{
	struct facts *f = item_facts(s, i);

	if (f->hashed)
		return f->hash;
	switch (i->json.type) {
	case JSON_STRING:
		f->hash = mix(JSON_STRING, hash_bytes(f->text.p, f->text.n));
		break;
	case JSON_NUMBER:
		f->hash = mix(JSON_NUMBER, hash_number(s, f));
		break;
	case JSON_ARRAY:
	case JSON_OBJECT:
		f->hash = hash_inside(s, i);
		break;
	default:
		f->hash = mix(i->json.type, 0);
	}
	f->hashed = true;
	return f->hash;
}

/* Members mostly stand in the same order; where not, they are looked up. */
static struct item *
member(struct item *object, struct slice key, struct index **order)
{
	long at;

	if (*order == NULL) {
		*order = index_new();
		for (uint32_t i = 0; i < object->n; i++)
			index_add(*order, object->items[i].key, NULL);
	}
	at = index_find(*order, key);
	return at < 0 ? NULL : &object->items[at];
}

static bool
equal_inside(struct items *s, struct item *a, struct item *b)
{
	bool object = a->json.type == JSON_OBJECT, same = true;
	struct index *order = NULL;

	if (!item_enter(s, a) || !item_enter(s, b) || a->n != b->n)
		return false;
	for (uint32_t i = 0; same && i < a->n; i++) {
		struct item *other = &b->items[i];

		if (object && !slice_eq(a->items[i].key, other->key))
			other = member(b, a->items[i].key, &order);
		same = other != NULL && item_equal(s, &a->items[i], other);
	}
	index_free(order);
	return same;
}

bool
item_equal(struct items *s, struct item *a, struct item *b)
{
	struct facts *x, *y;

	if (a->json.type != b->json.type || item_hash(s, a) != item_hash(s, b))
		return false;
	x = item_facts(s, a);
	y = item_facts(s, b);
	switch (a->json.type) {
	case JSON_STRING:
		return slice_eq(x->text, y->text);
	case JSON_NUMBER:
		return x->is_number && y->is_number &&
		    decimal_cmp(&x->number, &y->number) == 0;
	case JSON_ARRAY:
	case JSON_OBJECT:
		return equal_inside(s, a, b);
	default:
		return true;
	}
}

/* --- places ------------------------------------------------------------------- */

/* What put_half has written; in UTF-8 nothing else begins so. */
static bool
is_half(struct slice key, size_t i)
{
	return i + 2 < key.n && (unsigned char)key.p[i] == 0xED &&
	    (unsigned char)key.p[i + 1] >= 0xA0;
}

/* Whatever a name holds, a place is a text: as JSON writes it, in quotes. */
static void
put_quoted(struct slice key, struct buf *to)
{
	buf_adds(to, "[\"");
	for (size_t i = 0; i < key.n; i++) {
		unsigned char c = (unsigned char)key.p[i];

		if (is_half(key, i)) {
			buf_addf(to, "\\ud%x%02x", (key.p[i + 1] & 0x3F) >> 2,
			    (key.p[i + 1] & 0x03) << 6 | (key.p[i + 2] & 0x3F));
			i += 2;
		} else if (c < ' ') {
			buf_addf(to, "\\u%04x", c);
		} else {
			if (c == '"' || c == '\\')
				buf_addc(to, '\\');
			buf_addc(to, (char)c);
		}
	}
	buf_adds(to, "\"]");
}

void
item_put_member(struct slice key, struct buf *to)
{
	bool plain = key.n > 0;

	for (size_t i = 0; i < key.n; i++)
		plain = plain && memchr(".[]\"/", key.p[i], 5) == NULL &&
		    (unsigned char)key.p[i] > ' ' && !is_half(key, i);
	if (!plain) {
		put_quoted(key, to);
		return;
	}
	buf_adds(to, to->n > 0 ? "." : "");
	buf_add_slice(to, key);
}

void
item_put_place(const struct item *i, struct slice place, struct buf *to)
{
	if (i->above == NULL) {
		buf_add_slice(to, place);
		return;
	}
	item_put_place(i->above, place, to);
	if (i->above->json.type == JSON_ARRAY)
		buf_addf(to, "[%u]", (unsigned)i->at);
	else
		item_put_member(i->key, to);
}
