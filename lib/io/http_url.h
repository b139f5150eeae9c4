/*
 * http_url - the parts of a URL, what a reference leads to, parts of a query.
 *
 * Percent encoding is left as it stands, so that what is put together again is
 * what the user typed.
 */
#ifndef IO_HTTP_URL_H
#define IO_HTTP_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct http_url {
	char		*scheme;	/* lower case */
	char		*host;		/* lower case, v6 in brackets */
	char		*user, *password;	/* decoded; NULL where none */
	unsigned	 port;		/* the scheme's own where none is given */
	char		*path;		/* from its slash, as written */
	char		*query;		/* behind the ?, as written; NULL: none */
};

/* ERR_USAGE for what is none of http, https, ftp, ftps and sftp. */
bool		 http_url_parse(const char *text, struct http_url *,
		    struct err *);
void		 http_url_release(struct http_url *);	/* zeroed is allowed */
/*
 * Without user name, password and fragment, behind what is in the buffer; what
 * is no ASCII is encoded.
 */
void		 http_url_put(const struct http_url *, struct buf *);
/* "example.org:8443", the port only where it is not the scheme's own. */
void		 http_url_put_host(const struct http_url *, struct buf *);

/* Where the reference leads from the base; ERR_SERVICE where nowhere. */
bool		 http_url_join(const char *base, struct slice reference,
		    struct buf *, struct err *);
/*
 * Whether what was meant for the first server may go to the second: the same
 * scheme, host and port, or the same host by https instead of http.
 */
bool		 http_url_trusts(const struct http_url *first,
		    const struct http_url *);

/* Unreserved bytes (RFC 3986) and those of also as they are, others as %XX. */
void		 http_url_encode(struct buf *, struct slice, const char *also);
/* %XX undone; with plus a + is a space. */
void		 http_url_decode(struct buf *, struct slice, bool plus);
/* The value of a parameter, as written; p NULL where there is none. */
struct slice	 http_query_get(const char *query, const char *name);
/* The query (may be NULL) with the parameter set to a value, encoded here. */
void		 http_query_set(const char *query, const char *name,
		    struct slice value, struct buf *);

#endif
