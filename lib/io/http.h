/*
 * http - requests to a service, many at once in one thread.
 *
 * A site is a service's base URL.  Its name is resolved and every address
 * checked once, when the site is made, and only those addresses are connected
 * to afterwards: a name that changes its mind later reaches nobody.  Redirects
 * are not followed, proxy variables of the environment are ignored, TLS is
 * verified.  With a proxy it is the proxy's addresses that are connected to:
 * those of a site are checked all the same.  An http and its sites belong to one thread.
 */
#ifndef IO_HTTP_H
#define IO_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

struct http;
struct http_site;

struct http_options {
	bool		 external;	/* addresses beyond loopback and private */
	const char	*ca_file;	/* NULL: the system's */
	const char	*proxy;		/* http(s) URL; NULL: none */
	unsigned	 idle_ms;	/* without a byte */
	unsigned	 total_ms;	/* of one request */
	size_t		 body_limit;	/* bytes of an answer, decompressed */
	/* Asked every 16 KiB of a body; false cuts it off.  May be NULL. */
	bool		(*watch)(struct slice body);
};

enum http_end {
	HTTP_ANSWERED,		/* whole, with whatever status */
	HTTP_UNREACHED,		/* no connection */
	HTTP_UNTRUSTED,		/* the certificate does not hold */
	HTTP_BROKEN,		/* reset, or ended before its end */
	HTTP_SLOW,		/* one of the two times is over */
	HTTP_CUT		/* over the limit, or cut off by watch */
};

struct http_reply {
	void		*tag;
	enum http_end	 end;
	long		 status;	/* 0: none came */
	long		 retry_after;	/* seconds from now; -1: not said */
	struct slice	 body;		/* valid until the next http_next */
};

/* ERR_USAGE: the proxy is no URL, or its address is not allowed. */
struct http	*http_new(const struct http_options *, struct err *);
void		 http_free(struct http *);	/* NULL is allowed */

/*
 * Owned by the http.  key: sent as a bearer token; NULL: none.  ERR_USAGE: not
 * http or https, a user name in it, or an address that is not allowed;
 * ERR_SERVICE: its name cannot be resolved.
 */
struct http_site *http_site(struct http *, const char *base, const char *key,
		    struct err *);
const char	*http_site_url(const struct http_site *);

/*
 * POST of JSON to the base and the path, or GET where body.p is NULL.  The
 * body stays the caller's and must live until the reply.
 */
bool		 http_send(struct http *, struct http_site *, const char *path,
		    struct slice body, void *tag, struct err *);
/* Requests sent whose reply has not been handed out. */
size_t		 http_active(const struct http *);
/* The next reply in order of arrival; false where none comes in wait_ms. */
bool		 http_next(struct http *, unsigned wait_ms, struct http_reply *);

#endif
