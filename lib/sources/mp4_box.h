/*
 * mp4_box - the boxes within moov and moof.
 */
#ifndef SOURCES_MP4_BOX_H
#define SOURCES_MP4_BOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "sources/media.h"

struct mp4_track {
	struct media_track shown;
	uint32_t	 id, sample_duration;	/* of fragments, unless they
						   say another */
	uint64_t	 scale, duration;	/* of its own clock */
	uint64_t	 samples;
	uint64_t	 fragments;	/* duration of the fragments so far */
};

/* Zero at first. */
struct mp4_movie {
	uint64_t	 scale, duration, created;	/* since 1904 */
	uint64_t	 fragments;	/* as mehd has it; 0: not said */
	bool		 extends;	/* fragments follow */
	struct mp4_track *tracks;
	size_t		 ntracks, room;	/* at most MEDIA_TRACKS are kept */
	size_t		 more_tracks;
};

/*
 * The head of a box: how long it is, and the box (0: to the end of what it
 * is in).  False where the bytes are no box.
 */
bool	mp4_box_head(struct slice, uint64_t *head, uint64_t *size);
/* The next box of a list; one that is longer than the list ends with it. */
bool	mp4_box_next(struct slice *rest, const char **type,
	    struct slice *inside);
/* What moov holds; ERR_DATA, media_syntax. */
bool	mp4_movie(struct mp4_movie *, struct slice, struct err *);
/* What a moof adds to the tracks. */
void	mp4_fragment(struct mp4_movie *, struct slice);
/* Whether what follows can change nothing. */
bool	mp4_is_settled(const struct mp4_movie *);
struct ratio mp4_duration(const struct mp4_movie *);
/* Samples or pictures a second. */
struct ratio mp4_rate(const struct mp4_track *);
void	mp4_movie_release(struct mp4_movie *);

#endif
