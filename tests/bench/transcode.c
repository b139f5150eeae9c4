/*
 * transcode - the library's GB18030 to UTF-8, from a file to standard output,
 * against iconv(1).
 */
#include <stdio.h>
#include <string.h>

#include "io/encoding.h"

int
main(int argc, char *argv[])
{
	static char block[256 << 10];
	struct err e = { 0 };
	struct encoding *gb = encoding_open("gb18030", &e);
	struct buf out = { 0 };
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	size_t n, left = 0, used;

	if (f == NULL || gb == NULL)
		return 1;
	while ((n = fread(block + left, 1, sizeof(block) - left, f)) > 0) {
		buf_reset(&out);
		if (!encoding_decode(gb, (struct slice){ block, left + n },
			false, &out, &used, &e))
			return 1;
		fwrite(out.p, 1, out.n, stdout);
		left = left + n - used;
		memmove(block, block + used, left);
	}
	fclose(f);
	buf_release(&out);
	encoding_close(gb);
	return left != 0;
}
