/*
 * libcurl, found when it is first called and not when a tool is started: it
 * brings some thirty libraries with it, which cost each run two thirds of the
 * time that it takes to begin, and few runs ask a server.
 *
 * Each function here has the name and the prototype of the one that it hands
 * its arguments to, so that the callers need not know.  Where libcurl is not
 * installed it fails as curl/curl.h says of the name.  The loader counts how
 * often it was asked for the library and keeps it.
 */
#include "io/http_curl.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stddef.h>

static void *
find(const char *name)
{
	void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);

	return library == NULL ? NULL : dlsym(library, name);
}

/* `to` is a pointer to the function of this name; NULL where it is missing. */
#define FIND(to, name) (*(void **)&(to) = find(#name)) == NULL

/* A function whose arguments are handed on as they are. */
#define HAND_ON(type, name, missing, parameters, arguments) \
	type name parameters                                \
	{                                                   \
		type(*to) parameters;                       \
                                                            \
		if (FIND(to, name))                         \
			return missing;                     \
		return to arguments;                        \
	}

#define HAND_ON_VOID(name, parameters, arguments) \
	void name parameters                      \
	{                                         \
		void(*to) parameters;             \
                                                  \
		if (FIND(to, name))               \
			return;                   \
		to arguments;                     \
	}

HAND_ON(CURLcode, curl_global_init, CURLE_FAILED_INIT, (long flags), (flags))
HAND_ON_VOID(curl_global_cleanup, (void), ())
HAND_ON_VOID(curl_free, (void *p), (p))

HAND_ON(CURL *, curl_easy_init, NULL, (void), ())
HAND_ON_VOID(curl_easy_cleanup, (CURL * c), (c))
HAND_ON(CURLcode, curl_easy_pause, CURLE_FAILED_INIT, (CURL * c, int mask),
    (c, mask))
HAND_ON(const char *, curl_easy_strerror, "libcurl is not installed",
    (CURLcode code), (code))

HAND_ON(CURLM *, curl_multi_init, NULL, (void), ())
HAND_ON(CURLMcode, curl_multi_cleanup, CURLM_BAD_HANDLE, (CURLM * m), (m))
HAND_ON(CURLMcode, curl_multi_add_handle, CURLM_BAD_HANDLE,
    (CURLM * m, CURL *c), (m, c))
HAND_ON(CURLMcode, curl_multi_remove_handle, CURLM_BAD_HANDLE,
    (CURLM * m, CURL *c), (m, c))
HAND_ON(CURLMcode, curl_multi_perform, CURLM_BAD_HANDLE,
    (CURLM * m, int *running), (m, running))
HAND_ON(CURLMcode, curl_multi_poll, CURLM_BAD_HANDLE,
    (CURLM * m, struct curl_waitfd extra[], unsigned n, int ms, int *ready),
    (m, extra, n, ms, ready))
HAND_ON(
    CURLMsg *, curl_multi_info_read, NULL, (CURLM * m, int *left), (m, left))

HAND_ON(struct curl_slist *, curl_slist_append, NULL,
    (struct curl_slist * list, const char *text), (list, text))
HAND_ON_VOID(curl_slist_free_all, (struct curl_slist * list), (list))

HAND_ON(CURLU *, curl_url, NULL, (void), ())
HAND_ON_VOID(curl_url_cleanup, (CURLU * u), (u))
HAND_ON(CURLUcode, curl_url_get, CURLUE_BAD_HANDLE,
    (CURLU * u, CURLUPart part, char **text, unsigned flags),
    (u, part, text, flags))
HAND_ON(CURLUcode, curl_url_set, CURLUE_BAD_HANDLE,
    (CURLU * u, CURLUPart part, const char *text, unsigned flags),
    (u, part, text, flags))

/*
 * What stands behind the option follows from its number: CURLOPTTYPE_LONG, of
 * objects, functions, curl_off_t and blobs are a myriad each.  A pointer to a
 * function is passed as one to an object, as POSIX allows for dlsym.
 */
CURLcode(curl_easy_setopt)(CURL *c, CURLoption option, ...)
{
	CURLcode (*to)(CURL *, CURLoption, ...);
	CURLcode code;
	va_list list;

	if (FIND(to, curl_easy_setopt))
		return CURLE_FAILED_INIT;
	va_start(list, option);
	if ((int)option < CURLOPTTYPE_OBJECTPOINT)
		code = to(c, option, va_arg(list, long));
	else if ((int)option >= CURLOPTTYPE_OFF_T &&
	    (int)option < CURLOPTTYPE_BLOB)
		code = to(c, option, va_arg(list, curl_off_t));
	else
		code = to(c, option, va_arg(list, void *));
	va_end(list);
	return code;
}

CURLcode(curl_easy_getinfo)(CURL *c, CURLINFO what, ...)
{
	CURLcode (*to)(CURL *, CURLINFO, ...);
	CURLcode code;
	va_list list;

	if (FIND(to, curl_easy_getinfo))
		return CURLE_FAILED_INIT;
	va_start(list, what);
	code = to(c, what, va_arg(list, void *));
	va_end(list);
	return code;
}

CURLMcode(curl_multi_setopt)(CURLM *m, CURLMoption option, ...)
{
	CURLMcode (*to)(CURLM *, CURLMoption, ...);
	CURLMcode code;
	va_list list;

	if (FIND(to, curl_multi_setopt))
		return CURLM_BAD_HANDLE;
	va_start(list, option);
	if ((int)option < CURLOPTTYPE_OBJECTPOINT)
		code = to(m, option, va_arg(list, long));
	else
		code = to(m, option, va_arg(list, void *));
	va_end(list);
	return code;
}

bool
http_curl_find(struct http_curl *to)
{
	return !(FIND(to->setopt, curl_easy_setopt) ||
	    FIND(to->getinfo, curl_easy_getinfo) ||
	    FIND(to->add, curl_multi_add_handle) ||
	    FIND(to->remove, curl_multi_remove_handle) ||
	    FIND(to->act, curl_multi_socket_action) ||
	    FIND(to->read, curl_multi_info_read));
}
