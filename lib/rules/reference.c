/*
 * A row's values stand in the overflow as lengths and texts, one a member:
 *
 *	n n n n text  n n n n text ...
 *
 * and an entry for each key says how many rows there are and where:
 *
 *	digest of the key (12)  at (8)  n (4)  differing (4)
 *
 * `at` is the place of the values, or, of several rows, of the list of their
 * places.
 */
#include "rules/reference.h"

#include "base/buf.h"
#include "base/mem.h"
#include "io/runs.h"
#include "io/overflow.h"

#define ROW_SIZE   (KEY_DIGEST + 8)
#define ENTRY_SIZE (KEY_DIGEST + 16)
#define MOST_BITS  32

void
reference_digest(struct digest *d, struct slice text, uint8_t to[KEY_DIGEST])
{
	uint8_t bytes[DIGEST_SIZE];

	digest_add(d, text.p, text.n);
	digest_take(d, bytes);
	memcpy(to, bytes, KEY_DIGEST);
}

struct reference *
reference_new(struct slice name, struct slice key, struct arena *a)
{
	struct reference *r = arena_zalloc(a, sizeof(*r));

	r->name = arena_slice(a, name);
	r->key = arena_slice(a, key);
	return r;
}

void
reference_release(struct reference *r)
{
	runs_free(r->rows);
	overflow_free(r->values);
	mem_free(r->members);
	mem_free(r->lacks);
}

size_t
reference_member(struct reference *r, struct slice path)
{
	for (size_t i = 0; i < r->nmembers; i++)
		if (slice_eq(r->members[i], path))
			return i;
	r->members =
	    mem_room(r->members, r->nmembers, &r->room, sizeof(*r->members));
	r->members[r->nmembers] = path;
	return r->nmembers++;
}

/* --- asking -------------------------------------------------------------------- */

static bool
get_value(const struct reference *r, uint64_t at, size_t member,
    struct arena *a, struct slice *to, struct err *e)
{
	uint32_t n = 0;
	char *text;

	for (size_t i = 0; i <= member; i++) {
		at += n;
		if (!overflow_read(r->values, at, &n, sizeof(n), e))
			return false;
		at += sizeof(n);
	}
	text = arena_alloc(a, n + 1);
	*to = (struct slice){ text, n };
	return overflow_read(r->values, at, text, n, e);
}

bool
reference_find(const struct reference *r, const uint8_t key[KEY_DIGEST],
    struct reference_rows *to, struct err *e)
{
	uint8_t entry[ENTRY_SIZE];
	int found = runs_find(r->rows, key, entry, e);

	*to = (struct reference_rows){ .n = 0 };
	if (found <= 0)
		return found == 0;
	memcpy(&to->at, entry + KEY_DIGEST, 8);
	memcpy(&to->n, entry + KEY_DIGEST + 8, 4);
	memcpy(&to->differing, entry + KEY_DIGEST + 12, 4);
	return true;
}

static uint32_t
bit_of(size_t member)
{
	return UINT32_C(1) << (member < MOST_BITS ? member : MOST_BITS - 1);
}

bool
reference_differs(const struct reference_rows *rows, size_t member)
{
	return (rows->differing & bit_of(member)) != 0;
}

bool
reference_value(const struct reference *r, const struct reference_rows *rows,
    size_t i, size_t member, struct arena *a, struct json *to, struct err *e)
{
	uint64_t at = rows->at;
	struct slice text;

	if (rows->n > 1 &&
	    !overflow_read(r->values, rows->at + 8 * i, &at, sizeof(at), e))
		return false;
	if (!get_value(r, at, member, a, &text, e))
		return false;
	*to = text.n == 0 ? (struct json){ text, JSON_NONE } : json_of(text);
	return true;
}

/* --- loading -------------------------------------------------------------------- */

bool
reference_add(struct reference_loading *l, struct slice key,
    const struct slice *values, struct err *e)
{
	uint8_t row[ROW_SIZE];
	struct buf b = { 0 };
	uint64_t at = 0;
	bool ok;

	for (size_t i = 0; i < l->to->nmembers; i++) {
		uint32_t n = (uint32_t)values[i].n;

		buf_add(&b, &n, sizeof(n));
		buf_add_slice(&b, values[i]);
	}
	ok = b.n == 0 || overflow_add(l->values, buf_slice(&b), &at, e);
	buf_release(&b);
	if (!ok)
		return false;
	reference_digest(l->digest, key, row);
	memcpy(row + KEY_DIGEST, &at, sizeof(at));
	l->to->nrows++;
	return runs_add(l->rows, row, e);
}

struct settling {
	struct reference *to;
	struct arena *arena;
	uint8_t key[KEY_DIGEST];
	uint32_t n, differing;
	uint64_t *at; /* of the rows of this key */
	size_t room;
};

static bool
compare(struct settling *s, uint64_t at, struct err *e)
{
	struct slice first, other;

	arena_reset(s->arena);
	for (size_t i = 0; i < s->to->nmembers; i++) {
		if (!get_value(s->to, s->at[0], i, s->arena, &first, e) ||
		    !get_value(s->to, at, i, s->arena, &other, e))
			return false;
		if (!slice_eq(first, other))
			s->differing |= bit_of(i);
	}
	return true;
}

static bool
put_key(struct settling *s, struct err *e)
{
	uint8_t entry[ENTRY_SIZE];
	uint64_t at = 0;

	if (s->n == 0)
		return true;
	if (s->n == 1)
		at = s->at[0];
	else if (s->to->nmembers > 0 &&
	    !overflow_add(s->to->values,
		(struct slice){ (const char *)s->at, s->n * sizeof(*s->at) },
		&at, e))
		return false;
	memcpy(entry, s->key, KEY_DIGEST);
	memcpy(entry + KEY_DIGEST, &at, 8);
	memcpy(entry + KEY_DIGEST + 8, &s->n, 4);
	memcpy(entry + KEY_DIGEST + 12, &s->differing, 4);
	s->n = s->differing = 0;
	return runs_add(s->to->rows, entry, e);
}

/* Rows without members read are counted, not listed. */
static bool
take_row(struct settling *s, const uint8_t *row, struct err *e)
{
	uint64_t at;

	memcpy(&at, row + KEY_DIGEST, sizeof(at));
	if (s->n > 0 && memcmp(s->key, row, KEY_DIGEST) != 0 && !put_key(s, e))
		return false;
	memcpy(s->key, row, KEY_DIGEST);
	if (s->to->nmembers > 0 || s->n == 0) {
		s->at = mem_room(s->at, s->n, &s->room, sizeof(*s->at));
		s->at[s->n] = at;
	}
	s->n++;
	return s->n == 1 || compare(s, at, e);
}

bool
reference_settle(struct reference_loading *l, uint64_t memory,
    const char *spill, struct err *e)
{
	struct settling s = { .to = l->to, .arena = arena_new() };
	struct runs_walk *walk = runs_walk_new(&l->rows, 1);
	const uint8_t *row;
	size_t from;
	bool ok = overflow_flush(l->values, e);

	l->to->values = l->values;
	l->values = NULL;
	l->to->rows = runs_new(ENTRY_SIZE, KEY_DIGEST, memory, spill);
	while (ok && (row = runs_next(walk, &from, e)) != NULL)
		ok = take_row(&s, row, e);
	ok = ok && e->kind == ERR_NONE && put_key(&s, e) &&
	    overflow_flush(l->to->values, e);
	runs_walk_free(walk);
	mem_free(s.at);
	arena_free(s.arena);
	return ok;
}
