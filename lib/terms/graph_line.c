#include "terms/graph_line.h"

#include "base/date.h"

/* More than any hospital counts, and sums of it still fit. */
#define MOST_COUNT 1000000000000ull

static const struct json_member *
member(struct graph_reader *g, struct record *r, enum graph_member m)
{
	return record_field(r, g->members[m]);
}

/* The text of a string or number; n 0 where there is none. */
static struct slice
text_of(struct graph_reader *g, struct record *r, enum graph_member m)
{
	const struct json_member *at = member(g, r, m);

	if (at == NULL || (at->type != JSON_STRING && at->type != JSON_NUMBER))
		return SLICE("");
	return record_text(r, at);
}

static bool
needed(struct graph_reader *g, struct record *r, enum graph_member m,
    const char *name, uint32_t *out, struct err *e)
{
	*out = graph_batch_text(g->batch, text_of(g, r, m));
	return *out != 0 ||
	    err_data(e, "graph_line", "line of a graph without '%s'", name);
}

static bool
count_of(struct graph_reader *g, struct record *r, int64_t absent,
    int64_t *count, struct err *e)
{
	const struct json_member *m = member(g, r, GRAPH_COUNT);
	unsigned long long n;

	*count = absent;
	if (m == NULL || m->type == JSON_NULL)
		return true;
	if (m->type != JSON_NUMBER || !slice_number(record_text(r, m), &n) ||
	    n > MOST_COUNT)
		return err_data(e, "graph_line",
		    "'count' is no whole number up to %llu", MOST_COUNT);
	*count = (int64_t)n;
	return true;
}

/* A date in ISO 8601 stays as it is written. */
static bool
date_of(struct graph_reader *g, struct record *r, enum graph_member m,
    const char *name, uint32_t *out, struct err *e)
{
	struct slice s = text_of(g, r, m);
	char printed[DATE_TEXT];
	struct date d;

	*out = 0;
	if (s.n == 0)
		return true;
	if (!date_parse(s, &d, NULL)) {
		if (!date_read(s, NULL, &d, e))
			return err_wrap(e, "'%s'", name);
		s.n = date_print(&d, printed);
		s.p = printed;
	}
	*out = graph_batch_text(g->batch, s);
	return true;
}

/* Whether an id is a patient's or a visit's, and these are not kept. */
static bool
is_unwanted(const struct graph_reader *g, uint32_t id)
{
	struct slice s = graph_batch_slice(g->batch, id);

	return !g->patients &&
	    (slice_starts(s, "patient:") || slice_starts(s, "visit:"));
}

static enum verdict
unwanted(struct job *job)
{
	job->reason = "patients";
	return RECORD_SKIP;
}

static bool
take_aliases(
    struct graph_reader *g, struct record *r, uint32_t entity, struct err *e)
{
	struct json v = record_value(r, member(g, r, GRAPH_ALIASES)), item;
	struct json_walk walk = json_enter(v);
	struct graph_alias a = { .record = GRAPH_LINE, .entity = entity };

	if (v.type == JSON_NONE || v.type == JSON_NULL)
		return true;
	a.source = graph_batch_text(g->batch, SLICE("graph"));
	if (v.type != JSON_ARRAY)
		return err_data(e, "graph_line", "'aliases' is no array");
	while (json_next_element(&walk, &item)) {
		if (item.type != JSON_STRING)
			return err_data(
			    e, "graph_line", "'aliases' holds what is no text");
		a.text = graph_batch_text(
		    g->batch, json_text(item, record_arena(r)));
		if (a.text != 0)
			graph_batch_alias(g->batch, &a);
	}
	return true;
}

enum verdict
graph_line_entity(
    struct graph_reader *g, struct record *r, struct job *job, struct err *e)
{
	struct graph_mark before = graph_batch_mark(g->batch);
	struct graph_mention m = { .record = GRAPH_LINE, .rank = GRAPH_RECORD };
	const struct json_member *undeclared = member(g, r, GRAPH_UNDECLARED);
	struct slice type;

	if (!needed(g, r, GRAPH_ID, "id", &m.entity, e) ||
	    !needed(g, r, GRAPH_TYPE, "type", &m.type, e) ||
	    !count_of(g, r, 0, &m.count, e))
		return RECORD_SET_ASIDE;
	type = graph_batch_slice(g->batch, m.type);
	if (is_unwanted(g, m.entity) || (!g->patients && graph_is_person(type)))
		return unwanted(job);
	m.name = graph_batch_text(g->batch, text_of(g, r, GRAPH_NAME));
	m.system = graph_batch_text(g->batch, text_of(g, r, GRAPH_SYSTEM));
	m.version = graph_batch_text(g->batch, text_of(g, r, GRAPH_VERSION));
	m.code = graph_batch_text(g->batch, text_of(g, r, GRAPH_CODE));
	if (undeclared != NULL && undeclared->type == JSON_TRUE)
		m.rank = GRAPH_NOBODY;
	if (!take_aliases(g, r, m.entity, e)) {
		graph_batch_back(g->batch, before);
		return RECORD_SET_ASIDE;
	}
	graph_batch_mention(g->batch, &m);
	g->entities++;
	return RECORD_TAKEN;
}

enum verdict
graph_line_relation(
    struct graph_reader *g, struct record *r, struct job *job, struct err *e)
{
	struct graph_edge edge = { .record = GRAPH_LINE };
	struct slice source = text_of(g, r, GRAPH_SOURCE);

	if (!needed(g, r, GRAPH_SUBJECT, "subject", &edge.subject, e) ||
	    !needed(g, r, GRAPH_PREDICATE, "predicate", &edge.predicate, e) ||
	    !needed(g, r, GRAPH_OBJECT, "object", &edge.object, e) ||
	    !count_of(g, r, 1, &edge.count, e) ||
	    !date_of(g, r, GRAPH_FIRST, "first", &edge.first, e) ||
	    !date_of(g, r, GRAPH_LAST, "last", &edge.last, e))
		return RECORD_SET_ASIDE;
	if (is_unwanted(g, edge.subject) || is_unwanted(g, edge.object))
		return unwanted(job);
	edge.source =
	    graph_batch_text(g->batch, source.n > 0 ? source : SLICE("graph"));
	graph_batch_edge(g->batch, &edge);
	g->relations++;
	return RECORD_TAKEN;
}
