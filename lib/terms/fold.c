#include "terms/fold.h"

#include "base/buf.h"
#include "base/tokenizer.h"

struct slice
fold_term(struct slice term, struct arena *arena)
{
	struct buf b = { 0 };
	struct slice folded;

	fold_name(term, &b);
	folded = arena_slice(arena, buf_slice(&b));
	buf_release(&b);
	return folded;
}
