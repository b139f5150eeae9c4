#include "rules/plan.h"

#include "base/digest.h"
#include "base/mem.h"
#include "rules/limits.h"
#include "rules/stream.h"

bool
plan_field(struct plan *p, struct slice name, size_t *number, struct err *e)
{
	const struct indicator *d;
	struct slice path, key;
	bool inside, fresh;
	struct field f;

	if (plan_is_lookup(name)) {
		path = name;
		inside = false;
	} else {
		ruleset_place(p->rules, name, &path, &inside, &d);
	}
	key = slice_of(arena_printf(p->arena, "%c%.*s",
	    p->plain     ? 'n'
		: inside ? 'i'
			 : 'p',
	    (int)path.n, path.p));
	if (index_find(p->paths, key) < 0 &&
	    !(plan_is_lookup(name)
		    ? plan_lookup(p, name, &f, e)
		    : field_parse(path, inside, p->names, p->arena, &f, e)))
		return false;
	*number = index_add(p->paths, key, &fresh);
	if (fresh) {
		f.plain = p->plain;
		p->fields = mem_room(
		    p->fields, p->nfields, &p->fields_room, sizeof(*p->fields));
		p->fields[p->nfields++] = f;
	}
	return true;
}

size_t
plan_kind(const struct plan *p, struct slice kind)
{
	long i = index_find(p->kinds, kind);

	return i < 0 ? index_count(p->kinds) : (size_t)i;
}

struct slice
plan_guard_key(struct datum *d, struct arena *a)
{
	struct slice text = d->text;
	char kind = 's', *key;

	if ((d->json.type == JSON_NUMBER || d->plain) && datum_number(d, a)) {
		struct decimal plain = decimal_strip(&d->number);

		text = decimal_text(&plain, a);
		kind = 'n';
	}
	key = arena_alloc(a, text.n + 1);
	key[0] = kind;
	if (text.n > 0) /* an array has none */
		memcpy(key + 1, text.p, text.n);
	return (struct slice){ key, text.n + 1 };
}

/* --- the index ------------------------------------------------------------------ */

static struct guard *
guard_of(struct kind_plan *k, size_t field)
{
	struct guard *g;

	for (size_t i = 0; i < k->nguards; i++)
		if (k->guards[i].field == field)
			return &k->guards[i];
	k->guards = mem_room(
	    k->guards, k->nguards, &k->guards_room, sizeof(*k->guards));
	g = &k->guards[k->nguards++];
	*g = (struct guard){ .field = field, .constants = index_new() };
	return g;
}

static void
add_behind(struct guard *g, struct slice key, size_t test)
{
	bool fresh;
	size_t i = index_add(g->constants, key, &fresh), room = g->room;

	if (fresh && i == room) {
		g->room = room == 0 ? 8 : 2 * room;
		g->tests = mem_resize(g->tests, g->room, sizeof(*g->tests));
		g->ntests = mem_resize(g->ntests, g->room, sizeof(*g->ntests));
		g->rooms = mem_resize(g->rooms, g->room, sizeof(*g->rooms));
	}
	if (fresh) {
		g->tests[i] = NULL;
		g->ntests[i] = g->rooms[i] = 0;
	}
	g->tests[i] = mem_room(
	    g->tests[i], g->ntests[i], &g->rooms[i], sizeof(**g->tests));
	if (g->ntests[i] == 0 || g->tests[i][g->ntests[i] - 1] != test)
		g->tests[i][g->ntests[i]++] = test;
}

/* A constant that is a number stands under both its spelling and its value. */
static void
add_constant(struct plan *p, struct guard *g, struct slice text, size_t test)
{
	struct datum d = { .text = text, .json = { text, JSON_STRING } };

	add_behind(g, plan_guard_key(&d, p->arena), test);
	d.json.type = JSON_NUMBER;
	if (datum_number(&d, p->arena))
		add_behind(g, plan_guard_key(&d, p->arena), test);
}

/* Only a value that is one and plain can be looked up. */
static bool
can_guard(const struct plan *p, size_t field)
{
	const struct field *f = &p->fields[field];

	return !f->in_indicators && f->lookup == 0 &&
	    slice_find(f->path, SLICE("[]")) == NULL;
}

static void
place(struct plan *p, struct kind_plan *k, size_t test)
{
	const struct test *t = &p->tests[test];
	const struct slice *constants = NULL;
	size_t field = 0, n = 0;

	/* The first of a schema's rules stands for all. */
	if (t->rule->check == CHECK_KEYWORD && test != p->first_keyword)
		return;
	if (t->when != NULL)
		n = cond_guard(t->when, &field, &constants);
	if (n == 0 || !can_guard(p, field)) {
		k->always = mem_room(
		    k->always, k->nalways, &k->always_room, sizeof(*k->always));
		k->always[k->nalways++] = test;
		return;
	}
	for (size_t i = 0; i < n; i++)
		add_constant(p, guard_of(k, field), constants[i], test);
}

/* What the catalogue does not know is told by the names on its way. */
static bool
is_identifying(const struct plan *p, const struct rule *r, size_t field)
{
	const struct indicator *d = r->of;
	const struct field *f = &p->fields[field];
	struct slice path, name;
	bool inside;

	if (d == NULL)
		ruleset_place(p->rules, r->field, &path, &inside, &d);
	if (d != NULL || p->identity == NULL || f->lookup > 0)
		return d != NULL && d->identifying;
	for (size_t i = 0; (name = field_name(f, p->names, i)).n > 0; i++)
		if (identity_named(p->identity, name))
			return true;
	return false;
}

/* Fields that a required or complete rule watches are the table's columns. */
static void
track_field(struct plan *p, size_t kind, size_t field, const struct test *t)
{
	struct kind_plan *k = &p->by_kind[kind];
	bool other = kind == index_count(p->kinds);
	bool listed = field == t->field &&
	    (t->rule->check == CHECK_COMPLETE ||
		t->rule->check == CHECK_REQUIRED);
	struct tracked *to;

	for (size_t i = 0; i < k->ntracked; i++) {
		to = &p->tracked[k->tracked[i]];
		if (to->field == field) {
			if (listed && !to->listed)
				to->hidden = is_identifying(p, t->rule, field);
			to->listed = to->listed || listed;
			return;
		}
	}
	p->tracked = mem_room(
	    p->tracked, p->ntracked, &p->tracked_room, sizeof(*p->tracked));
	to = &p->tracked[p->ntracked];
	to->kind = other ? SLICE("") : index_name(p->kinds, kind);
	to->field = field;
	to->title = field == t->field ? t->rule->title : SLICE("");
	to->listed = listed;
	to->values = NULL;
	to->hidden = !listed || is_identifying(p, t->rule, field);
	k->tracked = mem_room(
	    k->tracked, k->ntracked, &k->tracked_room, sizeof(*k->tracked));
	k->tracked[k->ntracked++] = p->ntracked++;
}

static void
track(struct plan *p, size_t kind, const struct test *t)
{
	bool other = kind == index_count(p->kinds);

	if (t->rule->nkinds == 0 ? !other : other)
		return;
	if (t->rule->check == CHECK_COMPLETE ||
	    t->rule->check == CHECK_REQUIRED)
		track_field(p, kind, t->field, t);
	for (size_t i = 0; i < t->ncolumns; i++)
		track_field(p, kind, t->columns[i], t);
}

/* A field watched for every kind is counted under no kind, for all. */
static void
share_tracked(struct plan *p)
{
	size_t n = index_count(p->kinds);
	const struct kind_plan *every = &p->by_kind[n];

	for (size_t i = 0; i < n; i++) {
		struct kind_plan *k = &p->by_kind[i];

		for (size_t j = 0; j < every->ntracked; j++) {
			k->tracked = mem_room(k->tracked, k->ntracked,
			    &k->tracked_room, sizeof(*k->tracked));
			k->tracked[k->ntracked++] = every->tracked[j];
		}
	}
}

/* The value set of a field: that of the first enum rule about it. */
static void
find_values(struct plan *p)
{
	const struct index **sets =
	    mem_zalloc((p->nfields + 1) * sizeof(*sets));

	for (size_t i = p->rules->n; i-- > 0;)
		if (p->tests[i].rule->check == CHECK_ENUM)
			sets[p->tests[i].field] = p->tests[i].set;
	for (size_t i = 0; i < p->rules->n; i++)
		if (p->tests[i].field != NO_FIELD)
			p->tests[i].values = sets[p->tests[i].field];
	for (size_t i = 0; i < p->ntracked; i++)
		p->tracked[i].values = sets[p->tracked[i].field];
	mem_free(sets);
}

static void
build_index(struct plan *p)
{
	const struct ruleset *s = p->rules;
	size_t n;

	for (size_t i = 0; i < s->n; i++)
		for (size_t j = 0; j < s->rules[i]->nkinds; j++)
			index_add(p->kinds, s->rules[i]->kinds[j], NULL);
	n = index_count(p->kinds);
	p->by_kind = mem_zalloc((n + 1) * sizeof(*p->by_kind));
	for (size_t i = 0; i < s->n; i++) {
		const struct rule *r = s->rules[i];

		for (size_t j = 0; j <= n; j++) {
			if (j < n ? !rule_of_kind(r, index_name(p->kinds, j))
				  : r->nkinds > 0)
				continue;
			place(p, &p->by_kind[j], i);
			track(p, j, &p->tests[i]);
		}
	}
	share_tracked(p);
	find_values(p);
}

/* --- groups --------------------------------------------------------------------- */

static bool
add_by(struct plan *p, struct slice text, struct by *to, struct err *e)
{
	static const struct {
		const char *name;
		size_t cut;
	} cuts[] = { { "year(", 4 }, { "month(", 7 }, { "day(", 10 } };
	struct slice name = text;

	*to = (struct by){ .text = arena_slice(p->arena, text) };
	for (size_t i = 0; i < 3; i++)
		if (slice_starts(text, cuts[i].name) &&
		    text.p[text.n - 1] == ')') {
			size_t n = strlen(cuts[i].name);

			name = slice_trim(
			    (struct slice){ text.p + n, text.n - n - 1 });
			to->cut = cuts[i].cut;
		}
	if (to->cut == 0 && memchr(text.p, '(', text.n) != NULL)
		return err_set(e, ERR_USAGE,
		    "--by '%.*s': year(F), month(F), day(F) or a field",
		    (int)text.n, text.p);
	return plan_field(p, name, &to->field, e) ||
	    err_wrap(e, "--by '%.*s'", (int)text.n, text.p);
}

static bool
parse_by(struct plan *p, const char *text, struct err *e)
{
	struct slice rest = slice_of(text), part;

	p->by = arena_alloc(p->arena, (rest.n + 1) * sizeof(*p->by));
	while (slice_next(&rest, ',', &part)) {
		part = slice_trim(part);
		if (!add_by(p, part, &p->by[p->nby], e))
			return false;
		p->nby++;
	}
	return true;
}

/* ---------------------------------------------------------------------------------- */

/* What was said last: the rules that one row expands to share its faults. */
struct said {
	const struct rule *rule;
	struct err why;
};

static bool
compile_rule(struct plan *p, size_t number, struct said *last, struct err *e)
{
	const struct ruleset *s = p->rules;
	const struct rule *r = s->rules[number];
	size_t before = s->faults->n;
	struct err why = { 0 };

	p->tests[number].rule = r;
	if (plan_compile(p, &p->tests[number], &why))
		return true;
	if (s->faults->n > before) { /* a table has said it all */
		if (e->kind == ERR_NONE)
			*e = why;
	} else if (last->rule == NULL || last->rule->path != r->path ||
	    last->rule->line != r->line ||
	    strcmp(last->why.text, why.text) != 0) {
		table_fault(s->faults, r->path, r->line, e, "rule '%.*s': %s",
		    (int)r->id.n, r->id.p, why.text);
	}
	last->rule = r;
	last->why = why;
	return false;
}

/* Which test each rule of the schema is; some may be off. */
static bool
place_keywords(struct plan *p, struct err *e)
{
	const struct ruleset *s = p->rules;
	size_t n = s->schema == NULL ? 0 : schema_count(s->schema), made = 0;
	struct slice at = s->schema_at;

	p->schema_field = p->first_keyword = NO_FIELD;
	p->keywords = arena_alloc(p->arena, (n + 1) * sizeof(*p->keywords));
	for (size_t i = 0; i < n; i++)
		p->keywords[i] = NO_FIELD;
	/* Both stand in the order of the schema. */
	for (size_t i = 0; i < s->n; i++) {
		const struct rule *r = s->rules[i];

		if (r->check != CHECK_KEYWORD)
			continue;
		p->keywords[r->keyword] = i;
		if (made++ == 0)
			p->first_keyword = i;
	}
	return at.n == 0 || made == 0 ||
	    plan_field(p, at, &p->schema_field, e) ||
	    err_wrap(e, "--schema-at");
}

struct plan *
plan_new(const struct ruleset *s, const struct plan_options *o, struct err *e)
{
	struct plan *p = mem_zalloc(sizeof(*p));
	struct said last = { NULL, { 0 } };
	bool ok = !s->faulty;

	p->rules = s;
	p->identity = o->identity;
	p->arena = arena_new();
	p->names = record_names();
	p->paths = index_new();
	p->kinds = index_new();
	p->zone = o->zone;
	p->now = o->now;
	p->id = NO_FIELD;
	p->tests = mem_zalloc((s->n + 1) * sizeof(*p->tests));
	for (size_t i = 0; i < s->n; i++)
		ok = compile_rule(p, i, &last, e) && ok;
	ok = ok && place_keywords(p, e) &&
	    (o->by == NULL || parse_by(p, o->by, e)) &&
	    (o->id == NULL || plan_field(p, slice_of(o->id), &p->id, e));
	if (!ok) {
		plan_free(p);
		return NULL;
	}
	build_index(p);
	return p;
}

static void
release_kind(struct kind_plan *k)
{
	for (size_t i = 0; i < k->nguards; i++) {
		struct guard *g = &k->guards[i];

		for (size_t j = 0; j < index_count(g->constants); j++)
			mem_free(g->tests[j]);
		index_free(g->constants);
		mem_free(g->tests);
		mem_free(g->ntests);
		mem_free(g->rooms);
	}
	mem_free(k->guards);
	mem_free(k->always);
	mem_free(k->tracked);
}

void
plan_free(struct plan *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; p->by_kind != NULL && i <= index_count(p->kinds);
	     i++)
		release_kind(&p->by_kind[i]);
	for (size_t i = 0; i < p->rules->n; i++) {
		struct test *t = &p->tests[i];

		pattern_free((struct pattern *)t->pattern);
		index_free((struct index *)t->set);
		pairs_free((struct pairs *)t->pairs);
		schema_free(t->schema);
		if (t->ready != NULL)
			filter_free(atomic_exchange(t->ready, NULL));
	}
	for (size_t i = 0; i < p->nreferences; i++)
		reference_release(p->references[i]);
	mem_free(p->references);
	mem_free(p->lookups);
	mem_free(p->joins);
	patterns_release(&p->patterns);
	arena_free(p->arena);
	index_free(p->names);
	index_free(p->paths);
	index_free(p->kinds);
	mem_free(p->fields);
	mem_free(p->tests);
	mem_free(p->by_kind);
	mem_free(p->tracked);
	mem_free(p);
}

bool
plan_load(struct plan *p, const struct reference_options *o, struct err *e)
{
	if (!reference_load(p->references, p->nreferences, o, e))
		return false;
	plan_find_broken(p);
	return true;
}

static void
add_text(struct digest *d, struct slice text)
{
	digest_add(d, text.p, text.n);
	digest_add(d, "\n", 1);
}

static void
add_set(struct digest *d, const struct index *set)
{
	for (size_t i = 0; i < index_count(set); i++)
		add_text(d, index_name(set, i));
}

/* What stands in tables beside the rule file decides as the rule does. */
static void
add_tables(struct digest *d, const struct test *t)
{
	struct buf b = { 0 };

	if (t->set != NULL)
		add_set(d, t->set);
	if (t->pairs != NULL)
		add_set(d, t->pairs->keys);
	for (size_t i = 0; t->pairs != NULL && i < index_count(t->pairs->keys);
	     i++)
		add_set(d, t->pairs->allowed[i]);
	if (t->rule->limits != NULL)
		limits_put(t->rule->limits, "", &b);
	if (t->schema != NULL)
		buf_add_slice(&b, schema_text(t->schema));
	add_text(d, buf_slice(&b));
	buf_release(&b);
}

void
plan_logic(const struct plan *p, char out[7 + 65])
{
	struct digest *d = digest_new();
	uint8_t bytes[DIGEST_SIZE];

	for (size_t i = 0; i < p->rules->n; i++) {
		const struct rule *r = p->rules->rules[i];

		add_text(d, r->id);
		for (size_t j = 0; j < r->nkinds; j++)
			add_text(d, r->kinds[j]);
		add_text(d, r->field);
		add_text(d, slice_of(check_name(r->check)));
		add_text(d, stream_is_threshold(r->check) ? SLICE("") : r->arg);
		add_tables(d, &p->tests[i]);
		add_text(d, r->when);
		add_text(d, slice_of(rule_missing_name(r)));
		if (r->per_value)
			add_text(d, SLICE("per value"));
	}
	/* What stands in `not` or `anyOf` decides too, and is no rule. */
	if (p->first_keyword != NO_FIELD) {
		add_text(d, schema_text(p->rules->schema));
		add_text(d, p->rules->schema_at);
		add_text(
		    d, p->rules->schema_formats ? SLICE("formats") : SLICE(""));
	}
	add_text(d, slice_of(arena_printf(p->arena, "%d", p->zone)));
	digest_peek(d, bytes);
	digest_free(d);
	memcpy(out, "sha256:", 7);
	digest_hex(bytes, out + 7);
}
