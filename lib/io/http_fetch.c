#include "io/http_fetch.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "io/http_handle.h"

#define CONNECT_MS 10000L
#define PIECE      65536L              /* of libcurl's own buffer */
#define FULL       ((size_t)512 << 10) /* then the transfer is paused */
#define HEADERS    ((size_t)256 << 10)
#define TICK_MS    250

struct fetcher {
	struct fetcher_options options;
	CURLM *multi;
};

struct fetch {
	struct fetcher *of;
	CURL *easy;
	struct curl_slist *headers;
	struct buf head; /* of the last answer: lines with their CR LF */
	struct buf body, given;
	bool headed, paused;
	int64_t last; /* ms: last sign of life */
	enum fetch_end end;
	char why[CURL_ERROR_SIZE];
};

struct fetcher *
fetcher_new(const struct fetcher_options *options, struct err *e)
{
	CURLM *multi = http_handle_open(e);
	struct fetcher *f;

	if (multi == NULL)
		return NULL;
	f = mem_zalloc(sizeof(*f));
	f->options = *options;
	f->multi = multi;
	return f;
}

void
fetcher_free(struct fetcher *f)
{
	if (f == NULL)
		return;
	http_handle_close(f->multi);
	mem_free(f);
}

/* --- what comes ---------------------------------------------------------- */

static size_t
on_header(char *p, size_t size, size_t n, void *to)
{
	struct fetch *f = to;
	struct slice line = { p, size * n };

	f->last = clock_ms();
	if (f->headed)
		return line.n; /* a trailer */
	if (slice_starts(line, "HTTP/"))
		buf_reset(&f->head);
	buf_add_slice(&f->head, line);
	if (line.n <= 2 && slice_trim(line).n == 0) {
		long status = 0;

		curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
		f->headed = status >= 200;
	}
	return line.n;
}

static size_t
on_body(char *p, size_t size, size_t n, void *to)
{
	struct fetch *f = to;

	f->last = clock_ms();
	f->headed = true;
	if (f->body.n >= FULL) {
		f->paused = true;
		return CURL_WRITEFUNC_PAUSE;
	}
	buf_add(&f->body, p, size * n);
	return size * n;
}

/* --- the request --------------------------------------------------------- */

static CURLcode
set_method(CURL *c, const struct fetch_request *r)
{
	CURLcode code = CURLE_OK;

	if (r->body.p != NULL) {
		code = curl_easy_setopt(
		    c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
		if (code == CURLE_OK)
			code =
			    curl_easy_setopt(c, CURLOPT_POSTFIELDS, r->body.p);
	}
	if (code == CURLE_OK && r->head_only)
		code = curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
	if (code == CURLE_OK && r->method != NULL)
		code = curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, r->method);
	if (code == CURLE_OK && r->list != NULL && r->list[0] != '\0')
		code = curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, r->list);
	return code;
}

static CURLcode
set_identity(CURL *c, const struct fetch_request *r)
{
	struct curl_blob pem = { .data = (void *)(uintptr_t)r->certificate.p,
		.len = r->certificate.n,
		.flags = CURL_BLOB_COPY };
	CURLcode code = CURLE_OK;

	if (r->user != NULL)
		code = curl_easy_setopt(c, CURLOPT_USERNAME, r->user);
	if (code == CURLE_OK && r->password != NULL)
		code = curl_easy_setopt(c, CURLOPT_PASSWORD, r->password);
	if (code == CURLE_OK && r->certificate.p != NULL)
		code = curl_easy_setopt(c, CURLOPT_SSLCERT_BLOB, &pem);
	if (code == CURLE_OK && r->certificate.p != NULL)
		code = curl_easy_setopt(c, CURLOPT_SSLKEY_BLOB, &pem);
	if (code == CURLE_OK)
		code = curl_easy_setopt(c, CURLOPT_SSH_AUTH_TYPES,
		    r->key_file != NULL ? (long)CURLSSH_AUTH_PUBLICKEY
					: (long)(CURLSSH_AUTH_PASSWORD |
					      CURLSSH_AUTH_KEYBOARD));
	if (code == CURLE_OK && r->key_file != NULL)
		code = curl_easy_setopt(
		    c, CURLOPT_SSH_PRIVATE_KEYFILE, r->key_file);
	return code;
}

static CURLcode
set_up(struct fetch *f, const struct fetch_request *r)
{
	const struct fetcher_options *o = &f->of->options;
	CURL *c = f->easy;
	CURLcode code = http_handle_guard(
	    c, "http,https,ftp,ftps,sftp", o->ca_file, CONNECT_MS);

#define SET(option, value)    \
	if (code == CURLE_OK) \
	code = curl_easy_setopt(c, option, value)

	SET(CURLOPT_URL, r->url);
	SET(CURLOPT_PATH_AS_IS, 1L);
	SET(CURLOPT_SSH_KNOWNHOSTS,
	    o->known_hosts != NULL ? o->known_hosts : "/dev/null");
	SET(CURLOPT_BUFFERSIZE, PIECE);
	SET(CURLOPT_FILETIME, 1L);
	SET(CURLOPT_USERAGENT, "mdx-ingest/" MDX_VERSION);
	SET(CURLOPT_HTTPHEADER, f->headers);
	SET(CURLOPT_RESUME_FROM_LARGE, (curl_off_t)r->from);
	SET(CURLOPT_HEADERFUNCTION, on_header);
	SET(CURLOPT_HEADERDATA, f);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, f);
	SET(CURLOPT_ERRORBUFFER, f->why);
#undef SET
	if (code == CURLE_OK)
		code = set_method(c, r);
	return code == CURLE_OK ? set_identity(c, r) : code;
}

struct fetch *
fetch_start(struct fetcher *of, const struct fetch_request *r, struct err *e)
{
	struct fetch *f = mem_zalloc(sizeof(*f));
	CURLcode code = CURLE_OUT_OF_MEMORY;

	f->of = of;
	f->head.ceiling = HEADERS;
	f->easy = curl_easy_init();
	f->last = clock_ms();
	/* It takes away a round trip that few servers understand. */
	f->headers = curl_slist_append(NULL, "Expect:");
	for (const char *const *h = r->headers; h != NULL && *h != NULL; h++)
		f->headers = curl_slist_append(f->headers, *h);
	if (f->easy != NULL && f->headers != NULL)
		code = set_up(f, r);
	if (code == CURLE_OK &&
	    curl_multi_add_handle(of->multi, f->easy) == CURLM_OK)
		return f;
	err_set(e, ERR_OUTPUT, "%s", curl_easy_strerror(code));
	fetch_free(f);
	return NULL;
}

void
fetch_free(struct fetch *f)
{
	if (f == NULL)
		return;
	if (f->easy != NULL) {
		curl_multi_remove_handle(f->of->multi, f->easy);
		curl_easy_cleanup(f->easy);
	}
	curl_slist_free_all(f->headers);
	buf_release(&f->head);
	buf_release(&f->body);
	buf_release(&f->given);
	mem_free(f);
}

/* --- waiting ------------------------------------------------------------- */

static enum fetch_end
end_of(CURLcode code, bool headed)
{
	switch (code) {
	case CURLE_OK:
		return FETCH_DONE;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return FETCH_UNREACHED;
	case CURLE_OPERATION_TIMEDOUT:
		return headed ? FETCH_SLOW : FETCH_UNREACHED;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_ISSUER_ERROR:
		return FETCH_UNTRUSTED;
	case CURLE_LOGIN_DENIED:
		return FETCH_DENIED;
	case CURLE_REMOTE_ACCESS_DENIED:
	case CURLE_REMOTE_FILE_NOT_FOUND:
	case CURLE_FTP_COULDNT_RETR_FILE:
		return FETCH_MISSING;
	default:
		return FETCH_BROKEN;
	}
}

static void
note_end(struct fetch *f)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(f->of->multi, &left)) != NULL)
		if (m->msg == CURLMSG_DONE && m->easy_handle == f->easy) {
			f->end = end_of(m->data.result, f->headed);
			f->headed = f->headed || f->end == FETCH_DONE;
			if (f->why[0] == '\0' && f->end != FETCH_DONE)
				strncpy(f->why,
				    curl_easy_strerror(m->data.result),
				    sizeof(f->why) - 1);
		}
}

static bool
told_to_stop(const struct fetch *f)
{
	const struct stop *s = f->of->options.stop;

	return s != NULL && s->signal != 0;
}

/* Until something is there: the head, or bytes, or the end. */
static void
wait_for(struct fetch *f, bool head)
{
	const struct stop *s = f->of->options.stop;
	struct curl_waitfd wake = { .fd = s == NULL ? -1 : s->fd,
		.events = CURL_WAIT_POLLIN };
	int running;

	f->last = clock_ms();
	while (f->end == FETCH_OPEN) {
		if (f->paused && f->body.n < FULL) {
			f->paused = false;
			curl_easy_pause(f->easy, CURLPAUSE_CONT);
		}
		curl_multi_perform(f->of->multi, &running);
		note_end(f);
		if (f->end != FETCH_OPEN || (head && f->headed) ||
		    f->body.n > 0)
			return;
		if (told_to_stop(f))
			f->end = FETCH_STOPPED;
		else if (clock_ms() - f->last >
		    (int64_t)f->of->options.stall_ms)
			f->end = FETCH_SLOW;
		else
			curl_multi_poll(f->of->multi, &wake,
			    wake.fd >= 0 ? 1 : 0, TICK_MS, NULL);
	}
}

bool
fetch_head(struct fetch *f)
{
	if (!f->headed)
		wait_for(f, true);
	return f->headed;
}

size_t
fetch_block(struct fetch *f, const char **block)
{
	struct buf b;

	if (f->body.n == 0)
		wait_for(f, false);
	b = f->given;
	f->given = f->body;
	f->body = b;
	buf_reset(&f->body);
	*block = buf_slice(&f->given).p;
	return f->given.n;
}

enum fetch_end
fetch_ended(const struct fetch *f)
{
	return f->end;
}

const char *
fetch_why(const struct fetch *f)
{
	return f->why;
}

/* --- what the head says -------------------------------------------------- */

long
fetch_status(const struct fetch *f)
{
	long status = 0;
	char *scheme = NULL;

	curl_easy_getinfo(f->easy, CURLINFO_SCHEME, &scheme);
	if (scheme != NULL && strncasecmp(scheme, "http", 4) == 0)
		curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

struct slice
fetch_header_next(const struct fetch *f, const char *name, struct slice behind)
{
	struct slice rest = buf_slice(&f->head), line;
	size_t n = strlen(name);

	if (behind.p != NULL)
		rest = slice_span(behind.p + behind.n, rest.p + rest.n);
	while (slice_next(&rest, '\n', &line))
		if (line.n > n && line.p[n] == ':' &&
		    strncasecmp(line.p, name, n) == 0)
			return slice_trim(
			    (struct slice){ line.p + n + 1, line.n - n - 1 });
	return (struct slice){ NULL, 0 };
}

struct slice
fetch_header(const struct fetch *f, const char *name)
{
	return fetch_header_next(f, name, (struct slice){ NULL, 0 });
}

long
fetch_retry_after(const struct fetch *f)
{
	curl_off_t after = 0;

	curl_easy_getinfo(f->easy, CURLINFO_RETRY_AFTER, &after);
	return after > 0 ? (long)after : -1;
}

int64_t
fetch_size(const struct fetch *f)
{
	curl_off_t n = -1;

	curl_easy_getinfo(f->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &n);
	return (int64_t)n;
}

int64_t
fetch_time(const struct fetch *f)
{
	curl_off_t t = -1;

	curl_easy_getinfo(f->easy, CURLINFO_FILETIME_T, &t);
	return (int64_t)t;
}
