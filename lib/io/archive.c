#include "io/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/codec.h"

#define BLOCK      (64 << 10)
#define RATIO_FROM (1 << 20) /* small files may be packed as they like */

struct unpack {
	struct archive *handle;
	struct archive_entry *entry;
	struct unpack_source source;
	struct unpack_limits limits;
	struct err failure; /* of the source, to be given on */
	locale_t locale;
	struct unpack *outer; /* the archive whose member this is */
	unsigned depth;
	uint64_t in, out, members, member_out, member_in;
	bool member_over, over;
	/* for files and memory */
	int fd;
	char *block;
	struct slice memory;
	size_t at;
};

static uint64_t
either(uint64_t n, uint64_t usual)
{
	return n == 0 ? usual : n;
}

static struct unpack_limits
complete(const struct unpack_limits *given)
{
	struct unpack_limits l = { 0 };

	if (given != NULL)
		l = *given;
	l.nesting = (unsigned)either(l.nesting, 8);
	l.ratio = (unsigned)either(l.ratio, 250);
	l.member = either(l.member, (uint64_t)64 << 30);
	l.total = either(l.total, (uint64_t)1 << 40);
	l.members = either(l.members, 1000000);
	return l;
}

static ssize_t
on_read(struct archive *a, void *ctx, const void **block)
{
	struct unpack *u = ctx;
	const char *bytes = NULL;
	ssize_t n = u->source.read(u->source.ctx, &bytes, &u->failure);

	if (n < 0) {
		archive_set_error(a, EIO, "%s", u->failure.text);
		return ARCHIVE_FATAL;
	}
	u->in += (uint64_t)n;
	*block = bytes;
	return n;
}

static la_int64_t
on_seek(struct archive *a, void *ctx, la_int64_t to, int whence)
{
	struct unpack *u = ctx;
	int64_t at = u->source.seek(u->source.ctx, to, whence);

	(void)a;
	return at < 0 ? ARCHIVE_FATAL : at;
}

/* One by one: see archive.h. */
static void
name_formats(struct archive *a, bool raw)
{
	if (raw)
		archive_read_support_format_raw(a);
	archive_read_support_format_zip(a);
	archive_read_support_format_7zip(a);
	archive_read_support_format_rar(a);
	archive_read_support_format_rar5(a);
	archive_read_support_format_tar(a);
	archive_read_support_format_cpio(a);
	archive_read_support_format_cab(a);
	archive_read_support_format_lha(a);
	archive_read_support_format_iso9660(a);
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_bzip2(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_zstd(a);
	archive_read_support_filter_lz4(a);
	archive_read_support_filter_lzip(a);
}

/*
 * Names that an archive declares to be UTF-8 or UTF-16 come out as UTF-8 only
 * in a UTF-8 locale, whatever the user's is; it is set for this thread alone
 * and only while libarchive is called.
 */
static locale_t
enter(const struct unpack *u)
{
	return u->locale == (locale_t)0 ? (locale_t)0 : uselocale(u->locale);
}

static void
leave(locale_t before)
{
	if (before != (locale_t)0)
		uselocale(before);
}

static const char *
reason(const struct unpack *u)
{
	const char *text = archive_error_string(u->handle);

	return text == NULL ? "unreadable" : text;
}

static bool
fail_source(const struct unpack *u, struct err *e)
{
	if (e != NULL)
		*e = u->failure;
	return false;
}

/* libarchive opens by asking each format for its bid, and keeps no second. */
static bool
begin(struct unpack *u, struct err *e)
{
	locale_t before = enter(u);
	int code;

	u->handle = archive_read_new();
	name_formats(u->handle, u->limits.raw);
	for (const char *const *p = u->limits.passwords;
	     p != NULL && *p != NULL; p++)
		archive_read_add_passphrase(u->handle, *p);
	archive_read_set_callback_data(u->handle, u);
	archive_read_set_read_callback(u->handle, on_read);
	if (u->source.seek != NULL)
		archive_read_set_seek_callback(u->handle, on_seek);
	code = archive_read_open1(u->handle);
	leave(before);
	if (code >= ARCHIVE_WARN)
		return true;
	if (u->failure.kind != ERR_NONE)
		return fail_source(u, e);
	return err_data(e, "unknown_format", "no archive: %s", reason(u));
}

static struct unpack *
make(const struct unpack_limits *limits)
{
	struct unpack *u = mem_zalloc(sizeof(*u));

	u->limits = complete(limits);
	u->fd = -1;
	u->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return u;
}

static struct unpack *
begin_or_free(struct unpack *u, struct err *e)
{
	if (begin(u, e))
		return u;
	unpack_free(u);
	return NULL;
}

struct unpack *
unpack_open(const struct unpack_source *source,
    const struct unpack_limits *limits, struct err *e)
{
	struct unpack *u = make(limits);

	u->source = *source;
	return begin_or_free(u, e);
}

void
unpack_free(struct unpack *u)
{
	if (u == NULL)
		return;
	archive_read_free(u->handle);
	if (u->locale != (locale_t)0)
		freelocale(u->locale);
	if (u->fd >= 0)
		close(u->fd);
	mem_free(u->block);
	mem_free(u);
}

static ssize_t
read_memory(void *ctx, const char **block, struct err *e)
{
	struct unpack *u = ctx;
	size_t n = u->memory.n - u->at;

	(void)e;
	if (n > BLOCK)
		n = BLOCK;
	*block = u->memory.p + u->at;
	u->at += n;
	return (ssize_t)n;
}

static int64_t
seek_memory(void *ctx, int64_t to, int whence)
{
	struct unpack *u = ctx;
	int64_t n = (int64_t)u->memory.n;

	if (whence == SEEK_CUR)
		to += (int64_t)u->at;
	else if (whence == SEEK_END)
		to += n;
	if (to < 0 || to > n)
		return -1;
	u->at = (size_t)to;
	return to;
}

struct unpack *
unpack_open_memory(
    struct slice bytes, const struct unpack_limits *limits, struct err *e)
{
	struct unpack *u = make(limits);

	u->memory = bytes.n == 0 ? SLICE("") : bytes;
	u->source = (struct unpack_source){ read_memory, seek_memory, u };
	return begin_or_free(u, e);
}

static ssize_t
read_file(void *ctx, const char **block, struct err *e)
{
	struct unpack *u = ctx;
	ssize_t n;

	do
		n = read(u->fd, u->block, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		err_sys(e, ERR_INPUT, "read");
	*block = u->block;
	return n;
}

static int64_t
seek_file(void *ctx, int64_t to, int whence)
{
	struct unpack *u = ctx;

	return lseek(u->fd, to, whence);
}

struct unpack *
unpack_open_file(
    const char *path, const struct unpack_limits *limits, struct err *e)
{
	struct unpack *u = make(limits);

	u->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (u->fd < 0) {
		err_sys(e, ERR_INPUT, "'%s'", path);
		unpack_free(u);
		return NULL;
	}
	u->block = mem_alloc(BLOCK);
	u->source = (struct unpack_source){ read_file, NULL, u };
	/* A pipe cannot be sought, whatever lseek is promised. */
	if (lseek(u->fd, 0, SEEK_CUR) == 0)
		u->source.seek = seek_file;
	return begin_or_free(u, e);
}

static ssize_t
read_member(void *ctx, const char **block, struct err *e)
{
	return unpack_read(ctx, block, e);
}

struct unpack *
unpack_open_member(struct unpack *outer, struct err *e)
{
	struct unpack *u;

	if (outer->depth + 1 >= outer->limits.nesting) {
		err_data(e, "limit_nesting",
		    "archives lie deeper in each other than %u",
		    outer->limits.nesting);
		return NULL;
	}
	u = make(&outer->limits);
	u->outer = outer;
	u->depth = outer->depth + 1;
	u->source = (struct unpack_source){ read_member, NULL, outer };
	return begin_or_free(u, e);
}

static enum unpack_kind
kind_of(const struct unpack *u)
{
	struct archive_entry *entry = u->entry;

	if (archive_entry_hardlink(entry) != NULL ||
	    archive_entry_filetype(entry) == AE_IFLNK)
		return UNPACK_LINK;
	if (archive_entry_filetype(entry) == AE_IFDIR)
		return UNPACK_FOLDER;
	if (archive_entry_filetype(entry) != AE_IFREG)
		return UNPACK_SPECIAL;
	if (archive_entry_is_data_encrypted(entry) > 0 &&
	    (u->limits.passwords == NULL || u->limits.passwords[0] == NULL))
		return UNPACK_LOCKED;
	return UNPACK_FILE;
}

static struct slice
name_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (name == NULL)
		name = archive_entry_pathname_utf8(entry);
	return slice_of(name == NULL ? "" : name);
}

int
unpack_next(struct unpack *u, struct unpack_member *out, struct err *e)
{
	locale_t before;
	int code;

	if (u->over)
		return 0;
	before = enter(u);
	do
		code = archive_read_next_header(u->handle, &u->entry);
	while (code == ARCHIVE_RETRY);
	if (code >= ARCHIVE_WARN && code != ARCHIVE_EOF) {
		out->kind = kind_of(u);
		out->name = name_of(u->entry);
		out->size = archive_entry_size_is_set(u->entry)
		    ? archive_entry_size(u->entry)
		    : -1;
	}
	leave(before);
	u->over = code == ARCHIVE_EOF || code == ARCHIVE_FATAL;
	if (code == ARCHIVE_EOF)
		return 0;
	if (u->failure.kind != ERR_NONE) {
		fail_source(u, e);
		return -1;
	}
	if (code == ARCHIVE_FATAL) {
		/* An empty first read is no archive, not a broken one. */
		if (u->members == 0 && archive_format(u->handle) == 0)
			err_data(e, "unknown_format", "no archive");
		else if (strstr(reason(u), "ncrypted") != NULL)
			err_data(e, "encrypted",
			    "archive hides its members by encryption");
		else
			err_set(e, ERR_INPUT,
			    "archive is cut off or broken: %s", reason(u));
		return -1;
	}
	if (code < ARCHIVE_WARN) {
		err_data(e, "broken", "member cannot be read: %s", reason(u));
		return -1;
	}
	if (++u->members > u->limits.members) {
		u->over = true;
		err_data(e, "limit_members",
		    "archive has more than %llu members (--max-members "
		    "raises the limit)",
		    (unsigned long long)u->limits.members);
		return -1;
	}
	u->member_out = 0;
	u->member_in = u->in;
	u->member_over = false;
	return 1;
}

/* All levels below the outermost one count towards its limits. */
static bool
within_limits(struct unpack *u, size_t n, struct err *e)
{
	struct unpack *root = u;

	u->member_out += n;
	u->out += n;
	if (u->member_out > u->limits.member)
		return err_data(e, "limit_member",
		    "member is larger than %llu bytes (--max-member "
		    "raises the limit)",
		    (unsigned long long)u->limits.member);
	if (u->out > u->limits.total)
		return err_data(e, "limit_total",
		    "members are larger than %llu bytes together "
		    "(--max-total raises the limit)",
		    (unsigned long long)u->limits.total);
	while (root->outer != NULL)
		root = root->outer;
	if (u->member_out > RATIO_FROM &&
	    (u->member_out / u->limits.ratio > u->in - u->member_in + BLOCK ||
		u->out / u->limits.ratio > root->in))
		return err_data(e, "limit_ratio",
		    "member grows to more than %u times its size "
		    "(--max-ratio raises the limit)",
		    u->limits.ratio);
	return true;
}

static bool
fail_member(struct unpack *u, int code, struct err *e)
{
	const char *why = reason(u);

	if (u->failure.kind != ERR_NONE)
		return fail_source(u, e);
	if (code == ARCHIVE_FATAL && strstr(why, "runcated") != NULL)
		return err_set(e, ERR_INPUT, "archive is cut off: %s", why);
	if (strstr(why, "nsupported") != NULL ||
	    strstr(why, "not supported") != NULL)
		return err_data(e, "unsupported", "%s", why);
	if (archive_entry_is_encrypted(u->entry) > 0)
		return err_data(e, "encrypted", "member is encrypted%s",
		    u->limits.passwords == NULL
			? " (--password-file tries passwords)"
			: " and no password of --password-file opens it");
	return err_data(e, "broken", "member is broken: %s", why);
}

ssize_t
unpack_read(struct unpack *u, const char **block, struct err *e)
{
	const void *bytes = NULL;
	size_t n = 0;
	la_int64_t offset;
	locale_t before;
	int code;

	*block = "";
	if (u->member_over)
		return 0;
	before = enter(u);
	do
		code = archive_read_data_block(u->handle, &bytes, &n, &offset);
	while (code == ARCHIVE_RETRY || (code == ARCHIVE_OK && n == 0));
	leave(before);
	if (code == ARCHIVE_EOF) {
		u->member_over = true;
		return 0;
	}
	if (code < ARCHIVE_OK) {
		u->member_over = true;
		fail_member(u, code, e);
		return -1;
	}
	if (!within_limits(u, n, e)) {
		u->member_over = true;
		return -1;
	}
	*block = bytes;
	return (ssize_t)n;
}

const char *
unpack_format(const struct unpack *u)
{
	switch (archive_format(u->handle) & ARCHIVE_FORMAT_BASE_MASK) {
	case ARCHIVE_FORMAT_ZIP:
		return "zip";
	case ARCHIVE_FORMAT_7ZIP:
		return "7z";
	case ARCHIVE_FORMAT_RAR:
	case ARCHIVE_FORMAT_RAR_V5:
		return "rar";
	case ARCHIVE_FORMAT_TAR:
		return "tar";
	case ARCHIVE_FORMAT_CPIO:
		return "cpio";
	case ARCHIVE_FORMAT_CAB:
		return "cab";
	case ARCHIVE_FORMAT_LHA:
		return "lha";
	case ARCHIVE_FORMAT_ISO9660:
		return "iso";
	default:
		return "";
	}
}

bool
unpack_is_raw(const struct unpack *u)
{
	return (archive_format(u->handle) & ARCHIVE_FORMAT_BASE_MASK) ==
	    ARCHIVE_FORMAT_RAW;
}

static bool
are_digits(const char *p, size_t n, int base)
{
	for (size_t i = 0; i < n; i++) {
		char c = p[i];
		bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

		if (!(c >= '0' && c < '0' + (base == 8 ? 8 : 10)) &&
		    !(base == 16 && letter))
			return false;
	}
	return true;
}

/* Its marks are six digits, which a table may begin with too: 070701,... */
static bool
is_cpio(struct slice head)
{
	if (slice_starts(head, "070701") || slice_starts(head, "070702"))
		return head.n >= 110 && are_digits(head.p, 110, 16);
	if (slice_starts(head, "070707"))
		return head.n >= 76 && are_digits(head.p, 76, 8);
	/* The old binary form, in either order: a name of sensible length. */
	if (slice_starts(head, "\xC7\x71"))
		return head.n >= 26 && head.p[21] == 0 && head.p[20] != 0;
	if (slice_starts(head, "\x71\xC7"))
		return head.n >= 26 && head.p[20] == 0 && head.p[21] != 0;
	return false;
}

bool
unpack_looks_like(struct slice head)
{
	static const struct {
		size_t at;
		const char *bytes;
		size_t n;
	} marks[] = { { 0, "PK\3\4", 4 }, { 0, "PK\5\6", 4 },
		{ 0, "PK\7\10PK\3\4", 8 }, { 0, "7z\xBC\xAF\x27\x1C", 6 },
		{ 0, "Rar!\x1A\7", 6 }, { 257, "ustar", 5 },
		{ 0, "MSCF\0\0\0\0", 8 }, { 32769, "CD001", 5 } };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (head.n >= marks[i].at + marks[i].n &&
		    memcmp(head.p + marks[i].at, marks[i].bytes, marks[i].n) ==
			0)
			return true;
	if (head.n >= 21 && memcmp(head.p + 2, "-lh", 3) == 0 &&
	    head.p[6] == '-')
		return true;
	return is_cpio(head) || unpack_is_compressed(head) ||
	    codec_detect(head.p, head.n) != CODEC_PLAIN;
}

bool
unpack_is_compressed(struct slice head)
{
	return slice_starts(head, "\x04\x22\x4D\x18") ||
	    (slice_starts(head, "LZIP") && head.n > 4 && head.p[4] <= 1);
}

bool
unpack_must_seek(struct slice head)
{
	const unsigned char *p = (const unsigned char *)head.p;

	if (slice_starts(head, "7z\xBC\xAF\x27\x1C"))
		return true;
	/* Bit 3 of a stored member: sizes stand behind data of unknown end. */
	return head.n >= 10 && slice_starts(head, "PK\3\4") &&
	    (p[6] & 8) != 0 && p[8] == 0 && p[9] == 0;
}
