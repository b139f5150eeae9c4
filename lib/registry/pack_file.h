/*
 * pack_file - the bytes of one part: zstd frames of about 1 MiB cut at line
 * feeds, each sealed under the asset's data key.  mdx-store(5).
 *
 *	"MDXPACK1" | frame ... | 0 0 | SHA-256 of everything before
 *	frame: sealed length (u32, low byte first) | raw length (u32) | sealed
 *
 * A frame is bound to its asset and its number, so that frames cannot change
 * places.  A part is known by the SHA-256 of its raw bytes.
 */
#ifndef REGISTRY_PACK_FILE_H
#define REGISTRY_PACK_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "registry/sign.h"
#include "registry/tree.h"

struct pack_facts {
	uint64_t	 bytes, lines, stored;
	char		 sha256[65];
	struct tree_hash tree;		/* RFC 6962 root over the frames */
};

struct pack_writer;

/* Writes to a file that appears by pack_end only. */
struct pack_writer *pack_new(const char *path, const uint8_t key[SEAL_KEY],
		    struct slice asset, struct err *);
void		 pack_free(struct pack_writer *);	/* NULL is allowed */
/* One line with its line feed. */
bool		 pack_add(struct pack_writer *, struct slice line,
		    struct err *);
bool		 pack_end(struct pack_writer *, struct pack_facts *,
		    struct err *);

/*
 * Reads a pack and calls back with each frame's raw bytes, checked.  ERR_INPUT
 * where a byte is wrong or missing.  each may be NULL.
 */
bool		 pack_read(const char *path, const uint8_t key[SEAL_KEY],
		    struct slice asset, bool (*each)(void *, struct slice,
		    struct err *), void *, struct pack_facts *, struct err *);

#endif
