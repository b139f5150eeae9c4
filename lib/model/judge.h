/*
 * judge - what a reply means for the request: take it, ask again and how, give
 * it up, or stop asking altogether.  The table is in mdx-extract(1).
 */
#ifndef MODEL_JUDGE_H
#define MODEL_JUDGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"
#include "io/http.h"
#include "model/chat.h"

enum judgement {
	JUDGE_TAKE,
	JUDGE_AGAIN,		/* the same once more, later */
	JUDGE_SLOWER,		/* as AGAIN, and everybody waits */
	JUDGE_WEAKER,		/* JSON asked for by a weaker mode, for the run */
	JUDGE_PLAIN,		/* this one without response_format */
	JUDGE_LONGER,		/* with twice the tokens */
	JUDGE_NAME_FAULT,	/* with the fault named */
	JUDGE_TOO_LONG,		/* even so: it may be asked in parts */
	JUDGE_FAIL,		/* this request has no answer */
	JUDGE_STOP		/* no request will have one */
};

/* What has been tried for one question. */
struct attempts {
	unsigned	 tries;		/* that counted against the retries */
	bool		 again, plain, longer, named;
};

struct judged {
	enum judgement kind;
	const char	*why;		/* of FAIL and STOP, a word or two */
	struct slice	 said;		/* the model's words, where there are */
	struct slice	 object;	/* the answer; TAKE */
	bool		 reasoned;	/* it stood in reasoning_content */
	struct chat_usage usage;
};

/* Slices are owned by the arena; notes in attempts what it asks for. */
void	judge(const struct http_reply *, enum chat_mode, unsigned retries,
	    struct attempts *, struct arena *, struct judged *);

#endif
