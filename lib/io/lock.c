#include "io/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define PAUSE_MS 20

/*
 * flock, not fcntl: a lock of fcntl is lost when anything in the process
 * closes any descriptor of the file, and does not keep threads apart.
 */
struct lock {
	int fd;
};

/* The id that the holder wrote into the file; 0 if there is none. */
static pid_t
written_holder(int fd)
{
	char text[24];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return 0;
	text[n] = '\0';
	return (pid_t)strtol(text, NULL, 10);
}

static bool
write_holder(int fd, const char *path, struct err *e)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)n, 0) != n)
		return err_sys(e, ERR_OUTPUT, "lock '%s'", path);
	return true;
}

static bool
wait_for(int fd, const char *path, unsigned wait_ms, struct err *e)
{
	const struct timespec pause = { 0, PAUSE_MS * 1000000L };
	unsigned waited = 0;
	pid_t holder;

	while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return err_sys(e, ERR_OUTPUT, "lock '%s'", path);
		if (waited >= wait_ms) {
			if ((holder = written_holder(fd)) == 0)
				return err_set(e, ERR_SERVICE,
				    "'%s' is locked by another process", path);
			return err_set(e, ERR_SERVICE,
			    "'%s' is locked by process %ld", path,
			    (long)holder);
		}
		nanosleep(&pause, NULL);
		waited += PAUSE_MS;
	}
	return true;
}

struct lock *
lock_take(const char *path, unsigned wait_ms, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	struct lock *l;

	if (fd < 0) {
		err_sys(e, ERR_OUTPUT, "lock '%s'", path);
		return NULL;
	}
	if (!wait_for(fd, path, wait_ms, e) || !write_holder(fd, path, e)) {
		close(fd);
		return NULL;
	}
	l = mem_alloc(sizeof(*l));
	l->fd = fd;
	return l;
}

void
lock_release(struct lock *l)
{
	if (l == NULL)
		return;
	if (ftruncate(l->fd, 0) != 0) {
		/* A stale id misleads nobody: it is read only while locked. */
	}
	close(l->fd);
	mem_free(l);
}

/*
 * From the kernel's list, whose lines read
 *   1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF
 * Opening the file to ask would be wrong: closing it again would drop this
 * process's own fcntl locks on it, those of SQLite among them.
 */
pid_t
lock_holder(const char *path)
{
	FILE *list;
	char line[256];
	struct stat st;
	pid_t found = 0;

	if (stat(path, &st) != 0 || (list = fopen("/proc/locks", "re")) == NULL)
		return 0;
	while (found == 0 && fgets(line, sizeof(line), list) != NULL) {
		unsigned long long inode;
		long pid;

		if (sscanf(line, "%*d: %*s %*s %*s %ld %*x:%*x:%llu", &pid,
			&inode) == 2 &&
		    inode == (unsigned long long)st.st_ino && pid > 0 &&
		    pid != (long)getpid())
			found = (pid_t)pid;
	}
	fclose(list);
	return found;
}
