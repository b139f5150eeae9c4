/*
 * live - extraction with a model beside the rules: many records wait for
 * their answers at once and leave in the order of the input.
 */
#ifndef EXTRACT_LIVE_H
#define EXTRACT_LIVE_H

#include "extract/consult.h"
#include "extract/extract.h"

/*
 * Over the operands as flow_run, or with x->plain over whole files.  Failed
 * records are counted; ERR_SERVICE where the model refused for good, after
 * what is under way has been kept in the cache.
 */
bool	extract_live(struct run *, char *const *operands, struct extract *,
	    struct consult *, unsigned in_flight, struct err *);
/* Emits the body of the request for the first record that has a question. */
bool	extract_prompt(struct run *, char *const *operands, struct extract *,
	    struct consult *, struct err *);

#endif
