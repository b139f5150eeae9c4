#include "registry/pack_file.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/codec.h"
#include "io/reader.h"
#include "io/writer.h"

#define MAGIC   "MDXPACK1"
#define FRAME   ((size_t)1 << 20)
#define LARGEST ((size_t)64 << 20) /* of a frame */

/* Roots of complete subtrees, the largest first: a Merkle tree in a stack. */
struct stack {
	struct tree_hash hashes[64];
	uint64_t size;
	unsigned depth;
};

static void
join(struct tree_hash *left, const struct tree_hash *right)
{
	uint8_t both[1 + 2 * DIGEST_SIZE] = { 1 };

	memcpy(both + 1, left->bytes, DIGEST_SIZE);
	memcpy(both + 1 + DIGEST_SIZE, right->bytes, DIGEST_SIZE);
	digest_bytes(both, sizeof(both), left->bytes);
}

static void
stack_add(struct stack *s, struct slice leaf)
{
	tree_leaf(leaf, &s->hashes[s->depth++]);
	for (uint64_t n = s->size++; n & 1; n >>= 1, s->depth--)
		join(&s->hashes[s->depth - 2], &s->hashes[s->depth - 1]);
}

static void
stack_root(const struct stack *s, struct tree_hash *root)
{
	struct tree_hash hash, left;

	if (s->depth == 0) {
		digest_bytes("", 0, root->bytes);
		return;
	}
	hash = s->hashes[s->depth - 1];
	for (unsigned i = s->depth - 1; i-- > 0;) {
		left = s->hashes[i];
		join(&left, &hash);
		hash = left;
	}
	*root = hash;
}

struct pack_writer {
	struct writer *out;
	const uint8_t *key;
	struct slice asset;
	struct buf raw, packed, sealed;
	struct digest *digest;
	struct stack stack;
	uint64_t bytes, lines, frames;
};

struct pack_writer *
pack_new(const char *path, const uint8_t key[SEAL_KEY], struct slice asset,
    struct err *e)
{
	struct pack_writer *w = mem_zalloc(sizeof(*w));

	w->out = writer_open_mode(path, 0600, e);
	if (w->out == NULL) {
		mem_free(w);
		return NULL;
	}
	w->key = key;
	w->asset = asset;
	w->digest = digest_new();
	writer_hash(w->out);
	if (!writer_add(w->out, SLICE(MAGIC), e)) {
		pack_free(w);
		return NULL;
	}
	return w;
}

void
pack_free(struct pack_writer *w)
{
	if (w == NULL)
		return;
	writer_free(w->out);
	digest_free(w->digest);
	buf_release(&w->raw);
	buf_release(&w->packed);
	buf_release(&w->sealed);
	mem_free(w);
}

static void
put_u32(struct buf *b, size_t n)
{
	for (unsigned i = 0; i < 4; i++)
		buf_addc(b, (char)(n >> 8 * i & 0xFF));
}

static size_t
get_u32(const char *p)
{
	size_t n = 0;

	for (unsigned i = 0; i < 4; i++)
		n |= (size_t)(unsigned char)p[i] << 8 * i;
	return n;
}

static struct slice
frame_name(char to[256], struct slice asset, uint64_t number)
{
	int n = snprintf(to, 256, "%.*s/%llu", (int)asset.n, asset.p,
	    (unsigned long long)number);

	return (struct slice){ to, (size_t)n };
}

static bool
end_frame(struct pack_writer *w, struct err *e)
{
	struct encoder *zstd;
	char name[256];

	if (w->raw.n == 0)
		return true;
	stack_add(&w->stack, buf_slice(&w->raw));
	buf_reset(&w->packed);
	buf_reset(&w->sealed);
	zstd = encoder_new(CODEC_ZSTD);
	encoder_add(zstd, buf_slice(&w->raw), &w->packed);
	encoder_end(zstd, &w->packed);
	encoder_free(zstd);
	put_u32(&w->sealed, w->packed.n + SEAL_EXTRA);
	put_u32(&w->sealed, w->raw.n);
	seal(w->key, frame_name(name, w->asset, w->frames++),
	    buf_slice(&w->packed), &w->sealed);
	buf_reset(&w->raw);
	return writer_add(w->out, buf_slice(&w->sealed), e);
}

bool
pack_add(struct pack_writer *w, struct slice line, struct err *e)
{
	buf_add_slice(&w->raw, line);
	digest_add(w->digest, line.p, line.n);
	w->bytes += line.n;
	w->lines++;
	return w->raw.n < FRAME || end_frame(w, e);
}

bool
pack_end(struct pack_writer *w, struct pack_facts *facts, struct err *e)
{
	uint8_t d[DIGEST_SIZE];

	if (!end_frame(w, e))
		return false;
	buf_reset(&w->sealed);
	put_u32(&w->sealed, 0);
	put_u32(&w->sealed, 0);
	if (!writer_add(w->out, buf_slice(&w->sealed), e))
		return false;
	writer_digest(w->out, d);
	if (!writer_add(w->out, (struct slice){ (char *)d, sizeof(d) }, e))
		return false;
	facts->bytes = w->bytes;
	facts->lines = w->lines;
	facts->stored = writer_bytes(w->out);
	stack_root(&w->stack, &facts->tree);
	digest_peek(w->digest, d);
	digest_hex(d, facts->sha256);
	return writer_commit(w->out, e);
}

/* --- reading ------------------------------------------------------------- */

struct pack_reader {
	struct reader *in;
	const char *path;
	struct digest *file, *raw;
	struct buf sealed, packed, text;
};

static bool
damaged(const struct pack_reader *p, const char *what, struct err *e)
{
	return err_set(e, ERR_INPUT, "%s: %s", p->path, what);
}

/* Exactly n bytes behind what is in the buffer. */
static bool
take(
    struct pack_reader *p, struct buf *to, size_t n, bool hashed, struct err *e)
{
	size_t from = to->n;

	while (to->n - from < n) {
		long got =
		    reader_read(p->in, buf_room(to, n), n - (to->n - from), e);

		if (got < 0)
			return false;
		if (got == 0)
			return damaged(p, "is cut off", e);
		to->n += (size_t)got;
	}
	if (hashed)
		digest_add(p->file, to->p + from, n);
	return true;
}

static bool
unpack(struct pack_reader *p, size_t raw, struct err *e)
{
	struct decoder *zstd = decoder_new(CODEC_ZSTD);
	struct slice in = buf_slice(&p->packed);
	size_t out = 1;
	bool ok = true;

	buf_reset(&p->text);
	while (ok && out > 0 && p->text.n <= raw) {
		ok = decoder_run(zstd, &in, buf_room(&p->text, raw + 1),
		    raw + 1 - p->text.n, &out, e);
		p->text.n += out;
	}
	ok = ok && p->text.n == raw && decoder_at_border(zstd) && in.n == 0;
	decoder_free(zstd);
	return ok || damaged(p, "a frame is damaged", e);
}

/* *end is set where the last frame was read. */
static bool
next_frame(struct pack_reader *p, const uint8_t *key, struct slice asset,
    uint64_t number, bool *end, struct err *e)
{
	size_t sealed, raw;
	char name[256];

	buf_reset(&p->sealed);
	if (!take(p, &p->sealed, 8, true, e))
		return false;
	sealed = get_u32(p->sealed.p);
	raw = get_u32(p->sealed.p + 4);
	*end = sealed == 0 && raw == 0;
	if (*end)
		return true;
	if (sealed > LARGEST || raw > LARGEST)
		return damaged(p, "a frame's length is damaged", e);
	buf_reset(&p->sealed);
	buf_reset(&p->packed);
	if (!take(p, &p->sealed, sealed, true, e))
		return false;
	if (!unseal(key, frame_name(name, asset, number), buf_slice(&p->sealed),
		&p->packed))
		return damaged(p, "a frame is damaged, or of another key", e);
	return unpack(p, raw, e);
}

static bool
check_end(struct pack_reader *p, struct err *e)
{
	uint8_t d[DIGEST_SIZE];
	char more;

	digest_peek(p->file, d);
	buf_reset(&p->sealed);
	if (!take(p, &p->sealed, DIGEST_SIZE, false, e))
		return false;
	if (memcmp(p->sealed.p, d, DIGEST_SIZE) != 0 ||
	    reader_read(p->in, &more, 1, e) != 0)
		return damaged(p, "checksum is wrong", e);
	return true;
}

static bool
read_frames(struct pack_reader *p, const uint8_t *key, struct slice asset,
    bool (*each)(void *, struct slice, struct err *), void *ctx,
    struct pack_facts *facts, struct err *e)
{
	struct stack stack = { 0 };
	uint8_t d[DIGEST_SIZE];
	bool end = false;

	if (!take(p, &p->sealed, sizeof(MAGIC) - 1, true, e))
		return false;
	if (memcmp(p->sealed.p, MAGIC, sizeof(MAGIC) - 1) != 0)
		return damaged(p, "is no pack", e);
	for (uint64_t n = 0;; n++) {
		struct slice text;

		if (!next_frame(p, key, asset, n, &end, e))
			return false;
		if (end)
			break;
		text = buf_slice(&p->text);
		stack_add(&stack, text);
		digest_add(p->raw, text.p, text.n);
		facts->bytes += text.n;
		for (size_t i = 0; i < text.n; i++)
			facts->lines += text.p[i] == '\n';
		if (each != NULL && !each(ctx, text, e))
			return false;
	}
	digest_peek(p->raw, d);
	digest_hex(d, facts->sha256);
	stack_root(&stack, &facts->tree);
	return check_end(p, e);
}

bool
pack_read(const char *path, const uint8_t key[SEAL_KEY], struct slice asset,
    bool (*each)(void *, struct slice, struct err *), void *ctx,
    struct pack_facts *facts, struct err *e)
{
	struct pack_reader p = { .path = strstr(path, "packs/") };
	bool ok = false;

	if (p.path == NULL)
		p.path = path;
	memset(facts, 0, sizeof(*facts));
	p.in = reader_open(path, NULL, e);
	p.file = digest_new();
	p.raw = digest_new();
	if (p.in != NULL)
		ok = read_frames(&p, key, asset, each, ctx, facts, e);
	if (p.in != NULL)
		facts->stored = reader_bytes(p.in);
	reader_free(p.in);
	digest_free(p.file);
	digest_free(p.raw);
	buf_release(&p.sealed);
	buf_release(&p.packed);
	buf_release(&p.text);
	return ok;
}
