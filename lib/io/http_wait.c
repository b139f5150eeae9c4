#include "io/http_wait.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"

#define EVENTS 64 /* taken from the system at once */

static int
on_watch(CURL *easy, curl_socket_t fd, int what, void *ctx, void *known)
{
	struct http_wait *w = ctx;
	struct epoll_event e = { .data.fd = fd };

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(w->events, EPOLL_CTL_DEL, fd, &e);
		return 0;
	}
	if (what & CURL_POLL_IN)
		e.events |= EPOLLIN;
	if (what & CURL_POLL_OUT)
		e.events |= EPOLLOUT;
	epoll_ctl(
	    w->events, known == NULL ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &e);
	if (known == NULL)
		curl_multi_assign(w->multi, fd, w);
	return 0;
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
	*w = (struct http_wait){ curl, multi, clock_ms(),
		epoll_create1(EPOLL_CLOEXEC), -1 };
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
}

static void
act(struct http_wait *w, const struct epoll_event *e)
{
	int running, flags = 0;

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
