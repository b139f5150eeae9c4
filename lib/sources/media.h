/*
 * media - what the headers of sound and moving pictures come to.
 *
 * A reader gathers into a struct media while it passes over the medium's own
 * bytes, and hands it over when all that counts has been seen: media_finish
 * writes the record and accounts for the rest.  So that a file, a pipe and an
 * archive give the same ids, what a reader looks at must not depend on where
 * the bytes come from.
 */
#ifndef SOURCES_MEDIA_H
#define SOURCES_MEDIA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "sources/member.h"

#define MEDIA_TRACKS	256	/* of one medium; the others are counted */

/* A fraction; below 0: not known. */
struct ratio {
	uint64_t	 above, below;
};

enum media_type { MEDIA_OTHER, MEDIA_VIDEO, MEDIA_AUDIO, MEDIA_TEXT };

struct media_track {
	enum media_type	 type;
	char		 codec[40];	/* "": not said */
	uint32_t	 width, height, channels;	/* 0: not said */
	struct ratio	 rate;		/* samples or pictures a second */
};

struct media {
	const char	*container;
	struct ratio	 duration;	/* in seconds */
	char		 created[DATE_TEXT];	/* ""; not said */
	struct media_track tracks[MEDIA_TRACKS];
	size_t		 ntracks;	/* also those that had no room */
};

/* The next track to fill; NULL beyond the most, and it is counted. */
struct media_track *media_track(struct media *);
/* A codec by its four characters, or as it stands: lower case where known. */
void	media_codec(struct media_track *, struct slice code);
/* A codec by the number that Microsoft's formats have for sound. */
void	media_wave_codec(struct media_track *, unsigned number, unsigned bits);
/* Seconds since 1970 as the time of creation; nanoseconds behind them. */
void	media_created(struct media *, int64_t seconds, uint32_t nanoseconds);

/*
 * The record for the bytes [from,to), which are the medium's header, or where
 * why is set a reject of what is left; then the rest of the member is body.
 */
bool	media_finish(struct member *, const struct media *, uint64_t from,
	    uint64_t to, const struct err *why, struct err *);

#endif
