/*
 * http_curl - those functions of libcurl that every request calls, looked up
 * once: a look-up takes a microsecond, and a request would need twenty.  All
 * others are called by their names.
 */
#ifndef IO_HTTP_CURL_H
#define IO_HTTP_CURL_H

#include <curl/curl.h>
#include <stdbool.h>

struct http_curl {
	CURLcode	(*setopt)(CURL *, CURLoption, ...);
	CURLcode	(*getinfo)(CURL *, CURLINFO, ...);
	CURLMcode	(*add)(CURLM *, CURL *);
	CURLMcode	(*remove)(CURLM *, CURL *);
	CURLMcode	(*act)(CURLM *, curl_socket_t, int mask, int *running);
	CURLMsg		*(*read)(CURLM *, int *left);
};

/* False where the library is missing or lacks one of them. */
bool		 http_curl_find(struct http_curl *);

#endif
