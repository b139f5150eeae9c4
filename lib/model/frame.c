#include "model/frame.h"

#include "base/mem.h"
#include "json/write.h"
#include "model/cache.h"

#define FRAMES 8 /* kept, the last used first */

struct frame {
	struct arena *arena;
	struct chat_prompt of; /* without a report */
	struct slice head, tail;
	struct digest *begun;
};

struct frames {
	struct frame *list[FRAMES];
	size_t n;
};

struct frames *
frames_new(void)
{
	return mem_zalloc(sizeof(struct frames));
}

static void
frame_free(struct frame *f)
{
	digest_free(f->begun);
	arena_free(f->arena);
	mem_free(f);
}

void
frames_free(struct frames *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		frame_free(f->list[i]);
	mem_free(f);
}

static bool
is_of(const struct frame *f, const struct chat_prompt *p)
{
	const struct chat_prompt *of = &f->of;

	return p->mode == of->mode && p->max_tokens == of->max_tokens &&
	    p->seed == of->seed && p->batch == of->batch &&
	    p->profile == of->profile && slice_eq(p->model, of->model) &&
	    slice_eq(p->system, of->system) &&
	    slice_eq(p->schema, of->schema) &&
	    slice_eq(p->temperature, of->temperature);
}

static struct slice
written(void (*put)(const struct chat_prompt *, struct buf *),
    const struct chat_prompt *p, struct arena *a)
{
	struct buf b = { 0 };
	struct slice s;

	put(p, &b);
	s = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return s;
}

static struct frame *
frame_new(const struct chat_prompt *p)
{
	struct frame *f = mem_zalloc(sizeof(*f));

	f->arena = arena_new();
	f->head = written(chat_head, p, f->arena);
	f->tail = written(chat_tail, p, f->arena);
	f->begun = cache_key_begin(f->head);
	f->of = *p;
	f->of.model = arena_slice(f->arena, p->model);
	f->of.system = arena_slice(f->arena, p->system);
	f->of.schema = arena_slice(f->arena, p->schema);
	f->of.temperature = arena_slice(f->arena, p->temperature);
	f->of.user = f->of.said = f->of.fault = SLICE("");
	return f;
}

static const struct frame *
find(struct frames *all, const struct chat_prompt *p)
{
	struct frame *f = NULL;
	size_t i = 0;

	while (i < all->n && !is_of(all->list[i], p))
		i++;
	if (i < all->n) {
		f = all->list[i];
	} else {
		f = frame_new(p);
		if (all->n < FRAMES)
			all->n++;
		else
			frame_free(all->list[--i]);
	}
	memmove(all->list + 1, all->list, i * sizeof(*all->list));
	all->list[0] = f;
	return f;
}

void
frames_request(struct frames *all, const struct chat_prompt *p, struct buf *b,
    uint8_t key[DIGEST_SIZE])
{
	size_t from = b->n;
	const struct frame *f;

	if (p->fault.n > 0) {
		chat_request(p, b);
		cache_key((struct slice){ b->p + from, b->n - from }, key);
		return;
	}
	f = find(all, p);
	buf_room(b, f->head.n + p->user.n + p->user.n / 8 + f->tail.n);
	buf_add_slice(b, f->head);
	from = b->n;
	json_put_string(b, p->user);
	buf_add_slice(b, f->tail);
	cache_key_end(
	    f->begun, (struct slice){ b->p + from, b->n - from }, key);
}
