/*
 * client - questions to a model, many under way at once in one thread, with
 * retries, a window that yields to a busy server, and the cache.
 *
 * A question is answered once, in whatever order; its tag says which it was.
 * The same question asked twice is sent once.  Refused for good (a key, an
 * empty balance, no server, a budget spent), a client sends nothing more:
 * what is under way is finished, the rest comes back as CLIENT_HELD, and
 * client_stopped says why.
 */
#ifndef MODEL_CLIENT_H
#define MODEL_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "model/chat.h"

struct client;

struct client_options {
	const char *const *urls;	/* NULL at the end; the next takes over */
	const char	*key;		/* NULL: none */
	const char	*ca_file;
	const char	*cache;		/* NULL: none */
	bool		 external;	/* see http_options */
	bool		 cache_only;	/* no socket is opened */
	bool		 refresh;	/* ask again what the cache has */
	bool		 fixed_mode;	/* never ask for JSON by a weaker mode */
	const char	*profile;	/* NULL or "auto": told from the server */
	const char	*proxy;		/* URL, or NULL: none */
	unsigned	 in_flight;	/* 1 to 512 */
	unsigned	 retries;
	unsigned	 idle_ms, total_ms;
	unsigned	 max_wait_ms;	/* ceiling of a server's Retry-After */
	uint64_t	 max_requests, max_tokens;	/* 0: no budget */
	const char	*price;		/* a table of prices, or NULL */
	const char	*max_cost;	/* an amount, or NULL */
	uint64_t	 rpm, tpm;	/* requests, tokens a minute; 0: any */
	uint64_t	 ttl_s;		/* age of an answer in the cache; 0: any */
	void		(*say)(const char *line);	/* warnings; may be NULL */
};

enum client_end {
	CLIENT_ANSWERED,
	CLIENT_FAILED,		/* why says it in a word */
	CLIENT_TOO_LONG,	/* longer than twice max_tokens */
	CLIENT_HELD		/* not asked, or not to its end: see above */
};

struct client_answer {
	void		*tag;
	enum client_end	 end;
	struct slice	 object;	/* JSON, checked; until the next call */
	bool		 reasoned;	/* it stood in reasoning_content */
	const char	*why;
};

struct client_counts {
	uint64_t	 requests, retries, cache_hits, failed;
	struct chat_usage usage;
	bool		 priced;	/* cost counts, in millionths */
	uint64_t	 cost;
	const char	*mode;		/* how JSON is asked for now */
	bool		 degraded;
	unsigned long	 p50_ms, p95_ms;	/* of a request that was answered */
};

/* Options are kept by reference, the key is not kept. */
struct client	*client_new(const struct client_options *, struct err *);
/* Commits nothing: client_flush before.  NULL is allowed. */
void		 client_free(struct client *);

/*
 * The server's only model, owned by the client; ERR_USAGE where it has none or
 * several, ERR_SERVICE where it does not answer.
 */
const char	*client_model(struct client *, struct err *);

/*
 * Slices of the prompt must live until the answer.  Its mode is the strongest
 * wanted: it and not a weaker one makes the key of the cache.
 */
void		 client_ask(struct client *, const struct chat_prompt *,
		    void *tag);
/* Questions without an answer yet. */
size_t		 client_pending(const struct client *);
/* Those among them that are not under way. */
size_t		 client_unsent(const struct client *);
/*
 * Works for up to wait_ms.  1: an answer; 0: none yet; -1: the cache cannot be
 * read or written.
 */
int		 client_next(struct client *, unsigned wait_ms,
		    struct client_answer *, struct err *);
/*
 * About the answer last handed out.  keep_long: it is asked in parts from now
 * on, and the cache knows it.  distrust: it does not keep to the schema that
 * it was asked by; the run then asks by the next weaker mode.
 */
bool		 client_keep_long(struct client *, struct err *);
void		 client_distrust(struct client *);
/*
 * No further request (a signal came); what is under way may finish within
 * CLIENT_HOLD_MS, then it is given up.
 */
#define CLIENT_HOLD_MS	30000
void		 client_hold(struct client *);
/* True, with ERR_SERVICE and the reason, where it was refused for good. */
bool		 client_stopped(const struct client *, struct err *);
bool		 client_flush(struct client *, struct err *);
void		 client_count(const struct client *, struct client_counts *);

#endif
