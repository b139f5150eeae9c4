/*
 * fault - an LD_PRELOAD library that makes the nth call of a kind fail.
 *
 *	FAULT=write:3:ENOSPC LD_PRELOAD=fault.so mdx-...
 *
 * Kinds: read write fsync rename malloc.  Of write, standard error does not
 * count; of malloc, only the program's own calls do (realloc and calloc go to
 * the C library untouched): some libraries of others crash without memory, and
 * that is theirs to mend.
 * FAULT_LOG=FILE takes a line once the fault has struck, so that a test knows
 * when n was beyond the last call.
 */
#define _GNU_SOURCE
#include <sys/auxv.h>
#include <sys/types.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char kind[16];
static long nth = -1, calls;
static int number;
static bool ready, busy;

static void
setup(void)
{
	const char *text = getenv("FAULT");
	char name[16] = "";

	ready = true;
	if (text == NULL ||
	    sscanf(text, "%15[a-z]:%ld:%15[A-Z]", kind, &nth, name) < 2)
		return;
	number = strcmp(name, "ENOSPC") == 0 ? ENOSPC
	    : strcmp(name, "EIO") == 0       ? EIO
	    : strcmp(name, "EINTR") == 0     ? EINTR
	    : strcmp(name, "ENOMEM") == 0    ? ENOMEM
					     : EIO;
}

static bool
strikes(const char *what)
{
	const char *log;
	int fd;

	if (!ready)
		setup();
	if (busy || nth < 0 || strcmp(kind, what) != 0)
		return false;
	if (__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) != nth)
		return false;
	busy = true;
	log = getenv("FAULT_LOG");
	if (log != NULL) {
		ssize_t (*next)(int, const void *, size_t) = (ssize_t(*)(
		    int, const void *, size_t))dlsym(RTLD_NEXT, "write");

		fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
		if (fd >= 0) {
			next(fd, "struck\n", 7);
			close(fd);
		}
	}
	busy = false;
	errno = number;
	return true;
}

ssize_t
read(int fd, void *to, size_t n)
{
	static ssize_t (*next)(int, void *, size_t);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "read");
	return strikes("read") ? -1 : next(fd, to, n);
}

ssize_t
write(int fd, const void *from, size_t n)
{
	static ssize_t (*next)(int, const void *, size_t);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "write");
	return fd != 2 && strikes("write") ? -1 : next(fd, from, n);
}

int
fsync(int fd)
{
	static int (*next)(int);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "fsync");
	return strikes("fsync") ? -1 : next(fd);
}

int
rename(const char *from, const char *to)
{
	static int (*next)(const char *, const char *);

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "rename");
	return strikes("rename") ? -1 : next(from, to);
}

void *
malloc(size_t n)
{
	static void *(*next)(size_t);
	Dl_info caller, program;

	if (next == NULL)
		*(void **)&next = dlsym(RTLD_NEXT, "malloc");
	if (kind[0] == 'm' &&
	    dladdr(__builtin_return_address(0), &caller) != 0 &&
	    dladdr((void *)getauxval(AT_PHDR), &program) != 0 &&
	    caller.dli_fbase == program.dli_fbase && strikes("malloc"))
		return NULL;
	return next(n);
}

__attribute__((constructor)) static void
begin(void)
{
	setup();
}
