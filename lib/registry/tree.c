#include "registry/tree.h"

#include <string.h>

void
tree_leaf(struct slice entry, struct tree_hash *out)
{
	struct digest *d = digest_new();

	digest_add(d, "\0", 1);
	digest_add(d, entry.p, entry.n);
	digest_peek(d, out->bytes);
	digest_free(d);
}

static void
join(const struct tree_hash *left, const struct tree_hash *right,
    struct tree_hash *out)
{
	uint8_t both[1 + 2 * DIGEST_SIZE] = { 1 };

	memcpy(both + 1, left->bytes, DIGEST_SIZE);
	memcpy(both + 1 + DIGEST_SIZE, right->bytes, DIGEST_SIZE);
	digest_bytes(both, sizeof(both), out->bytes);
}

bool
tree_append(const struct tree_store *t, uint64_t size,
    const struct tree_hash *leaf, struct err *e)
{
	struct tree_hash hash = *leaf, left;
	uint64_t number = size;
	unsigned level = 0;

	if (!t->put(t->ctx, 0, number, &hash, e))
		return false;
	/* A right child completes its parent. */
	while (number & 1) {
		if (!t->get(t->ctx, level, number - 1, &left, e))
			return false;
		join(&left, &hash, &hash);
		number >>= 1;
		level++;
		if (!t->put(t->ctx, level, number, &hash, e))
			return false;
	}
	return true;
}

/* The largest power of two below n; n > 1. */
static uint64_t
split(uint64_t n)
{
	uint64_t k = 1;

	while (k < n - k)
		k <<= 1;
	return k;
}

static unsigned
log2_of(uint64_t n)
{
	unsigned level = 0;

	while (n > 1) {
		n >>= 1;
		level++;
	}
	return level;
}

/* The hash over [from, to), at least one leaf. */
static bool
range(const struct tree_store *t, uint64_t from, uint64_t to,
    struct tree_hash *out, struct err *e)
{
	uint64_t n = to - from, k;
	struct tree_hash left, right;

	if ((n & (n - 1)) == 0 && from % n == 0)
		return t->get(t->ctx, log2_of(n), from / n, out, e);
	k = split(n);
	if (!range(t, from, from + k, &left, e) ||
	    !range(t, from + k, to, &right, e))
		return false;
	join(&left, &right, out);
	return true;
}

bool
tree_root(const struct tree_store *t, uint64_t size, struct tree_hash *out,
    struct err *e)
{
	if (size == 0) {
		digest_bytes("", 0, out->bytes);
		return true;
	}
	return range(t, 0, size, out, e);
}

static bool
path(const struct tree_store *t, uint64_t leaf, uint64_t from, uint64_t to,
    struct buf *hashes, struct err *e)
{
	struct tree_hash other;
	uint64_t middle;
	bool left;

	if (to - from == 1)
		return true;
	middle = from + split(to - from);
	left = leaf < middle;
	if (!path(
		t, leaf, left ? from : middle, left ? middle : to, hashes, e) ||
	    !range(t, left ? middle : from, left ? to : middle, &other, e))
		return false;
	buf_add(hashes, other.bytes, DIGEST_SIZE);
	return true;
}

bool
tree_prove(const struct tree_store *t, uint64_t leaf, uint64_t size,
    struct buf *hashes, struct err *e)
{
	if (leaf >= size)
		return err_set(e, ERR_USAGE, "no entry %llu in a log of %llu",
		    (unsigned long long)leaf, (unsigned long long)size);
	return path(t, leaf, 0, size, hashes, e);
}

/* RFC 9162, 2.1.3.2. */
bool
tree_check(const struct tree_hash *leaf, uint64_t number, uint64_t size,
    struct slice hashes, const struct tree_hash *root)
{
	uint64_t fn = number, sn = size - 1;
	struct tree_hash r = *leaf, p;

	if (size == 0 || number >= size || hashes.n % DIGEST_SIZE != 0)
		return false;
	for (size_t i = 0; i < hashes.n; i += DIGEST_SIZE) {
		if (sn == 0)
			return false;
		memcpy(p.bytes, hashes.p + i, DIGEST_SIZE);
		if ((fn & 1) || fn == sn) {
			join(&p, &r, &r);
			while (!(fn & 1) && fn != 0) {
				fn >>= 1;
				sn >>= 1;
			}
		} else {
			join(&r, &p, &r);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && memcmp(r.bytes, root->bytes, DIGEST_SIZE) == 0;
}

void
tile_path(struct buf *b, int level, uint64_t number, unsigned width)
{
	unsigned groups[8];
	size_t n = 0;

	do
		groups[n++] = (unsigned)(number % 1000);
	while ((number /= 1000) > 0);
	if (level < 0)
		buf_adds(b, "tile/entries");
	else
		buf_addf(b, "tile/%d", level);
	while (n > 0) {
		n--;
		buf_addf(b, n > 0 ? "/x%03u" : "/%03u", groups[n]);
	}
	if (width < TILE_WIDTH)
		buf_addf(b, ".p/%u", width);
}
