/*
 * http_part - what the files of io/http share: sites and transfers.
 *
 * Private to http.c, which hands replies out, http_site.c, which checks where
 * a site is, and http_transfer.c, which sets a request up.
 */
#ifndef IO_HTTP_PART_H
#define IO_HTTP_PART_H

#include "base/buf.h"
#include "io/address.h"
#include "io/http.h"
#include "io/http_curl.h"
#include "io/http_wait.h"

struct http_site {
	struct http_site *next;
	struct address	 address;
	struct curl_slist *headers, *resolve;
};

/* One request; kept for the next one when it is over. */
struct transfer {
	struct http	*http;
	struct http_site *site;	/* where its handle points to; NULL: nowhere */
	char		*path;	/* of it */
	CURL		*easy;
	void		*tag;
	struct buf	 body;
	size_t		 watched;
	int64_t		 began, last;	/* ms: sent, and last sign of life */
	bool		 cut;
	struct transfer	*next, *before;	/* `before`: among the active ones */
};

struct http {
	struct http_options options;
	CURLM		*multi;
	struct http_curl curl;
	struct http_wait wait;
	struct address	 proxy;	/* base NULL: none */
	struct http_site *sites;
	struct transfer	*active, *idle;
	struct transfer	*given;	/* whose body the caller reads */
	size_t		 nactive;
	int64_t		 looked;	/* ms: for what is late */
};

void		 http_site_free(struct http_site *);

/* An idle one or a new one; its handle is NULL where memory is out. */
struct transfer	*transfer_take(struct http *);
void		 transfer_free(struct transfer *);
/* Points it at what it is to send; the body must live until its reply. */
CURLcode	 transfer_aim(struct transfer *, struct http_site *,
		    const char *path, struct slice body);

#endif
