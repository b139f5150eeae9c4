/*
 * script - what the imitated server answers, from a scenario file.
 *
 * A line is a rule: `TIMES WHEN WORD...`.  The first rule that is not used up
 * and fits the request answers it.  TIMES is a number or `*`; WHEN is `any` or
 * /text/, which stands in the request's last message as JSON has it.  `#`
 * begins a comment.  The words:
 *
 *	status=N        with an error body that fits
 *	retry-after=N   seconds;  retry-date=N  the same as a date
 *	location=URL    for a redirect
 *	error=TEXT      the error body's message, `_` for a blank
 *	body=FILE       a whole body from the scenario's folder, as it stands
 *	say=FILE        the model's words; `@MARK@` in them becomes the digits
 *	                and dots that follow MARK in the request's last message
 *	think=FILE      the same as reasoning_content
 *	finish=WORD     finish_reason
 *	plain           one JSON body though a stream was asked for
 *	piece=N         streamed in pieces of N bytes, one write each
 *	comments        blank lines and SSE comments between the pieces
 *	nodone          no [DONE] behind a stream
 *	length=N        this Content-Length, true or not
 *	cut=N           closed after N bytes of the body;  rst=N  by a reset
 *	delay=MS        before the first byte;  gap=MS  between the pieces
 *	stall           never answered
 *	close           not kept alive
 *	blanks, digits  a stream of these without end
 *	lines=N         N line feeds before the body, as keep-alive
 *	chunked         in chunks instead of with a Content-Length
 *	gzip            compressed
 *	usage=N         prompt_tokens
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct script;

struct answer {
	struct buf	 head, body;	/* of the response, ready to send */
	size_t		 piece;		/* bytes of body to a write; 0: all */
	size_t		 cut;		/* bytes of body before the end */
	bool		 reset;		/* end by RST */
	bool		 stall, close;
	const char	*endless;	/* sent again and again behind the head */
	unsigned	 delay, gap;	/* ms */
};

struct script	*script_load(const char *path, struct err *);
void		 script_free(struct script *);
/* The answer to a chat request; false where no rule is left for it. */
bool		 script_answer(struct script *, struct slice body,
		    struct answer *, struct err *);
/* A plain answer to what is no chat request. */
void		 script_plain(unsigned status, const char *body,
		    struct answer *);
void		 answer_release(struct answer *);

#endif
