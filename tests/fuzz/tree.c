/*
 * The first byte is the size of a tree, the second a leaf; what follows stands
 * for a proof.  The tree's own proof holds for that leaf and no other, and
 * what the bytes say holds only where they are that proof.
 */
#include <stdint.h>
#include <string.h>

#include "registry/tree.h"

static struct tree_hash nodes[9][256];

static bool
get(void *ctx, unsigned level, uint64_t number, struct tree_hash *h,
    struct err *e)
{
	(void)ctx;
	(void)e;
	*h = nodes[level][number];
	return true;
}

static bool
put(void *ctx, unsigned level, uint64_t number, const struct tree_hash *h,
    struct err *e)
{
	(void)ctx;
	(void)e;
	nodes[level][number] = *h;
	return true;
}

static void
must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct tree_store store = { NULL, get, put };
	struct tree_hash root, leaf, other;
	struct buf proof = { 0 };
	struct slice given;
	struct err e = { 0 };
	uint64_t size, number;

	if (n < 2)
		return 0;
	size = (uint64_t)data[0] + 1;
	number = data[1] % size;
	for (uint64_t i = 0; i < size; i++) {
		tree_leaf((struct slice){ (const char *)&i, sizeof(i) }, &leaf);
		must(tree_append(&store, i, &leaf, &e));
	}
	must(tree_root(&store, size, &root, &e));
	must(tree_prove(&store, number, size, &proof, &e));
	given = (struct slice){ (const char *)data + 2, n - 2 };
	leaf = nodes[0][number];
	other = nodes[0][(number + 1) % size];
	must(tree_check(&leaf, number, size, buf_slice(&proof), &root));
	must(size == 1 ||
	    !tree_check(&other, number, size, buf_slice(&proof), &root));
	must(tree_check(&leaf, number, size, given, &root) ==
	    slice_eq(given, buf_slice(&proof)));
	must(!tree_check(&leaf, size, size, given, &root));
	buf_release(&proof);
	return 0;
}
