#include <fcntl.h>
#include <stdlib.h>

#include "member.h"

/*
 * A header, its signal file and its annotations, parted by NUL NUL.  The two
 * files stand in a folder of their own, as a header's do.
 */
static char folder[] = "/tmp/fuzz-wfdb-XXXXXX";
static char header[64];

static void
clean(void)
{
	static const char *const names[] = { "x.dat", "x.atr" };

	for (int i = 0; i < 2; i++) {
		char path[64];

		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

static void
put(const char *name, const uint8_t *p, size_t n)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, p, n) != (ssize_t)n)
		__builtin_trap();
	close(fd);
}

static const uint8_t *
end_of(const uint8_t *p, const uint8_t *end)
{
	while (end - p >= 2 && (p[0] != 0 || p[1] != 0))
		p++;
	return end - p >= 2 ? p : end;
}

static void
read_header(const char *p, size_t n)
{
	struct place_of at = { .uri = header };
	struct bytes b = { .p = p, .n = n, .grain = SIZE_MAX };
	struct input *in = input_new(next_bytes, &b);
	struct err e = { 0 };
	struct member m;

	sink_begin(&sink, turns.now);
	member_begin(&m, &options, &sink, totals, &at, in, "wfdb");
	m.file = true;
	if (!source_format_find("wfdb")->read(&m, &e))
		__builtin_trap();
	check_lines();
	if (!member_end(&m, &e) || !sink_end(&sink, &e))
		__builtin_trap();
	if (m.at != n ||
	    m.bytes_records + m.bytes_set_aside + m.bytes_skipped != m.at)
		__builtin_trap();
	input_free(in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint64_t lengths[] = { 0, 1000000, 750000000,
		UINT64_C(60000000000) };
	const uint8_t *end = data + n, *dat, *atr;

	prepare();
	if (header[0] == '\0') {
		if (mkdtemp(folder) == NULL)
			__builtin_trap();
		atexit(clean);
		snprintf(header, sizeof(header), "%s/x.hea", folder);
	}
	if (n < 2)
		return 0;
	options.samples_ns = lengths[data[0] & 3];
	dat = end_of(data + 1, end);
	atr = end_of(dat + 2 < end ? dat + 2 : end, end);
	put("x.dat", dat + 2 < atr ? dat + 2 : end,
	    dat + 2 < atr ? (size_t)(atr - dat - 2) : 0);
	put("x.atr", atr + 2 < end ? atr + 2 : end,
	    atr + 2 < end ? (size_t)(end - atr - 2) : 0);
	if (dat > data + 1)
		read_header((const char *)data + 1, (size_t)(dat - data - 1));
	return 0;
}
