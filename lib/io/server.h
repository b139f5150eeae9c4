/*
 * server - the connections of one listening address, in one thread.
 *
 * Bytes come round by round: server_next waits for the first of a round, hands
 * out one event after the other without waiting, and says false when the round
 * is over, so that its caller can make many messages safe with one sync.  What
 * is sent is held until the peer takes it.
 */
#ifndef IO_SERVER_H
#define IO_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/stop.h"

struct server;

struct server_event {
	uint64_t	 peer;		/* a number that never comes again */
	void		**data;		/* the caller's, NULL at first */
	struct slice	 bytes;		/* n 0: the peer has gone, last event */
};

/*
 * host: a name, an address, or empty for all; port 0: any that is free.
 * ERR_SERVICE where it cannot be listened on.  stop may be NULL.
 */
struct server	*server_open(const char *host, unsigned port,
		    const struct stop *, struct err *);
/* gone is called for the data of each peer that is left. */
void		 server_free(struct server *, void (*gone)(void *data));
unsigned	 server_port(const struct server *);
/* True and an event; false: the round is over, or it is time to stop. */
bool		 server_next(struct server *, int wait_ms,
		    struct server_event *);
/* To a peer that has gone: nothing happens. */
void		 server_send(struct server *, uint64_t peer, struct slice);
/* After what is held for it was sent. */
void		 server_close(struct server *, uint64_t peer);
size_t		 server_peers(const struct server *);

#endif
