#include "io/http_wait.h"

#include <sys/epoll.h>

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

#define EVENTS 64 /* taken from the system at once */

static struct watched *
watched(struct http_wait *w, curl_socket_t fd)
{
	size_t n = (size_t)fd + 1;

	if (n > w->nsockets) {
		n += n / 2;
		w->sockets = mem_resize(w->sockets, n, sizeof(*w->sockets));
		memset(w->sockets + w->nsockets, 0,
		    (n - w->nsockets) * sizeof(*w->sockets));
		w->nsockets = n;
	}
	return &w->sockets[fd];
}

static void
tell(struct http_wait *w, curl_socket_t fd, struct watched *s, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.fd = fd };

	if (s->known == events)
		return;
	epoll_ctl(w->events,
	    events == 0         ? EPOLL_CTL_DEL
		: s->known == 0 ? EPOLL_CTL_ADD
				: EPOLL_CTL_MOD,
	    fd, &e);
	s->known = events;
}

static int
on_watch(CURL *easy, curl_socket_t fd, int what, void *ctx, void *known)
{
	struct http_wait *w = ctx;
	struct watched *s = watched(w, fd);

	(void)easy;
	(void)known;
	s->wanted = 0;
	if (what != CURL_POLL_REMOVE) {
		if (what & CURL_POLL_IN)
			s->wanted |= EPOLLIN;
		if (what & CURL_POLL_OUT)
			s->wanted |= EPOLLOUT;
	} else if (s->ours && s->known == EPOLLIN) {
		return 0;
	}
	tell(w, fd, s, s->wanted);
	return 0;
}

curl_socket_t
http_wait_socket(struct http_wait *w, curl_socket_t fd)
{
	if (fd >= 0)
		*watched(w, fd) = (struct watched){ .ours = true };
	return fd;
}

int
http_wait_close(void *wait, curl_socket_t fd)
{
	*watched(wait, fd) = (struct watched){ 0 };
	return close(fd);
}

static int
on_timer(CURLM *multi, long ms, void *ctx)
{
	struct http_wait *w = ctx;

	(void)multi;
	w->timer = ms > 0 ? clock_ms() + ms : ms < 0 ? -1 : 0;
	return 0;
}

bool
http_wait_begin(struct http_wait *w, const struct http_curl *curl, CURLM *multi,
    struct err *e)
{
	*w = (struct http_wait){ .curl = curl,
		.multi = multi,
		.now = clock_ms(),
		.events = epoll_create1(EPOLL_CLOEXEC),
		.timer = -1 };
	if (w->events < 0)
		return err_sys(e, ERR_SERVICE, "epoll");
	curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_watch);
	curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, w);
	curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(multi, CURLMOPT_TIMERDATA, w);
	return true;
}

void
http_wait_end(struct http_wait *w)
{
	if (w->events >= 0)
		close(w->events);
	w->events = -1;
	mem_free(w->sockets);
}

static void
act(struct http_wait *w, const struct epoll_event *e)
{
	struct watched *s = watched(w, e->data.fd);
	int running, flags = 0;

	/* A connection without a request: its server has closed it. */
	if (s->wanted == 0) {
		tell(w, e->data.fd, s, 0);
		return;
	}
	if (e->events & EPOLLIN)
		flags |= CURL_CSELECT_IN;
	if (e->events & EPOLLOUT)
		flags |= CURL_CSELECT_OUT;
	if (e->events & (EPOLLERR | EPOLLHUP))
		flags |= CURL_CSELECT_ERR;
	w->curl->act(w->multi, e->data.fd, flags, &running);
}

void
http_wait_step(struct http_wait *w, long ms)
{
	struct epoll_event list[EVENTS];
	int running, n;

	if (w->timer == 0) {
		ms = 0;
	} else if (w->timer > 0) {
		long left = (long)(w->timer - clock_ms());

		ms = left < 0 ? 0 : left < ms ? left : ms;
	}
	n = epoll_wait(w->events, list, EVENTS, (int)ms);
	w->now = clock_ms();
	for (int i = 0; i < n; i++)
		act(w, &list[i]);
	if (w->timer >= 0 && w->now >= w->timer) {
		w->timer = -1;
		w->curl->act(w->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
}
