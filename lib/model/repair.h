/*
 * repair - the JSON object in what a model said.
 *
 * Models wrap what they were asked for: in a fence, behind their thoughts, in
 * a sentence, with a comma too many, with a bare line feed in a string.  That
 * much is mended here, and nothing more: an answer that was cut off, or whose
 * brackets do not close, has no object.
 */
#ifndef MODEL_REPAIR_H
#define MODEL_REPAIR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

#define REPAIR_DEPTH	32	/* of nesting in an answer */

/*
 * The last whole object in the text, checked, with JSON_SLACK behind it, owned
 * by the arena.  False where there is none.
 */
bool	repair_object(struct slice said, struct arena *, struct slice *object);

#endif
