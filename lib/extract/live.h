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
 * what is under way has been kept in the cache.  With use_rules the records go
 * on by the rules alone, and the run falls short.
 */
bool	extract_live(struct run *, char *const *operands, struct extract *,
	    struct consult *, unsigned in_flight, struct err *);
#endif
