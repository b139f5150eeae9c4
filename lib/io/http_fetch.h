/*
 * http_fetch - one answer of a server (http, https, ftp, ftps, sftp), pulled
 * block by block.
 *
 * Nothing is read ahead of who pulls but a bounded buffer, so a slow reader
 * slows the server down.  One request is one request here: no redirect is
 * followed, nothing is sent again, no password is kept; that is for who calls
 * (sources/net).  Proxy variables and .netrc are ignored, TLS and the keys of
 * SSH hosts are verified.  A fetcher keeps its connections open; it and its
 * fetches belong to one thread.
 */
#ifndef IO_HTTP_FETCH_H
#define IO_HTTP_FETCH_H

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/stop.h"

struct fetcher;
struct fetch;

/* Kept by reference. */
struct fetcher_options {
	const char	*ca_file;	/* NULL: the system's */
	const char	*known_hosts;	/* of ssh; NULL: no host is known */
	unsigned	 stall_ms;	/* without a byte */
	const struct stop *stop;	/* may be NULL */
};

struct fetch_request {
	const char	*url;		/* without a user name */
	const char	*method;	/* NULL: GET */
	const char	*const *headers;	/* "Name: value", NULL; may be NULL */
	struct slice	 body;		/* p NULL: none; must live as long */
	const char	*user, *password;	/* of ftp and sftp; may be NULL */
	struct slice	 certificate;	/* PEM with its key; p NULL: none */
	const char	*key_file;	/* of ssh; NULL: none */
	uint64_t	 from;		/* first byte wanted (ftp, sftp) */
	const char	*list;		/* of a folder: the command; NULL: a file */
	bool		 head_only;	/* size and time, no body */
};

enum fetch_end {
	FETCH_OPEN,		/* not over */
	FETCH_DONE,		/* whole, with whatever status */
	FETCH_UNREACHED,	/* no connection */
	FETCH_UNTRUSTED,	/* certificate or host key does not hold */
	FETCH_DENIED,		/* the login is refused */
	FETCH_MISSING,		/* ftp, sftp: no such file, or not for us */
	FETCH_BROKEN,		/* reset, or ended before its end */
	FETCH_SLOW,		/* nothing came for too long */
	FETCH_STOPPED		/* a signal */
};

struct fetcher	*fetcher_new(const struct fetcher_options *, struct err *);
void		 fetcher_free(struct fetcher *);	/* NULL is allowed */

/* ERR_OUTPUT where there is no memory. */
struct fetch	*fetch_start(struct fetcher *, const struct fetch_request *,
		    struct err *);
void		 fetch_free(struct fetch *);		/* NULL is allowed */
/* Waits for the head of the answer; whether it came, whatever came behind. */
bool		 fetch_head(struct fetch *);
/* The next block, valid until the next call: its size, 0 where it is over. */
size_t		 fetch_block(struct fetch *, const char **block);
enum fetch_end	 fetch_ended(const struct fetch *);
/* What libcurl says of an end that is none of ours. */
const char	*fetch_why(const struct fetch *);

/* After the head.  0: none came (ftp, sftp). */
long		 fetch_status(const struct fetch *);
/* The value of the first header of that name, or p NULL; any case. */
struct slice	 fetch_header(const struct fetch *, const char *name);
/* The next one behind a value that was found. */
struct slice	 fetch_header_next(const struct fetch *, const char *name,
		    struct slice behind);
/* Seconds from now that the server wants us to wait; -1: not said. */
long		 fetch_retry_after(const struct fetch *);
int64_t		 fetch_size(const struct fetch *);	/* -1: not said */
int64_t		 fetch_time(const struct fetch *);	/* of the file; -1 */

#endif
