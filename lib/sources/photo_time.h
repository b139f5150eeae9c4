/*
 * photo_time - when a photo was taken, as ISO text.
 *
 * No zone is guessed: the text has one only where the photo says so.
 */
#ifndef SOURCES_PHOTO_TIME_H
#define SOURCES_PHOTO_TIME_H

#include <stdint.h>

#include "base/slice.h"

#define PHOTO_TIME	32

/*
 * Of Exif "2024:01:31 10:22:33" and a zone such as "+08:00".  What is no time
 * leaves `to` as it is.
 */
void	photo_time_exif(struct slice when, struct slice zone,
	    char to[PHOTO_TIME]);
/* Of PNG: a year, then month, day, hour, minute and second in a byte each. */
void	photo_time(unsigned year, const uint8_t rest[5], char to[PHOTO_TIME]);

#endif
