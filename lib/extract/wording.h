/*
 * wording - what a model is told about the fields that it is asked for: the
 * words of the prompt and the schema.  Records of one kind are asked for the
 * same fields again and again; the words are written once for each set.
 */
#ifndef EXTRACT_WORDING_H
#define EXTRACT_WORDING_H

#include "extract/guide.h"
#include "model/chat.h"

struct wordings;

struct wording {
	struct slice	 system, schema;	/* schema n 0: no mode that has one */
	unsigned	 max_tokens;
};

struct wordings	*wordings_new(void);
void		 wordings_free(struct wordings *);	/* NULL is allowed */

/*
 * fields: one a field of the type.  Kept as long as the wordings, or, where
 * they are NULL or full, in the arena.  Guide and mode are those of the run.
 */
void		 wording_find(struct wordings *, const struct guide *,
		    const struct doctype *, const bool *fields, enum chat_mode,
		    struct arena *, struct wording *);

#endif
