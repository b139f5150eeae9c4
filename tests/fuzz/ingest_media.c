#include "member.h"

/* The first bytes say which of the readers is meant. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *format = "mp3";

	if (n > 13 && memcmp(data + 1, "RIFF", 4) == 0)
		format = data[9] == 'A' ? "avi" : "wav";
	else if (n > 1 && data[1] == 'R')
		format = "wav";
	else if (n > 1 && data[1] == 0x1A)
		format = "mkv";
	else if (n > 1 && data[1] == 0)
		format = "mp4";
	return read_member(format, data, n);
}
