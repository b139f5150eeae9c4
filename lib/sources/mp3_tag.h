/*
 * mp3_tag - the tags around the frames of an MP3: ID3v2 in front, ID3v1 and
 * APEv2 behind.
 */
#ifndef SOURCES_MP3_TAG_H
#define SOURCES_MP3_TAG_H

#include <stdint.h>

#include "base/date.h"
#include "base/slice.h"

#define MP3_TAIL	160	/* bytes that tell the tags behind */

/* The size of an ID3v2 tag that begins here, 0: none. */
uint64_t	mp3_tag_size(struct slice);
/* When the sound was recorded, by the whole tag; else left as it is. */
void		mp3_tag_created(struct slice, char created[DATE_TEXT]);
/* The size of all tags behind, by the last bytes of the file. */
uint64_t	mp3_tail_size(struct slice);

#endif
