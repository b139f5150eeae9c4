#include "sources/job_beside.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define RAW     ((size_t)64 << 10) /* of one, for its reject */
#define WAITING 64                 /* members that wait at a time */
#define NAMED   65536              /* names that are remembered */

struct waiting {
	struct place_of at; /* its strings are the job's */
	char *head;
	size_t nhead;
	uint64_t size;
};

struct beside {
	struct index *named; /* paths in the archive */
	struct waiting waiting[WAITING];
	size_t n;
};

struct beside *
beside_new(void)
{
	struct beside *b = mem_zalloc(sizeof(*b));

	b->named = index_new();
	return b;
}

void
beside_free(struct beside *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->n; i++)
		mem_free(b->waiting[i].head);
	index_free(b->named);
	mem_free(b);
}

static bool
settle(struct job *j, struct waiting *w, bool named, struct err *e)
{
	struct piece p = {
		.to = w->size, .next = w->size, .bytes = { w->head, w->nhead }
	};
	struct err why = { 0 };
	struct member m;

	job_begin(j, &m, &w->at, NULL, named ? "wfdb" : "unknown");
	if (named) {
		member_skip_to(&m, w->size, "with_header");
		return member_end(&m, e);
	}
	err_data(&why, "unknown_format",
	    "neither text nor a format that is known, and no header of the "
	    "archive names it (--exclude leaves it out)");
	if (member_reject(&m, &p, &why, e))
		return member_end(&m, e);
	member_release(&m);
	return false;
}

static void
take_out(struct beside *b, size_t i)
{
	mem_free(b->waiting[i].head);
	memmove(&b->waiting[i], &b->waiting[i + 1],
	    (b->n - i - 1) * sizeof(b->waiting[0]));
	b->n--;
}

static bool
may_wait(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && strcmp(name + n - 4, ".dat") == 0;
}

bool
beside_takes(struct job *j, const struct place_of *at, struct input *in,
    bool is_known, bool *taken, struct err *e)
{
	struct beside *b = j->beside;
	struct waiting w = { .at = *at };
	struct err ignored = { 0 };
	const char *name, *block;
	struct slice head;
	bool named, ok;

	*taken = false;
	if (b == NULL || at->nparts == 0)
		return true;
	name = at->parts[at->nparts - 1];
	named = index_find(b->named, slice_of(name)) >= 0;
	if (!named && (is_known || b->n == WAITING || !may_wait(name)))
		return true;
	head = input_peek(in, RAW);
	/* One that is cut off has its own way of being set aside. */
	if (input_failed(in, NULL))
		return true;
	*taken = true;
	w.nhead = head.n < RAW ? head.n : RAW;
	w.head = mem_dup(head.p, w.nhead);
	while (input_next(in, &block, &ignored) > 0)
		continue;
	w.size = input_bytes(in);
	if (!named) {
		b->waiting[b->n++] = w;
		return true;
	}
	ok = settle(j, &w, true, e);
	mem_free(w.head);
	return ok;
}

bool
beside_named(
    struct job *j, const struct place_of *at, struct slice names, struct err *e)
{
	struct beside *b = j->beside;
	const char *header, *slash;
	struct buf path = { 0 };
	struct slice name;
	bool ok = true;

	if (b == NULL || at->nparts == 0)
		return true;
	header = at->parts[at->nparts - 1];
	slash = strrchr(header, '/');
	while (ok && slice_next(&names, '\n', &name)) {
		buf_reset(&path);
		if (slash != NULL)
			buf_add(&path, header, (size_t)(slash + 1 - header));
		buf_add_slice(&path, name);
		if (index_count(b->named) < NAMED)
			index_add(b->named, buf_slice(&path), NULL);
		for (size_t i = 0; ok && i < b->n; i++) {
			const struct place_of *w = &b->waiting[i].at;

			if (!slice_is(
				buf_slice(&path), w->parts[w->nparts - 1]))
				continue;
			ok = settle(j, &b->waiting[i], true, e);
			take_out(b, i--);
		}
	}
	buf_release(&path);
	return ok;
}

bool
beside_end(struct job *j, struct err *e)
{
	struct beside *b = j->beside;
	bool ok = true;

	while (ok && b->n > 0) {
		ok = settle(j, &b->waiting[0], false, e);
		take_out(b, 0);
	}
	return ok;
}
