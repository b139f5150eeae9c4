#include "base/hash.h"
#include "base/mem.h"
#include "deid/treat.h"
#include "io/reader.h"

/* Members whose values are a person's own, and what replaces them in texts. */
static const struct {
	const char *member;
	enum label label;
} identifying[] = { { "name", LABEL_NAME }, { "contact_name", LABEL_NAME },
	{ "id_card", LABEL_ID_CARD }, { "phone", LABEL_PHONE },
	{ "contact_phone", LABEL_PHONE }, { "address", LABEL_ADDRESS },
	{ "health_card", LABEL_HEALTH_CARD }, { "mrn", LABEL_MRN },
	{ "patient_id", LABEL_MRN }, { "visit_id", LABEL_MRN },
	{ "inpatient_no", LABEL_MRN }, { "outpatient_no", LABEL_MRN },
	{ "doctor", LABEL_STAFF }, { "nurse", LABEL_STAFF },
	{ "operator", LABEL_STAFF }, { "assistant", LABEL_STAFF },
	{ "anesthetist", LABEL_STAFF }, { "reporter", LABEL_STAFF },
	{ "reviewer", LABEL_STAFF }, { "employer", LABEL_OTHER_ID },
	{ "PatientName", LABEL_NAME }, { "PatientID", LABEL_MRN } };

static bool
is_identifying(struct slice member, enum label *label)
{
	for (size_t i = 0; i < sizeof(identifying) / sizeof(identifying[0]);
	     i++)
		if (slice_is(member, identifying[i].member)) {
			*label = identifying[i].label;
			return true;
		}
	return false;
}

static void
add(struct deid_worker *w, struct slice value, enum label label)
{
	value = slice_trim(value);
	if (value.n == 0 || w->nknown == KNOWN_MOST)
		return;
	for (size_t i = 0; i < w->nknown; i++)
		if (slice_eq(w->known[i].text, value))
			return;
	w->known[w->nknown++] = (struct known){ value, label };
}

void
known_add(struct deid_worker *w, struct slice member, struct slice value)
{
	enum label label;

	if (is_identifying(member, &label))
		add(w, value, label);
}

/* Patients of --known by their id; the values of one form a list. */
struct value {
	struct slice text;
	enum label label;
	struct value *next;
};

struct people {
	struct arena *arena;
	struct index *ids;
	struct value **values;
	size_t room;
};

static bool
add_person(struct people *p, const struct policy *policy, struct slice line,
    struct err *e)
{
	struct json record, v;
	struct json_walk walk;
	struct slice key, id = { NULL, 0 };
	bool fresh;
	size_t i;

	if (!json_check(line.p, line.n, 0, e))
		return false;
	record = json_of(arena_slice(p->arena, line));
	walk = json_enter(record);
	while (json_next_member(&walk, &key, &v))
		if (json_key_is(key, policy->patient))
			id = slice_trim(json_text(v, p->arena));
	if (id.n == 0)
		return true;
	i = index_add(p->ids, id, &fresh);
	if (fresh) {
		p->values =
		    mem_room(p->values, i, &p->room, sizeof(*p->values));
		p->values[i] = NULL;
	}
	walk = json_enter(record);
	while (json_next_member(&walk, &key, &v)) {
		struct value *value;
		enum label label;

		if ((v.type != JSON_STRING && v.type != JSON_NUMBER) ||
		    !is_identifying(json_unescape(key, p->arena), &label))
			continue;
		value = arena_alloc(p->arena, sizeof(*value));
		*value = (struct value){ json_text(v, p->arena), label,
			p->values[i] };
		p->values[i] = value;
	}
	return true;
}

struct people *
people_load(const char *path, const struct policy *policy, struct err *e)
{
	struct people *p = mem_zalloc(sizeof(*p));
	struct reader *r = reader_open(path, NULL, e);
	struct block b = { 0 };
	bool ok = r != NULL;

	p->arena = arena_new();
	p->ids = index_new();
	while (ok && reader_block(r, &b, e)) {
		struct slice rest = { b.text, b.n }, line;

		ok = e->kind == ERR_NONE;
		for (uint64_t n = b.line; ok && slice_next(&rest, '\n', &line);
		     n++)
			if (slice_trim(line).n > 0 &&
			    !add_person(p, policy, line, e))
				ok = err_wrap(
				    e, "%s:%llu", path, (unsigned long long)n);
	}
	ok = ok && e->kind == ERR_NONE;
	block_release(&b);
	reader_free(r);
	if (ok)
		return p;
	if (e->kind == ERR_DATA)
		e->kind = ERR_USAGE;
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
	mem_free(p);
}

void
people_add(const struct people *p, struct slice patient, struct deid_worker *w)
{
	long i = p == NULL ? -1 : index_find(p->ids, patient);

	if (i < 0)
		return;
	for (const struct value *v = p->values[i]; v != NULL; v = v->next)
		add(w, v->text, v->label);
}
