/*
 * codec - compression of whole streams: the only door to zlib, ISA-L, zstd,
 * lzma and bzip2.
 *
 * Every member of a gzip file and every frame of a zstd, xz or bzip2 file is
 * read.  Output of ours is zstd in frames of 8 MB of content, so that the next
 * tool can read them side by side, or gzip.
 */
#ifndef IO_CODEC_H
#define IO_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

#define CODEC_MAGIC	6	/* bytes that tell every format apart */

enum codec {
	CODEC_PLAIN,
	CODEC_GZIP,
	CODEC_ZSTD,
	CODEC_XZ,
	CODEC_BZIP2
};

enum codec	 codec_detect(const void *, size_t n);
/* By the end of a file's name: .zst and .gz, else plain. */
enum codec	 codec_of_name(const char *path);
const char	*codec_name(enum codec);

struct decoder;

struct decoder	*decoder_new(enum codec);	/* not for CODEC_PLAIN */
void		 decoder_free(struct decoder *);	/* NULL is allowed */
/*
 * Takes bytes from *in and writes at most room bytes; *out says how many.
 * False with ERR_INPUT where the data is damaged.
 */
bool		 decoder_run(struct decoder *, struct slice *in, char *to,
		    size_t room, size_t *out, struct err *);
/* True between members or frames: where an input may end without being cut. */
bool		 decoder_at_border(const struct decoder *);

struct encoder;

struct encoder	*encoder_new(enum codec);	/* CODEC_GZIP or CODEC_ZSTD */
void		 encoder_free(struct encoder *);	/* NULL is allowed */
void		 encoder_add(struct encoder *, struct slice, struct buf *to);
/* All that was added can be decoded from what is in *to now. */
void		 encoder_flush(struct encoder *, struct buf *to);
void		 encoder_end(struct encoder *, struct buf *to);

#endif
