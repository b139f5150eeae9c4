#include "base/hash.h"

#include "base/arena.h"
#include "base/mem.h"

#define EMPTY UINT32_MAX

/*
 * A multiply-and-fold hash: 16 bytes a step, each step one 64x64->128 bit
 * product whose halves are mixed by xor.  Strong enough for tables whose keys
 * an adversary may choose only up to the limits of a record.
 */
static uint64_t
fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ typedef unsigned __int128 wide;
	wide m = (wide)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
#else
	uint64_t ah = a >> 32, al = (uint32_t)a, bh = b >> 32, bl = (uint32_t)b;
	uint64_t hh = ah * bh, hl = ah * bl, lh = al * bh, ll = al * bl;
	uint64_t mid = (ll >> 32) + (uint32_t)hl + (uint32_t)lh;

	return ((mid << 32) | (uint32_t)ll) ^
	    (hh + (hl >> 32) + (lh >> 32) + (mid >> 32));
#endif
}

/* The byte of lowest address is the lowest, whatever the machine. */
static uint64_t
load_8(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static uint64_t
load_4(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap32(v);
#endif
	return v;
}

/* Up to eight bytes: two halves that may overlap, where they say the same. */
static uint64_t
load(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	if (n == 8)
		return load_8(p);
	if (n >= 4)
		return load_4(p) | load_4(p + n - 4) << (8 * (n - 4));
	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << (8 * i);
	return v;
}

uint64_t
hash_bytes(const void *bytes, size_t n)
{
	const uint64_t k0 = 0x9E3779B97F4A7C15u, k1 = 0xD1B54A32D192ED03u;
	const unsigned char *p = bytes;
	uint64_t h = k0 ^ n;

	for (; n > 16; n -= 16, p += 16)
		h = fold(load_8(p) ^ k1, load_8(p + 8) ^ h);
	if (n > 8)
		h = fold(load_8(p) ^ k1, load(p + 8, n - 8) ^ h);
	else
		h = fold(load(p, n) ^ k1, h ^ k0);
	return fold(h ^ k1, k0);
}

/*
 * Open addressing over numbers; names and their digests stand in arrays in the
 * order of adding, so that a number is found without a probe.
 */
struct index {
	struct arena *arena;
	struct slice *names;
	uint64_t *digests;
	size_t count, room;
	uint32_t *slots;
	size_t nslots; /* a power of two */
};

struct index *
index_new(void)
{
	struct index *x = mem_zalloc(sizeof(*x));

	x->arena = arena_new();
	x->nslots = 16;
	x->slots = mem_alloc(x->nslots * sizeof(*x->slots));
	memset(x->slots, 0xFF, x->nslots * sizeof(*x->slots));
	return x;
}

void
index_free(struct index *x)
{
	if (x == NULL)
		return;
	arena_free(x->arena);
	mem_free(x->names);
	mem_free(x->digests);
	mem_free(x->slots);
	mem_free(x);
}

/* The slot that holds the name, or the empty one where it belongs. */
static size_t
probe(const struct index *x, uint64_t digest, struct slice name)
{
	size_t i = digest & (x->nslots - 1);

	for (;; i = (i + 1) & (x->nslots - 1)) {
		uint32_t number = x->slots[i];

		if (number == EMPTY ||
		    (x->digests[number] == digest &&
			slice_eq(x->names[number], name)))
			return i;
	}
}

static void
grow(struct index *x)
{
	x->nslots *= 2;
	x->slots = mem_resize(x->slots, x->nslots, sizeof(*x->slots));
	memset(x->slots, 0xFF, x->nslots * sizeof(*x->slots));
	for (size_t n = 0; n < x->count; n++)
		x->slots[probe(x, x->digests[n], x->names[n])] = (uint32_t)n;
}

size_t
index_add(struct index *x, struct slice name, bool *fresh)
{
	uint64_t digest = hash_bytes(name.p, name.n);
	size_t slot = probe(x, digest, name), room = x->room;

	if (fresh != NULL)
		*fresh = x->slots[slot] == EMPTY;
	if (x->slots[slot] != EMPTY)
		return x->slots[slot];
	if (2 * (x->count + 1) > x->nslots) {
		grow(x);
		slot = probe(x, digest, name);
	}
	x->names = mem_room(x->names, x->count, &room, sizeof(*x->names));
	if (room != x->room)
		x->digests = mem_resize(x->digests, room, sizeof(*x->digests));
	x->room = room;
	x->names[x->count] = arena_slice(x->arena, name);
	x->digests[x->count] = digest;
	x->slots[slot] = (uint32_t)x->count;
	return x->count++;
}

long
index_find(const struct index *x, struct slice name)
{
	uint32_t number = x->slots[probe(x, hash_bytes(name.p, name.n), name)];

	return number == EMPTY ? -1 : (long)number;
}

struct slice
index_name(const struct index *x, size_t number)
{
	return x->names[number];
}

size_t
index_count(const struct index *x)
{
	return x->count;
}
