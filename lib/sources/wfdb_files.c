/*
 * Files beside a header.  A header comes from anywhere: it may name only files
 * of its own folder, that are no links.
 */
#include <sys/stat.h>

#include <dirent.h>
#include <string.h>

#include "base/mem.h"
#include "io/reader.h"
#include "sources/job_beside.h"
#include "sources/wfdb.h"
#include "sources/wfdb_beside.h"

#define GRAIN  ((size_t)64 << 10)
#define HEADER ((size_t)1 << 20) /* of a header that is only looked into */
#define ALIKE  4096 /* headers that are looked into: named alike, or not */
#define OTHERS 256

struct wfdb_file {
	struct beside_file *held; /* in an archive, or NULL */
	struct reader *reader;
	struct input *input;
	char room[GRAIN];
};

bool
wfdb_has_folder(const struct member *m)
{
	return m->beside != NULL || (m->place->nparts == 0 && m->file);
}

bool
wfdb_is_name(struct slice s)
{
	if (s.n == 0 || s.n > 255 || s.p[0] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '/' || s.p[i] == '\\' || s.p[i] == '\0')
			return false;
	return true;
}

/* The path of a name in the folder of another file. */
static void
beside(struct buf *path, const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');

	buf_reset(path);
	if (slash != NULL)
		buf_add(path, file, (size_t)(slash + 1 - file));
	buf_adds(path, name);
}

static ssize_t
file_block(void *ctx, const char **block, struct err *e)
{
	struct wfdb_file *f = ctx;

	*block = f->room;
	return (ssize_t)reader_read(f->reader, f->room, GRAIN, e);
}

static struct wfdb_file *
open_held(const struct member *m, const char *name)
{
	const struct place_of *at = m->place;
	struct beside_file *held;
	struct wfdb_file *f;
	struct buf path = { 0 };

	beside(&path, at->parts[at->nparts - 1], name);
	held = beside_open(m->beside, buf_slice(&path));
	buf_release(&path);
	if (held == NULL)
		return NULL;
	f = mem_zalloc(sizeof(*f));
	f->held = held;
	f->input = beside_input(held);
	return f;
}

struct wfdb_file *
wfdb_open(const struct member *m, const char *name, struct err *why)
{
	struct wfdb_file *f = NULL;
	struct buf path = { 0 };
	struct reader *r = NULL;
	struct stat st;

	if (m->beside != NULL)
		return open_held(m, name);
	beside(&path, m->place->uri, name);
	if (lstat(buf_string(&path), &st) == 0 && S_ISREG(st.st_mode))
		r = reader_open(buf_string(&path), m->limits->stop, why);
	buf_release(&path);
	if (r == NULL)
		return NULL;
	f = mem_zalloc(sizeof(*f));
	f->reader = r;
	f->input = input_new(file_block, f);
	return f;
}

struct input *
wfdb_input(struct wfdb_file *f)
{
	return f->input;
}

void
wfdb_close(struct wfdb_file *f)
{
	if (f == NULL)
		return;
	if (f->held == NULL)
		input_free(f->input);
	beside_close(f->held);
	reader_free(f->reader);
	mem_free(f);
}

/* --- whose file is it ---------------------------------------------------- */

static bool
ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n > k && strcmp(name + n - k, end) == 0;
}

/* Whether the header at the path names the file, or it is its annotations. */
static bool
header_names(const char *path, const char *name)
{
	struct arena *a = arena_new();
	struct buf text = { 0 };
	struct err ignored = { 0 };
	struct wfdb h;
	bool found = false;

	if (reader_slurp(path, HEADER, &text, &ignored) &&
	    wfdb_parse(buf_slice(&text), a, &h, &ignored)) {
		found = ends_in(name, ".atr");
		for (size_t i = 0; i < h.nsignals && !found; i++)
			found = slice_is(h.signals[i].file, name);
	}
	buf_release(&text);
	arena_free(a);
	return found;
}

/* Names that begin alike: the end of the shorter one's stem. */
static bool
may_belong(const char *header, const char *name)
{
	size_t n = strlen(header) - strlen(".hea");
	size_t k = strlen(name) - strlen(".dat");

	return strncmp(header, name, n < k ? n : k) == 0;
}

/* Looks into the headers of the folder, those named alike or the others. */
static bool
look(const char *path, const char *name, bool alike)
{
	struct buf at = { 0 };
	struct dirent *entry;
	unsigned left = alike ? ALIKE : OTHERS;
	bool found = false;
	DIR *dir;

	beside(&at, path, ".");
	dir = opendir(buf_string(&at));
	while (dir != NULL && !found && left > 0 &&
	    (entry = readdir(dir)) != NULL) {
		const char *header = entry->d_name;

		if (!ends_in(header, ".hea") ||
		    may_belong(header, name) != alike)
			continue;
		left--;
		beside(&at, path, header);
		found = header_names(buf_string(&at), name);
	}
	if (dir != NULL)
		closedir(dir);
	buf_release(&at);
	return found;
}

bool
wfdb_claims(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	struct buf at = { 0 };
	bool found;

	if (ends_in(name, ".dat"))
		return look(path, name, true) || look(path, name, false);
	if (!ends_in(name, ".atr"))
		return false;
	beside(&at, path, name);
	memcpy(at.p + at.n - strlen("atr"), "hea", strlen("hea"));
	found = header_names(buf_string(&at), name);
	buf_release(&at);
	return found;
}
