#include "sources/xlsx_strings.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "sources/kept.h"

/* A run of bytes of which the first part may be in a file. */
struct spill {
	struct buf tail;
	FILE *file;
	const char *folder; /* of the file */
	uint64_t kept;      /* in the file */
};

struct xlsx_strings {
	struct spill text, ends; /* ends: 8 bytes each, where it ends in text */
	uint64_t n;
	size_t most;
	struct buf found;
};

struct xlsx_strings *
xlsx_strings_new(size_t most, const char *folder)
{
	struct xlsx_strings *s = mem_zalloc(sizeof(*s));

	s->most = most;
	s->text.folder = s->ends.folder = folder;
	return s;
}

static void
release(struct spill *s)
{
	if (s->file != NULL)
		fclose(s->file);
	buf_release(&s->tail);
}

void
xlsx_strings_free(struct xlsx_strings *s)
{
	if (s == NULL)
		return;
	release(&s->text);
	release(&s->ends);
	buf_release(&s->found);
	mem_free(s);
}

static bool
add(struct spill *s, const void *bytes, size_t n, size_t most, struct err *e)
{
	buf_add(&s->tail, bytes, n);
	if (s->tail.n <= most)
		return true;
	if (s->file == NULL)
		s->file = kept_nameless(s->folder);
	if (s->file == NULL ||
	    fwrite(s->tail.p, 1, s->tail.n, s->file) != s->tail.n ||
	    fflush(s->file) != 0)
		return err_sys(e, ERR_OUTPUT, "temporary file");
	s->kept += s->tail.n;
	buf_reset(&s->tail);
	return true;
}

/* n bytes at this place, which may lie across the border of the file. */
static bool
get(struct spill *s, uint64_t at, void *to, size_t n, struct err *e)
{
	char *out = to;

	while (n > 0 && at < s->kept) {
		size_t here = s->kept - at < n ? (size_t)(s->kept - at) : n;
		ssize_t got = pread(fileno(s->file), out, here, (off_t)at);

		if (got <= 0)
			return err_sys(e, ERR_INPUT, "temporary file");
		out += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	if (n > 0)
		memcpy(out, s->tail.p + (at - s->kept), n);
	return true;
}

bool
xlsx_strings_add(struct xlsx_strings *s, struct slice text, struct err *e)
{
	uint64_t end = s->text.kept + s->text.tail.n + text.n;

	s->n++;
	return add(&s->text, text.p, text.n, s->most, e) &&
	    add(&s->ends, &end, sizeof(end), s->most / 4, e);
}

bool
xlsx_strings_find(
    struct xlsx_strings *s, uint64_t number, struct slice *found, struct err *e)
{
	uint64_t ends[2] = { 0, 0 };
	bool first = number == 0;

	*found = SLICE("");
	if (number >= s->n)
		return true;
	if (!get(&s->ends, first ? 0 : (number - 1) * sizeof(ends[0]),
		first ? &ends[1] : ends, first ? sizeof(ends[0]) : sizeof(ends),
		e))
		return false;
	if (ends[0] >= s->text.kept) {
		*found =
		    (struct slice){ s->text.tail.p + (ends[0] - s->text.kept),
			    (size_t)(ends[1] - ends[0]) };
		if (found->n == 0)
			*found = SLICE("");
		return true;
	}
	buf_reset(&s->found);
	if (!get(&s->text, ends[0],
		buf_room(&s->found, (size_t)(ends[1] - ends[0])),
		(size_t)(ends[1] - ends[0]), e))
		return false;
	s->found.n = (size_t)(ends[1] - ends[0]);
	*found = buf_slice(&s->found);
	return true;
}
