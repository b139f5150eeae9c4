#include "sources/pair.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "json/scan.h"

#define BATCH ((size_t)128 << 10) /* bytes of rows */
#define FEW   4096                /* rows */

/* A frame whose bytes are the batch's own, and what came of it. */
struct row {
	struct frame frame;
	const char *encoding;
	size_t at;       /* in bytes */
	size_t from, to; /* in objects; the same: it failed */
	size_t why;      /* in faults */
};

struct batch {
	struct buf bytes, objects;
	struct row *rows;
	struct err *faults;
	size_t nrows, rows_room, nfaults, faults_room;
};

/* The reader has one batch while the other is made into objects. */
struct pair {
	const struct pair_reader *reader;
	struct batch batches[2];
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct batch *work; /* handed over; NULL: done */
	bool over;
};

/* --- the second thread --------------------------------------------------- */

static void
make_objects(const struct pair_reader *reader, struct batch *b)
{
	for (size_t i = 0; i < b->nrows; i++) {
		struct row *r = &b->rows[i];
		struct err why = { 0 };

		if (!reader->is_row(reader->ctx, &r->frame))
			continue;
		r->from = b->objects.n;
		if (!reader->make(reader->ctx,
			(struct slice){ b->bytes.p + r->at, r->frame.bytes.n },
			&r->encoding, &b->objects, &why)) {
			b->faults = mem_room(b->faults, b->nfaults,
			    &b->faults_room, sizeof(*b->faults));
			r->why = b->nfaults;
			b->faults[b->nfaults++] = why;
		}
		r->to = b->objects.n;
	}
}

static void *
work(void *arg)
{
	struct pair *p = arg;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->work == NULL && !p->over)
			pthread_cond_wait(&p->moved, &p->lock);
		if (p->work == NULL)
			break;
		pthread_mutex_unlock(&p->lock);
		make_objects(p->reader, p->work);
		pthread_mutex_lock(&p->lock);
		p->work = NULL;
		pthread_cond_broadcast(&p->moved);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* --- the reader ---------------------------------------------------------- */

static void
hand_over(struct pair *p, struct batch *b)
{
	pthread_mutex_lock(&p->lock);
	p->work = b;
	pthread_cond_broadcast(&p->moved);
	pthread_mutex_unlock(&p->lock);
}

static void
wait_for(struct pair *p)
{
	pthread_mutex_lock(&p->lock);
	while (p->work != NULL)
		pthread_cond_wait(&p->moved, &p->lock);
	pthread_mutex_unlock(&p->lock);
}

/* A line end stays behind its row, for who counts the kinds of them. */
static void
add_row(struct batch *b, const struct frame *f)
{
	struct row *r;

	b->rows = mem_room(b->rows, b->nrows, &b->rows_room, sizeof(*b->rows));
	r = &b->rows[b->nrows++];
	*r = (struct row){ .frame = *f, .at = b->bytes.n };
	buf_add(&b->bytes, f->bytes.p,
	    f->bytes.n + (f->next > f->to && f->kind != FRAME_BAD));
}

/* False where nothing more comes, or the input failed. */
static bool
fill(struct pair *p, struct batch *b, bool *ok, struct err *e)
{
	struct frame f = { .kind = FRAME_RECORD };

	b->nrows = b->nfaults = 0;
	buf_reset(&b->bytes);
	buf_reset(&b->objects);
	while (b->bytes.n < BATCH && b->nrows < FEW) {
		*ok = p->reader->next(p->reader->ctx, &f, e);
		if (!*ok || f.kind == FRAME_END)
			break;
		add_row(b, &f);
	}
	memset(buf_room(&b->bytes, JSON_SLACK), 0, JSON_SLACK);
	return *ok && f.kind != FRAME_END;
}

static bool
account(struct pair *p, const struct batch *b, struct err *e)
{
	for (size_t i = 0; i < b->nrows; i++) {
		const struct row *r = &b->rows[i];
		struct frame f = r->frame;
		struct made made = { .encoding = r->encoding,
			.object = { b->objects.p + r->from, r->to - r->from },
			.why = r->from == r->to ? &b->faults[r->why] : NULL };

		f.bytes.p = b->bytes.p + r->at;
		if (!p->reader->take(p->reader->ctx, &f, &made, e))
			return false;
	}
	return true;
}

static bool
read_on(struct pair *p, struct err *e)
{
	struct batch *fresh = &p->batches[0], *made = &p->batches[1], *swap;
	bool more = true, ok = true, good = true;

	made->nrows = 0;
	while (more && ok) {
		more = fill(p, fresh, &ok, e);
		wait_for(p);
		hand_over(p, fresh);
		good = account(p, made, e);
		if (!good)
			break;
		swap = made;
		made = fresh;
		fresh = swap;
	}
	wait_for(p);
	return good && ok && account(p, made, e);
}

static void
release(struct batch *b)
{
	buf_release(&b->bytes);
	buf_release(&b->objects);
	mem_free(b->rows);
	mem_free(b->faults);
}

bool
pair_take(
    struct member *m, struct piece *p, const struct made *made, struct err *e)
{
	p->encoding = made->encoding;
	if (made->why != NULL)
		return member_reject(m, p, made->why, e);
	buf_add_slice(member_open(m), made->object);
	return member_record(m, p, e);
}

/* Of bytes that are decoded to UTF-8 first, those before that. */
static struct input *
bytes_of(const struct member *m)
{
	return m->recode != NULL ? m->own_input : m->input;
}

bool
pair_read(struct member *m, const struct pair_reader *reader, bool *started,
    struct err *e)
{
	struct pair p = { .reader = reader };
	pthread_t thread;
	bool ok = true;

	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.moved, NULL);
	*started = pthread_create(&thread, NULL, work, &p) == 0;
	if (*started) {
		input_ahead(bytes_of(m));
		ok = read_on(&p, e);
		pthread_mutex_lock(&p.lock);
		p.over = true;
		pthread_cond_broadcast(&p.moved);
		pthread_mutex_unlock(&p.lock);
		pthread_join(thread, NULL);
	}
	release(&p.batches[0]);
	release(&p.batches[1]);
	pthread_cond_destroy(&p.moved);
	pthread_mutex_destroy(&p.lock);
	return ok;
}
