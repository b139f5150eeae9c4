/*
 * ask - a question under way, and the client around it.
 *
 * Private to client.c, which takes questions and hands out answers, to send.c,
 * which looks up and sends, to greet.c, which asks what models there are, and
 * to settle.c, which says what a reply means for its question and for the
 * window.
 */
#ifndef MODEL_ASK_H
#define MODEL_ASK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "io/http.h"
#include "model/cache.h"
#include "model/client.h"
#include "model/frame.h"
#include "model/judge.h"
#include "model/latency.h"
#include "model/pace.h"
#include "model/price.h"
#include "model/profile.h"

#define URLS_MOST	8

enum state {
	ASKED,   /* to be looked up */
	WAITING, /* to be sent, when there is room and its time has come */
	SENT,
	ENDED
};

struct ask {
	struct ask *next; /* among the spare ones */
	void *tag;
	struct chat_prompt prompt; /* as it is sent */
	enum state state;
	struct buf body;
	bool changed; /* the body does not say what the prompt does */
	uint8_t key[DIGEST_SIZE];
	struct attempts attempts;
	bool plain; /* without response_format, whatever the run's mode */
	struct http_site *site;
	long when;           /* ms: not before */
	long sent_at;        /* ms */
	int64_t tokens;      /* that it was taken to cost */
	struct arena *arena; /* what the model said */
	struct client_answer answer;
};

/* What equal questions are found by without a look at each of them. */
struct asked {
	struct ask *ask;
	uint64_t mark; /* the beginning of its key */
};

struct client {
	const struct client_options *options;
	struct http *http; /* NULL: cache_only */
	struct http_site *sites[URLS_MOST];
	size_t nsites, site;
	struct cache *cache;
	struct prices *prices; /* or NULL */
	uint64_t most;	       /* that may be spent, in millionths; 0: all */
	enum chat_mode mode; /* the strongest that the server takes */
	struct asked *asks;  /* in the order of asking */
	size_t nasks, room;
	size_t asked, ended; /* of them; those under way are `sent` */
	struct ask *given, *spare;
	struct frames *frames;
	unsigned window, successes, sent;
	long pause;  /* ms: nobody sends before */
	long halved; /* ms: what was sent before tells nothing new */
	struct pace requests, tokens;
	const struct profile *profile; /* NULL: to be told yet */
	uint64_t dice;
	bool held, warned_cut, warned_schema;
	long deadline; /* ms: of what is under way when held */
	struct err stopped;
	char *model;
	struct client_counts counts;
	struct latency latency;
};

/* Everything that can go on, goes on; false with *e. */
bool	 client_pump(struct client *, struct err *);

/* Ends it; why is a word for CLIENT_FAILED. */
void	 ask_end(struct client *, struct ask *, enum client_end, const char *why);
/* No further request for anybody; the question says which server it was. */
void	 ask_stop(struct client *, const struct ask *, const char *why);
/* The next weaker mode, for the run. */
void	 ask_weaker(struct client *, enum chat_mode than);
/* A reply came; false where the cache cannot be written. */
bool	 ask_settle(struct client *, const struct http_reply *, struct err *);

/*
 * Asks the servers, one after the other, for their models; the first that
 * answers is the one to ask.  *one: the name of its only model, owned by the
 * client, or NULL with *e where it has none or several.
 */
void	 client_greet(struct client *, const char **one, struct err *);
void	 client_say(const struct client *, const char *line);

#endif
