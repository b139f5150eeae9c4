#include "rules/keys.h"

#include "base/digest.h"
#include "base/mem.h"
#include "io/overflow.h"
#include "io/runs.h"
#include "rules/keys_parts.h"
#include "rules/periods.h"

#define WINDOW (64u << 10) /* bytes of ids at a time */

void
put_number_bytes(uint8_t *to, uint64_t value, unsigned n)
{
	while (n-- > 0) {
		to[n] = (uint8_t)value;
		value >>= 8;
	}
}

uint64_t
get_number_bytes(const uint8_t *from, unsigned n)
{
	uint64_t value = 0;

	while (n-- > 0)
		value = value << 8 | *from++;
	return value;
}

#define RECENT 4096

size_t
entry_size(bool spans)
{
	return spans ? ENTRY_LONG : ENTRY_SHORT;
}

/* Negative numbers are sorted before the others. */
static uint64_t
shifted(uint64_t n)
{
	return n ^ UINT64_C(1) << 63;
}

void
entry_put(const struct entry *n, bool spans, uint8_t *to)
{
	put_number_bytes(to, n->rule, 2);
	memcpy(to + 2, n->key, KEY_DIGEST);
	to[ENTRY_KEY] = (uint8_t)n->role;
	to += ENTRY_KEY + 1;
	if (spans) {
		put_number_bytes(to, shifted((uint64_t)n->from), 8);
		put_number_bytes(to + 8, shifted((uint64_t)n->to), 8);
		to += 16;
	}
	put_number_bytes(to, n->record, 8);
	put_number_bytes(to + 8, n->ordinal, 4);
	put_number_bytes(to + 12, n->group, 4);
	put_number_bytes(to + 16, n->base, 3);
	put_number_bytes(to + 19, n->id, 5);
}

void
entry_get(struct entry *n, bool spans, const uint8_t *from)
{
	n->rule = (unsigned)get_number_bytes(from, 2);
	memcpy(n->key, from + 2, KEY_DIGEST);
	n->role = from[ENTRY_KEY];
	from += ENTRY_KEY + 1;
	n->from = n->to = 0;
	if (spans) {
		n->from = (int64_t)shifted(get_number_bytes(from, 8));
		n->to = (int64_t)shifted(get_number_bytes(from + 8, 8));
		from += 16;
	}
	n->record = get_number_bytes(from, 8);
	n->ordinal = (unsigned)get_number_bytes(from + 8, 4);
	n->group = (uint32_t)get_number_bytes(from + 12, 4);
	n->base = (unsigned)get_number_bytes(from + 16, 3);
	n->id = get_number_bytes(from + 19, 5);
}

bool
entry_fault(struct err *e)
{
	return err_set(e, ERR_INPUT, "the keys are not those of these rules");
}

bool
keys_mark(const struct plan *p)
{
	for (size_t i = 0; i < p->rules->n; i++) {
		const struct test *t = &p->tests[i];

		if ((t->rule->check == CHECK_OVERLAP && !t->rule->per_value) ||
		    (t->rule->check == CHECK_UNIQUE && !t->all))
			return true;
	}
	return false;
}

static void
note_counts(struct keys *k, const struct plan *p)
{
	bool values = false;

	k->counts = mem_zalloc((p->nopen + 1) * sizeof(*k->counts));
	for (size_t i = 0; i < p->rules->n; i++) {
		const struct rule *r = p->rules->rules[i];

		if (!r->per_value && r->check != CHECK_COVERS)
			continue;
		k->counts[p->tests[i].open] =
		    r->check == CHECK_OVERLAP ? COUNTS_PERIODS : COUNTS_VALUES;
		values = true;
	}
	if (values)
		k->recent = mem_zalloc(RECENT * sizeof(*k->recent));
}

/*
 * Values come in bunches: the records of a patient, the commonest words.  What
 * stands in its place already was noted before.
 */
static bool
is_recent(struct keys *k, const uint8_t entry[ENTRY_KEY + 1])
{
	uint8_t *place = k->recent[hash_bytes(entry, ENTRY_KEY + 1) % RECENT];

	if (memcmp(place, entry, ENTRY_KEY + 1) == 0)
		return true;
	memcpy(place, entry, ENTRY_KEY + 1);
	return false;
}

struct keys *
keys_new(const struct plan *p, const struct key_options *o)
{
	struct keys *k;
	bool overlaps = false;

	if (p->nopen == 0)
		return NULL;
	k = mem_zalloc(sizeof(*k));
	k->groups = index_new();
	for (size_t i = 0; i < p->rules->n; i++) {
		enum check c = p->rules->rules[i]->check;

		overlaps = overlaps ||
		    (c == CHECK_OVERLAP && !p->rules->rules[i]->per_value);
		k->spans =
		    k->spans || c == CHECK_OVERLAP || c == CHECK_SEQUENCE;
	}
	if (overlaps && o->marks)
		k->periods = periods_new(o->memory / 4);
	k->notes = runs_new(entry_size(k->spans), o->marks ? ENTRY_KEY : 0,
	    overlaps ? o->memory / 2 : o->memory / 4 * 3, o->spill);
	k->ids = overflow_new(o->memory / 16, o->spill);
	note_counts(k, p);
	return k;
}

void
keys_free(struct keys *k)
{
	if (k == NULL)
		return;
	periods_free(k->periods);
	index_free(k->groups);
	runs_free(k->notes);
	overflow_free(k->ids);
	mem_free(k->counts);
	mem_free(k->recent);
	mem_free(k);
}

static bool
add_id(struct keys *k, struct slice id, uint64_t *at, struct err *e)
{
	uint8_t n[4];
	uint64_t behind;

	*at = NO_ID;
	if (id.n == 0)
		return true;
	put_number_bytes(n, id.n, 4);
	if (!overflow_add(
		k->ids, (struct slice){ (const char *)n, 4 }, at, e) ||
	    !overflow_add(k->ids, id, &behind, e))
		return false;
	k->ids_size += 4 + id.n;
	return true;
}

bool
keys_note(struct keys *k, const struct key_note *notes, size_t n,
    const struct key_record *r, struct err *e)
{
	struct entry entry = { .base = r->lost << 1 | r->failed };
	uint8_t bytes[RUNS_SIZE], digest[DIGEST_SIZE];
	uint64_t record;

	if (n == 0)
		return true;
	digest_bytes(r->line.p, r->line.n, digest);
	record = get_number_bytes(digest, 8);
	entry.group = (uint32_t)index_add(k->groups, r->group, NULL);
	if (!add_id(k, r->id, &entry.id, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		entry.rule = (unsigned)notes[i].open;
		entry.role = notes[i].role;
		entry.ordinal = notes[i].ordinal;
		memcpy(entry.key, notes[i].key, KEY_DIGEST);
		entry.from = notes[i].from;
		entry.to = notes[i].to;
		entry.record = k->counts[entry.rule] == COUNTS_RECORDS
		    ? record
		    : notes[i].more;
		entry_put(&entry, k->spans, bytes);
		if (k->counts[entry.rule] == COUNTS_VALUES &&
		    is_recent(k, bytes))
			continue;
		if (!runs_add(k->notes, bytes, e))
			return false;
	}
	return true;
}

int
keys_seen(const struct keys *k, size_t open, const uint8_t key[KEY_DIGEST],
    struct err *e)
{
	uint8_t asked[ENTRY_KEY], entry[RUNS_SIZE];

	put_number_bytes(asked, open, 2);
	memcpy(asked + 2, key, KEY_DIGEST);
	return runs_find(k->notes, asked, entry, e);
}

int
keys_overlap(struct keys *k, const struct key_note *n, struct err *e)
{
	char key[ENTRY_KEY];

	put_number_bytes((uint8_t *)key, n->open, 2);
	memcpy(key + 2, n->key, KEY_DIGEST);
	return periods_add(
	    k->periods, (struct slice){ key, sizeof(key) }, n->from, n->to, e);
}

static bool
provide(struct keys *k, struct entry *entry, const struct reference *r,
    struct err *e)
{
	struct runs_walk *walk = runs_walk_new(&r->rows, 1);
	uint8_t bytes[RUNS_SIZE];
	const uint8_t *row;
	bool ok = true;
	size_t from;

	while (ok && (row = runs_next(walk, &from, e)) != NULL) {
		memcpy(entry->key, row, KEY_DIGEST);
		entry_put(entry, k->spans, bytes);
		ok = runs_add(k->notes, bytes, e);
	}
	runs_walk_free(walk);
	return ok && e->kind == ERR_NONE;
}

/* How many rows are to be covered: those with a key, and those without. */
static bool
provide_count(struct keys *k, struct entry *entry, uint8_t keyless, uint64_t n,
    struct err *e)
{
	uint8_t bytes[RUNS_SIZE];

	entry->key[0] = keyless;
	entry->record = n;
	entry_put(entry, k->spans, bytes);
	return runs_add(k->notes, bytes, e);
}

bool
keys_provide(struct keys *k, const struct plan *p, bool foreign, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; ok && i < p->rules->n; i++) {
		const struct test *t = &p->tests[i];
		struct entry entry = { .rule = (unsigned)t->open,
			.role = KEY_PROVIDED,
			.id = NO_ID };
		const struct reference *r =
		    p->references == NULL ? NULL : p->references[t->reference];

		if (r == NULL || r->rows == NULL)
			continue;
		if (t->rule->check == CHECK_COVERS) {
			ok = provide_count(k, &entry, 0, r->nrows, e) &&
			    provide_count(k, &entry, 1, r->nkeyless, e);
		} else if (t->rule->check == CHECK_FOREIGN_KEY && foreign &&
		    !t->rule->as_table) {
			ok = provide(k, &entry, r, e);
		}
	}
	return ok;
}

/* --- many to one ------------------------------------------------------------------ */

static bool
gather_ids(struct keys *to, struct keys *from, struct err *e)
{
	char window[WINDOW];
	uint64_t where;
	bool ok = overflow_flush(from->ids, e);

	for (uint64_t at = 0, n; ok && at < from->ids_size; at += n) {
		n = from->ids_size - at;
		n = n < WINDOW ? n : WINDOW;
		ok = overflow_read(from->ids, at, window, (size_t)n, e) &&
		    overflow_add(to->ids, (struct slice){ window, (size_t)n },
			&where, e);
	}
	return ok;
}

static bool
gather_notes(
    struct keys *to, struct keys *from, const uint32_t *groups, struct err *e)
{
	struct runs_walk *walk = runs_walk_new(&from->notes, 1);
	uint8_t bytes[RUNS_SIZE];
	const uint8_t *row;
	struct entry n;
	bool ok = true;
	size_t which;

	while (ok && (row = runs_next(walk, &which, e)) != NULL) {
		entry_get(&n, from->spans, row);
		if (n.role == KEY_PROVIDED)
			n.group = 0;
		else if (n.group >= index_count(from->groups))
			ok = entry_fault(e);
		else
			n.group = groups[n.group];
		if (n.id != NO_ID)
			n.id += to->ids_size;
		entry_put(&n, to->spans, bytes);
		ok = ok && runs_add(to->notes, bytes, e);
	}
	runs_walk_free(walk);
	return ok && e->kind == ERR_NONE;
}

bool
keys_gather(struct keys **all, struct keys *from, const struct key_options *o,
    struct err *e)
{
	size_t n = index_count(from->groups);
	struct keys *to = *all;
	uint32_t *groups;
	bool ok;

	if (to == NULL) {
		*all = to = mem_zalloc(sizeof(*to));
		to->spans = from->spans;
		to->groups = index_new();
		to->notes =
		    runs_new(entry_size(to->spans), 0, o->memory / 2, o->spill);
		to->ids = overflow_new(o->memory / 16, o->spill);
	}
	if (to->spans != from->spans)
		return entry_fault(e);
	groups = mem_zalloc((n + 1) * sizeof(*groups));
	for (size_t i = 0; i < n; i++)
		groups[i] = (uint32_t)index_add(
		    to->groups, index_name(from->groups, i), NULL);
	ok = gather_notes(to, from, groups, e) && gather_ids(to, from, e);
	to->ids_size += from->ids_size;
	mem_free(groups);
	return ok;
}
