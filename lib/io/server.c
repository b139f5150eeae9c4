#include "io/server.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define MOST   1024               /* peers; more wait in the kernel's queue */
#define GRAIN  ((size_t)64 << 10) /* read of a peer in one round */
#define UNSENT ((size_t)1 << 20)  /* a peer that takes no answer is let go */

struct peer {
	int fd;
	uint64_t number;
	void *data;
	struct buf out;
	size_t sent;
	bool closing, gone;
};

struct server {
	const struct stop *stop;
	int fd;
	struct peer *peers;
	size_t n, room;
	struct pollfd *polls;
	size_t polls_room;
	size_t at; /* of the peers in this round */
	bool in_round;
	uint64_t numbers;
	char *block;
};

static int
listen_on(const struct addrinfo *a)
{
	const int yes = 1;
	int fd = socket(a->ai_family,
	    a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, 128) == 0)
		return fd;
	int saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

struct server *
server_open(
    const char *host, unsigned port, const struct stop *stop, struct err *e)
{
	const struct addrinfo hints = { .ai_flags = AI_PASSIVE,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	struct server *s = mem_zalloc(sizeof(*s));
	char service[16];
	int code;

	s->stop = stop;
	s->fd = -1;
	snprintf(service, sizeof(service), "%u", port);
	code =
	    getaddrinfo(host[0] == '\0' ? NULL : host, service, &hints, &found);
	if (code != 0) {
		err_set(e, ERR_SERVICE, "%s: %s", host, gai_strerror(code));
		server_free(s, NULL);
		return NULL;
	}
	for (struct addrinfo *a = found; a != NULL && s->fd < 0; a = a->ai_next)
		s->fd = listen_on(a);
	freeaddrinfo(found);
	if (s->fd < 0) {
		err_sys(e, ERR_SERVICE, "%s:%u", host, port);
		server_free(s, NULL);
		return NULL;
	}
	s->block = mem_alloc(GRAIN);
	return s;
}

void
server_free(struct server *s, void (*gone)(void *))
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++) {
		close(s->peers[i].fd);
		buf_release(&s->peers[i].out);
		if (gone != NULL)
			gone(s->peers[i].data);
	}
	if (s->fd >= 0)
		close(s->fd);
	mem_free(s->peers);
	mem_free(s->polls);
	mem_free(s->block);
	mem_free(s);
}

unsigned
server_port(const struct server *s)
{
	struct sockaddr_storage a;
	socklen_t n = sizeof(a);

	if (getsockname(s->fd, (struct sockaddr *)&a, &n) != 0)
		return 0;
	return ntohs(a.ss_family == AF_INET6
		? ((struct sockaddr_in6 *)&a)->sin6_port
		: ((struct sockaddr_in *)&a)->sin_port);
}

size_t
server_peers(const struct server *s)
{
	return s->n;
}

/* --- peers --------------------------------------------------------------- */

static void
welcome(struct server *s)
{
	const int yes = 1;

	while (s->n < MOST) {
		int fd = accept(s->fd, NULL, NULL);

		if (fd < 0)
			return;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		fcntl(fd, F_SETFL, O_NONBLOCK);
		setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof(yes));
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
		s->peers =
		    mem_room(s->peers, s->n, &s->room, sizeof(*s->peers));
		s->peers[s->n++] =
		    (struct peer){ .fd = fd, .number = ++s->numbers };
	}
}

static void
forget_gone(struct server *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (s->peers[i].gone) {
			close(s->peers[i].fd);
			buf_release(&s->peers[i].out);
		} else {
			s->peers[kept++] = s->peers[i];
		}
	}
	s->n = kept;
}

static void
send_out(struct peer *p)
{
	while (p->sent < p->out.n) {
		ssize_t n = send(p->fd, p->out.p + p->sent, p->out.n - p->sent,
		    MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return; /* a broken peer is met when it is read */
		p->sent += (size_t)n;
	}
	p->sent = 0;
	buf_reset(&p->out);
	if (p->closing)
		shutdown(p->fd, SHUT_RDWR);
}

static struct peer *
peer_of(struct server *s, uint64_t number)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->peers[i].number == number)
			return s->peers[i].gone ? NULL : &s->peers[i];
	return NULL;
}

void
server_send(struct server *s, uint64_t number, struct slice bytes)
{
	struct peer *p = peer_of(s, number);

	if (p == NULL)
		return;
	buf_add_slice(&p->out, bytes);
	send_out(p);
	if (p->out.n - p->sent > UNSENT)
		shutdown(p->fd, SHUT_RDWR);
}

void
server_close(struct server *s, uint64_t number)
{
	struct peer *p = peer_of(s, number);

	if (p == NULL)
		return;
	p->closing = true;
	send_out(p);
}

/* --- rounds -------------------------------------------------------------- */

static bool
told_to_stop(const struct server *s)
{
	return s->stop != NULL && s->stop->signal != 0;
}

/* Polls: the stop, the listener (while there is room), the peers. */
static bool
begin_round(struct server *s, int wait_ms)
{
	struct pollfd *polls;
	int got;

	forget_gone(s);
	if (s->n + 2 > s->polls_room) {
		s->polls_room = (s->n + 2) * 2;
		s->polls =
		    mem_resize(s->polls, s->polls_room, sizeof(*s->polls));
	}
	polls = s->polls;
	polls[0] =
	    (struct pollfd){ s->stop == NULL ? -1 : s->stop->fd, POLLIN, 0 };
	polls[1] = (struct pollfd){ s->n < MOST ? s->fd : -1, POLLIN, 0 };
	for (size_t i = 0; i < s->n; i++)
		polls[i + 2] = (struct pollfd){ s->peers[i].fd,
			(short)(POLLIN | (s->peers[i].out.n > 0 ? POLLOUT : 0)),
			0 };
	got = poll(polls, (nfds_t)s->n + 2, wait_ms);
	if (got <= 0 || told_to_stop(s))
		return false;
	s->at = 0;
	return true;
}

static bool
next_event(struct server *s, struct server_event *to)
{
	size_t n = s->n; /* those of the poll; more may have come since */

	for (; s->at < n; s->at++) {
		struct peer *p = &s->peers[s->at];
		short seen = s->polls[s->at + 2].revents;
		ssize_t got;

		if (seen & POLLOUT)
			send_out(p);
		if ((seen & (POLLIN | POLLHUP | POLLERR)) == 0 || p->gone)
			continue;
		got = recv(p->fd, s->block, GRAIN, 0);
		if (got < 0 &&
		    (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
			continue;
		p->gone = got <= 0;
		*to = (struct server_event){ p->number, &p->data,
			{ s->block, got <= 0 ? 0 : (size_t)got } };
		s->at++;
		return true;
	}
	return false;
}

bool
server_next(struct server *s, int wait_ms, struct server_event *to)
{
	if (!s->in_round && !(s->in_round = begin_round(s, wait_ms)))
		return false;
	if (next_event(s, to))
		return true;
	s->in_round = false;
	if (s->polls[1].revents & POLLIN)
		welcome(s);
	return false;
}
