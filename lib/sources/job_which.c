/*
 * Which files and members are read: patterns, and files that say of others
 * that they are finished.
 */
#include <fnmatch.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "sources/charset.h"
#include "sources/job.h"

/* A file that says of another one that it is finished. */
bool
job_is_marker(const struct job *j, const char *name)
{
	const char *done = j->options->done;
	size_t n = strlen(name), suffix = done == NULL ? 0 : strlen(done);

	return suffix > 0 && n > suffix && strcmp(name + n - suffix, done) == 0;
}

bool
job_lacks_twin(const struct job *j, const char *path)
{
	struct buf twin = { 0 };
	bool lacks;

	if (j->options->done == NULL)
		return false;
	buf_addf(&twin, "%s%s", path, j->options->done);
	lacks = access(buf_string(&twin), F_OK) != 0;
	buf_release(&twin);
	return lacks;
}

/* The path as it is written, and as patterns are held against it. */
const char *
job_path_text(const struct job *j, const char *path)
{
	struct buf text = { 0 };

	if (utf8_valid(path, strlen(path)))
		return path;
	charset_path_text(path, &text);
	path = arena_string(j->arena, text.p, text.n);
	buf_release(&text);
	return path;
}

static bool
matches(
    const struct job *j, const char *const *globs, const struct place_of *at)
{
	for (; *globs != NULL; globs++) {
		const char *whole[MEMBER_PARTS + 1];
		size_t n = 0;

		if (at->walked != NULL)
			whole[n++] = job_path_text(j, at->walked);
		for (size_t i = at->unchained; i < at->nparts; i++)
			whole[n++] = at->parts[i];
		for (size_t i = 0; i < n; i++) {
			const char *base = strrchr(whole[i], '/');

			if (fnmatch(*globs, whole[i], 0) == 0 ||
			    (base != NULL && fnmatch(*globs, base + 1, 0) == 0))
				return true;
		}
	}
	return false;
}

/* What is named itself is always read. */
bool
job_is_excluded(const struct job *j, const struct place_of *at, bool container)
{
	const struct source_options *o = j->options;

	if (at->walked == NULL && at->nparts == at->unchained)
		return false;
	if (o->exclude != NULL && matches(j, o->exclude, at))
		return true;
	return !container && o->include != NULL && !matches(j, o->include, at);
}
