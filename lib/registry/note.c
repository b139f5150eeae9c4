#include "registry/note.h"

#include "base/digest.h"
#include "base/mem.h"
#include "base/utf8.h"

#define ED25519 1               /* signature type of signed notes */
#define DASH    "\xE2\x80\x94 " /* an em dash and a blank */

void
vkey_make(struct vkey *k, struct slice name, const uint8_t public[SIGN_PUBLIC])
{
	struct digest *d = digest_new();
	uint8_t out[DIGEST_SIZE];

	k->name = name;
	memcpy(k->public, public, SIGN_PUBLIC);
	digest_add(d, name.p, name.n);
	digest_add(d, "\n\x01", 2);
	digest_add(d, public, SIGN_PUBLIC);
	digest_peek(d, out);
	memcpy(k->id, out, NOTE_KEY_ID);
	digest_free(d);
}

static void
put_id(struct buf *b, const struct vkey *k)
{
	for (size_t i = 0; i < NOTE_KEY_ID; i++)
		buf_addf(b, "%02x", k->id[i]);
}

struct slice
vkey_label(const struct vkey *k, struct arena *arena)
{
	struct buf b = { 0 };
	struct slice s;

	buf_add_slice(&b, k->name);
	buf_addc(&b, '+');
	put_id(&b, k);
	s = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return s;
}

struct slice
vkey_text(const struct vkey *k, struct arena *arena)
{
	uint8_t typed[1 + SIGN_PUBLIC] = { ED25519 };
	struct buf b = { 0 };
	struct slice s;

	memcpy(typed + 1, k->public, SIGN_PUBLIC);
	buf_add_slice(&b, vkey_label(k, arena));
	buf_addc(&b, '+');
	note_base64(&b, typed, sizeof(typed));
	s = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return s;
}

bool
vkey_parse(struct slice text, struct vkey *k, struct err *e)
{
	struct slice rest = text, name, id, key;
	struct buf typed = { 0 }, right = { 0 };
	bool ok;

	ok = slice_next(&rest, '+', &name) && slice_next(&rest, '+', &id);
	key = rest;
	ok = ok && name.n > 0 && id.n == 2 * NOTE_KEY_ID &&
	    note_unbase64(key, &typed) && typed.n == 1 + SIGN_PUBLIC &&
	    typed.p[0] == ED25519;
	if (ok) {
		vkey_make(k, name, (const uint8_t *)typed.p + 1);
		put_id(&right, k);
		ok = slice_eq(buf_slice(&right), id);
	}
	buf_release(&typed);
	buf_release(&right);
	return ok ||
	    err_set(e, ERR_USAGE,
		"no verifier key (NAME+HASH+BASE64 of an Ed25519 key)");
}

void
note_base64(struct buf *b, const void *bytes, size_t n)
{
	char *to = buf_room(b, (n + 2) / 3 * 4 + 1);

	if (to != NULL)
		b->n += digest_base64(bytes, n, to);
}

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Bits that the padding leaves over must be zero: one spelling a value. */
bool
note_unbase64(struct slice text, struct buf *to)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t n = text.n, padding = 0;

	if (n % 4 != 0)
		return false;
	while (n > 0 && padding < 2 && text.p[n - 1] == '=') {
		n--;
		padding++;
	}
	for (size_t i = 0; i < n; i++) {
		int six = sextet(text.p[i]);

		if (six < 0)
			return false;
		bits = bits << 6 | (uint32_t)six;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_addc(to, (char)(bits >> have & 0xFF));
		}
	}
	return (bits & ((1u << have) - 1)) == 0;
}

void
note_sign(struct slice text, const struct vkey *k, const struct signer *s,
    struct buf *to)
{
	uint8_t sig[NOTE_KEY_ID + SIGN_SIZE];

	memcpy(sig, k->id, NOTE_KEY_ID);
	signer_sign(s, text, sig + NOTE_KEY_ID);
	buf_add_slice(to, text);
	buf_adds(to, "\n" DASH);
	buf_add_slice(to, k->name);
	buf_addc(to, ' ');
	note_base64(to, sig, sizeof(sig));
	buf_addc(to, '\n');
}

static bool
is_plain(struct slice note)
{
	for (size_t i = 0; i < note.n; i++)
		if ((unsigned char)note.p[i] < 0x20 && note.p[i] != '\n')
			return false;
	return utf8_valid(note.p, note.n);
}

/* One signature line: whether it is this key's and right. */
static bool
line_proves(struct slice line, const struct vkey *k, struct slice text)
{
	struct slice name;
	struct buf sig = { 0 };
	bool ok;

	if (!slice_starts(line, DASH))
		return false;
	line.p += sizeof(DASH) - 1;
	line.n -= sizeof(DASH) - 1;
	ok = slice_next(&line, ' ', &name) && slice_eq(name, k->name) &&
	    note_unbase64(line, &sig) && sig.n == NOTE_KEY_ID + SIGN_SIZE &&
	    memcmp(sig.p, k->id, NOTE_KEY_ID) == 0 &&
	    sign_verify(k->public, text, (const uint8_t *)sig.p + NOTE_KEY_ID);
	buf_release(&sig);
	return ok;
}

bool
note_open(struct slice note, const struct vkey *k, struct slice *text)
{
	const char *gap = NULL, *p = note.p;
	struct slice rest, line;

	if (!is_plain(note) || note.n == 0 || note.p[note.n - 1] != '\n')
		return false;
	/* The last empty line parts text and signatures. */
	while ((p = slice_find(
		    slice_span(p, note.p + note.n), SLICE("\n\n"))) != NULL)
		gap = p++;
	if (gap == NULL)
		return false;
	*text = slice_span(note.p, gap + 1);
	rest = slice_span(gap + 2, note.p + note.n);
	while (slice_next(&rest, '\n', &line))
		if (line_proves(line, k, *text))
			return true;
	return false;
}

void
dsse_pae(struct buf *b, const char *type, struct slice body)
{
	buf_addf(b, "DSSEv1 %zu %s %zu ", strlen(type), type, body.n);
	buf_add_slice(b, body);
}
