/*
 * http_wait - waiting for what libcurl waits for: its sockets and its timer.
 *
 * With hundreds of requests under way an event costs what one request costs,
 * where curl_multi_perform would look at all of them.  A connection that waits
 * for its next request stays known to the system: libcurl takes it off and on
 * again between any two of them.
 */
#ifndef IO_HTTP_WAIT_H
#define IO_HTTP_WAIT_H

#include <stdint.h>

#include "base/err.h"
#include "io/http_curl.h"

struct watched {
	uint32_t	 known, wanted;	/* events: to the system, by libcurl */
	bool		 ours;		/* opened and closed by us */
};

struct http_wait {
	struct watched	*sockets;	/* by their numbers */
	size_t		 nsockets;
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
/* A new socket, which is answered, and the end of one (0, as libcurl wants). */
curl_socket_t	 http_wait_socket(struct http_wait *, curl_socket_t);
int		 http_wait_close(void *wait, curl_socket_t);
/* Waits for so long at most, and lets libcurl do what is due. */
void		 http_wait_step(struct http_wait *, long ms);

#endif
