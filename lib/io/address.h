/*
 * address - where a URL leads: its parts, and the addresses its host has.
 *
 * The grammar is kept narrow on purpose: what two parsers could read in two
 * ways (a user name, a backslash, a control character) is refused.
 */
#ifndef IO_ADDRESS_H
#define IO_ADDRESS_H

#include <sys/socket.h>

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define ADDRESS_MOST	16	/* kept of a host; all are checked */

struct address {
	char		*base;		/* without a slash at the end */
	char		*host;		/* without brackets */
	unsigned	 port;
	struct sockaddr_storage known[ADDRESS_MOST];
	size_t		 count;
};

/* ERR_USAGE: no http(s) URL of the narrow grammar. */
bool	address_parse(const char *url, struct address *, struct err *);
void	address_release(struct address *);
/*
 * Looks the host up.  Unless external, every address must be loopback,
 * private (RFC 1918, ULA) or link-local: else ERR_USAGE.  ERR_SERVICE where
 * the name cannot be resolved.
 */
bool	address_resolve(struct address *, bool external, struct err *);
/* Whether it is one of the addresses found, with this port. */
bool	address_knows(const struct address *, const struct sockaddr *);
/* Loopback, private or link-local. */
bool	address_is_private(const struct sockaddr *);
/* Its numeric form without brackets. */
bool	address_print(const struct sockaddr *, char *to, size_t n);

#endif
