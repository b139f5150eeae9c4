/*
 * result_words - the signs and words beside the number of a result.  Private
 * to lib/mapping; texts are narrow already.
 */
#ifndef MAPPING_RESULT_WORDS_H
#define MAPPING_RESULT_WORDS_H

#include "mapping/result.h"

/* Width, and the signs that have several code points, to ASCII; trimmed. */
struct slice	result_narrow(struct slice text, struct arena *);
/* Takes an operator off the front, or gives NULL. */
const char	*result_operator(struct slice *);
/* Takes an arrow or letter off either end, where more than it is there. */
const char	*result_flag(struct slice *);
/* The whole is a word or sign for a finding. */
bool		 result_coded(struct slice, struct result *);
/* A finding in words stands at one end; it is taken off. */
bool		 result_coded_end(struct slice *, struct result *);

#endif
