/*
 * tree - the Merkle tree of a log (RFC 6962, SHA-256) and its tiles
 * (C2SP tlog-tiles).
 *
 * The tree asks for the hashes of complete subtrees by level and number and
 * never holds more than a path of them; where they live is the caller's.
 */
#ifndef REGISTRY_TREE_H
#define REGISTRY_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"

#define TILE_WIDTH	256

struct tree_hash {
	uint8_t		 bytes[DIGEST_SIZE];
};

/* Where the hashes are; each returns false with *e set. */
struct tree_store {
	void		*ctx;
	bool		(*get)(void *ctx, unsigned level, uint64_t number,
			    struct tree_hash *, struct err *);
	bool		(*put)(void *ctx, unsigned level, uint64_t number,
			    const struct tree_hash *, struct err *);
};

void		 tree_leaf(struct slice entry, struct tree_hash *);
/* Puts a leaf behind the first `size` and completes the subtrees above it. */
bool		 tree_append(const struct tree_store *, uint64_t size,
		    const struct tree_hash *leaf, struct err *);
/* The root over the first `size` leaves; size 0 is the hash of nothing. */
bool		 tree_root(const struct tree_store *, uint64_t size,
		    struct tree_hash *, struct err *);
/* Appends the hashes of the inclusion proof of a leaf, bottom first. */
bool		 tree_prove(const struct tree_store *, uint64_t leaf,
		    uint64_t size, struct buf *hashes, struct err *);
/* Whether the proof leads from the leaf to the root. */
bool		 tree_check(const struct tree_hash *leaf, uint64_t number,
		    uint64_t size, struct slice hashes,
		    const struct tree_hash *root);

/*
 * The path of a tile below the log's folder: "tile/0/x001/234", with ".p/W"
 * behind it where it holds fewer than 256 hashes.  level -1 is the bundle of
 * entries, "tile/entries/…".
 */
void		 tile_path(struct buf *, int level, uint64_t number,
		    unsigned width);

#endif
