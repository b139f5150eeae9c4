/*
 * frame - a request around its report.  Many questions differ in their report
 * alone; what stands around it is written once, and the digest of what stands
 * before it is begun once.  A frames belongs to one thread.
 */
#ifndef MODEL_FRAME_H
#define MODEL_FRAME_H

#include "base/digest.h"
#include "model/chat.h"

struct frames;

struct frames	*frames_new(void);
void		 frames_free(struct frames *);	/* NULL is allowed */

/* Adds what chat_request does; the key is the one that cache_key tells of it. */
void		 frames_request(struct frames *, const struct chat_prompt *,
		    struct buf *, uint8_t key[DIGEST_SIZE]);

#endif
