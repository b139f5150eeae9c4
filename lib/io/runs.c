#include "io/runs.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "io/overflow.h"
#include "io/runs_parts.h"
#include "io/runs_sort.h"

#define FEW         1024 /* entries, whatever the ceiling */
#define STEP        128  /* entries between two that memory knows */
#define FILTER_BITS 10   /* an entry */
#define LINE_BITS   (8 * sizeof(struct line))

struct runs *
runs_new(size_t size, size_t key, uint64_t memory, const char *folder)
{
	struct runs *r = mem_zalloc(sizeof(*r));
	uint64_t most = memory / 2 / (size + 4 * sizeof(*r->slots));

	assert(size <= RUNS_SIZE && key <= size);
	r->size = size;
	r->key = key;
	r->memory = memory;
	r->folder = mem_string(folder, strlen(folder));
	r->most = most < FEW        ? FEW
	    : most > UINT32_MAX / 2 ? UINT32_MAX / 2
				    : (size_t)most;
	return r;
}

struct runs *
runs_of_file(int fd, uint64_t offset, uint64_t n, size_t size)
{
	struct runs *r = runs_new(size, 0, 0, "");

	r->runs[r->nruns++] = (struct run){ .fd = fd, .start = offset, .n = n };
	r->count = n;
	return r;
}

static void
release_run(struct run *run)
{
	close(run->fd);
	mem_free(run->first);
	mem_free(run->filter);
}

void
runs_free(struct runs *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->nruns; i++)
		release_run(&r->runs[i]);
	mem_free(r->entries);
	mem_free(r->slots);
	mem_free(r->folder);
	mem_free(r);
}

uint64_t
runs_count(const struct runs *r)
{
	return r->count;
}

/* --- what memory knows of a run -------------------------------------------- */

/* The first eight bytes, so that their order is that of numbers. */
static uint64_t
beginning(const uint8_t *entry, size_t n)
{
	uint64_t to = 0;

	for (size_t i = 0; i < 8; i++)
		to = to << 8 | (i < n ? entry[i] : 0);
	return to;
}

static struct line *
line_of(const struct run *run, uint64_t hash)
{
	return &run->filter[(hash >> 32) * run->lines >> 32];
}

/* Six bits of one line, nine bits of the hash for each. */
static void
filter_add(struct run *run, uint64_t hash)
{
	struct line *l = line_of(run, hash);

	hash *= UINT64_C(0x9E3779B97F4A7C15);
	for (unsigned i = 0; i < 6; i++, hash >>= 9)
		l->words[hash >> 6 & 7] |= UINT64_C(1) << (hash & 63);
}

static bool
filter_passes(const struct run *run, uint64_t hash)
{
	const struct line *l = run->filter == NULL ? NULL : line_of(run, hash);

	hash *= UINT64_C(0x9E3779B97F4A7C15);
	for (unsigned i = 0; l != NULL && i < 6; i++, hash >>= 9)
		if ((l->words[hash >> 6 & 7] >> (hash & 63) & 1) == 0)
			return false;
	return true;
}

/*
 * Filters have half of the ceiling.  Where it is short they are smaller, and
 * say more often that a run is to be read; too small ones are left out.
 */
static void
make_filter(struct runs *r, struct run *run)
{
	uint64_t lines = run->n * FILTER_BITS / LINE_BITS + 1, most;

	if (r->key == 0)
		return;
	run->first = mem_alloc((run->n / STEP + 1) * sizeof(*run->first));
	most = r->memory / 2 > r->kept
	    ? (r->memory / 2 - r->kept) / sizeof(struct line)
	    : 0;
	lines = lines > most ? most : lines;
	if (lines * LINE_BITS / 2 < run->n)
		return;
	run->lines = (size_t)lines;
	run->filter = mem_zalloc(run->lines * sizeof(*run->filter));
}

static uint64_t
kept_of(const struct run *run)
{
	return run->lines * sizeof(struct line) +
	    (run->first == NULL ? 0 : run->n / STEP * sizeof(*run->first));
}

/* --- writing --------------------------------------------------------------- */

/* Notes entries that come next in their order, of which `at` were before. */
static void
know(const struct runs *r, struct run *run, uint64_t at, const uint8_t *p,
    size_t n)
{
	for (size_t i = 0; r->key > 0 && i < n; i++, p += r->size) {
		if ((at + i) % STEP == 0)
			run->first[(at + i) / STEP] = beginning(p, r->key);
		if (run->filter != NULL)
			filter_add(run, hash_bytes(p, r->key));
	}
}

static bool
put_walk(struct runs *r, struct run *run, struct runs_walk *w, struct err *e)
{
	size_t room = RUNS_WINDOW / r->size, n = 0, from;
	uint8_t *block = mem_alloc(room * r->size);
	const uint8_t *entry;
	uint64_t done = 0;
	bool ok = true;

	while (ok) {
		entry = runs_next(w, &from, e);
		if (entry != NULL)
			memcpy(block + n++ * r->size, entry, r->size);
		if (n == room || entry == NULL) {
			know(r, run, done, block, n);
			ok = overflow_put(
			    r->folder, run->fd, block, n * r->size, e);
			done += n;
			n = 0;
		}
		if (entry == NULL)
			break;
	}
	mem_free(block);
	return ok && done == run->n;
}

/* All runs to one; what is in memory stays there. */
static bool
unite(struct runs *r, struct err *e)
{
	struct runs *self = r;
	struct run one = { .n = 0 };
	struct runs_walk *w;
	size_t n = r->n;
	bool ok;

	for (size_t i = 0; i < r->nruns; i++)
		one.n += r->runs[i].n;
	one.fd = overflow_open(r->folder, e);
	if (one.fd < 0)
		return false;
	r->kept = 0;
	make_filter(r, &one);
	r->n = 0;
	w = runs_walk_new(&self, 1);
	r->n = n;
	ok = put_walk(r, &one, w, e);
	runs_walk_free(w);
	if (!ok) {
		release_run(&one);
		return false;
	}
	for (size_t i = 0; i < r->nruns; i++)
		release_run(&r->runs[i]);
	r->runs[0] = one;
	r->nruns = 1;
	r->kept = kept_of(&one);
	return true;
}

static bool
leave(struct runs *r, struct err *e)
{
	struct run run = { .n = r->n };
	size_t n = r->n;

	if (r->nruns == RUNS_MOST && !unite(r, e))
		return false;
	run.fd = overflow_open(r->folder, e);
	if (run.fd < 0)
		return false;
	runs_sort(r->entries, n, r->size);
	make_filter(r, &run);
	know(r, &run, 0, r->entries, n);
	if (!overflow_put(r->folder, run.fd, r->entries, n * r->size, e)) {
		release_run(&run);
		return false;
	}
	r->kept += kept_of(&run);
	r->runs[r->nruns++] = run;
	r->n = 0;
	if (r->slots != NULL)
		memset(r->slots, 0, r->nslots * sizeof(*r->slots));
	return true;
}

/* --- adding and asking ------------------------------------------------------- */

static uint32_t *
slot_of(const struct runs *r, const uint8_t *key)
{
	size_t i = (size_t)hash_bytes(key, r->key) & (r->nslots - 1);

	while (r->slots[i] != 0 &&
	    memcmp(r->entries + (r->slots[i] - 1) * r->size, key, r->key) != 0)
		i = (i + 1) & (r->nslots - 1);
	return &r->slots[i];
}

/* The first entry of each key has a slot. */
static void
note(struct runs *r, size_t number)
{
	uint32_t *slot = slot_of(r, r->entries + number * r->size);

	if (*slot == 0)
		*slot = (uint32_t)number + 1;
}

static void
grow(struct runs *r)
{
	r->room = r->room == 0 ? FEW : 2 * r->room;
	r->room = r->room > r->most ? r->most : r->room;
	r->entries = mem_resize(r->entries, r->room, r->size);
	if (r->key == 0 || 2 * r->room <= r->nslots)
		return;
	for (r->nslots = 1; r->nslots < 2 * r->room;)
		r->nslots *= 2;
	mem_free(r->slots);
	r->slots = mem_zalloc(r->nslots * sizeof(*r->slots));
	for (size_t i = 0; i < r->n; i++)
		note(r, i);
}

bool
runs_add(struct runs *r, const void *entry, struct err *e)
{
	if (r->n == r->most && !leave(r, e))
		return false;
	if (r->n == r->room)
		grow(r);
	memcpy(r->entries + r->n * r->size, entry, r->size);
	r->n++;
	r->count++;
	if (r->key > 0)
		note(r, r->n - 1);
	return true;
}

/* The last step whose entry is before the key for sure. */
static uint64_t
step_before(const struct run *run, uint64_t begins)
{
	uint64_t low = 0, high = (run->n + STEP - 1) / STEP;

	while (low < high) {
		uint64_t middle = (low + high) / 2;

		if (run->first[middle] < begins)
			low = middle + 1;
		else
			high = middle;
	}
	return low == 0 ? 0 : low - 1;
}

static int
find_in(const struct runs *r, const struct run *run, const void *key,
    void *entry, struct err *e)
{
	uint8_t block[STEP * RUNS_SIZE];
	uint64_t at = STEP * step_before(run, beginning(key, r->key));

	while (at < run->n) {
		size_t n = run->n - at < STEP ? (size_t)(run->n - at) : STEP;

		if (!overflow_get(run->fd, block, n * r->size,
			run->start + at * r->size, e))
			return -1;
		for (size_t i = 0; i < n; i++) {
			int o = memcmp(block + i * r->size, key, r->key);

			if (o == 0)
				memcpy(entry, block + i * r->size, r->size);
			if (o >= 0)
				return o == 0;
		}
		at += n;
	}
	return 0;
}

int
runs_find(const struct runs *r, const void *key, void *entry, struct err *e)
{
	uint64_t hash;
	int found = 0;

	if (r->n > 0) {
		uint32_t slot = *slot_of(r, key);

		if (slot != 0) {
			memcpy(
			    entry, r->entries + (slot - 1) * r->size, r->size);
			return 1;
		}
	}
	if (r->nruns == 0)
		return 0;
	hash = hash_bytes(key, r->key);
	for (size_t i = 0; found == 0 && i < r->nruns; i++)
		if (filter_passes(&r->runs[i], hash))
			found = find_in(r, &r->runs[i], key, entry, e);
	return found;
}
