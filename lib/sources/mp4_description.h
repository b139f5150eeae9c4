/*
 * mp4_description - the box stsd: codec, size and sound of a track.
 */
#ifndef SOURCES_MP4_DESCRIPTION_H
#define SOURCES_MP4_DESCRIPTION_H

#include "base/slice.h"
#include "sources/media.h"

/* By the first description; the track's type is known. */
void	mp4_description(struct media_track *, struct slice stsd);

#endif
