/*
 * ftp_list - what is in a folder, as a server of FTP or SFTP lists it: the
 * facts of MLSD (RFC 3659), the lines of `ls -l`, or those of DOS.
 */
#ifndef SOURCES_FTP_LIST_H
#define SOURCES_FTP_LIST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"

enum ftp_kind { FTP_FILE, FTP_FOLDER, FTP_LINK, FTP_OTHER };

struct ftp_entry {
	enum ftp_kind	 kind;
	const char	*name;		/* its bytes as they came */
	const char	*mark;		/* size and time, as far as they are said */
};

struct ftp_list {
	struct ftp_entry *entries;	/* in the heap, by the bytes of names */
	size_t		 n, room;
	size_t		 odd;		/* lines that make no sense */
};

/* Strings are in the arena. */
void	ftp_list_parse(struct slice text, struct arena *, struct ftp_list *);
void	ftp_list_release(struct ftp_list *);

#endif
