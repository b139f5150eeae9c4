#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/mem.h"
#include "io/reader.h"
#include "json/scan.h"
#include "json/write.h"

struct rule {
	unsigned long long left; /* times; used up at 0 */
	struct slice when;       /* n 0: any */
	struct slice words;
};

struct script {
	struct buf text;
	char *folder;
	struct rule *rules;
	size_t count, room;
};

static bool
parse_rule(struct slice line, struct rule *r)
{
	struct slice times, when;

	if (!slice_next(&line, ' ', &times) || !slice_next(&line, ' ', &when))
		return false;
	r->left = ~0ULL;
	if (!slice_is(times, "*") && !slice_number(times, &r->left))
		return false;
	r->words = line;
	r->when = (struct slice){ "", 0 };
	if (slice_is(when, "any"))
		return true;
	if (when.n < 3 || when.p[0] != '/' || when.p[when.n - 1] != '/')
		return false;
	r->when = (struct slice){ when.p + 1, when.n - 2 };
	return true;
}

struct script *
script_load(const char *path, struct err *e)
{
	struct script *s = mem_zalloc(sizeof(*s));
	const char *slash = strrchr(path, '/');
	struct slice rest, line;
	struct rule r;
	unsigned number = 0;

	s->folder = slash == NULL ? mem_string(".", 1)
				  : mem_string(path, (size_t)(slash - path));
	if (!reader_slurp(path, 1 << 20, &s->text, e))
		goto fail;
	rest = buf_slice(&s->text);
	while (slice_next(&rest, '\n', &line)) {
		number++;
		if (slice_trim(line).n == 0 || line.p[0] == '#')
			continue;
		if (!parse_rule(line, &r)) {
			err_set(e, ERR_USAGE, "%s:%u: no rule", path, number);
			goto fail;
		}
		s->rules =
		    mem_room(s->rules, s->count, &s->room, sizeof(*s->rules));
		s->rules[s->count++] = r;
	}
	return s;

fail:
	script_free(s);
	return NULL;
}

void
script_free(struct script *s)
{
	if (s == NULL)
		return;
	buf_release(&s->text);
	mem_free(s->folder);
	mem_free(s->rules);
	mem_free(s);
}

void
answer_release(struct answer *a)
{
	buf_release(&a->head);
	buf_release(&a->body);
	memset(a, 0, sizeof(*a));
}

/* The value of `name=value`; n 0 also for the bare word; p NULL: not there. */
static struct slice
word_of(const struct rule *r, const char *name)
{
	struct slice rest = r->words, word;
	size_t n = strlen(name);

	while (slice_next(&rest, ' ', &word)) {
		if (slice_is(word, name))
			return (struct slice){ "", 0 };
		if (slice_starts(word, name) && word.p[n] == '=')
			return (struct slice){ word.p + n + 1, word.n - n - 1 };
	}
	return (struct slice){ NULL, 0 };
}

static bool
has_word(const struct rule *r, const char *name)
{
	return word_of(r, name).p != NULL;
}

static unsigned long long
number_of(const struct rule *r, const char *name, unsigned long long fallback)
{
	unsigned long long n;

	return slice_number(word_of(r, name), &n) ? n : fallback;
}

static bool
read_file(
    const struct script *s, struct slice name, struct buf *b, struct err *e)
{
	char path[1024];

	snprintf(path, sizeof(path), "%s/%.*s", s->folder, (int)name.n, name.p);
	return reader_slurp(path, 1 << 21, b, e);
}

/* The digits and dots that follow the mark's last place in the message. */
static struct slice
digits_behind(struct slice message, struct slice mark)
{
	struct slice found = { "", 0 };
	const char *p, *end = message.p + message.n;

	while ((p = slice_find(message, mark)) != NULL) {
		found = (struct slice){ p + mark.n, 0 };
		while (found.p + found.n < end &&
		    strchr("0123456789.", found.p[found.n]) != NULL)
			found.n++;
		message = slice_span(found.p, end);
	}
	return found;
}

/* The file's text with each @MARK@ filled in; its last line feed goes. */
static bool
fill(const struct script *s, struct slice file, struct slice message,
    struct buf *out, struct err *e)
{
	struct buf raw = { 0 };
	struct slice rest, part;
	bool mark = false, done = read_file(s, file, &raw, e);

	rest = slice_trim(buf_slice(&raw));
	while (done && slice_next(&rest, '@', &part)) {
		buf_add_slice(out, mark ? digits_behind(message, part) : part);
		mark = !mark;
	}
	buf_release(&raw);
	return done;
}

static void
put_usage(struct buf *b, size_t asked, struct slice said)
{
	buf_addf(b,
	    "\"usage\":{\"prompt_tokens\":%zu,\"completion_tokens\":%zu,"
	    "\"total_tokens\":%zu,\"prompt_cache_hit_tokens\":0}",
	    asked, said.n / 3, asked + said.n / 3);
}

#define ID "\"id\":\"stub\",\"created\":0,\"model\":\"stub\","

static void
put_plain(struct buf *b, struct slice said, struct slice thought,
    const char *finish, size_t asked)
{
	buf_adds(b,
	    "{" ID "\"object\":\"chat.completion\",\"choices\":[{"
	    "\"index\":0,\"message\":{\"role\":\"assistant\","
	    "\"content\":");
	json_put_string(b, said);
	buf_adds(b, ",\"reasoning_content\":");
	json_put_string(b, thought);
	buf_addf(b, "},\"finish_reason\":\"%s\"}],", finish);
	put_usage(b, asked, said);
	buf_addc(b, '}');
}

static void
put_chunk(struct buf *b, const char *name, struct slice text)
{
	buf_adds(b,
	    "data: {" ID "\"object\":\"chat.completion.chunk\","
	    "\"choices\":[{\"index\":0,\"delta\":{");
	json_put_cstring(b, name);
	buf_addc(b, ':');
	json_put_string(b, text);
	buf_adds(b, "},\"finish_reason\":null}]}\n\n");
}

/* A few characters to a chunk, as tokens come. */
static void
put_chunks(struct buf *b, const char *name, struct slice text, bool comments)
{
	while (text.n > 0) {
		struct slice part = { text.p, text.n < 12 ? text.n : 12 };

		while (part.n < text.n && (text.p[part.n] & 0xC0) == 0x80)
			part.n++;
		if (comments)
			buf_adds(b, ": still here\r\n\r\n\n");
		put_chunk(b, name, part);
		text.p += part.n;
		text.n -= part.n;
	}
}

static void
put_stream(struct buf *b, struct slice said, struct slice thought,
    const char *finish, size_t asked, const struct rule *r)
{
	bool comments = has_word(r, "comments");

	put_chunks(b, "reasoning_content", thought, comments);
	put_chunks(b, "content", said, comments);
	buf_addf(b,
	    "data: {" ID "\"choices\":[{\"index\":0,\"delta\":{},"
	    "\"finish_reason\":\"%s\"}]}\n\n",
	    finish);
	buf_adds(b, "data: {" ID "\"choices\":[],");
	put_usage(b, asked, said);
	buf_adds(b, "}\n\n");
	if (!has_word(r, "nodone"))
		buf_adds(b, "data: [DONE]\n\n");
}

static bool
put_completion(struct script *s, const struct rule *r, struct slice request,
    struct slice message, struct answer *a, const char **type, struct err *e)
{
	struct buf said = { 0 }, thought = { 0 };
	char finish[64] = "stop";
	struct slice word = word_of(r, "finish");
	size_t asked = (size_t)number_of(r, "usage", request.n / 3);
	bool done = true;

	if (word.n > 0)
		snprintf(finish, sizeof(finish), "%.*s", (int)word.n, word.p);
	if (has_word(r, "say"))
		done = fill(s, word_of(r, "say"), message, &said, e);
	if (done && has_word(r, "think"))
		done = fill(s, word_of(r, "think"), message, &thought, e);
	if (!done)
		goto done;
	if (has_word(r, "plain") ||
	    slice_find(request, SLICE("\"stream\":true")) == NULL) {
		put_plain(&a->body, buf_slice(&said), buf_slice(&thought),
		    finish, asked);
	} else {
		*type = "text/event-stream";
		put_stream(&a->body, buf_slice(&said), buf_slice(&thought),
		    finish, asked, r);
	}

done:
	buf_release(&said);
	buf_release(&thought);
	return done;
}

static void
put_error(struct buf *b, struct slice message)
{
	buf_adds(b, "{\"error\":{\"message\":\"");
	for (size_t i = 0; i < message.n; i++)
		buf_addc(b, message.p[i] == '_' ? ' ' : message.p[i]);
	buf_adds(b, "\",\"type\":\"stub\"}}");
}

static void
put_head(struct answer *a, unsigned long long status, const char *type)
{
	buf_addf(&a->head, "HTTP/1.1 %llu Stub\r\nContent-Type: %s\r\n", status,
	    type);
}

static void
put_length(struct answer *a, unsigned long long length)
{
	buf_addf(&a->head, "Content-Length: %llu\r\n", length);
}

static void
compress_body(struct answer *a)
{
	struct buf packed = { 0 };
	z_stream z = { 0 };
	char *room = buf_room(&packed, a->body.n + 1024);

	deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	z.next_in = (unsigned char *)a->body.p;
	z.avail_in = (unsigned)a->body.n;
	z.next_out = (unsigned char *)room;
	z.avail_out = (unsigned)a->body.n + 1024;
	deflate(&z, Z_FINISH);
	packed.n = z.total_out;
	deflateEnd(&z);
	buf_release(&a->body);
	a->body = packed;
	buf_adds(&a->head, "Content-Encoding: gzip\r\n");
}

/* The cuts fall inside characters and inside events. */
static void
cut_in_chunks(struct answer *a)
{
	struct buf cut = { 0 };

	for (size_t at = 0; at < a->body.n; at += 97) {
		size_t n = a->body.n - at < 97 ? a->body.n - at : 97;

		buf_addf(&cut, "%zx\r\n", n);
		buf_add(&cut, a->body.p + at, n);
		buf_adds(&cut, "\r\n");
	}
	buf_adds(&cut, "0\r\n\r\n");
	buf_release(&a->body);
	a->body = cut;
	buf_adds(&a->head, "Transfer-Encoding: chunked\r\n");
}

/* What stands in front of a body that a proxy keeps alive. */
static void
lead(struct answer *a, unsigned long long lines)
{
	struct buf whole = { 0 };

	while (lines-- > 0)
		buf_addc(&whole, '\n');
	buf_add(&whole, a->body.p, a->body.n);
	buf_release(&a->body);
	a->body = whole;
}

#define ENDLESS(text)                                                     \
	"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" text \
	"\"}}]}\n\n"

static void
put_retry(const struct rule *r, struct buf *head)
{
	unsigned long long n = number_of(r, "retry-after", 0);
	time_t at = time(NULL) + (time_t)number_of(r, "retry-date", 0);
	struct tm tm;
	char date[64];

	if (n > 0)
		buf_addf(head, "Retry-After: %llu\r\n", n);
	if (!has_word(r, "retry-date"))
		return;
	gmtime_r(&at, &tm);
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	buf_addf(head, "Retry-After: %s\r\n", date);
}

/* The last message's content, as JSON has it. */
static struct slice
last_message(struct slice request)
{
	struct slice key = SLICE("\"content\":");
	struct slice found = request;
	const char *p, *end = request.p + request.n;

	while ((p = slice_find(request, key)) != NULL)
		found = request = slice_span(p + key.n, end);
	return found;
}

bool
script_answer(
    struct script *s, struct slice request, struct answer *a, struct err *e)
{
	struct slice message = last_message(request), location;
	const char *type = "application/json";
	unsigned long long status;
	struct rule *r = s->rules, *end = s->rules + s->count;
	bool done = true;

	while (r < end &&
	    (r->left == 0 ||
		(r->when.n > 0 && slice_find(message, r->when) == NULL)))
		r++;
	if (r == end)
		return err_set(e, ERR_DATA, "no rule is left");
	r->left--;
	memset(a, 0, sizeof(*a));
	status = number_of(r, "status", 200);
	if (has_word(r, "body"))
		done = read_file(s, word_of(r, "body"), &a->body, e);
	else if (status != 200)
		put_error(&a->body, word_of(r, "error"));
	else
		done = put_completion(s, r, request, message, a, &type, e);
	a->endless = has_word(r, "blanks") ? ENDLESS("          ")
	    : has_word(r, "digits")        ? ENDLESS("3333333333")
					   : NULL;
	lead(a, number_of(r, "lines", 0));
	put_head(a, status, type);
	if (has_word(r, "gzip"))
		compress_body(a);
	if (has_word(r, "chunked"))
		cut_in_chunks(a);
	else
		put_length(a,
		    number_of(
			r, "length", a->endless != NULL ? 1 << 30 : a->body.n));
	put_retry(r, &a->head);
	location = word_of(r, "location");
	if (location.n > 0)
		buf_addf(&a->head, "Location: %.*s\r\n", (int)location.n,
		    location.p);
	a->close = has_word(r, "close");
	if (a->close)
		buf_adds(&a->head, "Connection: close\r\n");
	buf_adds(&a->head, "\r\n");
	a->reset = has_word(r, "rst");
	a->cut = (size_t)number_of(
	    r, "cut", number_of(r, "rst", (unsigned long long)-1));
	a->piece = (size_t)number_of(r, "piece", 0);
	a->delay = (unsigned)number_of(r, "delay", 0);
	a->gap = (unsigned)number_of(r, "gap", 0);
	a->stall = has_word(r, "stall");
	return done;
}

void
script_plain(unsigned status, const char *body, struct answer *a)
{
	memset(a, 0, sizeof(*a));
	a->cut = (size_t)-1;
	buf_adds(&a->body, body);
	put_head(a, status, "application/json");
	put_length(a, a->body.n);
	buf_adds(&a->head, "\r\n");
}
