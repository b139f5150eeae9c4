/* Tokens stand in order, within the text; folding twice is folding once. */
#include <stdint.h>

#include "base/tokenizer.h"
#include "base/utf8.h"

struct state {
	size_t n, last;
};

static bool
take(void *ctx, const struct token *t)
{
	struct state *s = ctx;

	if (t->from < s->last || t->to <= t->from || t->to > s->n ||
	    t->text.n == 0 || !utf8_valid(t->text.p, t->text.n))
		__builtin_trap();
	s->last = t->from;
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct state s = { n, 0 };
	struct buf once = { 0 }, twice = { 0 };

	tokenize(text, TOKEN_SINGLES | TOKEN_PARTS, take, &s);
	s.last = 0;
	tokenize(text, 0, take, &s);
	fold_text(text, &once);
	fold_text(buf_slice(&once), &twice);
	if (!slice_eq(buf_slice(&once), buf_slice(&twice)))
		__builtin_trap();
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
