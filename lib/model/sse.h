/*
 * sse - the events of a text/event-stream body.
 */
#ifndef MODEL_SSE_H
#define MODEL_SSE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

/* Whether a body is such a stream, by how it begins. */
bool	sse_looks_like(struct slice body);
/*
 * The data of the next event that has any, its lines joined by line feeds;
 * false at the end.  Comments and other fields are passed over.  An event that
 * the end of the body cuts off is handed out as far as it came.
 */
bool	sse_next(struct slice *rest, struct arena *, struct slice *data);

#endif
