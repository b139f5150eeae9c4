/*
 * key - the secret of de-identification: pseudonyms and day offsets by HMAC.
 *
 * There is no unkeyed digest: eleven digits are enumerated in minutes.  A key
 * is const once loaded and may be shared.
 */
#ifndef DEID_KEY_H
#define DEID_KEY_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"

struct deid_key;

/*
 * A regular file, 32 bytes or more and not all alike, no bit for group and
 * others.
 */
struct deid_key	*key_load(const char *path, struct err *);
struct deid_key	*key_parse(struct slice bytes, struct err *);
void		 key_free(struct deid_key *);	/* wiped; NULL is allowed */
/* A new random key, mode 0600; an existing file is left alone. */
bool		 key_make(const char *path, struct err *);
/* The first 8 hex digits of the key's digest. */
const char	*key_name(const struct deid_key *);

/*
 * HMAC(key, domain, 0, folded value) in 26 characters: the same value in two
 * tables joins, in two domains it does not.
 */
void		 key_pseudonym(const struct deid_key *, struct slice domain,
		    struct slice value, struct arena *,
		    char out[DIGEST_ID + 1]);
/* The same of bytes as they are, not folded: what stands for a whole line. */
void		 key_digest(const struct deid_key *, struct slice domain,
		    struct slice bytes, char out[DIGEST_ID + 1]);
/* Whole days in [-most,+most] without 0, a multiple of step. */
long		 key_offset(const struct deid_key *, struct slice patient,
		    long most, long step, struct arena *);
/*
 * One spelling of a value: width and blanks; of a number also hyphens, x, and
 * a 15-digit id in its 18 digits.
 */
struct slice	 key_fold(struct slice value, struct arena *);

#endif
