#include "deid/people.h"

#include "base/hash.h"
#include "base/mem.h"
#include "deid/key.h"
#include "io/reader.h"

/* The values of one patient form a list. */
struct value {
	struct known known;
	struct value *next;
};

struct people {
	struct arena *arena, *line;
	struct index *ids;
	struct value **values;
	size_t room;
};

static struct slice
patient_of(
    const struct people *p, const struct policy *policy, struct json record)
{
	struct json_walk walk = json_enter(record);
	struct slice key, id = SLICE("");
	struct json v;

	while (json_next_member(&walk, &key, &v))
		if (json_key_is(key, policy->patient) &&
		    (v.type == JSON_STRING || v.type == JSON_NUMBER))
			id = key_fold(json_text(v, p->line), p->line);
	return id;
}

static void
keep_values(struct people *p, size_t person, const struct values *values)
{
	for (size_t i = 0; i < values->n; i++) {
		struct value *v = arena_alloc(p->arena, sizeof(*v));

		v->known = values->list[i];
		v->known.text = arena_slice(p->arena, v->known.text);
		v->next = p->values[person];
		p->values[person] = v;
	}
}

static bool
add_person(struct people *p, const struct policy *policy,
    const struct members *members, struct slice line, struct err *e)
{
	struct values values = { 0 };
	struct json_walk walk;
	struct json record, v;
	struct slice key, id;
	enum label label;
	bool fresh;
	size_t i;

	if (!json_check(line.p, line.n, 0, e))
		return false;
	record = json_of(line);
	id = patient_of(p, policy, record);
	if (id.n == 0) {
		arena_reset(p->line);
		return true;
	}
	i = index_add(p->ids, id, &fresh);
	if (fresh) {
		p->values =
		    mem_room(p->values, i, &p->room, sizeof(*p->values));
		p->values[i] = NULL;
	}
	walk = json_enter(record);
	while (json_next_member(&walk, &key, &v))
		if (members_find(members, json_unescape(key, p->line), &label))
			values_add(&values, v, label, p->line);
	keep_values(p, i, &values);
	mem_free(values.list);
	arena_reset(p->line);
	return true;
}

static bool
read_block(struct people *p, const struct policy *policy,
    const struct members *members, const struct block *b, struct err *e)
{
	struct slice rest = { b->text, b->n }, line;
	uint64_t n = b->line;

	if (b->cut)
		return err_data(e, "limit_record", "a line is too long");
	for (; slice_next(&rest, '\n', &line); n++)
		if (slice_trim(line).n > 0 &&
		    !add_person(p, policy, members, line, e))
			return err_wrap(e, "line %llu", (unsigned long long)n);
	return true;
}

struct people *
people_load(const char *path, const struct policy *policy,
    const struct members *members, struct err *e)
{
	struct people *p = mem_zalloc(sizeof(*p));
	struct reader *r = NULL;
	struct block b = { 0 };
	bool ok = true;

	p->arena = arena_new();
	p->line = arena_new();
	p->ids = index_new();
	if (policy->patient.n == 0)
		ok = err_set(e, ERR_USAGE,
		    "the policy has no @patient to find the values by");
	ok = ok && (r = reader_open(path, NULL, e)) != NULL;
	while (ok && reader_block(r, &b, e))
		ok = e->kind == ERR_NONE &&
		    read_block(p, policy, members, &b, e);
	ok = ok && e->kind == ERR_NONE;
	block_release(&b);
	reader_free(r);
	if (ok)
		return p;
	if (e->kind == ERR_DATA)
		e->kind = ERR_USAGE;
	err_wrap(e, "--known '%s'", path);
	people_free(p);
	return NULL;
}

void
people_free(struct people *p)
{
	if (p == NULL)
		return;
	index_free(p->ids);
	mem_free(p->values);
	arena_free(p->arena);
	arena_free(p->line);
	mem_free(p);
}

void
people_add(const struct people *p, struct slice folded, struct values *to)
{
	long i = p == NULL ? -1 : index_find(p->ids, folded);

	if (i < 0)
		return;
	for (const struct value *v = p->values[i]; v != NULL; v = v->next) {
		to->list =
		    mem_room(to->list, to->n, &to->room, sizeof(*to->list));
		to->list[to->n++] = v->known;
	}
}
