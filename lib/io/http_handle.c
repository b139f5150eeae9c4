#include "io/http_handle.h"

CURLM *
http_handle_open(struct err *e)
{
	CURLM *multi;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		err_set(e, ERR_SERVICE, "libcurl cannot be started");
		return NULL;
	}
	multi = curl_multi_init();
	if (multi == NULL) {
		curl_global_cleanup();
		err_set(e, ERR_OUTPUT, "out of memory");
	}
	return multi;
}

void
http_handle_close(CURLM *multi)
{
	if (multi == NULL)
		return;
	curl_multi_cleanup(multi);
	curl_global_cleanup();
}

CURLcode
http_handle_guard(
    CURL *c, const char *protocols, const char *ca_file, long connect_ms)
{
	const struct {
		CURLoption option;
		long value;
	} numbers[] = { { CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1 },
		{ CURLOPT_FOLLOWLOCATION, 0 },
		{ CURLOPT_NETRC, CURL_NETRC_IGNORED },
		{ CURLOPT_SSL_VERIFYPEER, 1 }, { CURLOPT_SSL_VERIFYHOST, 2 },
		{ CURLOPT_NOSIGNAL, 1 },
		{ CURLOPT_CONNECTTIMEOUT_MS, connect_ms } };
	CURLcode code = curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols);

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (code == CURLE_OK)
			code = curl_easy_setopt(
			    c, numbers[i].option, numbers[i].value);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_PROXY, "");
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_NOPROXY, "");
	if (code == CURLE_OK && ca_file != NULL)
		code = curl_easy_setopt(c, CURLOPT_CAINFO, ca_file);
	return code;
}
