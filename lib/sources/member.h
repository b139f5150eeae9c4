/*
 * member - the account of one part of a source: every byte of it ends in a
 * record, a reject or a skip, and every record can be traced back.
 *
 * Readers hand over pieces in the order of their bytes.  A gap between two is
 * counted as a skip `framing` (the punctuation of a JSON array), so that the
 * three figures of bytes_of add up by construction.  Ids are a chain:
 *
 *	h0 = SHA-256("mdx1" and each part of the path with a NUL behind it)
 *	hN = SHA-256(h(N-1), from, to as 8 bytes each (big-endian), bytes)
 *
 * over each piece but framing; the id of a record is the head of its hN.  The
 * bytes are those of [from,to): what stands behind a line's end is not in it,
 * so that a file that grew keeps its ids.  mdx-record(5) has the details.
 */
#ifndef SOURCES_MEMBER_H
#define SOURCES_MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "sources/charset.h"
#include "sources/input.h"
#include "sources/keep.h"
#include "sources/kind.h"
#include "sources/recode.h"
#include "sources/sink.h"
#include "sources/source.h"

#define MEMBER_PARTS	64	/* the longest chain of names */
#define MEMBER_REASONS	16	/* more than there are reasons to skip */
#define MEMBER_KINDS	96	/* more than kinds come by code in one member */

struct piece {
	uint64_t	 from, to;	/* without the line end */
	uint64_t	 next;		/* behind it */
	uint64_t	 line;		/* 0: none */
	struct slice	 bytes;		/* of [from,to), or what stands for them */
	const char	*encoding;	/* NULL: the member's */
	const char	*kind;		/* NULL: the member's */
	const char	*part;		/* one more name for src.member, or NULL */
	bool		 placeless;	/* no offset in src (a worksheet) */
};

/* Where a member is: what is shared by all that belong to one operand. */
struct place_of {
	const char	*uri;
	const char	*shown;		/* the uri as text where it is none, or NULL */
	const char	*walked;	/* the path below a walked operand, or NULL */
	const char	*parts[MEMBER_PARTS];	/* the chain, decoded, NULL */
	size_t		 nparts;
	size_t		 unchained;	/* first parts that are in no id (a page) */
	char		 sha256[65];	/* of the outermost source; "" */
	bool		 helped;	/* the last part is a helper's output */
};

struct beside;
struct totals;		/* of a run's members, for the report */

struct member {
	const struct source_options *options;
	const struct run_options *limits;
	struct sink	*sink;
	struct totals	*totals;
	const struct place_of *place;
	struct input	*input;
	struct recode	*recode;	/* input is its UTF-8; or NULL */
	struct input	*own_input;	/* what it decodes */
	const struct beside *beside;	/* what stands beside it in an archive */
	const char	*format;	/* for src and the manifest */
	const char	*unlike;	/* what it looks like, where --format says
					   another; "": like nothing known */
	const char	*kind, *kind_by;
	struct charset	 charset;
	bool		 has_encoding;	/* text: src says the encoding */
	bool		 incomplete;
	bool		 spare_core;	/* a second thread may help its reader */
	bool		 live;		/* a pipe: its pauses must not be waited for */
	bool		 judged, judged_gb;	/* the whole file was looked at */
	bool		 judged_cr;	/* and has a carriage return */
	uint64_t	 size;		/* of a plain file, 0: not known */
	bool		 file;		/* one that can be left half read */
	bool		 enough;	/* --inspect has seen what it wants */
	/* the account */
	uint64_t	 at;		/* bytes accounted for, as the reader counts */
	uint64_t	 own_at;	/* the same in the member's own bytes */
	uint64_t	 rows;		/* records so far */
	uint64_t	 records, set_aside, pieces;
	uint64_t	 bytes_records, bytes_set_aside, bytes_skipped;
	struct counted_skip {
		const char	*reason;
		uint64_t	 n;
	}		 skips[MEMBER_REASONS];
	struct counted_kind {
		const char	*kind;
		uint64_t	 n;
	}		 kinds[MEMBER_KINDS];
	uint64_t	 renamed;	/* records that had a `_mdx` */
	bool		 failure_told;	/* a reject carries the failure */
	struct buf	 notes;		/* JSON strings with commas */
	struct buf	 extra;		/* members of the manifest: "k":v */
	struct keeping	 keeping;	/* what of it the state has */
	/* how a record is written */
	uint8_t		 chain[DIGEST_SIZE];
	uint64_t	 base;		/* offsets in the chain count from here */
	struct buf	 head, tail;	/* of _mdx around what changes */
	const char	*head_kind, *head_encoding, *head_part;
	size_t		 began;		/* of the record in sink->out */
	uint64_t	 line;		/* reader's own count of lines */
};

void	member_begin(struct member *, const struct source_options *,
	    struct sink *, struct totals *, const struct place_of *,
	    struct input *, const char *format);
/*
 * Accounts for what is left (a reader that failed leaves bytes), and writes
 * the line of the manifest.
 */
bool	member_end(struct member *, struct err *);
/* Instead of member_end, where the run cannot go on. */
void	member_release(struct member *);

/*
 * A record: append its object without the closing brace to what member_open
 * returns, then member_record; or member_cancel, and nothing was.
 */
struct buf	*member_open(struct member *);
bool	member_record(struct member *, const struct piece *, struct err *);
void	member_cancel(struct member *);
/*
 * The chain of ids begins anew from these bytes instead of the member's path:
 * for a row of a database, a message, an object of a service.
 */
void	member_chain(struct member *, struct slice);
/* The chain behind one more piece; for sources/keep. */
void	member_chain_step(struct member *, const struct piece *,
	    uint8_t chain[DIGEST_SIZE]);
/* The id that a record of this piece would have, if it came next. */
void	member_id(struct member *, const struct piece *,
	    char id[DIGEST_ID + 1]);
bool	member_reject(struct member *, const struct piece *,
	    const struct err *why, struct err *);
/* The record within which the input fails. */
bool	member_reject_cut(struct member *, const struct piece *,
	    struct err *);
/* reason: a word that lives as long as the run. */
void	member_skip(struct member *, const struct piece *, const char *reason);
/* Bytes that are nobody's piece, up to here (an image's pixels). */
void	member_skip_to(struct member *, uint64_t to, const char *reason);
void	member_note(struct member *, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* The kind by the columns and names, or the option; sets kind and kind_by. */
void	member_columns(struct member *, const struct slice *, size_t n);
void	member_names(struct member *);
/* The kind of a code, falling back to names; for one record. */
const char *member_code(struct member *, const char *system, struct slice code);

/* For who opens several members of one input itself (a spreadsheet). */
void	member_place(const struct member *, struct place_of *, const char *part);

struct totals	*totals_new(void);
void		 totals_free(struct totals *);	/* NULL is allowed */
/* A source ended: the records it gave. */
uint64_t	 totals_source(struct totals *);
/* The same as a line of the report, in the source's turn; digest: or NULL. */
bool		 totals_input(struct totals *, struct sink *, const char *uri,
		    uint64_t bytes, const uint8_t *digest, struct err *);
/* `"ingest"` of the report. */
void		 totals_report(const struct totals *, struct buf *);

#endif
