/*
 * net_options - what the user's options say of sources on the network.
 *
 * The values are those of the command line and, for secrets, of a file or the
 * environment, read by cmd; nothing here keeps a copy.  User and secret are
 * those of source_options.
 */
#ifndef SOURCES_NET_OPTIONS_H
#define SOURCES_NET_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct source_options;

struct net_options {
	const char	*next;		/* how pages follow, NULL: link */
	const char	*rate;		/* requests a second, NULL: no cap */
	unsigned	 timeout_ms;	/* without a byte; 0: 60 s */
	uint64_t	 retries;
	const char	*auth;		/* NULL: basic where there is a user */
	const char	*secret_file;	/* where the secret came from, or NULL */
	const char	*ca_file;	/* or the known hosts of sftp */
	const char	*known_hosts;	/* the user's own, or NULL */
	const char	*endpoint;	/* of S3, or NULL */
	const char	*export, *types;	/* FHIR, or NULL */
	const char	*aws_id, *aws_secret, *aws_token, *aws_region;
};

enum net_auth {
	NET_ANONYMOUS,
	NET_BASIC,
	NET_BEARER,
	NET_OAUTH2,
	NET_CERTIFICATE
};

/* How pages follow one another. */
struct net_paging {
	enum { PAGES_LINK, PAGES_JSON, PAGES_NUMBER, PAGES_OFFSET } how;
	struct slice	 pointer;	/* of PAGES_JSON */
	struct slice	 name;		/* of the parameter; n 0: none */
	unsigned long long step;	/* of PAGES_OFFSET; 0: by its parameter */
	struct slice	 limit;		/* the parameter, where step is 0 */
};

/* ERR_USAGE for an option that makes no sense. */
bool	net_options_check(const struct source_options *, struct err *);
bool	net_paging_parse(const char *next, struct net_paging *, struct err *);
/* *token_url: of NET_OAUTH2. */
bool	net_auth_parse(const struct source_options *, enum net_auth *,
	    const char **token_url, struct err *);
/* Milliseconds between two requests; ERR_USAGE. */
bool	net_rate_parse(const char *rate, unsigned *ms, struct err *);

#endif
