#include "sources/own.h"

#include <sys/stat.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/slice.h"
#include "sources/scheme.h"

#define OUTPUTS 4

struct outputs {
	const char *path[OUTPUTS], *option[OUTPUTS];
};

static struct outputs
outputs_of(const struct run_options *r, const struct source_options *o)
{
	return (struct outputs){
		.path = { r->output, r->rejects, r->report, o->manifest },
		.option = { "--output", "--rejects", "--report", "--manifest" },
	};
}

static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

static bool
stat_folder(const char *path, struct stat *st)
{
	char folder[4096];
	size_t n = folder_length(path);

	if (n == 0)
		return stat(".", st) == 0;
	if (n >= sizeof(folder))
		return false;
	memcpy(folder, path, n);
	folder[n] = '\0';
	return stat(folder, st) == 0;
}

static bool
same_folder(const char *a, const char *b)
{
	struct stat x, y;

	return stat_folder(a, &x) && stat_folder(b, &y) &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static struct slice
name_of(const char *path)
{
	return slice_of(path + folder_length(path));
}

static struct slice
cut(struct slice s, size_t front, size_t back)
{
	return (struct slice){ s.p + front, s.n - front - back };
}

static bool
begins(struct slice s, struct slice with)
{
	return s.n >= with.n && memcmp(s.p, with.p, with.n) == 0;
}

static bool
ends(struct slice s, struct slice with)
{
	return s.n >= with.n && memcmp(s.p + s.n - with.n, with.p, with.n) == 0;
}

static bool
all_digits(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* The name as it was given, or with a number where %n stands in it. */
static bool
is_named(struct slice name, struct slice given)
{
	for (size_t i = 0; i + 1 < given.n; i++) {
		struct slice front = cut(given, 0, given.n - i),
			     back = cut(given, i + 2, 0);

		if (given.p[i] == '%' && given.p[i + 1] == 'n')
			return name.n >= front.n + back.n &&
			    begins(name, front) && ends(name, back) &&
			    all_digits(cut(name, front.n, back.n));
	}
	return slice_eq(name, given);
}

/* As io/writer names a file that is not whole yet: .NAME.PID-N. */
static struct slice
without_temporary(struct slice name)
{
	char process[32];
	size_t n = name.n;
	struct slice pid;

	while (n > 0 && name.p[n - 1] >= '0' && name.p[n - 1] <= '9')
		n--;
	snprintf(process, sizeof(process), ".%ld-", (long)getpid());
	pid = slice_of(process);
	if (n < name.n && name.p[0] == '.' && n > pid.n &&
	    ends(cut(name, 0, name.n - n), pid))
		return cut(name, 1, name.n - n + pid.n);
	return name;
}

/* The files that SQLite and our lock put beside a state. */
static struct slice
without_companion(struct slice name)
{
	static const char *const beside[] = { ".lock", "-wal", "-shm",
		"-journal" };

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		if (ends(name, slice_of(beside[i])))
			return cut(name, 0, strlen(beside[i]));
	return name;
}

static bool
is_stream(const char *path, int fd)
{
	struct stat x, y;

	return fstat(fd, &x) == 0 && S_ISREG(x.st_mode) &&
	    stat(path, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool
own_is(const struct run_options *r, const struct source_options *o,
    const char *path)
{
	struct outputs out = outputs_of(r, o);
	struct slice name = name_of(path), whole = without_temporary(name);

	for (size_t i = 0; i < OUTPUTS; i++)
		if (out.path[i] != NULL &&
		    is_named(whole, name_of(out.path[i])) &&
		    same_folder(path, out.path[i]))
			return true;
	if (o->state != NULL &&
	    (slice_eq(name, name_of(o->state)) ||
		slice_eq(without_companion(name), name_of(o->state))) &&
	    same_folder(path, o->state))
		return true;
	return is_stream(path, STDOUT_FILENO) || is_stream(path, STDERR_FILENO);
}

static bool
same_file(const char *a, const char *b)
{
	struct stat x, y;

	return b != NULL && stat(a, &x) == 0 && stat(b, &y) == 0 &&
	    S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool
own_check(char *const *operands, const struct run_options *r,
    const struct source_options *o, struct err *e)
{
	struct outputs out = outputs_of(r, o);

	for (; operands != NULL && *operands != NULL; operands++) {
		if (strcmp(*operands, "-") == 0 || scheme_of(*operands) != NULL)
			continue;
		for (size_t i = 0; i < OUTPUTS; i++)
			if (same_file(*operands, out.path[i]))
				return err_set(e, ERR_USAGE,
				    "%s: is a source and %s; name another file "
				    "for %s",
				    *operands, out.option[i], out.option[i]);
		if (is_stream(*operands, STDOUT_FILENO))
			return err_set(e, ERR_USAGE,
			    "%s: is a source and standard output; write to "
			    "another file",
			    *operands);
	}
	return true;
}
