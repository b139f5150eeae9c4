#include "sources/at.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"

/* In place; false for a tilde that stands for nothing. */
static bool
unescape(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		if (*s == '~') {
			s++;
			if (*s != '0' && *s != '1')
				return false;
			*to++ = *s == '0' ? '~' : '/';
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
	return true;
}

const char *const *
at_parse(const char *path, struct err *e)
{
	struct slice rest = slice_of(path);
	char **parts = mem_zalloc((AT_PARTS + 1) * sizeof(*parts));
	size_t n = 0;

	if (path[0] != '/') {
		err_set(e, ERR_USAGE,
		    "--at: '%s' does not begin with '/' (such as /data/items)",
		    path);
		goto fail;
	}
	while (rest.n > 0) {
		const char *slash;

		rest.p++;
		rest.n--;
		slash = memchr(rest.p, '/', rest.n);
		if (n == AT_PARTS) {
			err_set(
			    e, ERR_USAGE, "--at: more than %d names", AT_PARTS);
			goto fail;
		}
		parts[n] = mem_string(
		    rest.p, slash == NULL ? rest.n : (size_t)(slash - rest.p));
		if (!unescape(parts[n++])) {
			err_set(e, ERR_USAGE,
			    "--at: '%s': behind '~' stands 0 or 1", path);
			goto fail;
		}
		rest.n = slash == NULL ? 0 : rest.n - (size_t)(slash - rest.p);
		rest.p = slash;
	}
	return (const char *const *)parts;

fail:
	at_free((const char *const *)parts);
	return NULL;
}

void
at_free(const char *const *parts)
{
	char **list = (char **)(uintptr_t)parts;

	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		mem_free(list[i]);
	mem_free(list);
}
