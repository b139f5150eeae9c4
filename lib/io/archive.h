/*
 * archive - members of zip, 7z, rar, tar, cpio, cab, lha and iso, streamed,
 * through libarchive.
 *
 * Formats and filters are named one by one: "all" would take half of ordinary
 * tables for mtree.  Nothing is ever written to disk, so a member's name is a
 * label and can do no harm.  The bytes of a member can be the source of another
 * archive (unpack_member_source), to the depth the limits allow.  The prefix
 * is unpack_, because libarchive has archive_.
 */
#ifndef IO_ARCHIVE_H
#define IO_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/slice.h"

/*
 * Where bytes come from.  read gives the next block, which belongs to the
 * source and is valid until the next call: its size, 0 at the end, -1 with *e.
 * seek may be NULL (a pipe, a member); whence is SEEK_SET, _CUR or _END, the
 * new place is returned, -1 where it cannot be.
 */
struct unpack_source {
	ssize_t		(*read)(void *ctx, const char **block, struct err *);
	int64_t		(*seek)(void *ctx, int64_t to, int whence);
	void		*ctx;
};

/* 0 stands for the default in parentheses. */
struct unpack_limits {
	unsigned	 nesting;	/* archives in archives (8) */
	unsigned	 ratio;		/* bytes out for one in, beyond the
					   first MiB (250) */
	uint64_t	 member;	/* bytes of one member (64 GiB) */
	uint64_t	 total;		/* bytes of all members (1 TiB) */
	uint64_t	 members;	/* their number (1,000,000) */
	bool		 raw;		/* also a single file, compressed by lz4
					   or lzip, as one member */
	const char *const *passwords;	/* to try, NULL at the end; or NULL */
};

enum unpack_kind {
	UNPACK_FILE,
	UNPACK_FOLDER,
	UNPACK_LINK,		/* hard or symbolic */
	UNPACK_SPECIAL,		/* device, pipe, socket */
	UNPACK_LOCKED		/* encrypted: cannot be read */
};

struct unpack_member {
	enum unpack_kind kind;
	struct slice	 name;		/* raw bytes where the archive does not
					   say UTF-8; valid until the next */
	int64_t		 size;		/* -1: not known before the end */
};

struct unpack;

/*
 * Looks at the source's first block only.  NULL with ERR_DATA, code
 * "unknown_format", where it is none of the archives above; "limit_nesting"
 * where it lies too deep.  A failure of the source keeps its own kind.
 */
struct unpack	*unpack_open(const struct unpack_source *,
		    const struct unpack_limits *, struct err *);
/* Over bytes in memory, which must outlive it. */
struct unpack	*unpack_open_memory(struct slice, const struct unpack_limits *,
		    struct err *);
struct unpack	*unpack_open_file(const char *path,
		    const struct unpack_limits *, struct err *);
void		 unpack_free(struct unpack *);	/* NULL is allowed */

/*
 * The next member: 1, 0 at the end, -1 with *e.  After ERR_DATA (a broken
 * header) the next call may go on; ERR_INPUT means that the archive is cut off
 * or broken for good.  What was not read of the last member is passed over.
 */
int		 unpack_next(struct unpack *, struct unpack_member *,
		    struct err *);
/*
 * The member's next block: its size, 0 at the end, -1 with *e: ERR_DATA, code
 * "encrypted", "unsupported", "broken", "limit_ratio", "limit_member" or
 * "limit_total".  That member is over then, the next one may be read.
 */
ssize_t		 unpack_read(struct unpack *, const char **block, struct err *);

/* The present member as the source of another archive, one level deeper. */
struct unpack	*unpack_open_member(struct unpack *, struct err *);

/* Name of the format ("zip") and of filters around it ("gzip", or ""). */
const char	*unpack_format(const struct unpack *);
/* After the first member: no archive, but a single compressed file. */
bool		 unpack_is_raw(const struct unpack *);
/*
 * Whether these first bytes look like one of the archives (512 are enough, an
 * iso wants 33 KiB).  Compressed archives look like their compression.
 */
bool		 unpack_looks_like(struct slice head);
/* lz4 or lzip. */
bool		 unpack_is_compressed(struct slice head);
/*
 * Whether an archive that begins so can only be read by seeking in it: a 7z,
 * and a zip whose first member does not say where it ends.
 */
bool		 unpack_must_seek(struct slice head);

#endif
