/*
 * llmstub [-k KEY] [-l LOG] [-n MOST] [-o OWNER] SCENARIO - an imitated model
 * server on loopback.
 *
 * One poll loop.  Prints its port, then serves until it is killed.  Answers
 * /v1/chat/completions and /chat/completions by the scenario (script.h) and
 * /v1/models by one model, owned by OWNER.
 * With -k, a request without this bearer token gets 401.  With -n, more than so
 * many at once get 429.  The log has a line a request, `METHOD PATH BODY`,
 * written before the answer; no header is logged.  A path may be a whole URL:
 * then the stub is a proxy.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "script.h"

#define MOST 1024 /* connections */

struct connection {
	int fd; /* -1: free */
	struct buf in;
	bool answering;
	struct answer answer;
	size_t sent; /* of head and body together */
	long when;   /* ms: not before */
};

static struct connection all[MOST];
static struct script *script;
static const char *key;
static const char *owner = "stub";
static unsigned most; /* at once; 0: any */
static FILE *log_file;

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
drop(struct connection *c, bool reset)
{
	struct linger hard = { 1, 0 };

	if (reset)
		setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(c->fd);
	c->fd = -1;
	buf_release(&c->in);
	answer_release(&c->answer);
	c->answering = false;
}

/* Header and body of the request at the start of the input, when complete. */
static bool
request_of(struct connection *c, struct slice *head, struct slice *body)
{
	struct slice in = buf_slice(&c->in);
	const char *end = slice_find(in, SLICE("\r\n\r\n")), *p;
	unsigned long n = 0;

	if (end == NULL)
		return false;
	*head = slice_span(in.p, end + 2);
	p = slice_find(*head, SLICE("Content-Length: "));
	if (p != NULL)
		n = strtoul(p + strlen("Content-Length: "), NULL, 10);
	*body = (struct slice){ end + 4, n };
	return (size_t)(in.p + in.n - (end + 4)) >= n;
}

static bool
has_key(struct slice head)
{
	char line[256];

	if (key == NULL)
		return true;
	snprintf(line, sizeof(line), "Authorization: Bearer %s\r\n", key);
	return slice_find(head, slice_of(line)) != NULL;
}

static void
answer_models(struct answer *a)
{
	char body[256];

	snprintf(body, sizeof(body),
	    "{\"object\":\"list\",\"data\":[{\"id\":\"stub\","
	    "\"owned_by\":\"%s\"}]}",
	    owner);
	script_plain(200, body, a);
}

static unsigned
under_way(void)
{
	unsigned n = 0;

	for (size_t i = 0; i < MOST; i++)
		n += all[i].fd >= 0 && all[i].answering;
	return n;
}

static void
answer(struct connection *c, struct slice head, struct slice body)
{
	struct slice rest = head, method, path;
	struct err e = { 0 };

	slice_next(&rest, ' ', &method);
	slice_next(&rest, ' ', &path);
	if (log_file != NULL) {
		fprintf(log_file, "%.*s %.*s %.*s\n", (int)method.n, method.p,
		    (int)path.n, path.p, (int)body.n, body.p);
		fflush(log_file);
	}
	if (slice_starts(path, "http://")) {
		slice_next(&path, '/', &rest);
		slice_next(&path, '/', &rest);
		slice_next(&path, '/', &rest);
		path = slice_span(path.p - 1, path.p + path.n);
	}
	if (!has_key(head))
		script_plain(
		    401, "{\"error\":{\"message\":\"key\"}}", &c->answer);
	else if (slice_is(path, "/v1/models"))
		answer_models(&c->answer);
	else if (most > 0 && under_way() >= most)
		script_plain(
		    429, "{\"error\":{\"message\":\"busy\"}}", &c->answer);
	else if (!slice_is(path, "/v1/chat/completions") &&
	    !slice_is(path, "/chat/completions"))
		script_plain(
		    404, "{\"error\":{\"message\":\"path\"}}", &c->answer);
	else if (!script_answer(script, body, &c->answer, &e)) {
		answer_release(&c->answer);
		fprintf(stderr, "llmstub: %s\n", e.text);
		script_plain(
		    400, "{\"error\":{\"message\":\"no rule\"}}", &c->answer);
	}
	c->answering = true;
	c->sent = 0;
	c->when = now_ms() + (long)c->answer.delay;
}

static void
take_request(struct connection *c)
{
	struct slice head, body;
	size_t used;

	if (c->answering || !request_of(c, &head, &body))
		return;
	used = (size_t)(body.p + body.n - c->in.p);
	answer(c, head, body);
	memmove(c->in.p, c->in.p + used, c->in.n - used);
	c->in.n -= used;
}

static void
on_input(struct connection *c)
{
	char *room = buf_room(&c->in, 65536);
	ssize_t n = read(c->fd, room, 65536);

	if (n <= 0) {
		if (n == 0 || errno != EAGAIN)
			drop(c, false);
		return;
	}
	c->in.n += (size_t)n;
	take_request(c);
}

/* What may be written now, up to the next gap. */
static struct slice
next_piece(const struct connection *c)
{
	const struct answer *a = &c->answer;
	size_t done, n;

	if (c->sent < a->head.n)
		return (
		    struct slice){ a->head.p + c->sent, a->head.n - c->sent };
	if (a->endless != NULL)
		return slice_of(a->endless);
	done = c->sent - a->head.n;
	n = (a->cut < a->body.n ? a->cut : a->body.n) - done;
	if (a->piece != 0 && n > a->piece)
		n = a->piece;
	return (struct slice){ n == 0 ? "" : a->body.p + done, n };
}

static void
on_output(struct connection *c)
{
	struct slice s = next_piece(c);
	ssize_t n = 0;

	if (s.n > 0) {
		n = write(c->fd, s.p, s.n);
		if (n < 0 && errno == EAGAIN)
			return;
		if (n < 0) {
			drop(c, false);
			return;
		}
	}
	c->sent += (size_t)n;
	c->when = now_ms() + (long)c->answer.gap;
	if (next_piece(c).n > 0)
		return;
	if (c->answer.cut != (size_t)-1 || c->answer.close) {
		drop(c, c->answer.reset);
		return;
	}
	answer_release(&c->answer);
	c->answering = false;
	take_request(c);
}

static void
on_connect(int listener)
{
	int fd = accept(listener, NULL, NULL), on = 1;

	for (size_t i = 0; fd >= 0 && i < MOST; i++)
		if (all[i].fd < 0) {
			fcntl(fd, F_SETFL, O_NONBLOCK);
			setsockopt(
			    fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
			all[i].fd = fd;
			return;
		}
	if (fd >= 0)
		close(fd);
}

static int
listen_on_loopback(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, n) != 0 ||
	    listen(fd, 512) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) != 0) {
		perror("llmstub");
		exit(1);
	}
	printf("%u\n", ntohs(at.sin_port));
	fflush(stdout);
	return fd;
}

/* Fills the poll set; returns its size and how long it may wait. */
static nfds_t
poll_set(struct pollfd *set, size_t *who, int *wait)
{
	long now = now_ms();
	nfds_t n = 1;

	*wait = -1;
	for (size_t i = 0; i < MOST; i++) {
		struct connection *c = &all[i];

		if (c->fd < 0)
			continue;
		set[n] = (struct pollfd){ c->fd, POLLIN, 0 };
		if (c->answering && !c->answer.stall) {
			if (c->when <= now)
				set[n].events |= POLLOUT;
			else if (*wait < 0 || c->when - now < *wait)
				*wait = (int)(c->when - now);
		}
		who[n++] = i;
	}
	return n;
}

int
main(int argc, char *argv[])
{
	static struct pollfd set[MOST + 1];
	static size_t who[MOST + 1];
	struct err e = { 0 };
	int option, wait;
	nfds_t n;

	while ((option = getopt(argc, argv, "k:l:n:o:")) != -1)
		if (option == 'k')
			key = optarg;
		else if (option == 'l')
			log_file = fopen(optarg, "w");
		else if (option == 'n')
			most = (unsigned)strtoul(optarg, NULL, 10);
		else if (option == 'o')
			owner = optarg;
	script = optind < argc ? script_load(argv[optind], &e) : NULL;
	if (script == NULL) {
		fprintf(stderr, "llmstub: %s\n",
		    e.text[0] == '\0' ? "no scenario" : e.text);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < MOST; i++)
		all[i].fd = -1;
	set[0] = (struct pollfd){ listen_on_loopback(), POLLIN, 0 };
	for (;;) {
		n = poll_set(set, who, &wait);
		if (poll(set, n, wait) < 0)
			continue;
		for (nfds_t i = 1; i < n; i++) {
			if (set[i].revents & POLLOUT)
				on_output(&all[who[i]]);
			else if (set[i].revents)
				on_input(&all[who[i]]);
		}
		if (set[0].revents & POLLIN)
			on_connect(set[0].fd);
	}
}
