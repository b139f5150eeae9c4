#include "record/numbered.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/slice.h"
#include "record/run.h"

/* The name without its folder. */
static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

char *
numbered_path(const char *pattern, uint64_t number)
{
	const char *at = strstr(pattern, "%n");
	size_t room = strlen(pattern) + 24;
	char *path = mem_alloc(room);

	snprintf(path, room, "%.*s%06llu%s", (int)(at - pattern), pattern,
	    (unsigned long long)number, at + 2);
	return path;
}

/* The number in a name that the pattern made; 0 for another. */
static uint64_t
number_in(const char *name, const char *pattern)
{
	const char *at = strstr(pattern, "%n");
	struct slice before = slice_span(pattern, at), rest = slice_of(name);
	size_t after = strlen(at + 2);
	unsigned long long n;

	if (rest.n < before.n + after + 6 ||
	    memcmp(rest.p, before.p, before.n) != 0 ||
	    memcmp(rest.p + rest.n - after, at + 2, after) != 0)
		return 0;
	rest.p += before.n;
	rest.n -= before.n + after;
	return slice_number(rest, &n) ? n : 0;
}

bool
numbered_last(const char *pattern, uint64_t *last, struct err *e)
{
	const char *base = base_of(pattern);
	char *folder = base == pattern
	    ? mem_string(".", 1)
	    : mem_string(pattern, (size_t)(base - pattern));
	DIR *dir = opendir(folder);
	struct dirent *entry;

	*last = 0;
	if (dir == NULL) {
		err_sys(e, ERR_OUTPUT, "%s", folder);
		mem_free(folder);
		return false;
	}
	while ((entry = readdir(dir)) != NULL) {
		uint64_t n = number_in(entry->d_name, base);

		if (n > *last)
			*last = n;
	}
	closedir(dir);
	mem_free(folder);
	return true;
}

/* --- --rotate ------------------------------------------------------------ */

static bool
is_numbered(const char *pattern)
{
	const char *first = strstr(pattern, "%n");

	return first != NULL && first >= base_of(pattern) &&
	    strstr(first + 2, "%n") == NULL;
}

/* K, M, G and T are sizes, s, m, h and d times: a bare number is neither. */
static bool
parse(const char *text, uint64_t *bytes, int64_t *ms)
{
	static const char units[] = "KMGT";
	struct slice s = slice_of(text);
	const char *unit = s.n < 2 ? NULL : strchr(units, s.p[s.n - 1]);
	unsigned long long n;

	if (unit == NULL)
		return s.n > 0 && (s.p[s.n - 1] < '0' || s.p[s.n - 1] > '9') &&
		    duration_parse(s, ms) && *ms >= 1000;
	s.n--;
	if (!slice_number(s, &n) || n == 0 || n > (UINT64_MAX >> 44))
		return false;
	*bytes = (uint64_t)n << (10 * (unit - units + 1));
	return true;
}

bool
numbered_check(struct run_options *o, const char *rotate, struct err *e)
{
	bool named = o->output != NULL && strstr(o->output, "%n") != NULL;
	int64_t ms = 0;

	if (rotate == NULL)
		return !named ||
		    err_set(e, ERR_USAGE,
			"--output: '%s' has a %%n, but nothing says when a "
			"file is finished (--rotate 64M or --rotate 15m)",
			o->output);
	if (!parse(rotate, &o->rotate_bytes, &ms))
		return err_set(e, ERR_USAGE,
		    "--rotate: '%s' is neither a size (64M) nor a time of a "
		    "second or more (15m)",
		    rotate);
	o->rotate_seconds = (uint64_t)ms / 1000;
	if (o->output == NULL || !is_numbered(o->output))
		return err_set(e, ERR_USAGE,
		    "--rotate: the name of the output needs one %%n in its "
		    "last part (-o 'night-%%n.ndjson.zst')");
	return true;
}
