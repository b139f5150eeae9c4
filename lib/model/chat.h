/*
 * chat - one OpenAI-compatible chat completion: the body of its request, and
 * what its reply says.
 *
 * The body is a function of the prompt alone, byte for byte: its digest is the
 * key of the cache.
 */
#ifndef MODEL_CHAT_H
#define MODEL_CHAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct profile;

/* How JSON is asked for, the strongest last. */
enum chat_mode {
	CHAT_TEXT,		/* by words only */
	CHAT_OBJECT,		/* response_format json_object */
	CHAT_SCHEMA		/* response_format json_schema */
};

/* All slices stay the caller's. */
struct chat_prompt {
	struct slice	 model;
	struct slice	 system, user;
	struct slice	 schema;	/* JSON; n 0: none */
	enum chat_mode	 mode;
	unsigned	 max_tokens;
	struct slice	 temperature;	/* a JSON number; n 0: 0 */
	uint64_t	 seed;
	bool		 batch;		/* for a batch file: not streamed */
	/* The server's ways; NULL: the usual ones. */
	const struct profile *profile;
	/* An answer that could not be read, and why; n 0: the first request. */
	struct slice	 said, fault;
};

void		 chat_request(const struct chat_prompt *, struct buf *);
/* What stands before the user's text, a JSON string, and behind it. */
void		 chat_head(const struct chat_prompt *, struct buf *);
void		 chat_tail(const struct chat_prompt *, struct buf *);
/* What its messages come to, about. */
uint64_t	 chat_tokens(const struct chat_prompt *);
/* Whether so few tokens cannot be all of it, by any tokenizer. */
bool		 chat_was_cut(const struct chat_prompt *, uint64_t tokens);

enum chat_finish {
	CHAT_STOP,
	CHAT_LENGTH,		/* max_tokens or the context is used up */
	CHAT_FILTER,		/* refused by the server's filter */
	CHAT_BUSY,		/* insufficient_system_resource */
	CHAT_UNFINISHED		/* the stream ended before its answer */
};

struct chat_usage {
	unsigned long long in, out, cached, reasoning;
};

struct chat_reply {
	enum chat_finish finish;
	struct slice	 content;	/* n 0: none */
	struct slice	 reasoning;	/* reasoning_content */
	struct chat_usage usage;
};

/*
 * A plain or streamed body, told by how it begins; slices are owned by the
 * arena.  ERR_DATA, code model_reply, where it is no completion.
 */
bool		 chat_read(struct slice body, struct arena *,
		    struct chat_reply *, struct err *);
/* For http_options.watch: false where blanks or digits have no end. */
bool		 chat_watch(struct slice body);

#endif
