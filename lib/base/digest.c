#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <assert.h>

#include "base/mem.h"

struct digest {
	EVP_MD_CTX *under_way, *copy;
};

/*
 * libcrypto fails here only where memory is gone or the digest is forbidden
 * by the system's policy; neither leaves anything to go on with.
 */
static void
must(int ok)
{
	if (ok != 1)
		mem_alloc((size_t)-1);
}

struct digest *
digest_new(void)
{
	struct digest *d = mem_alloc(sizeof(*d));

	d->under_way = EVP_MD_CTX_new();
	d->copy = EVP_MD_CTX_new();
	must(d->under_way != NULL && d->copy != NULL);
	digest_reset(d);
	return d;
}

void
digest_free(struct digest *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->under_way);
	EVP_MD_CTX_free(d->copy);
	mem_free(d);
}

void
digest_reset(struct digest *d)
{
	must(EVP_DigestInit_ex(d->under_way, EVP_sha256(), NULL));
}

void
digest_add(struct digest *d, const void *bytes, size_t n)
{
	must(EVP_DigestUpdate(d->under_way, bytes, n));
}

void
digest_peek(const struct digest *d, uint8_t out[DIGEST_SIZE])
{
	must(EVP_MD_CTX_copy_ex(d->copy, d->under_way));
	must(EVP_DigestFinal_ex(d->copy, out, NULL));
}

/*
 * A context that has been used keeps its algorithm: starting it again without
 * naming one saves libcrypto's look-up, which costs more than a short text.
 */
void
digest_take(struct digest *d, uint8_t out[DIGEST_SIZE])
{
	must(EVP_DigestFinal_ex(d->under_way, out, NULL));
	must(EVP_DigestInit_ex(d->under_way, NULL, NULL));
}

void
digest_bytes(const void *bytes, size_t n, uint8_t out[DIGEST_SIZE])
{
	must(EVP_Digest(bytes, n, out, NULL, EVP_sha256(), NULL));
}

void
digest_hmac(const void *key, size_t keyn, const void *bytes, size_t n,
    uint8_t out[DIGEST_SIZE])
{
	must(HMAC(EVP_sha256(), key, (int)keyn, bytes, n, out, NULL) != NULL);
}

void
digest_hex(const uint8_t d[DIGEST_SIZE], char out[65])
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		out[2 * i] = hex[d[i] >> 4];
		out[2 * i + 1] = hex[d[i] & 15];
	}
	out[64] = '\0';
}

void
digest_id(const uint8_t d[DIGEST_SIZE], char out[DIGEST_ID + 1])
{
	static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";
	unsigned bits = 0, have = 0;
	size_t byte = 0;

	for (size_t i = 0; i < DIGEST_ID; i++) {
		if (have < 5) {
			bits = bits << 8 | d[byte++];
			have += 8;
		}
		have -= 5;
		out[i] = crockford[bits >> have & 31];
	}
	out[DIGEST_ID] = '\0';
}

size_t
digest_base64(const void *bytes, size_t n, char *out)
{
	int written = EVP_EncodeBlock((unsigned char *)out, bytes, (int)n);

	assert(written >= 0);
	return (size_t)written;
}
