/*
 * http_wait - waiting for what libcurl waits for: its sockets and its timer.
 *
 * With hundreds of requests under way an event costs what one request costs,
 * where curl_multi_perform would look at all of them.
 */
#ifndef IO_HTTP_WAIT_H
#define IO_HTTP_WAIT_H

#include <stdint.h>

#include "base/err.h"
#include "io/http_curl.h"

struct http_wait {
	const struct http_curl *curl;
	CURLM		*multi;
	int64_t		 now;		/* ms: when it last looked */
	int		 events;	/* epoll; -1: none */
	int64_t		 timer;		/* ms: libcurl wants a call; 0: at once;
					   -1: never */
};

/* It must stay where it is until the multi handle is closed. */
bool		 http_wait_begin(struct http_wait *, const struct http_curl *,
		    CURLM *, struct err *);
void		 http_wait_end(struct http_wait *);
/* Waits for so long at most, and lets libcurl do what is due. */
void		 http_wait_step(struct http_wait *, long ms);

#endif
