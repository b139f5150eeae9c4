/*
 * asset - what a store holds: versions of data under a code, the card (what
 * people say) and the facts (what was measured).
 */
#ifndef REGISTRY_ASSET_H
#define REGISTRY_ASSET_H

#include "base/buf.h"
#include "record/run.h"
#include "registry/registry.h"

struct asset {
	struct slice	 code, kind, state, steward, submitter;
	uint64_t	 version;	/* the newest; 0: none */
};

/* ERR_USAGE, with a suggestion, where there is none. */
bool	asset_find(struct registry *, struct slice code, struct asset *,
	    struct err *);
/* A lower-case letter, then letters, digits and '-'. */
bool	asset_is_code(struct slice);

/* --- the card ------------------------------------------------------------ */

/* KEY=TEXT, KEY:=JSON and KEY+=JSON words, NULL at the end; ERR_USAGE. */
bool	card_describe(struct registry *, const struct asset *,
	    char *const *changes, uint64_t *entry, struct err *);
/* The card as one JSON object. */
bool	card_put(struct registry *, struct slice code, struct buf *,
	    struct err *);
/* One entry as JSON text in the registry's arena; n 0 where it is not set. */
struct slice card_get(struct registry *, struct slice code, const char *key,
	    const char *sub, struct err *);

/* --- put ----------------------------------------------------------------- */

struct put {
	struct slice	 code;		/* n 0: found by title, or made */
	const char	*title, *kind;	/* NULL: not given */
	char *const	*inputs;	/* NULL at the end */
	const char *const *runs;	/* reports, NULL at the end; may be NULL */
	const char	*qc;		/* report of mdx-qc; may be NULL */
	unsigned	 wait_ms;
};

/*
 * Reads the inputs into a new version.  The receipt (one JSON object) is
 * appended to *receipt.  ERR_DATA: code upstream, a report is missing, failed
 * or speaks of other data; code set_aside, more bad lines than allowed.
 */
bool	asset_put(struct registry *, struct run *, const struct put *,
	    struct buf *receipt, struct err *);

/* Where the pack of a part stands, in the registry's arena. */
const char *asset_pack_path(struct registry *, struct slice code,
	    struct slice sha256);

/* --- answers ------------------------------------------------------------- */

/* One line an asset. */
bool	asset_list(struct registry *, bool (*)(void *, struct slice line,
	    struct err *), void *, struct err *);
bool	asset_show(struct registry *, const struct asset *, struct buf *,
	    struct err *);
/*
 * Each part of each version decoded and hashed; a line an asset, and *bad
 * counts those that are hurt.
 */
bool	asset_verify(struct registry *, struct slice code /* n 0: all */,
	    bool (*)(void *, struct slice line, struct err *), void *,
	    unsigned *bad, struct err *);

#endif
