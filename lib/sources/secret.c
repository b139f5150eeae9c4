#include "sources/secret.h"

#include <sys/stat.h>

#include <string.h>

#include "io/reader.h"

#define LONGEST ((size_t)64 << 10) /* a token or a key in PEM */

bool
secret_load(const char *path, struct buf *to, struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(e, ERR_USAGE, "--secret: %s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_USAGE, "--secret: %s: is no file", path);
	if ((st.st_mode & 077) != 0)
		return err_set(e, ERR_USAGE,
		    "--secret: %s: others may read it (chmod 600)", path);
	if (!reader_slurp(path, LONGEST, to, e)) {
		e->kind = ERR_USAGE;
		return err_wrap(e, "--secret");
	}
	while (
	    to->n > 0 && (to->p[to->n - 1] == '\n' || to->p[to->n - 1] == '\r'))
		to->n--;
	if (to->n == 0)
		return err_set(e, ERR_USAGE, "--secret: %s: is empty", path);
	if (memchr(to->p, '\0', to->n) != NULL)
		return err_set(
		    e, ERR_USAGE, "--secret: %s: holds a zero byte", path);
	return true;
}

void
secret_scrub(struct slice text, const char *secret, struct buf *to)
{
	struct slice needle = slice_of(secret);
	const char *at;

	while (needle.n > 0 && (at = slice_find(text, needle)) != NULL) {
		buf_add(to, text.p, (size_t)(at - text.p));
		buf_adds(to, "***");
		text = slice_span(at + needle.n, text.p + text.n);
	}
	buf_add_slice(to, text);
}
