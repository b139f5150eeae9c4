#include "sources/keep.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FRESH_NS ((int64_t)2000000000) /* the coarsest clock of a file system */

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void
keep_release(struct keep *k)
{
	buf_release(&k->here);
	buf_release(&k->place);
	buf_release(&k->ended);
}

void
keep_nothing(struct keep *k)
{
	k->on = false;
	k->again = false;
	k->member = NULL;
}

/* --- the file ------------------------------------------------------------ */

/* The next run may start in another folder and name it in another way. */
static void
put_place(struct keep *k, const struct walked *w)
{
	struct slice rest = slice_of(w->uri), part;
	char here[PATH_MAX];

	if (k->here.n == 0 && getcwd(here, sizeof(here)) != NULL)
		buf_adds(&k->here, here);
	buf_reset(&k->place);
	if (rest.n > 0 && rest.p[0] != '/')
		buf_add_slice(&k->place, buf_slice(&k->here));
	while (slice_next(&rest, '/', &part)) {
		if (part.n == 0 || slice_is(part, "."))
			continue;
		buf_addc(&k->place, '/');
		buf_add_slice(&k->place, part);
	}
	buf_addc(&k->place, '\0');
	if (w->rest != NULL)
		buf_adds(&k->place, w->rest);
}

/*
 * Size, times and inode, whether it was fresh, and the digest. What is not
 * known of a digest is "-".
 */
static void
put_file(const struct keep *k, const uint8_t *digest, struct buf *b)
{
	char hex[65] = "-";

	if (digest != NULL)
		digest_hex(digest, hex);
	buf_addf(b, "%lld %lld %lld %llu %d %s", (long long)k->stat.st_size,
	    (long long)nanoseconds(k->stat.st_mtim),
	    (long long)nanoseconds(k->stat.st_ctim),
	    (unsigned long long)k->stat.st_ino, k->fresh, hex);
}

struct file_row {
	long long size, mtime, ctime;
	unsigned long long inode;
	int fresh;
	char digest[65];
};

static bool
get_file(struct keep *k, struct file_row *row, bool *found, struct err *e)
{
	struct buf value = { 0 };
	bool ok =
	    state_get(k->state, "file", buf_slice(&k->place), &value, found, e);

	*found = ok && *found &&
	    sscanf(buf_string(&value), "%lld %lld %lld %llu %d %64s",
		&row->size, &row->mtime, &row->ctime, &row->inode, &row->fresh,
		row->digest) == 6;
	buf_release(&value);
	return ok;
}

bool
keep_source(
    struct keep *k, const struct walked *w, bool *unchanged, struct err *e)
{
	struct file_row row;
	struct timespec now;
	int64_t last;
	bool found;

	*unchanged = false;
	keep_nothing(k);
	k->begun = 0;
	k->anew = k->cut;
	k->cut = false;
	buf_reset(&k->ended);
	if (k->state == NULL || strcmp(w->uri, "-") == 0 ||
	    stat(w->uri, &k->stat) != 0 || !S_ISREG(k->stat.st_mode))
		return true;
	k->on = true;
	put_place(k, w);
	clock_gettime(CLOCK_REALTIME, &now);
	/* Every write sets it, and nobody can set it back or forward. */
	last = nanoseconds(k->stat.st_ctim);
	k->fresh = nanoseconds(now) - last < FRESH_NS;
	if (!get_file(k, &row, &found, e))
		return false;
	*unchanged = found && !row.fresh && row.size == k->stat.st_size &&
	    row.mtime == nanoseconds(k->stat.st_mtim) &&
	    row.ctime == nanoseconds(k->stat.st_ctim) &&
	    row.inode == k->stat.st_ino;
	return true;
}

bool
keep_same(struct keep *k, const uint8_t *digest, bool *same, struct err *e)
{
	struct file_row row;
	char hex[65];
	bool found;

	*same = false;
	if (!k->on || digest == NULL)
		return true;
	if (!get_file(k, &row, &found, e))
		return false;
	digest_hex(digest, hex);
	*same = found && row.size == k->stat.st_size &&
	    strcmp(row.digest, hex) == 0;
	return true;
}

bool
keep_source_end(struct keep *k, const uint8_t *digest, struct err *e)
{
	struct buf value = { 0 };
	bool ok;

	if (!k->on)
		return true;
	put_file(k, digest, &value);
	ok = state_put(
	    k->state, "file", buf_slice(&k->place), buf_slice(&value), e);
	buf_release(&value);
	return ok;
}

bool
keep_once_more(struct keep *k)
{
	bool again = k->on && k->again;

	k->again = false;
	k->begun = 0;
	return again;
}

bool
keep_replaced(struct keep *k, bool cut, struct err *e)
{
	k->cut = cut;
	return !k->on ||
	    (state_drop(k->state, "file", buf_slice(&k->place), e) &&
		state_drop(k->state, "member", buf_slice(&k->place), e));
}
