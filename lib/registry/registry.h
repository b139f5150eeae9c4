/*
 * registry - an open store: its folder, catalogue, keys, and who acts.
 *
 *	store.json      format, origin, places; no secret
 *	catalogue.db    SQLite: the order of events and what follows from them
 *	packs/NN/ID.pack
 *	log/            checkpoint, vkey, tile/...: public, no patient data
 *	keys/           0700: the log's key and one data key an asset, sealed
 *			under the key-encryption key, which lies outside
 *	lock, tmp/
 *
 * A change is one SQLite transaction that holds the ledger entry and the
 * tables together; the files of log/ are derived from it and completed by the
 * next command where a crash left them behind.  Belongs to one thread.
 */
#ifndef REGISTRY_REGISTRY_H
#define REGISTRY_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/store.h"
#include "registry/note.h"
#include "registry/sign.h"

struct party {
	struct slice	 name, roles;	/* roles: words, commas between */
	struct vkey	 key;
	bool		 revoked;
};

struct registry {
	const char	*folder;
	struct arena	*arena;		/* until the registry is closed */
	struct store	*db;
	struct lock	*lock;		/* NULL: opened for reading */
	struct signer	*log_signer;	/* NULL: opened for reading */
	struct vkey	 log;		/* name: the origin */
	uint8_t		 kek[SEAL_KEY];
	struct signer	*signer;	/* of the person acting, or NULL */
	struct party	 actor;		/* name.n 0: nobody */
};

/*
 * Makes a store; the key becomes the party "custodian" with that role.  The
 * key-encryption key is made (0600) where its file is missing.  ERR_USAGE
 * where the folder is there already.
 */
bool		 registry_init(const char *folder, const char *origin,
		    const char *kek, const char *key, struct arena *,
		    struct slice *vkey, struct err *);

/*
 * key: the private key of the person acting; NULL opens for reading.  ERR_DATA
 * (code denied) where no party has this key; ERR_SERVICE where another change
 * holds the store for longer than wait_ms.
 */
struct registry	*registry_open(const char *folder, const char *key,
		    unsigned wait_ms, struct err *);
void		 registry_close(struct registry *);	/* NULL is allowed */

bool		 party_has_role(const struct party *, const char *role);
/* By name, in the registry's arena; false where there is none. */
bool		 registry_party(struct registry *, struct slice name,
		    struct party *, struct err *);
/* ERR_DATA, code denied, unless the person acting has one of the roles. */
bool		 registry_require(struct registry *, const char *what,
		    const char *role, const char *other, struct err *);
/* The asset's data key; made where it is missing and make is set. */
bool		 registry_data_key(struct registry *, struct slice asset,
		    bool make, uint8_t[SEAL_KEY], struct err *);
/* A path below the store's folder, in the registry's arena. */
const char	*registry_path(struct registry *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

#endif
