/*
 * http_handle - what io/http and io/http_fetch do alike with libcurl.
 */
#ifndef IO_HTTP_HANDLE_H
#define IO_HTTP_HANDLE_H

#include <curl/curl.h>

#include "base/err.h"

/* libcurl begins with the first and ends with the last; NULL: *e says why. */
CURLM		*http_handle_open(struct err *);
void		 http_handle_close(CURLM *);	/* NULL is allowed */
/*
 * What holds for every request: no redirect is followed, variables of the
 * environment and .netrc are ignored, TLS is verified (ca_file NULL: by the
 * system's list).
 */
CURLcode	 http_handle_guard(CURL *, const char *protocols,
		    const char *ca_file, long connect_ms);

#endif
