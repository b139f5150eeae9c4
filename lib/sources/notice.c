#include "sources/notice.h"

#include <sys/inotify.h>
#include <sys/vfs.h>

#include <errno.h>
#include <poll.h>
#include <stdalign.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define FOLDER \
	(IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ONLYDIR | IN_DELETE_SELF)
#define FILE_ITSELF (IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)

struct notice {
	int fd;
	char **folders; /* by watch descriptor; NULL for files */
	size_t n, room;
	size_t at, end; /* of events */
	alignas(struct inotify_event) char events[16384];
};

struct notice *
notice_new(void)
{
	struct notice *n = mem_zalloc(sizeof(*n));

	n->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	return n;
}

void
notice_free(struct notice *n)
{
	if (n == NULL)
		return;
	if (n->fd >= 0)
		close(n->fd);
	for (size_t i = 0; i < n->n; i++)
		mem_free(n->folders[i]);
	mem_free(n->folders);
	mem_free(n);
}

void
notice_folder(struct notice *n, const char *path)
{
	int wd = n->fd < 0 ? -1 : inotify_add_watch(n->fd, path, FOLDER);

	if (wd < 0)
		return;
	while (n->n <= (size_t)wd) {
		n->folders =
		    mem_room(n->folders, n->n, &n->room, sizeof(*n->folders));
		n->folders[n->n++] = NULL;
	}
	if (n->folders[wd] != NULL && strcmp(n->folders[wd], path) == 0)
		return;
	mem_free(n->folders[wd]);
	n->folders[wd] = mem_string(path, strlen(path));
}

void
notice_file(struct notice *n, const char *path)
{
	if (n->fd >= 0)
		inotify_add_watch(n->fd, path, FILE_ITSELF);
}

bool
notice_next(struct notice *n, enum notice_what *what, const char **folder,
    const char **name)
{
	const struct inotify_event *event;
	ssize_t got;

	if (n->fd < 0)
		return false;
	if (n->at >= n->end) {
		got = read(n->fd, n->events, sizeof(n->events));
		if (got <= 0)
			return false;
		n->at = 0;
		n->end = (size_t)got;
	}
	event = (const struct inotify_event *)(n->events + n->at);
	n->at += sizeof(*event) + event->len;
	*folder = event->wd >= 0 && (size_t)event->wd < n->n
	    ? n->folders[event->wd]
	    : NULL;
	*name = event->len > 0 ? event->name : "";
	*what = (event->mask & IN_Q_OVERFLOW) != 0 ? NOTICE_LOST
	    : (event->mask & IN_MOVED_TO) != 0 && (event->mask & IN_ISDIR) == 0
	    ? NOTICE_MOVED_IN
	    : NOTICE_CHANGE;
	return true;
}

void
notice_wait(struct notice *n, const struct stop *stop, int ms)
{
	struct pollfd fds[2] = { { n->fd, POLLIN, 0 }, { -1, POLLIN, 0 } };

	if (stop != NULL) {
		if (stop->signal != 0)
			return;
		fds[1].fd = stop->fd;
	}
	if (n->at < n->end)
		return;
	/* A signal without a descriptor of its own ends the wait as well. */
	poll(fds, 2, ms);
}

bool
notice_is_mute(const char *path)
{
	/* NFS, SMB and CIFS, 9P, FUSE, Ceph, Lustre, GPFS, AFS. */
	static const unsigned long mute[] = { 0x6969, 0x517B, 0xFF534D42,
		0xFE534D42, 0x01021997, 0x65735546, 0x00C36400, 0x0BD00BD0,
		0x47504653, 0x5346414F };
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return true;
	for (size_t i = 0; i < sizeof(mute) / sizeof(mute[0]); i++)
		if ((unsigned long)(unsigned)fs.f_type == mute[i])
			return true;
	return false;
}
