/*
 * mllp://ADDRESS:PORT - a listener for HL7 v2.
 *
 * Frames gather in a round of the server and become safe together: spooled,
 * one sync, then their acknowledgements, then their records.  The content of a
 * message is never judged on the wire: a sender that is refused for ever stops
 * sending.  What the state knows as delivered is not read from the spool
 * again; the rest of an earlier run comes first.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/mem.h"
#include "io/server.h"
#include "sources/hl7_take.h"
#include "sources/mllp_answer.h"
#include "sources/mllp_frame.h"
#include "sources/scheme.h"
#include "sources/spool.h"

#define PREFIX "mllp://"
#define SCOPE  "mllp"
#define HELD   ((uint64_t)256 << 20) /* of all peers, waiting for their ends */
#define WAIT   1000                  /* ms: then the state may be settled */

/* A frame of this round; its bytes stand in the round's buffer. */
struct waiting {
	uint64_t peer;
	size_t from, n;
};

struct listener {
	struct job *job;
	struct member m;
	struct hl7_taker *taker;
	struct server *server;
	struct spool *spool;
	struct buf round;
	struct waiting *frames;
	size_t nframes, room;
	uint64_t held;
	const char *folder;
	/* Segments before it go when the state has moved past it. */
	struct spool_place passed;
	uint64_t commits;
};

/* --- records ------------------------------------------------------------- */

static struct piece
piece_of(const struct listener *l, struct slice bytes, uint64_t whole)
{
	uint64_t at = l->m.at;

	return (struct piece){ .from = at,
		.to = at + bytes.n,
		.next = at + whole,
		.bytes = bytes,
		.placeless = true };
}

static bool
take_message(struct listener *l, struct slice message, struct err *e)
{
	struct piece p = piece_of(l, message, message.n + 3);
	struct err why = { 0 };

	member_chain(&l->m, SLICE(""));
	if (mllp_is_message(message))
		return hl7_take(l->taker, &p,
		    memchr(message.p, '\r', message.n) != NULL, e);
	err_data(&why, "hl7_header", "a frame that does not begin with MSH");
	return member_reject(&l->m, &p, &why, e);
}

static bool
take_lost(struct listener *l, const char *code, const char *text,
    struct slice bytes, uint64_t whole, struct err *e)
{
	struct piece p = piece_of(l, bytes, whole);
	struct err why = { 0 };

	err_data(&why, code, "%s", text);
	return member_reject(&l->m, &p, &why, e);
}

/* --- the spool ----------------------------------------------------------- */

/* "segment offset" under the spool's folder. */
static bool
keep_place(struct listener *l, struct spool_place at, struct err *e)
{
	char value[48];
	int n = snprintf(value, sizeof(value), "%llu %llu",
	    (unsigned long long)at.segment, (unsigned long long)at.offset);

	return job_keep(l->job, SCOPE, slice_of(l->folder),
	    (struct slice){ value, (size_t)n }, e);
}

static bool
kept_place(struct listener *l, struct spool_place *at, struct err *e)
{
	struct buf b = { 0 };
	struct slice rest, part;
	unsigned long long segment = 0, offset = 0;
	bool found, ok;

	ok =
	    state_get(l->job->state, SCOPE, slice_of(l->folder), &b, &found, e);
	rest = buf_slice(&b);
	if (ok && found && slice_next(&rest, ' ', &part) &&
	    slice_number(part, &segment))
		slice_number(rest, &offset);
	*at = (struct spool_place){ segment, offset };
	buf_release(&b);
	return ok;
}

static bool
replay_one(
    void *ctx, struct slice message, struct spool_place behind, struct err *e)
{
	struct listener *l = ctx;

	return take_message(l, message, e) && keep_place(l, behind, e);
}

/* What was acknowledged and not delivered, before anything new. */
static bool
replay(struct listener *l, struct err *e)
{
	struct spool_place from;

	if (l->spool == NULL)
		return true;
	if (!kept_place(l, &from, e))
		return false;
	spool_forget(l->spool, from);
	spool_begin_after(l->spool, from);
	return spool_replay(l->spool, from, replay_one, l, e) &&
	    sink_flush(&l->job->sink, e) && job_settle(l->job, true, e);
}

static void
forget_delivered(struct listener *l)
{
	struct spool_place end = spool_end(l->spool);
	uint64_t commits = state_commits(l->job->state);

	if (l->passed.segment > 0 && commits > l->commits) {
		spool_forget(l->spool, l->passed);
		l->passed.segment = 0;
	}
	if (l->passed.segment == 0 && spool_holds(l->spool)) {
		l->passed = end;
		l->commits = commits;
	}
}

/* --- a round ------------------------------------------------------------- */

static bool
make_safe(struct listener *l, struct err *e)
{
	if (l->spool == NULL)
		return true;
	for (size_t i = 0; i < l->nframes; i++) {
		const struct waiting *w = &l->frames[i];

		if (!spool_add(l->spool,
			(struct slice){ l->round.p + w->from, w->n }, e))
			return false;
	}
	return spool_sync(l->spool, e);
}

static void
answer(struct listener *l)
{
	struct buf b = { 0 };
	struct timespec now;
	uint64_t serial = l->m.records + l->m.set_aside;

	clock_gettime(CLOCK_REALTIME, &now);
	for (size_t i = 0; i < l->nframes; i++) {
		const struct waiting *w = &l->frames[i];

		buf_reset(&b);
		mllp_answer(&b, (struct slice){ l->round.p + w->from, w->n },
		    now.tv_sec, serial + i + 1);
		server_send(l->server, w->peer, buf_slice(&b));
	}
	buf_release(&b);
}

static bool
write_records(struct listener *l, struct err *e)
{
	for (size_t i = 0; i < l->nframes; i++) {
		const struct waiting *w = &l->frames[i];

		if (!take_message(
			l, (struct slice){ l->round.p + w->from, w->n }, e))
			return false;
	}
	return l->spool == NULL || keep_place(l, spool_end(l->spool), e);
}

/*
 * Without a spool a message is as safe as it gets when it is in the hands of
 * whoever reads the output.
 */
static bool
end_round(struct listener *l, struct err *e)
{
	bool ok = true;

	if (l->nframes > 0) {
		ok = make_safe(l, e);
		if (ok && l->spool != NULL)
			answer(l);
		ok = ok && write_records(l, e) && sink_flush(&l->job->sink, e);
		if (ok && l->spool == NULL)
			answer(l);
	}
	l->nframes = 0;
	buf_reset(&l->round);
	ok = ok && job_settle(l->job, false, e);
	if (ok && l->spool != NULL)
		forget_delivered(l);
	return ok;
}

static bool
take_piece(struct listener *l, uint64_t peer, const struct mllp_piece *piece,
    struct err *e)
{
	struct waiting *w;
	struct piece p;

	switch (piece->kind) {
	case MLLP_OUTSIDE:
		p = piece_of(l, piece->bytes, piece->whole);
		member_skip(&l->m, &p, "outside_message");
		return true;
	case MLLP_LONG:
		server_close(l->server, peer);
		return take_lost(l, "limit_record",
		    "a message that is too long (--max-record raises the "
		    "limit)",
		    piece->bytes, piece->whole, e);
	case MLLP_MESSAGE:
		break;
	}
	l->frames =
	    mem_room(l->frames, l->nframes, &l->room, sizeof(*l->frames));
	w = &l->frames[l->nframes++];
	*w = (struct waiting){
		.peer = peer, .from = l->round.n, .n = piece->bytes.n
	};
	buf_add_slice(&l->round, piece->bytes);
	return true;
}

/* A frame that its peer did not end was not acknowledged and comes again. */
static bool
end_peer(struct listener *l, struct mllp *frames, struct err *e)
{
	uint64_t held = frames->inside ? mllp_held(frames) : 0;
	bool ok = true;

	if (held > 0 || frames->inside)
		ok = take_lost(l, "cut_off",
		    "the connection ends within a message, which was not "
		    "acknowledged",
		    mllp_rest(frames), held + frames->dropped + 1, e);
	mllp_release(frames);
	mem_free(frames);
	return ok;
}

static bool
take_event(struct listener *l, const struct server_event *ev, struct err *e)
{
	struct mllp *frames = *ev->data;
	struct mllp_piece piece;
	bool ok = true;

	if (frames == NULL)
		*ev->data = frames = mem_zalloc(sizeof(*frames));
	l->held -= mllp_held(frames);
	if (ev->bytes.n == 0) {
		*ev->data = NULL;
		return end_peer(l, frames, e);
	}
	mllp_add(frames, ev->bytes);
	while (ok && mllp_next(frames, l->m.limits->max_record, &piece))
		ok = take_piece(l, ev->peer, &piece, e);
	l->held += mllp_held(frames);
	if (l->held > HELD)
		server_close(l->server, ev->peer);
	return ok;
}

/* Behind a pipe all that was committed is delivered, and need not stay. */
static bool
leave_spool(struct listener *l, struct err *e)
{
	struct spool_place to;

	if (l->spool == NULL || run_renames(l->job->run))
		return true;
	if (!kept_place(l, &to, e))
		return false;
	spool_close(l->spool);
	spool_forget(l->spool, to);
	return true;
}

static bool
listen_on(struct listener *l, struct err *e)
{
	const struct stop *stop = run_options(l->job->run)->stop;
	struct server_event ev;
	bool ok = true;

	while (ok && (stop == NULL || stop->signal == 0)) {
		while (ok && server_next(l->server, WAIT, &ev))
			ok = take_event(l, &ev, e);
		ok = ok && end_round(l, e);
	}
	return ok && job_settle(l->job, true, e) && leave_spool(l, e);
}

/* --- the operand --------------------------------------------------------- */

static struct server *
open_server(const struct job *j, const char *uri, struct err *e)
{
	const char *host = uri + strlen(PREFIX), *colon = strrchr(host, ':');
	unsigned long long port = 0;
	struct server *s;
	char name[256];
	size_t n;

	if (colon == NULL || !slice_number(slice_of(colon + 1), &port) ||
	    port > 65535 || (size_t)(colon - host) >= sizeof(name)) {
		err_set(e, ERR_USAGE,
		    "%s: no address and port (mllp://0.0.0.0:2575)", uri);
		return NULL;
	}
	n = (size_t)(colon - host);
	if (n > 1 && host[0] == '[' && host[n - 1] == ']') {
		host++;
		n -= 2;
	}
	memcpy(name, host, n);
	name[n] = '\0';
	s = server_open(name, (unsigned)port, run_options(j->run)->stop, e);
	if (s == NULL)
		err_wrap(e, "%s", uri);
	return s;
}

static void
gone(void *data)
{
	if (data != NULL)
		mllp_release(data);
	mem_free(data);
}

static bool
close_member(struct listener *l, bool ok, const char *uri, struct err *e)
{
	uint64_t bytes = l->m.at;

	hl7_taker_free(l->taker);
	if (!ok) {
		member_release(&l->m);
		return false;
	}
	ok = member_end(&l->m, e) && sink_write(&l->job->sink, e);
	if (ok)
		run_input(l->job->run, uri, bytes,
		    totals_source(l->job->totals), NULL);
	return ok;
}

bool
mllp_read(struct job *j, const char *uri, struct err *e)
{
	struct place_of at = { .uri = uri };
	struct listener l = { .job = j, .folder = j->options->spool };
	struct err why = { 0 };
	bool ok;

	l.server = open_server(j, uri, &why);
	if (l.server == NULL)
		return sink_fail(&j->sink, &why, e);
	if (l.folder != NULL && (l.spool = spool_open(l.folder, e)) == NULL) {
		server_free(l.server, NULL);
		return false;
	}
	job_begin(j, &l.m, &at, NULL, "hl7");
	ok = charset_init(&l.m.charset, j->options->encoding, e);
	l.m.has_encoding = true;
	l.m.kind_by = j->options->kind == NULL ? "codes" : "option";
	l.taker = hl7_taker_new(&l.m);
	ok = close_member(&l, ok && replay(&l, e) && listen_on(&l, e), uri, e);
	server_free(l.server, gone);
	spool_free(l.spool);
	mem_free(l.frames);
	buf_release(&l.round);
	return ok;
}
