/*
 * SHA-256 is called by its own functions and not through EVP, which allocates
 * and wipes a context for each text: that costs as much as the digest of a
 * short record does.  libcrypto calls these functions deprecated, but has them
 * for the whole of its version 3.
 */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <assert.h>

#include "base/mem.h"

struct digest {
	SHA256_CTX under_way;
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

	digest_reset(d);
	return d;
}

void
digest_free(struct digest *d)
{
	mem_free(d);
}

void
digest_reset(struct digest *d)
{
	must(SHA256_Init(&d->under_way));
}

void
digest_add(struct digest *d, const void *bytes, size_t n)
{
	must(SHA256_Update(&d->under_way, bytes, n));
}

void
digest_peek_at(const struct digest *d, const void *bytes, size_t n,
    uint8_t out[DIGEST_SIZE])
{
	struct digest copy = *d;

	digest_add(&copy, bytes, n);
	must(SHA256_Final(out, &copy.under_way));
}

void
digest_peek(const struct digest *d, uint8_t out[DIGEST_SIZE])
{
	digest_peek_at(d, NULL, 0, out);
}

void
digest_take(struct digest *d, uint8_t out[DIGEST_SIZE])
{
	must(SHA256_Final(out, &d->under_way));
	digest_reset(d);
}

void
digest_bytes(const void *bytes, size_t n, uint8_t out[DIGEST_SIZE])
{
	struct digest d;

	digest_reset(&d);
	digest_add(&d, bytes, n);
	must(SHA256_Final(out, &d.under_way));
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

	/* Eight characters are five bytes. */
	for (size_t i = 0; i < DIGEST_ID; i += 8, d += 5) {
		uint64_t bits = (uint64_t)d[0] << 32 | (uint64_t)d[1] << 24 |
		    (uint64_t)d[2] << 16 | (uint64_t)d[3] << 8 | d[4];

		for (size_t k = 0; k < 8 && i + k < DIGEST_ID; k++)
			out[i + k] = crockford[bits >> (35 - 5 * k) & 31];
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
