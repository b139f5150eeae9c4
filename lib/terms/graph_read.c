#include "terms/graph_read.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/mem.h"
#include "terms/graph_line.h"

static const char *const member_names[GRAPH_MEMBERS] = { "patient_id",
	"visit_id", "id", "type", "name", "system", "version", "code",
	"aliases", "count", "undeclared", "subject", "predicate", "object",
	"source", "first", "last" };

void
graph_reader_init(struct graph_reader *g, struct index *names)
{
	for (size_t i = 0; i < GRAPH_MEMBERS; i++)
		g->members[i] =
		    index_add(names, slice_of(member_names[i]), NULL);
	for (size_t i = 0; i < catalogue_count(g->catalogue); i++)
		index_add(names, catalogue_at(g->catalogue, i)->id, NULL);
	g->ndates = index_count(names);
	g->dates = mem_zalloc(g->ndates * sizeof(*g->dates));
	for (size_t i = 0; i < catalogue_count(g->catalogue); i++) {
		const struct indicator *d = catalogue_at(g->catalogue, i);

		/* A date of birth is a date, but of nothing that was done. */
		if (d->type == TYPE_DATE && !d->identifying)
			g->dates[index_add(names, d->id, NULL)] = true;
	}
}

void
graph_reader_release(struct graph_reader *g)
{
	mem_free(g->dates);
	g->dates = NULL;
}

bool
graph_is_person(struct slice type)
{
	return slice_is(type, "patient") || slice_is(type, "visit");
}

/* --- one record ---------------------------------------------------------- */

struct work {
	struct graph_reader *reader;
	struct record *record;
	const struct graph_row *row;
	const struct graph_row *dated; /* the row that `date` is of */
	uint32_t number;               /* the record's in the batch */
	uint32_t patient, visit;       /* 0: none, or not kept */
	uint32_t hidden;               /* a visit that is not kept */
	uint32_t date, source;
};

static uint32_t
text(struct work *w, struct slice s)
{
	return graph_batch_text(w->reader->batch, s);
}

/* A text or number with something in it, else n 0. */
static struct slice
scalar(struct record *r, struct json v)
{
	if (v.type != JSON_STRING && v.type != JSON_NUMBER)
		return SLICE("");
	return slice_trim(json_text(v, record_arena(r)));
}

static uint32_t
date_of(struct work *w, const struct json_member *m)
{
	struct slice s = scalar(w->record, record_value(w->record, m));
	char out[DATE_TEXT];
	struct date d;
	size_t n;

	if (s.n == 0 || !date_read(s, NULL, &d, NULL))
		return 0;
	n = date_print(&d, out);
	return text(w, (struct slice){ out, n });
}

static bool
same_dates(const struct graph_row *a, const struct graph_row *b)
{
	return a->ndates == b->ndates &&
	    memcmp(a->dates, b->dates, a->ndates * sizeof(*a->dates)) == 0;
}

/*
 * The row's own dates, the best first; else the first date of the record.
 * Rows mostly ask for the same ones as the row before.
 */
static uint32_t
find_date(struct work *w)
{
	const struct graph_reader *g = w->reader;
	const struct json_member *m;
	uint32_t date = 0;
	size_t n;

	if (w->dated != NULL && same_dates(w->dated, w->row))
		return w->date;
	w->dated = w->row;
	for (size_t i = 0; date == 0 && i < w->row->ndates; i++)
		date = date_of(w, record_field(w->record, w->row->dates[i]));
	m = record_members(w->record, &n);
	for (size_t i = 0; date == 0 && i < n; i++)
		if (m[i].field < g->ndates && g->dates[m[i].field])
			date = date_of(w, &m[i]);
	return date;
}

static void
add_edge(struct work *w, uint32_t subject, uint32_t object)
{
	const struct graph_edge edge = { .record = w->number,
		.subject = subject,
		.predicate = text(w, w->row->predicate),
		.object = object,
		.source = w->source,
		.first = w->date,
		.last = w->date,
		.count = 1 };

	if (subject == w->hidden)
		graph_batch_hide(w->reader->batch, &edge);
	else
		graph_batch_edge(w->reader->batch, &edge);
}

/* What the patient has, the visit has too; but no visit has itself. */
static void
add_object(struct work *w, const struct graph_mention *m)
{
	graph_batch_mention(w->reader->batch, m);
	if (w->patient != 0)
		add_edge(w, w->patient, m->entity);
	if (w->visit != 0 && w->visit != m->entity)
		add_edge(w, w->visit, m->entity);
	if (w->hidden != 0)
		add_edge(w, w->hidden, m->entity);
}

static struct graph_mention
mention_of(struct work *w, uint32_t entity, struct slice type)
{
	return (struct graph_mention){ .record = w->number,
		.entity = entity,
		.type = text(w, type),
		.rank = GRAPH_RECORD,
		.count = 1 };
}

static bool
take_code(struct work *w, struct json v, struct err *e)
{
	struct slice code = scalar(w->record, json_get(v, "code"));
	struct slice system = scalar(w->record, json_get(v, "system"));
	struct slice version = scalar(w->record, json_get(v, "version"));
	struct slice display = scalar(w->record, json_get(v, "display"));
	struct graph_mention m;

	if (code.n == 0 || system.n == 0)
		return err_data(e, "graph_code",
		    "'%.*s' has an entry without code and system",
		    (int)w->row->name.n, w->row->name.p);
	m = mention_of(
	    w, graph_batch_id(w->reader->batch, system, code), w->row->type);
	m.name = text(w, display);
	m.system = text(w, system);
	m.version = text(w, version);
	m.code = text(w, code);
	add_object(w, &m);
	return true;
}

/* A value is an entity by itself: department:消化内科. */
static void
take_name(struct work *w, struct slice name)
{
	struct graph_mention m;

	if (name.n == 0)
		return;
	m = mention_of(w, graph_batch_id(w->reader->batch, w->row->type, name),
	    w->row->type);
	if (!graph_is_person(w->row->type))
		m.name = text(w, name);
	add_object(w, &m);
}

static void
take_finding(struct work *w, struct slice id, const struct indicator *d,
    const struct code *code)
{
	struct arena *a = record_arena(w->record);
	struct slice name = d == NULL ? SLICE("") : d->name_zh, spelling;
	struct graph_mention m;

	if (code != NULL) {
		spelling = code->spellings[code->nspellings > 1];
		id = slice_of(arena_printf(a, "%.*s=%.*s", (int)id.n, id.p,
		    (int)code->code.n, code->code.p));
		name = slice_of(arena_printf(a, "%.*s：%.*s", (int)name.n,
		    name.p, (int)spelling.n, spelling.p));
	}
	m = mention_of(w,
	    graph_batch_id(w->reader->batch, SLICE("indicator"), id),
	    w->row->type);
	m.name = text(w, name);
	add_object(w, &m);
}

/*
 * What is true or coded; of a group each of its rows.  Numbers and texts are
 * no entities.  A code is a finding of its own: sharp and blurred margins are
 * not one thing.
 */
static void
take_indicator(struct work *w, struct slice id, struct json v)
{
	const struct indicator *d = catalogue_find(w->reader->catalogue, id);
	struct json_walk walk = json_enter(v);
	const struct code *code;
	struct slice key;
	struct json item;

	switch (v.type) {
	case JSON_TRUE:
		take_finding(w, id, d, NULL);
		break;
	case JSON_STRING:
		if (d == NULL || d->type != TYPE_CODE)
			break;
		code = indicator_code(d, scalar(w->record, v));
		if (code != NULL)
			take_finding(w, id, d, code);
		break;
	case JSON_ARRAY:
		while (json_next_element(&walk, &item))
			take_indicator(w, id, item);
		break;
	case JSON_OBJECT:
		while (json_next_member(&walk, &key, &item))
			take_indicator(w,
			    json_unescape(key, record_arena(w->record)), item);
		break;
	default:
		break;
	}
}

static bool
take_value(struct work *w, struct json v, struct err *e)
{
	struct json_walk walk;
	struct json item;

	if (slice_is(w->row->name, "indicators")) {
		take_indicator(w, SLICE(""), v);
	} else if (v.type == JSON_OBJECT) {
		return take_code(w, v, e);
	} else if (v.type == JSON_ARRAY) {
		walk = json_enter(v);
		while (json_next_element(&walk, &item))
			if (!take_value(w, item, e))
				return false;
	} else {
		take_name(w, scalar(w->record, v));
	}
	return true;
}

/* Whether the row holds for this kind, and none before it does. */
static bool
counts(const struct graph_table *t, size_t i, struct slice kind)
{
	for (size_t k = 0; k <= i; k++)
		if (t->rows[k].member == t->rows[i].member &&
		    (slice_is(t->rows[k].kind, "*") ||
			slice_eq(t->rows[k].kind, kind)))
			return k == i;
	return false;
}

static bool
take_rows(struct work *w, struct err *e)
{
	const struct graph_table *t = w->reader->table;
	struct slice kind = record_kind(w->record);

	for (size_t i = 0; i < t->nrows; i++) {
		const struct json_member *m;

		w->row = &t->rows[i];
		m = record_field(w->record, w->row->member);
		if (m == NULL || !counts(t, i, kind) ||
		    (!w->reader->patients && graph_is_person(w->row->type)))
			continue;
		w->date = find_date(w);
		if (!take_value(w, record_value(w->record, m), e))
			return false;
	}
	return true;
}

/* The patient or the visit: its id is all that the graph has of it. */
static uint32_t
subject(struct work *w, enum graph_member member, const char *type, bool keep)
{
	struct graph_reader *g = w->reader;
	struct slice id = scalar(w->record,
	    record_value(
		w->record, record_field(w->record, g->members[member])));
	struct graph_mention m;

	if (id.n == 0)
		return 0;
	m = mention_of(
	    w, graph_batch_id(g->batch, slice_of(type), id), slice_of(type));
	if (keep)
		graph_batch_mention(g->batch, &m);
	return m.entity;
}

static bool
count_in(struct graph_reader *g, struct record *r)
{
	struct slice line = record_line(r), id = record_id(r);
	uint8_t digest[DIGEST_SIZE];
	char out[DIGEST_ID + 1];

	if (id.n == 0) {
		digest_bytes(line.p, line.n, digest);
		digest_id(digest, out);
		id = (struct slice){ out, DIGEST_ID };
	}
	return graph_batch_record(g->batch, id);
}

static enum verdict
skip(struct graph_reader *g, struct graph_mark m, struct job *job,
    const char *reason)
{
	graph_batch_back(g->batch, m);
	job->reason = reason;
	return RECORD_SKIP;
}

static enum verdict
take_record(
    struct graph_reader *g, struct record *r, struct job *job, struct err *e)
{
	struct graph_mark before = graph_batch_mark(g->batch);
	struct work w = {
		.reader = g, .record = r, .number = graph_batch_next(g->batch)
	};
	size_t subjects, made;

	w.source = text(&w, SLICE("record"));
	if (g->patients) {
		w.patient = subject(&w, GRAPH_PATIENT, "patient", true);
		w.visit = subject(&w, GRAPH_VISIT, "visit", true);
	} else if (g->derive) {
		w.hidden = subject(&w, GRAPH_VISIT, "visit", false);
	}
	subjects = g->batch->nmentions;
	if (!take_rows(&w, e)) {
		graph_batch_back(g->batch, before);
		return RECORD_SET_ASIDE;
	}
	made = g->batch->nedges - before.nedges;
	if (!g->patients)
		made = g->batch->nmentions - subjects;
	if (made == 0)
		return skip(g, before, job, "nothing");
	if (!count_in(g, r))
		return skip(g, before, job, "seen");
	g->records++;
	return RECORD_TAKEN;
}

/* --- any line ------------------------------------------------------------ */

static bool
has(const struct graph_reader *g, struct record *r, enum graph_member member)
{
	return record_field(r, g->members[member]) != NULL;
}

enum verdict
graph_read(
    struct graph_reader *g, struct record *r, struct job *job, struct err *e)
{
	struct slice kind = record_kind(r);

	if (slice_is(kind, "entity"))
		return graph_line_entity(g, r, job, e);
	if (slice_is(kind, "relation"))
		return graph_line_relation(g, r, job, e);
	if (kind.n > 0)
		return take_record(g, r, job, e);
	if (has(g, r, GRAPH_SUBJECT) && has(g, r, GRAPH_PREDICATE) &&
	    has(g, r, GRAPH_OBJECT))
		return graph_line_relation(g, r, job, e);
	if (has(g, r, GRAPH_ID) && has(g, r, GRAPH_TYPE) &&
	    !has(g, r, GRAPH_PATIENT))
		return graph_line_entity(g, r, job, e);
	return take_record(g, r, job, e);
}
