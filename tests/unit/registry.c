/* Merkle trees, notes, seals and packs of mdx-register. */
#include "test.h"

#include "base/arena.h"
#include "registry/note.h"
#include "registry/pack_file.h"
#include "registry/sign.h"
#include "registry/tree.h"

#define MANY 600

/* --- the tree against RFC 6962's own definition, by brute force ----------- */

static struct tree_hash leaves[MANY];
static struct tree_hash nodes[12][MANY];

static bool
get(void *ctx, unsigned level, uint64_t number, struct tree_hash *h,
    struct err *e)
{
	(void)ctx;
	(void)e;
	*h = nodes[level][number];
	return true;
}

static bool
put(void *ctx, unsigned level, uint64_t number, const struct tree_hash *h,
    struct err *e)
{
	(void)ctx;
	(void)e;
	nodes[level][number] = *h;
	return true;
}

static const struct tree_store store = { NULL, get, put };

static void
brute(size_t from, size_t n, struct tree_hash *out)
{
	uint8_t both[1 + 2 * DIGEST_SIZE] = { 1 };
	struct tree_hash left, right;
	size_t k = 1;

	if (n == 1) {
		*out = leaves[from];
		return;
	}
	while (k * 2 < n)
		k *= 2;
	brute(from, k, &left);
	brute(from + k, n - k, &right);
	memcpy(both + 1, left.bytes, DIGEST_SIZE);
	memcpy(both + 1 + DIGEST_SIZE, right.bytes, DIGEST_SIZE);
	digest_bytes(both, sizeof(both), out->bytes);
}

static int
grow_tree(void **state)
{
	struct err e = { 0 };
	char entry[32];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(entry, sizeof(entry), "entry %d", i);
		tree_leaf(slice_of(entry), &leaves[i]);
		tree_append(&store, (uint64_t)i, &leaves[i], &e);
	}
	return 0;
}

TEST(roots_of_every_size_are_those_of_rfc_6962)
{
	struct tree_hash root, want;
	struct err e = { 0 };

	(void)state;
	for (size_t n = 1; n <= MANY; n++) {
		brute(0, n, &want);
		assert_true(tree_root(&store, n, &root, &e));
		assert_memory_equal(root.bytes, want.bytes, DIGEST_SIZE);
	}
	assert_true(tree_root(&store, 0, &root, &e));
	digest_bytes("", 0, want.bytes);
	assert_memory_equal(root.bytes, want.bytes, DIGEST_SIZE);
}

TEST(a_proof_holds_for_its_leaf_and_no_other_way)
{
	static const uint64_t sizes[] = { 1, 2, 3, 7, 8, 255, 256, 257, 600 };
	struct tree_hash root;
	struct err e = { 0 };

	(void)state;
	for (size_t k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++) {
		uint64_t n = sizes[k];

		assert_true(tree_root(&store, n, &root, &e));
		for (uint64_t i = 0; i < n; i += 1 + n / 40) {
			struct buf p = { 0 };
			struct slice s;

			assert_true(tree_prove(&store, i, n, &p, &e));
			s = buf_slice(&p);
			assert_true(tree_check(&leaves[i], i, n, s, &root));
			assert_false(tree_check(
			    &leaves[(i + 1) % MANY], i, n, s, &root));
			if (p.n > 0) {
				p.p[p.n / 2] ^= 1;
				assert_false(tree_check(
				    &leaves[i], i, n, buf_slice(&p), &root));
				s.n -= DIGEST_SIZE;
				assert_false(
				    tree_check(&leaves[i], i, n, s, &root));
			}
			buf_release(&p);
		}
	}
}

TEST(tile_paths_are_those_of_tlog_tiles)
{
	struct buf b = { 0 };

	(void)state;
	tile_path(&b, 0, 1234067, 256);
	assert_slice(buf_slice(&b), "tile/0/x001/x234/067");
	buf_reset(&b);
	tile_path(&b, -1, 5, 17);
	assert_slice(buf_slice(&b), "tile/entries/005.p/17");
	buf_release(&b);
}

/* --- notes ------------------------------------------------------------------ */

TEST(a_note_opens_with_its_key_and_with_nothing_changed)
{
	struct signer *s = signer_new();
	struct arena *a = arena_new();
	struct buf note = { 0 };
	struct vkey key, again;
	struct slice text;
	uint8_t public[SIGN_PUBLIC];
	struct err e = { 0 };

	(void)state;
	signer_public(s, public);
	vkey_make(&key, SLICE("log.example"), public);
	assert_true(vkey_parse(vkey_text(&key, a), &again, &e));
	assert_memory_equal(again.public, public, SIGN_PUBLIC);
	note_sign(SLICE("log.example\n7\nroot\n"), &key, s, &note);
	assert_true(note_open(buf_slice(&note), &key, &text));
	assert_slice(text, "log.example\n7\nroot\n");
	for (size_t i = 0; i < note.n; i++) {
		note.p[i] ^= 1;
		assert_false(note_open(buf_slice(&note), &key, &text));
		note.p[i] ^= 1;
	}
	buf_release(&note);
	arena_free(a);
	signer_free(s);
}

TEST(base64_has_one_spelling)
{
	struct buf b = { 0 };

	(void)state;
	assert_true(note_unbase64(SLICE("Zm8="), &b));
	assert_slice(buf_slice(&b), "fo");
	assert_false(note_unbase64(SLICE("Zm9="), &b));
	assert_false(note_unbase64(SLICE("Zm8"), &b));
	assert_false(note_unbase64(SLICE("Zm 8"), &b));
	assert_false(note_unbase64(SLICE("Z==="), &b));
	buf_release(&b);
}

/* --- seals and packs ---------------------------------------------------------- */

TEST(a_seal_is_bound_to_key_name_and_bytes)
{
	uint8_t key[SEAL_KEY] = { 1 }, other[SEAL_KEY] = { 2 };
	struct buf sealed = { 0 }, plain = { 0 };

	(void)state;
	seal(key, SLICE("a/0"), SLICE("secret"), &sealed);
	assert_int_equal(sealed.n, 6 + SEAL_EXTRA);
	assert_true(unseal(key, SLICE("a/0"), buf_slice(&sealed), &plain));
	assert_slice(buf_slice(&plain), "secret");
	assert_false(unseal(other, SLICE("a/0"), buf_slice(&sealed), &plain));
	assert_false(unseal(key, SLICE("a/1"), buf_slice(&sealed), &plain));
	for (size_t i = 0; i < sealed.n; i++) {
		sealed.p[i] ^= 1;
		assert_false(
		    unseal(key, SLICE("a/0"), buf_slice(&sealed), &plain));
		sealed.p[i] ^= 1;
	}
	buf_release(&sealed);
	buf_release(&plain);
}

static bool
gather(void *to, struct slice text, struct err *e)
{
	(void)e;
	buf_add_slice(to, text);
	return true;
}

TEST(a_pack_gives_its_bytes_back_and_finds_any_flipped_byte)
{
	char path[] = "/tmp/mdx-pack-XXXXXX";
	uint8_t key[SEAL_KEY] = { 7 };
	struct pack_facts wrote, got;
	struct buf in = { 0 }, out = { 0 };
	struct err e = { 0 };
	struct pack_writer *w;
	FILE *f;

	(void)state;
	close(mkstemp(path));
	w = pack_new(path, key, SLICE("asset"), &e);
	for (int i = 0; i < 40000; i++) {
		char line[64];
		int n = snprintf(line, sizeof(line), "{\"n\":%d}\n", i);

		buf_add(&in, line, (size_t)n);
		assert_true(pack_add(w, (struct slice){ line, (size_t)n }, &e));
	}
	for (int i = 0; i < 30; i++) {
		buf_addf(&in, "%0*d\n", 60000, i);
		assert_true(pack_add(
		    w, (struct slice){ in.p + in.n - 60001, 60001 }, &e));
	}
	assert_true(pack_end(w, &wrote, &e));
	pack_free(w);
	assert_true(
	    pack_read(path, key, SLICE("asset"), gather, &out, &got, &e));
	assert_int_equal(out.n, in.n);
	assert_memory_equal(out.p, in.p, in.n);
	assert_string_equal(got.sha256, wrote.sha256);
	assert_int_equal(got.lines, 40030);
	assert_memory_equal(got.tree.bytes, wrote.tree.bytes, DIGEST_SIZE);
	assert_false(
	    pack_read(path, key, SLICE("other"), NULL, NULL, &got, &e));
	f = fopen(path, "r+b");
	for (uint64_t i = 0; i < wrote.stored; i += 1 + wrote.stored / 60) {
		int c;

		fseek(f, (long)i, SEEK_SET);
		c = fgetc(f);
		fseek(f, (long)i, SEEK_SET);
		fputc(c ^ 4, f);
		fflush(f);
		assert_false(
		    pack_read(path, key, SLICE("asset"), NULL, NULL, &got, &e));
		assert_int_equal(e.kind, ERR_INPUT);
		fseek(f, (long)i, SEEK_SET);
		fputc(c, f);
		fflush(f);
	}
	fclose(f);
	assert_int_equal(truncate(path, (long)wrote.stored - 1), 0);
	assert_false(
	    pack_read(path, key, SLICE("asset"), NULL, NULL, &got, &e));
	unlink(path);
	buf_release(&in);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_of_every_size_are_those_of_rfc_6962),
		cmocka_unit_test(a_proof_holds_for_its_leaf_and_no_other_way),
		cmocka_unit_test(tile_paths_are_those_of_tlog_tiles),
		cmocka_unit_test(
		    a_note_opens_with_its_key_and_with_nothing_changed),
		cmocka_unit_test(base64_has_one_spelling),
		cmocka_unit_test(a_seal_is_bound_to_key_name_and_bytes),
		cmocka_unit_test(
		    a_pack_gives_its_bytes_back_and_finds_any_flipped_byte),
	};

	return cmocka_run_group_tests(tests, grow_tree, NULL);
}
