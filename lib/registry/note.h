/*
 * note - signed notes, verifier keys and DSSE envelopes, as text.
 *
 * Formats: C2SP signed-note (notes, vkeys, key ids) and DSSE 1.0.2 (PAE).
 */
#ifndef REGISTRY_NOTE_H
#define REGISTRY_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "registry/sign.h"

#define NOTE_KEY_ID	4

struct vkey {
	struct slice	 name;
	uint8_t		 id[NOTE_KEY_ID];
	uint8_t		 public[SIGN_PUBLIC];
};

/* The id: the first bytes of SHA-256(name, LF, type 1, public key). */
void		 vkey_make(struct vkey *, struct slice name,
		    const uint8_t public[SIGN_PUBLIC]);
/* name+hash+base64; slices point into the text.  ERR_USAGE. */
bool		 vkey_parse(struct slice, struct vkey *, struct err *);
struct slice	 vkey_text(const struct vkey *, struct arena *);
/* "name+1a2b3c4d": how signatures name their key. */
struct slice	 vkey_label(const struct vkey *, struct arena *);

/* Strict base 64 with padding, one spelling only; false for anything else. */
bool		 note_unbase64(struct slice, struct buf *);
void		 note_base64(struct buf *, const void *, size_t n);

/* The text (ends in LF) with an empty line and one signature line behind it. */
void		 note_sign(struct slice text, const struct vkey *,
		    const struct signer *, struct buf *);
/*
 * The text of a note that this key signed; false where no line of it is a
 * right signature by the key, or the note is malformed.
 */
bool		 note_open(struct slice note, const struct vkey *,
		    struct slice *text);

/* "DSSEv1" SP len SP type SP len SP body: what a DSSE signature is over. */
void		 dsse_pae(struct buf *, const char *type, struct slice body);

#endif
