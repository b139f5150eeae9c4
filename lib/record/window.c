#include "record/window.h"

#include "base/buf.h"
#include "base/mem.h"
#include "io/reader.h"
#include "record/bare.h"
#include "record/first.h"

#define BYTES_MOST ((size_t)64 << 20) /* of open records */
#define PAUSE_MS   20                 /* a look at the input while it pauses */
#define WORK_MS    500

/*
 * An open record.  Slots are used again, with what their record has grown to,
 * the last one first: the processor's cache still has it.
 */
struct slot {
	struct slot *next; /* among the spare ones */
	struct record *record;
	struct buf line, bare, out;
	uint64_t emitted;
	struct job job;
	void *waits;
	enum verdict verdict;
	struct err why;
};

struct window {
	struct run *run;
	const struct window_stage *stage;
	struct slot **open; /* by number modulo the most */
	struct slot *spare;
	size_t head, tail; /* admitted and written so far */
	size_t bytes;
	uint64_t left; /* lines that are still to be read */
	bool held;
};

/* The lines of one input that have not been admitted yet. */
struct lines {
	struct reader *reader;
	const char *uri;
	struct block block;
	const char *p, *end;
	uint64_t line, offset, count;
	bool over;
};

static struct slot *
slot_at(const struct window *w, size_t number)
{
	return w->open[number % w->stage->most];
}

static bool
has_room(const struct window *w)
{
	const struct window_stage *s = w->stage;

	return w->head - w->tail < s->most && w->bytes < BYTES_MOST &&
	    (s->is_busy == NULL || !s->is_busy(s->shared));
}

static void
begin(struct window *w, struct slot *s, struct slice line)
{
	static const char slack[JSON_SLACK];
	size_t limit = run_options(w->run)->max_record;

	buf_reset(&s->line);
	buf_add_slice(&s->line, line);
	buf_add(&s->line, slack, sizeof(slack));
	line.p = s->line.p;
	if (line.n > limit) {
		s->verdict = RECORD_SET_ASIDE;
		err_data(&s->why, "limit_record",
		    "line of more than %zu bytes (--max-record raises it)",
		    limit);
	} else if (!bare_line(w->stage->bare, &line, &s->bare, &s->why) ||
	    !record_read(s->record, line, &s->why)) {
		s->verdict = RECORD_SET_ASIDE;
	} else {
		s->verdict = w->stage->begin(
		    w->stage->shared, s->record, &s->job, &s->waits, &s->why);
	}
}

static struct slot *
slot_take(struct window *w)
{
	struct slot *s = w->spare;

	if (s == NULL) {
		s = mem_zalloc(sizeof(*s));
		s->record =
		    record_new(w->stage->names, run_options(w->run)->max_depth);
	} else {
		w->spare = s->next;
	}
	w->open[w->head++ % w->stage->most] = s;
	return s;
}

static void
slot_free(struct slot *s)
{
	record_free(s->record);
	buf_release(&s->line);
	buf_release(&s->bare);
	buf_release(&s->out);
	mem_free(s);
}

static struct slot *
admit(struct window *w, const struct lines *in, size_t n)
{
	struct slot *s = slot_take(w);

	buf_reset(&s->out);
	s->emitted = 0;
	s->waits = NULL;
	s->why = (struct err){ 0 };
	s->job = (struct job){ .out = &s->out,
		.emitted = &s->emitted,
		.place = { .uri = in->uri,
		    .line = in->line,
		    .from = in->offset,
		    .to = in->offset + n } };
	w->bytes += n;
	run_count(w->run, 1);
	return s;
}

static bool
is_blank(struct slice line)
{
	return line.n == 0 || (line.n == 1 && line.p[0] == '\r');
}

static void
next_line(struct window *w, struct lines *in)
{
	const char *lf = memchr(in->p, '\n', (size_t)(in->end - in->p));
	struct slice line = slice_span(in->p, lf == NULL ? in->end : lf);
	struct slot *s = admit(w, in, line.n);

	if (in->block.cut) {
		s->verdict = RECORD_SET_ASIDE;
		err_data(&s->why, "limit_record",
		    "line of %llu bytes is too long",
		    (unsigned long long)in->block.whole);
		buf_reset(&s->line);
		buf_add(&s->line, line.p, line.n < 256 ? line.n : 256);
		s->job.place.to = s->job.place.from + in->block.whole;
		in->p = in->end;
	} else if (is_blank(line)) {
		s->verdict = RECORD_SKIP;
		s->job.reason = "blank_line";
	} else {
		begin(w, s, line);
	}
	in->p = in->block.cut || lf == NULL ? in->end : lf + 1;
	in->offset += line.n + 1;
	in->line++;
	in->count++;
}

/* What was admitted without its slack, for the rejects. */
static struct slice
raw_of(const struct slot *s)
{
	uint64_t n = s->job.place.to - s->job.place.from;
	struct slice line = buf_slice(&s->line);

	if (n < line.n)
		line.n = (size_t)n;
	return line;
}

static bool
put(struct window *w, struct slot *s, struct err *e)
{
	switch (s->verdict) {
	case RECORD_PASS:
		record_write(s->record, &s->out);
		buf_addc(&s->out, '\n');
		s->emitted++;
		break;
	case RECORD_TAKEN:
		break;
	case RECORD_SKIP:
		run_skip(w->run, s->job.reason, 1);
		break;
	case RECORD_SET_ASIDE:
		if (!run_set_aside(
			w->run, &s->job.place, raw_of(s), &s->why, e))
			return false;
		break;
	case RECORD_STOP:
		*e = s->why;
		return false;
	}
	return s->out.n == 0 ||
	    run_write(w->run, buf_slice(&s->out), s->emitted, e);
}

/* Writes the oldest records as far as they are done. */
static bool
drain(struct window *w, struct err *e)
{
	while (w->tail < w->head) {
		struct slot *s = slot_at(w, w->tail);

		if (s->waits != NULL && !w->stage->is_done(s->waits))
			break;
		if (s->waits != NULL)
			s->verdict = w->stage->finish(w->stage->shared,
			    s->record, &s->job, s->waits, &s->why);
		if (!put(w, s, e))
			return false;
		w->bytes -= (size_t)(s->job.place.to - s->job.place.from);
		w->tail++;
		s->next = w->spare;
		w->spare = s;
	}
	return true;
}

/* What is there is taken; where nothing is, what is done leaves before a wait. */
static bool
work(struct window *w, unsigned ms, struct err *e)
{
	const struct window_stage *stage = w->stage;
	const struct stop *stop = run_options(w->run)->stop;
	size_t before = w->tail;

	if (stop != NULL && stop->signal != 0 && !w->held) {
		w->held = true;
		stage->hold(stage->shared);
	}
	if (!stage->work(stage->shared, 0, e) || !drain(w, e))
		return false;
	if (w->tail > before)
		return true;
	return run_flush(w->run, e) && stage->work(stage->shared, ms, e) &&
	    drain(w, e);
}

/* The next block, or false where the input is over (or fails: *failure). */
static bool
next_block(struct window *w, struct lines *in, struct err *failure)
{
	if (!reader_block(in->reader, &in->block, failure) ||
	    !first_lines(&in->block, &w->left))
		return false;
	in->p = in->block.text;
	in->end = in->p + in->block.n;
	in->line = in->block.line;
	in->offset = in->block.offset;
	return true;
}

static bool
run_lines(
    struct window *w, struct lines *in, struct err *failure, struct err *e)
{
	while (!in->over) {
		bool open = w->tail < w->head;

		if (in->p < in->end && has_room(w)) {
			next_line(w, in);
			if (!drain(w, e))
				return false;
		} else if (in->p < in->end) {
			if (!work(w, WORK_MS, e))
				return false;
		} else if (open && reader_pauses(in->reader)) {
			if (!work(w, PAUSE_MS, e))
				return false;
		} else {
			if (reader_pauses(in->reader) && !run_flush(w->run, e))
				return false;
			in->over = !next_block(w, in, failure);
		}
	}
	return true;
}

static bool
run_one(struct window *w, const char *uri, bool *stopped, struct err *e)
{
	const struct run_options *o = run_options(w->run);
	struct lines in = { .uri = uri };
	struct err failure = { 0 };
	uint8_t digest[DIGEST_SIZE];
	bool ok;

	in.reader = reader_open(uri, o->stop, &failure);
	if (in.reader == NULL) {
		run_fail(w->run, &failure);
		return true;
	}
	reader_limit(in.reader, o->max_record);
	if (o->report != NULL)
		reader_hash(in.reader);
	ok = run_lines(w, &in, &failure, e);
	if (failure.kind != ERR_NONE) {
		err_wrap(&failure, "%s", uri);
		run_fail(w->run, &failure);
	}
	if (o->report != NULL)
		reader_digest(in.reader, digest);
	run_input(w->run, uri, reader_bytes(in.reader), in.count,
	    o->report != NULL ? digest : NULL);
	*stopped = reader_stopped(in.reader);
	reader_free(in.reader);
	block_release(&in.block);
	return ok;
}

bool
window_run(struct run *run, char *const *operands,
    const struct window_stage *stage, struct err *e)
{
	char dash[] = "-", *standard_input[] = { dash, NULL };
	struct window w = {
		.run = run, .stage = stage, .left = run_limit(run)
	};
	bool ok = true, stopped = false;

	w.open = mem_zalloc(stage->most * sizeof(struct slot *));
	if (operands == NULL || operands[0] == NULL)
		operands = standard_input;
	for (; ok && !stopped && w.left > 0 && *operands != NULL; operands++)
		ok = run_one(&w, *operands, &stopped, e);
	while (ok && w.tail < w.head)
		ok = work(&w, WORK_MS, e);
	if (!ok)
		run_fail(run, e);
	while (w.tail < w.head)
		slot_free(slot_at(&w, w.tail++));
	for (struct slot *i = w.spare, *next; i != NULL; i = next) {
		next = i->next;
		slot_free(i);
	}
	mem_free(w.open);
	return ok;
}
