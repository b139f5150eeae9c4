#include "record/numbered.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"

/* The name without its folder. */
static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

bool
numbered_is(const char *pattern)
{
	const char *first = strstr(pattern, "%n");

	return first != NULL && first >= base_of(pattern) &&
	    strstr(first + 2, "%n") == NULL;
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
