#include "sources/ftp_list.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"

/* The next word; *rest moves behind it, not behind the blank that follows. */
static struct slice
word(struct slice *rest)
{
	struct slice w;

	while (rest->n > 0 && rest->p[0] == ' ') {
		rest->p++;
		rest->n--;
	}
	w = (struct slice){ rest->p, 0 };
	while (w.n < rest->n && rest->p[w.n] != ' ')
		w.n++;
	rest->p += w.n;
	rest->n -= w.n;
	return w;
}

/* `type=file;size=12;modify=20240101120000; the name` */
static bool
parse_facts(struct slice line, struct arena *a, struct ftp_entry *to)
{
	const char *blank = memchr(line.p, ' ', line.n);
	struct slice facts, fact;
	const char *mark = "";

	if (blank == NULL || blank == line.p || blank[-1] != ';')
		return false;
	facts = slice_span(line.p, blank);
	to->kind = FTP_OTHER;
	while (slice_next(&facts, ';', &fact)) {
		const char *equals = memchr(fact.p, '=', fact.n);
		struct slice name, value;

		if (equals == NULL)
			continue;
		name = slice_span(fact.p, equals);
		value = slice_span(equals + 1, fact.p + fact.n);
		if (name.n == 4 && strncasecmp(name.p, "type", 4) == 0) {
			if (value.n == 4 &&
			    strncasecmp(value.p, "file", 4) == 0)
				to->kind = FTP_FILE;
			else if (value.n == 3 &&
			    strncasecmp(value.p, "dir", 3) == 0)
				to->kind = FTP_FOLDER;
			else if (value.n > 8 &&
			    strncasecmp(value.p, "OS.unix=", 8) == 0)
				to->kind = FTP_LINK;
		} else if ((name.n == 4 &&
			       strncasecmp(name.p, "size", 4) == 0) ||
		    (name.n == 6 && strncasecmp(name.p, "modify", 6) == 0)) {
			mark = arena_printf(
			    a, "%s %.*s", mark, (int)value.n, value.p);
		}
	}
	to->mark = mark;
	to->name =
	    arena_string(a, blank + 1, (size_t)(line.p + line.n - blank - 1));
	return true;
}

/* `-rw-r--r--  1 user group  12 Jan  1 00:00 the name` */
static bool
parse_long(struct slice line, struct arena *a, struct ftp_entry *to)
{
	struct slice rest = line, size, month, day, time;
	const char *arrow;

	if (line.n < 10 || strchr("-dlbcps", line.p[0]) == NULL)
		return false;
	word(&rest);
	word(&rest);
	word(&rest);
	word(&rest);
	size = word(&rest);
	month = word(&rest);
	day = word(&rest);
	time = word(&rest);
	if (size.n == 0 || !is_digit(size.p[0]) || time.n < 4 || rest.n < 2)
		return false;
	rest = slice_span(rest.p + 1, line.p + line.n);
	to->kind = line.p[0] == '-' ? FTP_FILE
	    : line.p[0] == 'd'      ? FTP_FOLDER
	    : line.p[0] == 'l'      ? FTP_LINK
				    : FTP_OTHER;
	arrow = slice_find(rest, SLICE(" -> "));
	if (to->kind == FTP_LINK && arrow != NULL)
		rest = slice_span(rest.p, arrow);
	to->name = arena_string(a, rest.p, rest.n);
	to->mark = arena_printf(a, "%.*s %.*s %.*s %.*s", (int)size.n, size.p,
	    (int)month.n, month.p, (int)day.n, day.p, (int)time.n, time.p);
	return true;
}

/* `01-31-24  10:22AM       <DIR>          the name` */
static bool
parse_dos(struct slice line, struct arena *a, struct ftp_entry *to)
{
	struct slice rest = line, day = word(&rest), time = word(&rest),
		     size = word(&rest);
	bool folder = slice_is(size, "<DIR>");

	if (day.n < 8 || !is_digit(day.p[0]) || day.p[2] != '-' || time.n < 5 ||
	    size.n == 0 || (!folder && !is_digit(size.p[0])))
		return false;
	while (rest.n > 0 && rest.p[0] == ' ') {
		rest.p++;
		rest.n--;
	}
	to->kind = folder ? FTP_FOLDER : FTP_FILE;
	to->name = arena_string(a, rest.p, rest.n);
	to->mark = arena_printf(a, "%.*s %.*s %.*s", (int)size.n, size.p,
	    (int)day.n, day.p, (int)time.n, time.p);
	return rest.n > 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct ftp_entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* A name that would lead out of its folder is none. */
static bool
is_name(const char *name)
{
	return name[0] != '\0' && strcmp(name, ".") != 0 &&
	    strcmp(name, "..") != 0 && strchr(name, '/') == NULL;
}

void
ftp_list_parse(struct slice text, struct arena *a, struct ftp_list *list)
{
	struct slice line;

	list->n = list->odd = 0;
	while (slice_next(&text, '\n', &line)) {
		struct ftp_entry entry = { .mark = "" };

		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n == 0 || slice_starts(line, "total "))
			continue;
		if (!parse_facts(line, a, &entry) &&
		    !parse_long(line, a, &entry) &&
		    !parse_dos(line, a, &entry)) {
			list->odd++;
			continue;
		}
		if (!is_name(entry.name)) {
			list->odd += strchr(entry.name, '/') != NULL &&
			    entry.kind != FTP_OTHER;
			continue;
		}
		list->entries = mem_room(
		    list->entries, list->n, &list->room, sizeof(entry));
		list->entries[list->n++] = entry;
	}
	if (list->n > 0)
		qsort(list->entries, list->n, sizeof(*list->entries), by_name);
}

void
ftp_list_release(struct ftp_list *list)
{
	mem_free(list->entries);
	memset(list, 0, sizeof(*list));
}
