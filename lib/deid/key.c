#include "deid/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "deid/number.h"
#include "io/reader.h"

#define KEY_LEAST    32
#define KEY_MOST     4096
#define KEY_DISTINCT 8

struct deid_key {
	size_t n;
	char name[9];
	char bytes[];
};

/* A file of zeros, or one letter held down, is no secret. */
static bool
is_monotonous(struct slice bytes)
{
	bool seen[256] = { false };
	size_t distinct = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		bool *s = &seen[(unsigned char)bytes.p[i]];

		distinct += !*s;
		*s = true;
	}
	return distinct < KEY_DISTINCT;
}

struct deid_key *
key_parse(struct slice bytes, struct err *e)
{
	uint8_t digest[DIGEST_SIZE];
	char hex[65];
	struct deid_key *k;

	if (bytes.n > 0 && bytes.p[bytes.n - 1] == '\n')
		bytes.n--;
	if (bytes.n < KEY_LEAST || is_monotonous(bytes)) {
		err_set(e, ERR_USAGE,
		    "a key has %d bytes or more, not all alike (mdx-normalize "
		    "keygen FILE makes one)",
		    KEY_LEAST);
		return NULL;
	}
	k = mem_alloc(sizeof(*k) + bytes.n);
	k->n = bytes.n;
	memcpy(k->bytes, bytes.p, bytes.n);
	digest_bytes(bytes.p, bytes.n, digest);
	digest_hex(digest, hex);
	memcpy(k->name, hex, 8);
	k->name[8] = '\0';
	return k;
}

struct deid_key *
key_load(const char *path, struct err *e)
{
	struct deid_key *k = NULL;
	struct buf text = { 0 };
	struct stat st;

	if (stat(path, &st) != 0) {
		err_sys(e, ERR_USAGE, "key '%s'", path);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || (st.st_mode & 077) != 0) {
		err_set(e, ERR_USAGE,
		    "key '%s': others can read it (chmod 600 it)", path);
		return NULL;
	}
	if (reader_slurp(path, KEY_MOST, &text, e))
		k = key_parse(buf_slice(&text), e);
	if (k == NULL) {
		e->kind = ERR_USAGE;
		err_wrap(e, "key '%s'", path);
	}
	if (text.n > 0)
		explicit_bzero(text.p, text.n);
	buf_release(&text);
	return k;
}

void
key_free(struct deid_key *k)
{
	if (k == NULL)
		return;
	explicit_bzero(k->bytes, k->n);
	mem_free(k);
}

bool
key_make(const char *path, struct err *e)
{
	uint8_t random[DIGEST_SIZE];
	char text[66];
	bool ok;
	int fd;

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return err_sys(e, ERR_OUTPUT, "no random bytes");
	digest_hex(random, text);
	text[64] = '\n';
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_set(e, ERR_DATA,
		    "'%s' exists; a key is never overwritten", path);
	if (fd < 0)
		return err_sys(e, ERR_OUTPUT, "%s", path);
	ok = write(fd, text, 65) == 65 && fsync(fd) == 0;
	if (!ok)
		err_sys(e, ERR_OUTPUT, "%s", path);
	close(fd);
	if (!ok)
		unlink(path);
	explicit_bzero(random, sizeof(random));
	explicit_bzero(text, sizeof(text));
	return ok;
}

const char *
key_name(const struct deid_key *k)
{
	return k->name;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	    (c >= 0x2000 && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
	    c == 0xAD;
}

static bool
is_hyphen(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool
is_numeric(uint32_t c)
{
	return (c >= '0' && c <= '9') || is_blank(c) || is_hyphen(c) ||
	    c == '(' || c == ')' || c == '+' || c == 'x' || c == 'X';
}

struct slice
key_fold(struct slice value, struct arena *arena)
{
	const char *p = value.p, *end = value.p + value.n;
	char *out = arena_alloc(arena, value.n + 8), *to = out;
	bool number = true;

	for (const char *q = p; number && q < end;)
		number = is_numeric(utf8_narrow(utf8_next(&q, end)));
	while (p < end) {
		uint32_t c = utf8_narrow(utf8_next(&p, end));

		if (is_blank(c) ||
		    (number && (is_hyphen(c) || c == '(' || c == ')')))
			continue;
		if (number && c == 'X')
			c = 'x';
		to += utf8_put(to, c);
	}
	if (number && to - out == 15)
		to = out + number_id_18(out);
	return slice_span(out, to);
}

static void
hmac(const struct deid_key *k, struct slice domain, struct slice value,
    uint8_t out[DIGEST_SIZE])
{
	struct buf b = { 0 };

	buf_add_slice(&b, domain);
	buf_addc(&b, '\0');
	buf_add_slice(&b, value);
	digest_hmac(k->bytes, k->n, b.p, b.n, out);
	buf_release(&b);
}

void
key_digest(const struct deid_key *k, struct slice domain, struct slice bytes,
    char out[DIGEST_ID + 1])
{
	uint8_t digest[DIGEST_SIZE];

	hmac(k, domain, bytes, digest);
	digest_id(digest, out);
}

void
key_pseudonym(const struct deid_key *k, struct slice domain, struct slice value,
    struct arena *arena, char out[DIGEST_ID + 1])
{
	key_digest(k, domain, key_fold(value, arena), out);
}

long
key_offset(const struct deid_key *k, struct slice patient, long most, long step,
    struct arena *arena)
{
	uint8_t digest[DIGEST_SIZE];
	uint64_t n = 0;
	long steps = most / step, days;

	hmac(k, SLICE("shift"), key_fold(patient, arena), digest);
	for (size_t i = 0; i < 8; i++)
		n = n << 8 | digest[i];
	days = (long)(n % (uint64_t)(2 * steps)) - steps;
	return (days >= 0 ? days + 1 : days) * step;
}
