#include "rules/key_judge.h"

#include "base/mem.h"

#define FEW 16 /* values of a record, looked through one by one */

void
key_judge_init(struct key_judge *k, struct keys *keys)
{
	*k = (struct key_judge){ .keys = keys, .digest = digest_new() };
}

void
key_judge_release(struct key_judge *k)
{
	digest_free(k->digest);
	mem_free(k->notes);
	index_free(k->here);
}

/* A rule looks at its values one after the other: its notes stand together. */
static struct key_note *
add_note(struct key_judge *k, const struct test *t, enum key_role role)
{
	const struct key_note *last = k->n == 0 ? NULL : &k->notes[k->n - 1];
	unsigned ordinal =
	    last != NULL && last->open == t->open ? last->ordinal + 1 : 0;
	struct key_note *n;

	k->runs += ordinal == 0;
	k->notes = mem_room(k->notes, k->n, &k->room, sizeof(*k->notes));
	n = &k->notes[k->n++];
	*n = (struct key_note){
		.open = t->open, .role = role, .ordinal = ordinal
	};
	return n;
}

void
key_judge_missing(struct key_judge *k, const struct test *t)
{
	add_note(k, t, KEY_BROKEN);
}

static struct slice
key_of(const struct key_note *n)
{
	return (struct slice){ (const char *)n->key, KEY_DIGEST };
}

/*
 * Whether a value of this record, which are not yet among the keys, was the
 * same.  A few are looked through; many, of an array, stand in an index, which
 * begins with what was looked through before.
 */
static bool
was_here(struct key_judge *k, const struct key_note *n)
{
	const struct key_note *first = n - n->ordinal;
	bool fresh;

	if (n->ordinal < FEW) {
		for (const struct key_note *i = first; i < n; i++)
			if (memcmp(i->key, n->key, KEY_DIGEST) == 0)
				return true;
		return false;
	}
	if (k->here_of != k->runs) {
		index_free(k->here);
		k->here = index_new();
		k->here_of = k->runs;
		for (const struct key_note *i = first; i < n; i++)
			if (i->role == KEY_NOTED)
				index_add(k->here, key_of(i), NULL);
	}
	index_add(k->here, key_of(n), &fresh);
	return !fresh;
}

static int
was_seen(struct key_judge *k, const struct key_note *n, struct err *e)
{
	if (was_here(k, n))
		return 1;
	return k->keys == NULL ? 0 : keys_seen(k->keys, n->open, n->key, e);
}

static bool
judge_unique(struct key_judge *k, const struct test *t,
    const uint8_t key[KEY_DIGEST], enum outcome *o, struct err *e)
{
	struct key_note *n = add_note(k, t, KEY_NOTED);
	int seen;

	memcpy(n->key, key, KEY_DIGEST);
	seen = t->all ? 0 : was_seen(k, n, e);
	*o = seen == 0 ? PASS : FAIL;
	return seen >= 0;
}

static bool
judge_foreign(struct key_judge *k, const struct reference *r,
    const struct test *t, const uint8_t key[KEY_DIGEST], enum outcome *o,
    struct err *e)
{
	struct reference_rows rows;

	*o = FAULT;
	if (r->rows == NULL)
		return true;
	if (!reference_find(r, key, &rows, e))
		return false;
	*o = rows.n > 0 ? PASS : FAIL;
	if (rows.n == 0)
		memcpy(add_note(k, t, KEY_NOTED)->key, key, KEY_DIGEST);
	return true;
}

/* No text of a value begins with NUL. */
void
key_judge_count(struct key_judge *k, const struct test *t, struct datum *d,
    bool failed, struct arena *a)
{
	struct slice text = d->json.text;

	if (datum_missing(d))
		text = SLICE("\0null");
	else if (datum_scalar(d))
		text = datum_key(d, a);
	reference_digest(k->digest, text,
	    add_note(k, t, failed ? KEY_BROKEN : KEY_NOTED)->key);
}

bool
key_judge_value(struct key_judge *k, const struct plan *p, const struct test *t,
    struct datum *d, struct arena *a, enum outcome *o, struct err *e)
{
	uint8_t key[KEY_DIGEST];

	*o = NOT_APPLICABLE;
	if (!datum_scalar(d))
		return true;
	reference_digest(k->digest, datum_key(d, a), key);
	return t->rule->check == CHECK_UNIQUE
	    ? judge_unique(k, t, key, o, e)
	    : judge_foreign(k, p->references[t->reference], t, key, o, e);
}

/* --- keys of several members ------------------------------------------------------ */

static struct datum *
only_value(struct scope *s, size_t field)
{
	const struct cells *c = s->cells(s, field);

	return c->n != 1 || datum_missing(&c->list[0]) ? NULL : &c->list[0];
}

/* False where one of them is missing: what it belongs to is not known. */
static bool
put_key(struct key_judge *k, const size_t *members, size_t n, struct scope *s,
    uint8_t to[KEY_DIGEST])
{
	uint8_t digest[DIGEST_SIZE];

	for (size_t i = 0; i < n; i++) {
		struct datum *d = only_value(s, members[i]);
		struct slice text;

		if (d == NULL || !datum_scalar(d)) {
			digest_reset(k->digest);
			return false;
		}
		text = datum_key(d, s->arena);
		digest_add(k->digest, text.p, text.n);
		digest_add(k->digest, "", 1);
	}
	digest_take(k->digest, digest);
	memcpy(to, digest, KEY_DIGEST);
	return true;
}

enum outcome
key_judge_sequence(
    struct key_judge *k, const struct test *t, struct datum *d, struct scope *s)
{
	uint8_t key[KEY_DIGEST];
	struct key_note *n;
	long long number;

	if (!datum_number(d, s->arena) || !decimal_long(&d->number, &number) ||
	    !put_key(k, t->members, t->nmembers, s, key))
		return NOT_APPLICABLE;
	n = add_note(k, t, KEY_NOTED);
	memcpy(n->key, key, KEY_DIGEST);
	n->from = n->to = number;
	return PASS;
}

/*
 * A day begins at its end and ends at its beginning: the day that one period
 * ends on may be the one that the next begins on, whatever the hour.
 */
static int64_t
moment(const struct date *d, bool starts, int zone)
{
	int64_t seconds = date_seconds(d, zone);

	return starts && d->precision <= DATE_DAY ? seconds + 86399 : seconds;
}

bool
key_judge_covered(struct key_judge *k, const struct reference *r,
    const struct test *t, struct datum *d, struct arena *a, struct err *e)
{
	struct reference_rows rows;
	struct key_note *n;
	uint8_t key[KEY_DIGEST];

	if (r->rows == NULL)
		return true;
	reference_digest(k->digest, datum_key(d, a), key);
	if (!reference_find(r, key, &rows, e))
		return false;
	if (rows.n == 0)
		return true;
	n = add_note(k, t, KEY_NOTED);
	memcpy(n->key, key, KEY_DIGEST);
	n->more = rows.n;
	return true;
}

/* The day as written; KEY_NO_DAY where there is none. */
static int64_t
day_of(struct datum *d)
{
	return d == NULL || !datum_date(d) || d->date.precision < DATE_DAY
	    ? KEY_NO_DAY
	    : date_days(d->date.year, d->date.month, d->date.day);
}

/* Of keys that are counted all is kept, and settled at the end. */
static void
note_period(struct key_judge *k, const struct test *t, struct scope *s)
{
	struct datum *id =
	    t->apart == NO_FIELD ? NULL : only_value(s, t->apart);
	uint8_t key[KEY_DIGEST], apart[KEY_DIGEST];
	struct key_note *n;

	if (!put_key(k, t->members + 2, t->nmembers - 2, s, key))
		return;
	n = add_note(k, t, KEY_NOTED);
	memcpy(n->key, key, KEY_DIGEST);
	n->from = day_of(only_value(s, t->members[0]));
	n->to = day_of(only_value(s, t->members[1]));
	if (t->apart == NO_FIELD)
		return;
	if (id == NULL || !datum_scalar(id)) { /* never one of a pair */
		n->from = n->to = KEY_NO_DAY;
		return;
	}
	reference_digest(k->digest, datum_key(id, s->arena), apart);
	memcpy(&n->more, apart, sizeof(n->more));
	n->more |= 1;
}

bool
key_judge_overlap(struct key_judge *k, const struct test *t, struct scope *s,
    enum outcome *o, struct err *e)
{
	struct datum *from = only_value(s, t->members[0]);
	struct datum *to = only_value(s, t->members[1]);
	uint8_t key[KEY_DIGEST];
	struct key_note *n;
	int seen = 0;

	*o = NOT_APPLICABLE;
	if (t->rule->per_value) {
		note_period(k, t, s);
		return true;
	}
	if (from == NULL || to == NULL || !datum_date(from) ||
	    !datum_date(to) || from->date.precision < DATE_DAY ||
	    to->date.precision < DATE_DAY ||
	    expr_date_cmp(&from->date, &to->date, s->zone) > 0 ||
	    !put_key(k, t->members + 2, t->nmembers - 2, s, key))
		return true;
	n = add_note(k, t, KEY_NOTED);
	memcpy(n->key, key, KEY_DIGEST);
	n->from = moment(&from->date, true, s->zone);
	n->to = moment(&to->date, false, s->zone);
	if (k->keys != NULL)
		seen = keys_overlap(k->keys, n, e);
	*o = seen == 0 ? PASS : FAIL;
	return seen >= 0;
}
