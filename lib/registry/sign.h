/*
 * sign - keys, signatures and sealing: Ed25519 (RFC 8032) and AES-256-GCM
 * through libcrypto.
 *
 * A signer is a private key; it is wiped when it is freed.  Signers are const
 * once loaded.
 */
#ifndef REGISTRY_SIGN_H
#define REGISTRY_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

#define SIGN_PUBLIC	32
#define SIGN_SIZE	64
#define SEAL_KEY	32
#define SEAL_NONCE	12
#define SEAL_TAG	16
#define SEAL_EXTRA	(SEAL_NONCE + SEAL_TAG)

struct signer;

/* A fresh key. */
struct signer	*signer_new(void);
/* PEM (PKCS 8), as `openssl genpkey -algorithm ed25519` writes it; ERR_USAGE. */
struct signer	*signer_load(const char *path, struct err *);
/* The 32 secret bytes, and a key out of such; wipe them behind you. */
void		 signer_secret(const struct signer *, uint8_t[SEAL_KEY]);
struct signer	*signer_of_secret(const uint8_t[SEAL_KEY]);
void		 signer_free(struct signer *);	/* NULL is allowed */
void		 signer_public(const struct signer *, uint8_t[SIGN_PUBLIC]);
void		 signer_sign(const struct signer *, struct slice,
		    uint8_t[SIGN_SIZE]);
bool		 sign_verify(const uint8_t[SIGN_PUBLIC], struct slice,
		    const uint8_t[SIGN_SIZE]);

/* A public key out of PEM or a vkey line (registry/note); ERR_USAGE. */
bool		 public_load(const char *path, uint8_t[SIGN_PUBLIC],
		    struct err *);

void		 sign_random(void *, size_t n);
void		 sign_wipe(void *, size_t n);

/*
 * Appends nonce, ciphertext and tag: SEAL_EXTRA bytes more than the text.
 * aad is what the sealed bytes are bound to.
 */
void		 seal(const uint8_t key[SEAL_KEY], struct slice aad,
		    struct slice text, struct buf *to);
/* Appends the text; false where key, aad or a byte is wrong. */
bool		 unseal(const uint8_t key[SEAL_KEY], struct slice aad,
		    struct slice sealed, struct buf *to);

#endif
