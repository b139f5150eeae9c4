/*
 * notice - what the kernel says of files and folders that are waited for.
 *
 * inotify, and nothing where it is not to be had: network mounts and systems
 * without it send no events, so that who waits looks again by itself now and
 * then.  Belongs to one thread.
 */
#ifndef SOURCES_NOTICE_H
#define SOURCES_NOTICE_H

#include <stdbool.h>

#include "io/stop.h"

struct notice;

enum notice_what {
	NOTICE_CHANGE,		/* something in a folder, or of a file */
	NOTICE_MOVED_IN,	/* a file got this name by a rename */
	NOTICE_LOST		/* events were lost: look at everything */
};

struct notice	*notice_new(void);
void		 notice_free(struct notice *);	/* NULL is allowed */
/* What is added twice counts once; what cannot be watched is let be. */
void		 notice_folder(struct notice *, const char *path);
void		 notice_file(struct notice *, const char *path);
/*
 * The next event; false where there is none for now.  folder is as it was
 * given, name is what it is of in it (both valid until the next call).
 */
bool		 notice_next(struct notice *, enum notice_what *,
		    const char **folder, const char **name);
/* Waits for an event or the signal, at most so long (-1: for ever). */
void		 notice_wait(struct notice *, const struct stop *, int ms);
/* Whether the file system of a path may change without a word of it. */
bool		 notice_is_mute(const char *path);

#endif
