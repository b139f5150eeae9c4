#include "registry/sign.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include "base/mem.h"
#include "io/reader.h"
#include "registry/note.h"

#define LARGEST ((size_t)64 << 10) /* of a key file */

struct signer {
	EVP_PKEY *key;
};

/*
 * libcrypto fails in the calls that go through here for memory only, or where
 * the system's policy forbids an algorithm; there is nothing to go on with.
 */
static void
must(bool ok)
{
	if (!ok)
		mem_alloc((size_t)-1);
}

static struct signer *
signer_of(EVP_PKEY *key)
{
	struct signer *s = mem_alloc(sizeof(*s));

	s->key = key;
	return s;
}

struct signer *
signer_new(void)
{
	EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

	must(key != NULL);
	return signer_of(key);
}

struct signer *
signer_load(const char *path, struct err *e)
{
	struct buf text = { 0 };
	EVP_PKEY *key = NULL;
	BIO *bio;

	if (reader_slurp(path, LARGEST, &text, e)) {
		bio = BIO_new_mem_buf(text.p, (int)text.n);
		key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
		BIO_free(bio);
		if (key == NULL || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519) {
			err_set(e, ERR_USAGE,
			    "%s: no Ed25519 private key "
			    "(openssl genpkey -algorithm ed25519 makes one)",
			    path);
			EVP_PKEY_free(key);
			key = NULL;
		}
	} else {
		e->kind = ERR_USAGE;
	}
	if (text.p != NULL)
		OPENSSL_cleanse(text.p, text.n);
	buf_release(&text);
	ERR_clear_error();
	return key == NULL ? NULL : signer_of(key);
}

void
signer_secret(const struct signer *s, uint8_t out[SEAL_KEY])
{
	size_t n = SEAL_KEY;

	must(EVP_PKEY_get_raw_private_key(s->key, out, &n) == 1);
}

struct signer *
signer_of_secret(const uint8_t secret[SEAL_KEY])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(
	    EVP_PKEY_ED25519, NULL, secret, SEAL_KEY);

	must(key != NULL);
	return signer_of(key);
}

void
signer_free(struct signer *s)
{
	if (s == NULL)
		return;
	EVP_PKEY_free(s->key);
	mem_free(s);
}

void
signer_public(const struct signer *s, uint8_t out[SIGN_PUBLIC])
{
	size_t n = SIGN_PUBLIC;

	must(EVP_PKEY_get_raw_public_key(s->key, out, &n) == 1);
}

void
signer_sign(const struct signer *s, struct slice text, uint8_t out[SIGN_SIZE])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = SIGN_SIZE;

	must(ctx != NULL &&
	    EVP_DigestSignInit(ctx, NULL, NULL, NULL, s->key) == 1 &&
	    EVP_DigestSign(ctx, out, &n, (const uint8_t *)text.p, text.n) == 1);
	EVP_MD_CTX_free(ctx);
}

bool
sign_verify(const uint8_t public[SIGN_PUBLIC], struct slice text,
    const uint8_t sig[SIGN_SIZE])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, public, SIGN_PUBLIC);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok;

	must(ctx != NULL);
	ok = key != NULL &&
	    EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestVerify(
		ctx, sig, SIGN_SIZE, (const uint8_t *)text.p, text.n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return ok;
}

static bool
public_of_pem(struct slice text, uint8_t out[SIGN_PUBLIC])
{
	BIO *bio = BIO_new_mem_buf(text.p, (int)text.n);
	EVP_PKEY *key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
	size_t n = SIGN_PUBLIC;
	bool ok = key != NULL && EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 &&
	    EVP_PKEY_get_raw_public_key(key, out, &n) == 1;

	EVP_PKEY_free(key);
	BIO_free(bio);
	ERR_clear_error();
	return ok;
}

bool
public_load(const char *path, uint8_t out[SIGN_PUBLIC], struct err *e)
{
	struct buf text = { 0 };
	struct vkey key;
	bool ok;

	if (!reader_slurp(path, LARGEST, &text, e)) {
		e->kind = ERR_USAGE;
		buf_release(&text);
		return false;
	}
	ok = public_of_pem(buf_slice(&text), out);
	if (!ok && vkey_parse(slice_trim(buf_slice(&text)), &key, NULL)) {
		memcpy(out, key.public, SIGN_PUBLIC);
		ok = true;
	}
	if (!ok)
		err_set(e, ERR_USAGE,
		    "%s: no Ed25519 public key in PEM and "
		    "no vkey line",
		    path);
	buf_release(&text);
	return ok;
}

void
sign_random(void *to, size_t n)
{
	must(RAND_bytes(to, (int)n) == 1);
}

void
sign_wipe(void *p, size_t n)
{
	OPENSSL_cleanse(p, n);
}

void
seal(const uint8_t key[SEAL_KEY], struct slice aad, struct slice text,
    struct buf *to)
{
	uint8_t *p = (uint8_t *)buf_room(to, text.n + SEAL_EXTRA);
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int n;

	must(c != NULL && p != NULL);
	sign_random(p, SEAL_NONCE);
	must(EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, key, p) == 1 &&
	    EVP_EncryptUpdate(
		c, NULL, &n, (const uint8_t *)aad.p, (int)aad.n) == 1 &&
	    EVP_EncryptUpdate(c, p + SEAL_NONCE, &n, (const uint8_t *)text.p,
		(int)text.n) == 1 &&
	    EVP_EncryptFinal_ex(c, p + SEAL_NONCE + n, &n) == 1 &&
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, SEAL_TAG,
		p + SEAL_NONCE + text.n) == 1);
	EVP_CIPHER_CTX_free(c);
	to->n += text.n + SEAL_EXTRA;
}

bool
unseal(const uint8_t key[SEAL_KEY], struct slice aad, struct slice sealed,
    struct buf *to)
{
	const uint8_t *in = (const uint8_t *)sealed.p;
	uint8_t tag[SEAL_TAG], *out;
	EVP_CIPHER_CTX *c;
	size_t text;
	int n;
	bool ok;

	if (sealed.n < SEAL_EXTRA)
		return false;
	text = sealed.n - SEAL_EXTRA;
	out = (uint8_t *)buf_room(to, text);
	if (out == NULL)
		return false;
	memcpy(tag, in + SEAL_NONCE + text, SEAL_TAG);
	c = EVP_CIPHER_CTX_new();
	must(c != NULL);
	ok = EVP_DecryptInit_ex(c, EVP_aes_256_gcm(), NULL, key, in) == 1 &&
	    EVP_DecryptUpdate(
		c, NULL, &n, (const uint8_t *)aad.p, (int)aad.n) == 1 &&
	    EVP_DecryptUpdate(c, out, &n, in + SEAL_NONCE, (int)text) == 1 &&
	    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, SEAL_TAG, tag) == 1 &&
	    EVP_DecryptFinal_ex(c, out + n, &n) == 1;
	EVP_CIPHER_CTX_free(c);
	ERR_clear_error();
	if (ok)
		to->n += text;
	return ok;
}
