#include "sources/secret.h"

#include <sys/stat.h>

#include <string.h>

#include "base/mem.h"
#include "io/reader.h"

#define LONGEST ((size_t)64 << 10) /* a token or a key in PEM */

bool
secret_load(const char *option, const char *path, struct buf *to, struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(e, ERR_USAGE, "%s: %s", option, path);
	if (!S_ISREG(st.st_mode))
		return err_set(
		    e, ERR_USAGE, "%s: %s: is no file", option, path);
	if ((st.st_mode & 077) != 0)
		return err_set(e, ERR_USAGE,
		    "%s: %s: others may read it (chmod 600)", option, path);
	if (!reader_slurp(path, LONGEST, to, e)) {
		e->kind = ERR_USAGE;
		return err_wrap(e, "%s", option);
	}
	while (
	    to->n > 0 && (to->p[to->n - 1] == '\n' || to->p[to->n - 1] == '\r'))
		to->n--;
	if (to->n == 0)
		return err_set(e, ERR_USAGE, "%s: %s: is empty", option, path);
	if (memchr(to->p, '\0', to->n) != NULL)
		return err_set(
		    e, ERR_USAGE, "%s: %s: holds a zero byte", option, path);
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

const char **
secret_lines(struct buf *text)
{
	const char **lines;
	size_t n = 0;
	bool begins = true;

	for (size_t i = 0; i < text->n; i++)
		n += text->p[i] == '\n';
	lines = mem_zalloc((n + 2) * sizeof(*lines));
	buf_string(text);
	n = 0;
	for (size_t i = 0; i < text->n; i++) {
		char *c = &text->p[i];

		if (*c == '\n' || *c == '\r') {
			*c = '\0';
			begins = true;
		} else if (begins) {
			lines[n++] = c;
			begins = false;
		}
	}
	return lines;
}
