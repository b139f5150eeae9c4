#include "sources/mp3_tag.h"

#include <stdio.h>
#include <string.h>

#include "sources/bytes.h"

#define HEAD 10 /* of the tag, and of a frame in it */

/* Seven bits a byte, so that no frame of sound seems to begin in a tag. */
static bool
safe_number(const char *p, uint64_t *to)
{
	*to = 0;
	for (int i = 0; i < 4; i++) {
		if ((p[i] & 0x80) != 0)
			return false;
		*to = *to << 7 | (unsigned char)p[i];
	}
	return true;
}

uint64_t
mp3_tag_size(struct slice s)
{
	uint64_t size;

	if (s.n < HEAD || memcmp(s.p, "ID3", 3) != 0 || s.p[3] < 2 ||
	    s.p[3] > 4 || (unsigned char)s.p[4] == 0xFF ||
	    (s.p[5] & 0x0F) != 0 || !safe_number(s.p + 6, &size))
		return 0;
	/* A footer is flagged, and not counted. */
	return HEAD + size + ((s.p[5] & 0x10) != 0 ? HEAD : 0);
}

/* The characters of ASCII in a text of any of the four encodings. */
static void
plain_text(struct slice s, char *to, size_t room)
{
	size_t n = 0;

	for (size_t i = 1; i < s.n && n + 1 < room; i++)
		if (s.p[i] >= ' ' && s.p[i] <= '~')
			to[n++] = s.p[i];
	to[n] = '\0';
}

void
mp3_tag_created(struct slice s, char created[DATE_TEXT])
{
	char time[32] = "", year[8] = "", day[8] = "", hour[8] = "", text[64];
	bool safe = s.n > 3 && s.p[3] == 4;
	struct err ignored = { 0 };
	struct date d;
	size_t at = HEAD;

	if (s.n < HEAD || s.p[3] < 3 || (s.p[5] & 0x40) != 0)
		return;
	while (at + HEAD < s.n && s.p[at] != '\0') {
		const char *id = s.p + at;
		uint64_t size = bytes_be(id + 4, 4);
		struct slice value;

		if (safe && !safe_number(id + 4, &size))
			return;
		at += HEAD;
		if (size > s.n - at)
			return;
		value = (struct slice){ s.p + at, size };
		at += size;
		if (memcmp(id, "TDRC", 4) == 0)
			plain_text(value, time, sizeof(time));
		else if (memcmp(id, "TYER", 4) == 0)
			plain_text(value, year, sizeof(year));
		else if (memcmp(id, "TDAT", 4) == 0)
			plain_text(value, day, sizeof(day));
		else if (memcmp(id, "TIME", 4) == 0)
			plain_text(value, hour, sizeof(hour));
	}
	/* Before version 2.4: YYYY, DDMM and HHMM. */
	if (time[0] != '\0')
		snprintf(text, sizeof(text), "%s", time);
	else if (strlen(day) == 4 && strlen(hour) == 4)
		snprintf(text, sizeof(text), "%s-%.2s-%.2sT%.2s:%.2s", year,
		    day + 2, day, hour, hour + 2);
	else if (strlen(day) == 4)
		snprintf(
		    text, sizeof(text), "%s-%.2s-%.2s", year, day + 2, day);
	else
		snprintf(text, sizeof(text), "%s", year);
	if (date_parse(slice_of(text), &d, &ignored))
		date_print(&d, created);
}

uint64_t
mp3_tail_size(struct slice s)
{
	uint64_t size = 0;

	if (s.n >= 128 && memcmp(s.p + s.n - 128, "TAG", 3) == 0) {
		size += 128;
		s.n -= 128;
	}
	if (s.n >= 32 && memcmp(s.p + s.n - 32, "APETAGEX", 8) == 0) {
		const char *foot = s.p + s.n - 32;

		/* Its head is flagged, and not counted. */
		size += bytes_le(foot + 12, 4) +
		    ((bytes_le(foot + 20, 4) & 0x80000000) != 0 ? 32 : 0);
	}
	return size;
}
