/*
 * reader - bytes of a file or of standard input, decompressed by their first
 * bytes, one after the other or in blocks of whole lines.
 *
 * A reader belongs to one thread.  A read that a signal interrupts ends the
 * input as if it ended there (reader_stopped says so).
 */
#ifndef IO_READER_H
#define IO_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "io/stop.h"

#define READER_BLOCK	((size_t)256 << 10)
#define READER_SLACK	64	/* readable bytes behind every block */

struct reader;

/*
 * Whole lines: the text ends with a line feed, but for a last line that has
 * none.  A line longer than the limit is cut off there: then it stands alone
 * in its block and `cut` is set; its rest is read over.
 */
struct block {
	char		*text;
	size_t		 n, room;	/* room: owned by reader_block */
	uint64_t	 line;		/* number of the first line, from 1 */
	uint64_t	 offset;	/* of the first byte, decompressed */
	bool		 cut;
	uint64_t	 whole;		/* where cut: the line's length */
};

/* "-" is standard input.  stop may be NULL. */
struct reader	*reader_open(const char *path, const struct stop *,
		    struct err *);
/* Takes the descriptor over. */
struct reader	*reader_of(int fd, const struct stop *);
void		 reader_free(struct reader *);	/* NULL is allowed */
/* From now on all bytes handed out are hashed. */
void		 reader_hash(struct reader *);
/*
 * Of a regular file at most so many bytes are asked for at a time, and nothing
 * is read ahead: for headers with much behind them.  Before the first read.
 */
void		 reader_step(struct reader *, size_t bytes);
/* The longest line in bytes (16 MiB unless set). */
void		 reader_limit(struct reader *, size_t line);

/*
 * At least one byte and at most n, 0 at the end; -1 with ERR_INPUT where the
 * input cannot be read or is cut off (what came before was handed out).
 */
long		 reader_read(struct reader *, char *to, size_t n,
		    struct err *);
/*
 * The next block; false at the end.  A failure sets *e: with false, or with
 * the last whole lines before it.  Comes back early, with the lines that are
 * complete, when input pauses.  The block is reused: end it by block_release.
 */
bool		 reader_block(struct reader *, struct block *, struct err *);
void		 block_release(struct block *);

/*
 * Passes over at most n bytes without reading them, where this is a file that
 * is not compressed; how many, 0 where it cannot.  They are in no digest.
 */
uint64_t	 reader_skip(struct reader *, uint64_t n);

/* Whether the next read would wait for somebody. */
bool		 reader_pauses(struct reader *);
/*
 * From now on a block comes back empty (true, n 0) where input pauses within a
 * line: for who has something to do until it goes on.
 */
void		 reader_impatient(struct reader *);
/* Waits for input or a signal, at most so many milliseconds; -1: no limit. */
void		 reader_wait(struct reader *, int ms);
bool		 reader_stopped(const struct reader *);
/* Bytes handed out, and their digest where reader_hash was called. */
uint64_t	 reader_bytes(const struct reader *);
void		 reader_digest(const struct reader *, uint8_t[DIGEST_SIZE]);
/* Bytes of the file itself: read so far, and in all (0: not known). */
uint64_t	 reader_raw_done(const struct reader *);
uint64_t	 reader_raw_size(const struct reader *);

/*
 * A whole file, decompressed, behind what is in the buffer; ERR_INPUT where it
 * cannot be read or holds more than the limit.
 */
bool		 reader_slurp(const char *path, size_t limit, struct buf *,
		    struct err *);

#endif
