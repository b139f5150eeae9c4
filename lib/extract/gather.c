#include "extract/gather.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/hash.h"
#include "base/mem.h"
#include "extract/course.h"
#include "extract/key.h"
#include "io/store.h"
#include "record/flow.h"

#define ZONE    480 /* minutes east, of times that name none: Beijing */
#define LONGEST (16 << 20)

static const char schema[] =
    "CREATE TABLE piece (key BLOB NOT NULL, timed INTEGER NOT NULL,"
    " at INTEGER NOT NULL, seq INTEGER PRIMARY KEY, input INTEGER NOT NULL,"
    " line INTEGER NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL,"
    " text BLOB NOT NULL)";

/* What leaves the sorter, in this order. */
enum { KEY, TIMED, AT, INPUT, LINE, BEGINS, ENDS, TEXT };

struct gathering {
	struct run *run;
	struct strings on;
	struct store *store;
	struct statement *insert;
	struct index *names, *inputs;
	size_t time; /* its number among the names */
	struct buf key;
	/* The course at hand. */
	struct course *course;
	struct buf at_hand; /* its key */
	struct held *held;  /* its records, while it is not too long */
	struct arena *arena;
	size_t nheld, room, bytes;
	bool too_long;
	struct gather_counts *counts;
};

struct held {
	struct place place;
	struct slice text;
};

/* --- in ------------------------------------------------------------------ */

static bool
make_key(struct gathering *g, struct record *r, struct err *e)
{
	const struct slice *parts = key_of(r, g->names, g->on, e);

	buf_reset(&g->key);
	if (parts != NULL)
		key_put(&g->key, parts, g->on.n);
	return parts != NULL;
}

/* Nanoseconds since 1970: they last until the year 2262. */
static bool
time_of(struct gathering *g, struct record *r, int64_t *at)
{
	struct slice text = record_text(r, record_field(r, g->time));
	struct date d;
	uint32_t fraction;

	*at = 0;
	if (text.n == 0 || !date_parse(text, &d, &(struct err){ 0 }) ||
	    d.year < 1700 || d.year > 2200)
		return false;
	fraction = d.fraction;
	for (unsigned i = d.nfraction; i < 9; i++)
		fraction *= 10;
	*at = date_seconds(&d, ZONE) * 1000000000 + fraction;
	return true;
}

static enum verdict
keep(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct gathering *g = worker;
	struct statement *s = g->insert;
	int64_t at;
	size_t input;

	/* A course within a course: nobody would find its records again. */
	if (slice_is(record_kind(r), "course")) {
		err_data(e, "nested_course",
		    "a course is gathered already: gather its records");
		return RECORD_SET_ASIDE;
	}
	if (!make_key(g, r, e))
		return RECORD_SET_ASIDE;
	input = index_add(g->inputs,
	    slice_of(job->place.uri == NULL ? "" : job->place.uri), NULL);
	statement_bind_blob(s, 1, buf_slice(&g->key));
	statement_bind_int(s, 2, time_of(g, r, &at));
	statement_bind_int(s, 3, at);
	statement_bind_int(s, 4, (int64_t)input);
	statement_bind_int(s, 5, (int64_t)job->place.line);
	statement_bind_int(s, 6, (int64_t)job->place.from);
	statement_bind_int(s, 7, (int64_t)job->place.to);
	statement_bind_blob(s, 8, record_line(r));
	if (!statement_run(s, e))
		return RECORD_STOP;
	statement_reset(s);
	return RECORD_TAKEN;
}

static bool
collect(struct gathering *g, char *const *operands, struct err *e)
{
	struct stage stage = {
		.names = g->names, .shared = g, .ordered = true, .record = keep
	};

	g->insert = store_prepare(g->store,
	    "INSERT INTO piece (key, timed, at, input, line, begins, ends, "
	    "text)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	    e);
	return g->insert != NULL && store_begin(g->store, e) &&
	    flow_run(g->run, operands, &stage, e) && store_commit(g->store, e);
}

/* --- out ----------------------------------------------------------------- */

static bool
set_aside(struct gathering *g, const struct held *h, struct err *e)
{
	uint8_t digest[DIGEST_SIZE];
	char name[DIGEST_ID + 1];
	struct err why = { 0 };

	digest_bytes(g->at_hand.p, g->at_hand.n, digest);
	digest_id(digest, name);
	err_data(&why, "limit_record",
	    "the course of the key with digest %s is longer than --max-record",
	    name);
	return run_set_aside(g->run, &h->place, h->text, &why, e);
}

static bool
give_up(struct gathering *g, struct err *e)
{
	g->too_long = true;
	g->counts->too_long++;
	for (size_t i = 0; i < g->nheld; i++)
		if (!set_aside(g, &g->held[i], e))
			return false;
	return true;
}

static bool
write_course(struct gathering *g, size_t most, struct err *e)
{
	struct buf b = { 0 };
	bool ok, mixed = course_write(g->course, &b) == DEID_MIXED;

	if (b.n > most) {
		ok = give_up(g, e);
	} else {
		buf_addc(&b, '\n');
		ok = run_write(g->run, buf_slice(&b), 1, e);
		g->counts->courses++;
		g->counts->mixed += mixed;
		g->counts->gathered += g->nheld;
	}
	buf_release(&b);
	return ok;
}

static bool
end_course(struct gathering *g, size_t most, struct err *e)
{
	bool ok = g->nheld == 0 || g->too_long || write_course(g, most, e);

	course_reset(g->course);
	arena_reset(g->arena);
	g->nheld = g->bytes = 0;
	g->too_long = false;
	return ok;
}

static struct held
row(const struct gathering *g, struct statement *s)
{
	return (struct held){ .place = { .uri = index_name(g->inputs,
					     (size_t)statement_int(s, INPUT))
						    .p,
				  .line = (uint64_t)statement_int(s, LINE),
				  .from = (uint64_t)statement_int(s, BEGINS),
				  .to = (uint64_t)statement_int(s, ENDS) },
		.text = statement_blob(s, TEXT) };
}

static bool
add_row(struct gathering *g, struct statement *s, size_t most, struct err *e)
{
	struct held h = row(g, s);
	struct slice key = statement_blob(s, KEY);

	if (!slice_eq(key, buf_slice(&g->at_hand))) {
		if (!end_course(g, most, e))
			return false;
		buf_reset(&g->at_hand);
		buf_add_slice(&g->at_hand, key);
	}
	if (!g->too_long && h.text.n > most - g->bytes && !give_up(g, e))
		return false;
	if (g->too_long)
		return set_aside(g, &h, e);
	h.text = arena_slice(g->arena, h.text);
	g->held = mem_room(g->held, g->nheld, &g->room, sizeof(*g->held));
	g->held[g->nheld++] = h;
	g->bytes += h.text.n;
	return course_add(g->course, h.text, statement_int(s, TIMED) != 0,
	    statement_int(s, AT), e);
}

static bool
deliver(struct gathering *g, struct err *e)
{
	const struct run_options *o = run_options(g->run);
	size_t most = o->max_record > 0 ? o->max_record : LONGEST;
	struct statement *s = store_prepare(g->store,
	    "SELECT key, timed, at, input, line, begins, ends, text"
	    " FROM piece ORDER BY key, timed, at, seq",
	    e);
	int got = -1;

	while (s != NULL && (got = statement_step(s, e)) == 1) {
		if (o->stop != NULL && o->stop->signal != 0)
			break;
		if (!add_row(g, s, most, e)) {
			got = -1;
			break;
		}
	}
	if (got == 0 && !end_course(g, most, e))
		got = -1;
	statement_free(s);
	return got >= 0;
}

static bool
look_up_names(struct gathering *g, struct err *e)
{
	for (size_t i = 0; i < g->on.n; i++) {
		struct slice name = g->on.list[i];

		if (name.n == 0 || name.p[0] == '/' || name.p[0] == '_')
			return err_set(e, ERR_USAGE,
			    "--on: '%.*s' is no member that could be a key",
			    (int)name.n, name.p);
	}
	key_names(g->names, g->on);
	g->time = index_add(g->names, SLICE("time"), NULL);
	return true;
}

static void
say_mixed(struct run *run, uint64_t n)
{
	struct buf b = { 0 };

	if (n == 0)
		return;
	buf_addf(&b,
	    "%llu courses without _mdx.deid: not all of their records were "
	    "de-identified, or not by one policy and key",
	    (unsigned long long)n);
	run_note(run, buf_slice(&b));
	buf_release(&b);
}

bool
gather_run(struct run *run, char *const *operands, struct strings on,
    struct gather_counts *counts, struct err *e)
{
	struct gathering g = { .run = run,
		.on = on,
		.counts = counts,
		.names = record_names(),
		.inputs = index_new(),
		.arena = arena_new() };
	bool ok = false;

	*counts = (struct gather_counts){ 0 };
	if (look_up_names(&g, e)) {
		g.course = course_new(on, run_options(run)->max_depth);
		g.store =
		    store_open("temporary file", NULL, STORE_SCRATCH, 0, e);
		ok = g.store != NULL && store_exec(g.store, schema, e) &&
		    collect(&g, operands, e) && deliver(&g, e);
		say_mixed(run, counts->mixed);
		course_free(g.course);
	}
	statement_free(g.insert);
	store_close(g.store);
	index_free(g.names);
	index_free(g.inputs);
	arena_free(g.arena);
	buf_release(&g.key);
	buf_release(&g.at_hand);
	mem_free(g.held);
	return ok;
}

void
gather_report(const struct gather_counts *n, struct buf *b)
{
	buf_addf(b,
	    "{\"gathered\":%llu,\"courses\":%llu,\"too_long\":%llu,"
	    "\"mixed_deid\":%llu}",
	    (unsigned long long)n->gathered, (unsigned long long)n->courses,
	    (unsigned long long)n->too_long, (unsigned long long)n->mixed);
}
