/*
 * digest - SHA-256 and HMAC through libcrypto, and the spellings of digests.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#define DIGEST_SIZE	32
#define DIGEST_ID	26	/* 130 bits in base 32 */

struct digest;			/* SHA-256 under way */

struct digest	*digest_new(void);
void		 digest_free(struct digest *);	/* NULL is allowed */
void		 digest_reset(struct digest *);
void		 digest_add(struct digest *, const void *, size_t n);
/* The digest of what was added so far; more may be added afterwards. */
void		 digest_peek(const struct digest *, uint8_t out[DIGEST_SIZE]);
/* And of these bytes, which are not added. */
void		 digest_peek_at(const struct digest *, const void *, size_t n,
		    uint8_t out[DIGEST_SIZE]);

/* The same, and a fresh start; for many short texts one after the other. */
void		 digest_take(struct digest *, uint8_t out[DIGEST_SIZE]);

void		 digest_bytes(const void *, size_t n, uint8_t out[DIGEST_SIZE]);
/* HMAC-SHA-256 (RFC 2104). */
void		 digest_hmac(const void *key, size_t keyn, const void *, size_t n,
		    uint8_t out[DIGEST_SIZE]);

/* 64 lower-case hex digits and a NUL. */
void		 digest_hex(const uint8_t[DIGEST_SIZE], char out[65]);
/* The first 130 bits in Crockford's base 32, lower case, and a NUL. */
void		 digest_id(const uint8_t[DIGEST_SIZE], char out[DIGEST_ID + 1]);
/* Base 64 with padding (RFC 4648, 4) and a NUL; out has 4*((n+2)/3)+1 bytes. */
size_t		 digest_base64(const void *, size_t n, char *out);

#endif
