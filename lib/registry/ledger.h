/*
 * ledger - the events of a store: signed by who took the decision, hashed
 * into a Merkle tree, published as a C2SP tlog-tiles log.  mdx-ledger(5).
 */
#ifndef REGISTRY_LEDGER_H
#define REGISTRY_LEDGER_H

#include "base/buf.h"
#include "registry/registry.h"
#include "registry/tree.h"

#define EVENT_TYPE	"application/vnd.mdx.event+json"

struct event {
	const char	*type;		/* put, approve, ... */
	struct slice	 asset;		/* n 0: none */
	struct slice	 from, to;	/* states; n 0: none */
	struct slice	 body;		/* a JSON object; n 0: {} */
	uint64_t	 n;		/* set by ledger_append */
};

/* Inside a transaction: signs and adds the event of the person acting. */
bool	ledger_append(struct registry *, struct event *, struct err *);
bool	ledger_add_party(struct registry *, const struct party *,
	    const char *title, const char *org, struct err *);
/* Completes log/ up to the newest entry; cheap where nothing is missing. */
bool	ledger_publish(struct registry *, struct err *);

bool	ledger_size(struct registry *, uint64_t *, struct err *);
bool	ledger_root(struct registry *, uint64_t size, struct tree_hash *,
	    struct err *);
/* The signed checkpoint of the newest size. */
bool	ledger_checkpoint(struct registry *, struct buf *, struct err *);
/* The c2sp.org/tlog-proof@v1 text of an entry. */
bool	ledger_proof(struct registry *, uint64_t n, struct buf *,
	    struct err *);

/* Each entry's bytes in order; the callback returns false to end. */
bool	ledger_each(struct registry *, bool (*)(void *, uint64_t n,
	    struct slice entry, struct err *), void *, struct err *);

/*
 * Recomputes everything: signatures and roles as they were, the tree, tiles
 * and bundles, the checkpoint.  ERR_DATA, code forged, fork or rollback.
 */
bool	ledger_verify(struct registry *, uint64_t *entries, struct err *);

#endif
