#include "sources/walk.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sources/scheme.h"

struct folder {
	char *path; /* ends in a slash */
	char **names;
	size_t n, room, at;
};

struct walk {
	char *const *operands;
	size_t operand; /* length of the operand that is walked, with slash */
	struct folder *stack;
	size_t depth, room;
	void (*enter)(void *ctx, const char *path); /* or NULL */
	void *ctx;
};

struct walk *
walk_new(char *const *operands)
{
	struct walk *w = mem_zalloc(sizeof(*w));

	w->operands = operands;
	return w;
}

void
walk_watch(
    struct walk *w, void (*enter)(void *ctx, const char *path), void *ctx)
{
	w->enter = enter;
	w->ctx = ctx;
}

static void
pop(struct walk *w)
{
	struct folder *f = &w->stack[--w->depth];

	for (size_t i = 0; i < f->n; i++)
		mem_free(f->names[i]);
	mem_free(f->names);
	mem_free(f->path);
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	while (w->depth > 0)
		pop(w);
	mem_free(w->stack);
	mem_free(w);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
push(struct walk *w, const char *path, struct err *e)
{
	size_t n = strlen(path);
	DIR *dir = opendir(path);
	struct folder f = { 0 };
	struct dirent *entry;

	if (dir == NULL)
		return err_sys(e, ERR_INPUT, "%s", path);
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
		    (w->enter != NULL && name[0] == '.'))
			continue;
		f.names = mem_room(f.names, f.n, &f.room, sizeof(*f.names));
		f.names[f.n++] = mem_string(name, strlen(name));
	}
	if (errno != 0)
		err_sys(e, ERR_INPUT, "%s", path);
	closedir(dir);
	if (f.n > 0)
		qsort(f.names, f.n, sizeof(*f.names), by_bytes);
	f.path = mem_alloc(n + 2);
	memcpy(f.path, path, n);
	if (n == 0 || path[n - 1] != '/')
		f.path[n++] = '/';
	f.path[n] = '\0';
	if (w->enter != NULL)
		w->enter(w->ctx, f.path);
	w->stack = mem_room(w->stack, w->depth, &w->room, sizeof(*w->stack));
	w->stack[w->depth++] = f;
	return e->kind == ERR_NONE;
}

static bool
fail(struct walked *to)
{
	to->kind = WALKED_FAILED;
	return true;
}

/* Standard input, schemes and what is not there are left to the reader. */
static bool
next_operand(struct walk *w, struct arena *a, struct walked *to, bool *found)
{
	const char *path = *w->operands++;
	struct stat st;

	*found = true;
	to->uri = arena_string(a, path, strlen(path));
	if (strcmp(path, "-") == 0 || scheme_of(path) != NULL ||
	    stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return true;
	if (!push(w, path, &to->why))
		return fail(to);
	w->operand = strlen(w->stack[0].path);
	*found = w->stack[0].n == 0;
	if (*found) {
		to->kind = WALKED_EMPTY;
		pop(w);
	}
	return true;
}

bool
walk_next(struct walk *w, struct arena *a, struct walked *to)
{
	bool found;

	memset(to, 0, sizeof(*to));
	for (;;) {
		struct folder *f;
		struct stat st;
		const char *name;

		if (w->depth == 0) {
			if (*w->operands == NULL)
				return false;
			next_operand(w, a, to, &found);
			if (found)
				return true;
			continue;
		}
		f = &w->stack[w->depth - 1];
		if (f->at == f->n) {
			pop(w);
			continue;
		}
		name = f->names[f->at++];
		to->uri = arena_printf(a, "%s%s", f->path, name);
		to->rest = to->uri + w->operand;
		if (lstat(to->uri, &st) != 0) {
			err_sys(&to->why, ERR_INPUT, "%s", to->uri);
			return fail(to);
		}
		if (S_ISDIR(st.st_mode)) {
			if (!push(w, to->uri, &to->why))
				return fail(to);
			continue;
		}
		to->kind = S_ISREG(st.st_mode) ? WALKED_FILE
		    : S_ISLNK(st.st_mode)      ? WALKED_LINK
					       : WALKED_SPECIAL;
		return true;
	}
}

bool
walk_is_many(char *const *operands)
{
	struct stat st;

	return operands[0] != NULL &&
	    (operands[1] != NULL ||
		(stat(operands[0], &st) == 0 && S_ISDIR(st.st_mode)));
}
