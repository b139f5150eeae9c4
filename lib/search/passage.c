#include "search/passage.h"

#include "base/utf8.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* A stop of Latin writing counts before a blank only: 5.3cm goes on. */
static bool
ends_sentence(uint32_t code, const char *next, const char *end)
{
	switch (code) {
	case 0x3002: /* 。 */
	case 0xFF01: /* ！ */
	case 0xFF1F: /* ？ */
	case 0xFF1B: /* ； */
	case '\n':
		return true;
	case '.':
	case '!':
	case '?':
	case ';':
		return next == end || is_blank(*next);
	default:
		return false;
	}
}

bool
passage_sentence(struct slice text, struct span *s)
{
	const char *p = text.p + s->to, *end = text.p + text.n;
	uint32_t code;
	bool over = false;

	s->from = s->to;
	s->first = s->behind;
	if (p == end)
		return false;
	/* Pieces of one sentence share a character. */
	if (s->to > 0 && s->cut) {
		while (((unsigned char)*--p & 0xC0) == 0x80)
			;
		s->from = (size_t)(p - text.p);
		s->first--;
	}
	s->behind = s->first;
	while (p < end && s->behind - s->first < PASSAGE_MAX) {
		if (over && !is_blank(*p))
			break;
		code = utf8_next(&p, end);
		over = ends_sentence(code, p, end) || over;
		s->behind++;
	}
	s->to = (size_t)(p - text.p);
	s->cut = p < end && !over;
	return true;
}

bool
passage_cut(struct slice text, passage_take *take, void *ctx)
{
	struct span s = { 0 }, last = { 0 }, whole = { 0 };

	while (passage_sentence(text, &s)) {
		if (s.behind - whole.first > PASSAGE_MAX) {
			if (!take(ctx, &whole))
				return false;
			whole = last.from > whole.from &&
				s.behind - last.first <= PASSAGE_MAX
			    ? last
			    : s;
		}
		whole.to = s.to;
		whole.behind = s.behind;
		last = s;
	}
	return whole.to == whole.from || take(ctx, &whole);
}
