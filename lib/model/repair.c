#include "model/repair.h"

#include <stdio.h>

#include "base/buf.h"
#include "json/scan.h"

/* Tries at openings that lead nowhere, so that "{{{{..." stays linear. */
#define TRIES 64

/*
 * What stands behind the thoughts; a thought that never ends leaves nothing,
 * since a draft in it is not an answer.
 */
static struct slice
without_thoughts(struct slice s)
{
	const char *end = s.p + s.n, *p;

	while ((p = slice_find(s, SLICE("</think>"))) != NULL)
		s = slice_span(p + strlen("</think>"), end);
	if (slice_find(s, SLICE("<think>")) != NULL)
		s.n = 0;
	return s;
}

/* Behind the bracket that closes the one at p, or NULL. */
static const char *
close_of(const char *p, const char *end)
{
	unsigned depth = 0;
	bool in_string = false;

	for (; p < end; p++) {
		if (in_string) {
			if (*p == '\\')
				p++;
			else if (*p == '"')
				in_string = false;
			continue;
		}
		if (*p == '"')
			in_string = true;
		else if (*p == '{' || *p == '[')
			depth++;
		else if ((*p == '}' || *p == ']') && --depth == 0)
			return p + 1;
	}
	return NULL;
}

static bool
comma_is_too_many(const char *p, const char *end)
{
	for (p++; p < end; p++)
		if (*p != ' ' && *p != '\t' && *p != '\n' && *p != '\r')
			return *p == '}' || *p == ']';
	return false;
}

static void
mend(struct slice s, struct buf *out)
{
	const char *end = s.p + s.n;
	bool in_string = false;

	for (const char *p = s.p; p < end; p++) {
		if (in_string && (unsigned char)*p < ' ') {
			buf_addf(out, "\\u%04x", (unsigned)*p);
			continue;
		}
		if (in_string && *p == '\\' && p + 1 < end)
			buf_addc(out, *p++);
		else if (*p == '"')
			in_string = !in_string;
		else if (!in_string && *p == ',' && comma_is_too_many(p, end))
			continue;
		buf_addc(out, *p);
	}
}

static bool
accept(struct slice s, struct arena *a, struct slice *object)
{
	struct slice padded = json_pad(s, a);
	struct buf mended = { 0 };
	bool good = json_check(padded.p, padded.n, REPAIR_DEPTH, NULL);

	if (!good) {
		mend(s, &mended);
		padded = json_pad(buf_slice(&mended), a);
		buf_release(&mended);
		good = json_check(padded.p, padded.n, REPAIR_DEPTH, NULL);
	}
	if (good)
		*object = padded;
	return good;
}

bool
repair_object(struct slice said, struct arena *a, struct slice *object)
{
	struct slice s = without_thoughts(said);
	const char *p = s.p, *end = s.p + s.n, *behind;
	unsigned tries = 0;
	bool found = false;

	while (tries < TRIES && p < end &&
	    (p = memchr(p, '{', (size_t)(end - p))) != NULL) {
		behind = close_of(p, end);
		if (behind != NULL &&
		    accept(slice_span(p, behind), a, object)) {
			found = true;
			p = behind;
		} else {
			/* What is cut off must not give way to a part of it. */
			if (behind == NULL)
				return found;
			tries++;
			p++;
		}
	}
	return found;
}
