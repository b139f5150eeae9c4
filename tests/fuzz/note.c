/*
 * Verifier keys, base 64 and signed notes from outside.  A key that is read
 * prints as it was written; base 64 has one spelling a value; no bytes open a
 * note that a key did not sign.
 */
#include <stdint.h>

#include "registry/note.h"

static void
must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

static void
try_key(struct slice s, struct arena *arena)
{
	struct err e = { 0 };
	struct vkey k;

	if (!vkey_parse(s, &k, &e))
		must(e.text[0] != '\0' && e.kind == ERR_USAGE);
	else
		must(slice_eq(vkey_text(&k, arena), s));
}

static void
try_base64(struct slice s)
{
	struct buf bytes = { 0 }, again = { 0 };

	if (note_unbase64(s, &bytes)) {
		note_base64(&again, bytes.p == NULL ? "" : bytes.p, bytes.n);
		must(slice_eq(buf_slice(&again), s));
	}
	buf_release(&bytes);
	buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint8_t public[SIGN_PUBLIC] = { 0x3B, 0x6A, 0x27 };
	struct slice s = { (const char *)data, n }, text;
	struct arena *arena = arena_new();
	struct vkey k;

	vkey_make(&k, SLICE("log"), public);
	must(!note_open(s, &k, &text));
	try_key(s, arena);
	try_base64(s);
	arena_free(arena);
	return 0;
}
