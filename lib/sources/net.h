/*
 * net - a conversation with one server: who we are, patience, redirects.
 *
 * The first address is the operand's; user name and secret, tokens and
 * signatures go to its host only (http_url_trusts).  A request is sent again
 * with growing pauses while the server is away, answers 429 or 5xx, or breaks
 * off; what it says in Retry-After is obeyed.  A body that breaks off goes on
 * where it stood.  Belongs to one thread and one job.
 */
#ifndef SOURCES_NET_H
#define SOURCES_NET_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "io/http_fetch.h"
#include "io/http_url.h"
#include "sources/job.h"
#include "sources/net_options.h"

struct net {
	struct job	*job;
	const struct net_options *options;
	struct http_url	 first;
	struct fetcher	*fetcher;
	enum net_auth	 auth;
	const char	*token_url;
	struct buf	 token;		/* of NET_OAUTH2; n 0: none yet */
	int64_t		 token_until;	/* ms of the monotonic clock */
	const char	*user;		/* of the option or the operand */
	const char	*secret;	/* or NULL */
	unsigned	 apart_ms;	/* between two requests */
	int64_t		 asked;		/* ms: the last one */
	/*
	 * Instead of an Authorization: lines for a request to the first host,
	 * each with a line feed.  NULL: none.
	 */
	void		(*sign)(const struct net *, const char *method,
			    const struct http_url *, struct buf *lines);
	struct buf	 refusal;	/* the body of an answer that refuses */
	long		 refused;	/* its status; 0: there was none */
};

struct net_ask {
	const char	*url;
	const char	*method;	/* NULL: GET */
	const char	*accept;	/* NULL: anything */
	const char	*more;		/* one more header, or NULL */
	struct slice	 form;		/* to be posted; p NULL: none */
	const char	*basic;		/* its user, instead of --auth, or NULL */
	const char	*etag, *modified;	/* only if it is another; or NULL */
	uint64_t	 from;		/* first byte wanted */
	const char	*same;		/* of what is still this (If-Range) */
	const char	*list;		/* see fetch_request */
	bool		 once;		/* not again where it may have arrived */
	bool		 head_only;
	bool		 anonymous;	/* nobody is to know who we are */
};

struct net_answer {
	struct fetch	*fetch;
	long		 status;	/* 2xx, 304; 0: ftp, sftp */
	struct buf	 url;		/* where it came from in the end */
};

/* first: as typed, without what belongs to us.  ERR_USAGE, ERR_SERVICE. */
struct net *net_new(struct job *, const char *first, struct err *);
void	net_free(struct net *);		/* NULL is allowed */

/*
 * False with *why: ERR_SERVICE where the server is down or refuses, ERR_INPUT
 * where there is no such thing or a signal came.  The answer is zero at first.
 */
bool	net_open(struct net *, const struct net_ask *, struct net_answer *,
	    struct err *why);
void	net_answer_release(struct net_answer *);
/* The whole body at once; ERR_DATA, limit_record, where it is longer. */
bool	net_slurp(struct net *, const struct net_ask *, size_t limit,
	    struct net_answer *, struct buf *, struct err *why);
/*
 * Where a reference in an answer leads to; ERR_SERVICE where we do not follow:
 * no http, a user name in it, or from https to http.
 */
bool	net_lead(const char *base, struct slice reference, struct buf *,
	    struct err *why);
/* Waits; false where a signal came. */
bool	net_pause(struct net *, int64_t ms);
int64_t	net_growing_pause(unsigned tries);
bool	net_has_stopped(const struct net *);

/* The lines that say who we are, for a request to this address. */
bool	net_identify(struct net *, const struct net_ask *,
	    const struct http_url *, struct buf *lines, struct err *why);
/* What the server no longer takes is forgotten; false: there is no other. */
bool	net_renew(struct net *);

/* --- one body, block by block ------------------------------------------- */

struct net_body {
	struct net	*net;
	struct net_ask	 ask;
	struct net_answer answer;
	struct buf	 etag, modified;	/* with a NUL behind */
	int64_t		 size, time;	/* -1: not said */
	uint64_t	 got, safe;	/* bytes so far, at the last break */
	unsigned	 breaks;
	struct slice	 rest;		/* of a block that was read over */
	struct digest	*seen;		/* of what was handed out */
};

/* Takes the answer's head in; 304 is an answer, too. */
bool	net_body_open(struct net_body *, struct net *, const struct net_ask *,
	    struct err *why);
/* The signature is input_block's. */
ssize_t	net_body_block(void *body, const char **block, struct err *);
void	net_body_release(struct net_body *);

/* --- what is shown ------------------------------------------------------- */

/* The operand without user name, secrets, and query values that hold them. */
void	net_show(const char *operand, const struct source_options *,
	    struct buf *);

#endif
