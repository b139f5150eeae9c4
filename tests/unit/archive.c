#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/archive.h"

struct item {
	const char *name;
	struct slice body;
	int type;
};

/* Archives for these tests are made in memory by libarchive itself. */
static struct buf
pack(int (*format)(struct archive *), int (*filter)(struct archive *),
    const struct item *items, size_t n)
{
	struct archive *a = archive_write_new();
	struct buf out = { 0 };
	size_t room = 8 << 20, used = 0;
	char *p = buf_room(&out, room);

	assert_int_equal(format(a), ARCHIVE_OK);
	if (filter != NULL)
		assert_int_equal(filter(a), ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(a, 1);
	assert_int_equal(archive_write_open_memory(a, p, room, &used), 0);
	for (size_t i = 0; i < n; i++) {
		struct archive_entry *e = archive_entry_new();

		archive_entry_set_pathname(e, items[i].name);
		archive_entry_set_filetype(
		    e, items[i].type == 0 ? AE_IFREG : (unsigned)items[i].type);
		if (items[i].type == AE_IFLNK)
			archive_entry_set_symlink(e, "/etc/passwd");
		archive_entry_set_perm(e, 0644);
		archive_entry_set_size(e, (la_int64_t)items[i].body.n);
		archive_write_header(a, e);
		archive_write_data(a, items[i].body.p, items[i].body.n);
		archive_entry_free(e);
	}
	archive_write_close(a);
	archive_write_free(a);
	out.n = used;
	return out;
}

static void
show(struct unpack *u, struct buf *out)
{
	struct unpack_member m;
	struct err e = { 0 };
	const char *block;
	ssize_t n;
	int got;

	while ((got = unpack_next(u, &m, &e)) == 1) {
		buf_addf(out, "%d:", m.kind);
		buf_add_slice(out, m.name);
		buf_addc(out, '=');
		while (m.kind == UNPACK_FILE &&
		    (n = unpack_read(u, &block, &e)) > 0)
			buf_add(out, block, (size_t)n);
		buf_addc(out, ';');
	}
	if (got < 0)
		buf_addf(out, "%d:%s", e.kind, e.code);
}

static const char *
listing(struct slice bytes, struct buf *out)
{
	struct err e = { 0 };
	struct unpack *u = unpack_open_memory(bytes, NULL, &e);

	buf_reset(out);
	if (u == NULL)
		buf_adds(out, e.code);
	else
		show(u, out);
	unpack_free(u);
	return buf_string(out);
}

static void
streams_members_of_a_zip_and_a_compressed_tar(void **state)
{
	const struct item items[] = { { "a.csv", SLICE("1,2\n"), 0 },
		{ "dir/", { "", 0 }, AE_IFDIR },
		{ "../../evil", SLICE("x"), 0 },
		{ "link", { "", 0 }, AE_IFLNK }, { "b", { "", 0 }, 0 } };
	struct buf zip = pack(archive_write_set_format_zip, NULL, items, 5);
	struct buf tar = pack(archive_write_set_format_pax_restricted,
	    archive_write_add_filter_gzip, items, 5);
	struct buf out = { 0 };

	(void)state;
	assert_string_equal(listing(buf_slice(&zip), &out),
	    "0:a.csv=1,2\n;1:dir/=;0:../../evil=x;2:link=;0:b=;");
	assert_string_equal(listing(buf_slice(&tar), &out),
	    "0:a.csv=1,2\n;1:dir/=;0:../../evil=x;2:link=;0:b=;");
	assert_true(unpack_looks_like(buf_slice(&zip)));
	assert_true(unpack_looks_like(buf_slice(&tar)));
	buf_release(&zip);
	buf_release(&tar);
	buf_release(&out);
}

/* A stored member with this name and flags; the checksum may be wrong. */
static size_t
put_zip(unsigned char *p, const char *name, unsigned flags, unsigned method,
    const char *body)
{
	unsigned char head[30] = "PK\3\4\x14\0";
	size_t n = strlen(name), size = strlen(body);

	head[6] = (unsigned char)flags;
	head[7] = (unsigned char)(flags >> 8);
	head[8] = (unsigned char)method;
	head[18] = head[22] = (unsigned char)size;
	head[26] = (unsigned char)n;
	memcpy(p, head, 30);
	memcpy(p + 30, name, n);
	memcpy(p + 30 + n, body, size);
	return 30 + n + size;
}

struct once {
	struct slice bytes;
};

static ssize_t
read_once(void *ctx, const char **block, struct err *e)
{
	struct once *o = ctx;
	ssize_t n = (ssize_t)o->bytes.n;

	(void)e;
	*block = o->bytes.p;
	o->bytes.n = 0;
	return n;
}

static void
gives_raw_names_and_goes_on_behind_a_locked_member(void **state)
{
	unsigned char zip[400] = { 0 };
	size_t n = 0;
	struct once once;
	struct unpack_source source = { read_once, NULL, &once };
	struct unpack_member m;
	struct err e = { 0 };
	struct unpack *u;

	(void)state;
	n += put_zip(zip + n, "\xBC\xEC\xD1\xE9.csv", 0, 0, "");
	n += put_zip(zip + n, "检验.csv", 0x800, 0, "");
	n += put_zip(zip + n, "locked", 1, 0, "0123456789abc");
	n += put_zip(zip + n, "last", 0, 0, "");
	memcpy(zip + n, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
	n += 22;
	once.bytes = (struct slice){ (const char *)zip, n };
	u = unpack_open(&source, NULL, &e);
	assert_non_null(u);
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_true(slice_is(m.name, "\xBC\xEC\xD1\xE9.csv"));
	assert_string_equal(unpack_format(u), "zip");
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_true(slice_is(m.name, "检验.csv"));
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_int_equal(m.kind, UNPACK_LOCKED);
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_true(slice_is(m.name, "last"));
	unpack_free(u);
}

static void
opens_archives_in_archives_to_a_limit(void **state)
{
	struct item item = { "x", SLICE("deep"), 0 };
	struct buf now = { 0 };
	struct unpack *open[9] = { 0 };
	struct unpack_member m;
	struct err e = { 0 };
	const char *block;
	int level;

	(void)state;
	for (int i = 0; i < 9; i++) {
		struct buf outer = pack(i % 2 ? archive_write_set_format_zip
					      : archive_write_set_format_ustar,
		    i % 2 ? NULL : archive_write_add_filter_gzip, &item, 1);

		buf_release(&now);
		now = outer;
		item.body = buf_slice(&now);
		item.name = "inner";
	}
	open[0] = unpack_open_memory(buf_slice(&now), NULL, &e);
	assert_non_null(open[0]);
	for (level = 1; level < 9; level++) {
		assert_int_equal(unpack_next(open[level - 1], &m, &e), 1);
		open[level] = unpack_open_member(open[level - 1], &e);
		if (open[level] == NULL)
			break;
	}
	assert_int_equal(level, 8);
	assert_string_equal(e.code, "limit_nesting");
	while (level-- > 0)
		unpack_free(open[level]);

	/* One level less, and the innermost bytes come through. */
	open[0] = unpack_open_memory(buf_slice(&now), NULL, &e);
	unpack_next(open[0], &m, &e);
	open[1] = unpack_open_member(open[0], &e);
	assert_non_null(open[1]);
	assert_int_equal(unpack_next(open[1], &m, &e), 1);
	assert_true(unpack_read(open[1], &block, &e) > 0);
	unpack_free(open[1]);
	unpack_free(open[0]);
	buf_release(&now);
}

static void
stops_a_member_that_grows_too_much(void **state)
{
	size_t n = 6 << 20;
	struct item items[2] = { { "bomb", { mem_zalloc(n), n }, 0 },
		{ "fine", SLICE("ok"), 0 } };
	struct buf zip = pack(archive_write_set_format_zip, NULL, items, 2);
	struct unpack_limits limits = { .ratio = 10, .member = 1 << 30 };
	struct err e = { 0 };
	struct unpack_member m;
	const char *block;
	struct unpack *u = unpack_open_memory(buf_slice(&zip), &limits, &e);
	ssize_t got;

	(void)state;
	assert_int_equal(unpack_next(u, &m, &e), 1);
	while ((got = unpack_read(u, &block, &e)) > 0)
		;
	assert_int_equal(got, -1);
	assert_string_equal(e.code, "limit_ratio");
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_int_equal(unpack_read(u, &block, &e), 2);
	unpack_free(u);

	limits = (struct unpack_limits){ .member = 1000, .members = 1 };
	u = unpack_open_memory(buf_slice(&zip), &limits, &e);
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_int_equal(unpack_read(u, &block, &e), -1);
	assert_string_equal(e.code, "limit_member");
	assert_int_equal(unpack_next(u, &m, &e), -1);
	assert_int_equal(e.kind, ERR_DATA);
	unpack_free(u);
	buf_release(&zip);
	mem_free((void *)(uintptr_t)items[0].body.p);
}

static void
refuses_what_is_no_archive(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_string_equal(
	    listing(SLICE("#mtree\n./a type=file\nb,c\n1,2\n"), &out),
	    "unknown_format");
	assert_string_equal(listing(SLICE(""), &out), "unknown_format");
	buf_release(&out);
}

static void
tells_a_cut_archive(void **state)
{
	static char noise[100000];
	struct item items[2] = { { "a", SLICE("1"), 0 },
		{ "b", { noise, sizeof(noise) }, 0 } };
	struct buf tar, out = { 0 };
	struct slice cut;
	struct err e = { 0 };
	struct unpack_member m;
	struct unpack *u;
	const char *block;
	ssize_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (char)(i * i * 2654435761u >> 13);
	tar = pack(archive_write_set_format_ustar, NULL, items, 2);
	cut = (struct slice){ tar.p, 30000 };
	u = unpack_open_memory(cut, NULL, &e);
	assert_int_equal(unpack_next(u, &m, &e), 1);
	assert_int_equal(unpack_next(u, &m, &e), 1);
	while ((n = unpack_read(u, &block, &e)) > 0)
		;
	assert_int_equal(n, -1);
	assert_int_equal(e.kind, ERR_INPUT);
	unpack_free(u);
	buf_release(&tar);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_members_of_a_zip_and_a_compressed_tar),
		cmocka_unit_test(
		    gives_raw_names_and_goes_on_behind_a_locked_member),
		cmocka_unit_test(opens_archives_in_archives_to_a_limit),
		cmocka_unit_test(stops_a_member_that_grows_too_much),
		cmocka_unit_test(refuses_what_is_no_archive),
		cmocka_unit_test(tells_a_cut_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
