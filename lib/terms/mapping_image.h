/*
 * mapping_image - one table of mappings laid out flat, found by key.
 *
 * The parts are the sections of an image (image.h), so that a table that was
 * compiled once is mapped and used as it is:
 *
 *	mappings  key, term as written, usual specimen, how many codes before
 *	codes     of the mappings, one mapping after the other
 *	slots     open addressing: mappings by key
 *	stale     answers whose code the list of its system has lost
 *	text      the bytes
 *
 * A key is field, term, unit and specimen, folded, with a byte 0 between.
 * Mappings end with one more that only closes the last range.  Const once
 * open.  Private to lib/terms.
 */
#ifndef TERMS_MAPPING_IMAGE_H
#define TERMS_MAPPING_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "terms/mapping_format.h"

#define MAPPING_PARTS	5
#define MAPPING_NOWHERE	UINT32_MAX
/* Of the form; changes with it, with the folding and with what is refused. */
#define MAPPING_MAGIC	"mdx-map1"

struct flat_text {
	uint32_t	 at, n;
};

enum { FLAT_KEY, FLAT_TERM, FLAT_USUAL, FLAT_MAPPING_TEXTS };

struct flat_mapping {
	struct flat_text text[FLAT_MAPPING_TEXTS];
	uint32_t	 slot;		/* where the key is sought first */
	uint32_t	 codes;
};

enum { FLAT_CODE, FLAT_DISPLAY, FLAT_SYSTEM, FLAT_VERSION, FLAT_CODE_TEXTS };

struct flat_code {
	struct flat_text text[FLAT_CODE_TEXTS];
	uint32_t	 line;
	uint32_t	 exact;		/* neither more nor less */
};

#define FLAT_STALE_TEXTS (MAPPING_VERSION + 1)

struct flat_stale {
	struct flat_text text[FLAT_STALE_TEXTS];	/* by column */
};

struct mapping_image {
	const struct flat_mapping *mappings;
	const struct flat_code *codes;
	const struct flat_stale *stale;
	const uint32_t	*slots;
	const char	*text;
	size_t		 ntext, nstale;
	uint32_t	 nmappings, nslots;
};

/* Checks every number of the parts; ERR_INPUT where one is out of bounds. */
bool		 mapping_image_open(struct mapping_image *,
		    const struct slice parts[MAPPING_PARTS], struct err *);

/* Replaces what is in the buffer. */
struct slice	 mapping_image_key(struct buf *, struct slice field,
		    struct slice term, struct slice unit,
		    struct slice specimen);
/* Stands in files, so it never changes. */
uint32_t	 mapping_image_slot(struct slice key);
/* The mapping of a key with this slot, or MAPPING_NOWHERE. */
uint32_t	 mapping_image_find(const struct mapping_image *,
		    struct slice key, uint32_t slot);

static inline struct slice
mapping_image_text(const struct mapping_image *m, struct flat_text t)
{
	return (struct slice){ m->text + t.at, t.n };
}

#endif
