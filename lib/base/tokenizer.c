#include "base/tokenizer.h"

#include "base/utf8.h"

#define WORD_BYTES 120 /* longer runs are no words and are cut */

enum class { NOTHING, LETTER, DIGIT, JOINER, CHINESE };

struct scanner {
	const char *start, *p, *end;
	unsigned flags;
	token_take *take;
	void *ctx;
};

static enum class class_of(uint32_t code) {
	if (code >= '0' && code <= '9') return DIGIT;
	if (code >= 'a' && code <= 'z') return LETTER;
	if (code == '.' || code == '-') return JOINER;
	if (code < 0xC0 || code == 0xD7 || code == 0xF7 ||
	    code == 0xFFFD) return NOTHING;
	if (utf8_is_cjk(code)) return CHINESE;
	return code < 0x2000 ? LETTER : NOTHING;
}

/* The class of the character at p, by its folded form. */
static enum class look(const char *p, const char *end, uint32_t codes[FOLD_MAX],
    size_t *n, const char **next) {
	    *next = p; *n = fold_code(utf8_next(next, end), codes);
	    return *n == 0 ? NOTHING : class_of(codes[0]);
}

static bool
give(struct scanner *s, enum token_kind kind, const char *text, size_t n,
    const char *from, const char *to)
{
	struct token t = { kind, { text, n }, (size_t)(from - s->start),
		(size_t)(to - s->start) };

	return s->take(s->ctx, &t);
}

/* A run of Chinese: pairs that overlap, a run of one alone. */
static bool
scan_chinese(struct scanner *s)
{
	const char *before = NULL; /* where the character before stands */
	bool paired = false;
	char text[8];
	size_t first = 0;

	while (s->p < s->end) {
		uint32_t codes[FOLD_MAX];
		const char *from = s->p, *next;
		size_t n;

		if (look(from, s->end, codes, &n, &next) != CHINESE)
			break;
		n = utf8_put(text + first, codes[0]);
		if (before != NULL) {
			if (!give(s, TOKEN_PAIR, text, first + n, before, next))
				return false;
			paired = true;
			memmove(text, text + first, n);
		}
		if ((s->flags & TOKEN_SINGLES) &&
		    !give(s, TOKEN_SINGLE, text, n, from, next))
			return false;
		first = n;
		before = from;
		s->p = next;
	}
	return paired || give(s, TOKEN_PAIR, text, first, before, s->p);
}

struct word {
	char text[WORD_BYTES + 16];
	size_t n;
	const char *from, *to;
};

/*
 * A point joins digits only, a hyphen whatever is a letter or digit: 5.3cm,
 * ca19-9 and x-ray are words; "end.start" is two.
 */
static bool
joins(const struct scanner *s, enum class before, char joiner, const char *next)
{
	uint32_t codes[FOLD_MAX];
	const char *behind;
	enum class after;
	size_t n;

	if (next >= s->end)
		return false;
	after = look(next, s->end, codes, &n, &behind);
	if (joiner == '.')
		return before == DIGIT && after == DIGIT;
	return after == LETTER || after == DIGIT;
}

static void
scan_word(struct scanner *s, struct word *w)
{
	enum class before = NOTHING;

	w->n = 0;
	w->from = s->p;
	while (s->p < s->end && w->n < WORD_BYTES) {
		uint32_t codes[FOLD_MAX];
		const char *next;
		size_t n;
		enum class class = look(s->p, s->end, codes, &n, &next);

		if (n > 0) {
			if (class == JOINER) {
				if (!joins(s, before, (char)codes[0], next))
					break;
			} else if (class != LETTER && class != DIGIT) {
				break;
			}
			for (size_t i = 0; i < n; i++)
				w->n += utf8_put(w->text + w->n, codes[i]);
			before = class_of(codes[n - 1]);
		}
		s->p = next;
	}
	w->to = s->p;
}

static bool
is_digit(char c)
{
	return (c >= '0' && c <= '9') || c == '.';
}

/*
 * Pieces at hyphens, and the number before a unit.  Their places are those of
 * the whole word: a folded byte has no place of its own in the original.
 */
static bool
give_parts(struct scanner *s, const struct word *w)
{
	size_t from = 0, i = 0;

	while (i < w->n && is_digit(w->text[i]))
		i++;
	if (i > 0 && i < w->n && w->text[i] != '-') {
		if (!give(s, TOKEN_PART, w->text, i, w->from, w->to))
			return false;
		from = i;
	}
	for (; i <= w->n; i++) {
		if (i < w->n && w->text[i] != '-')
			continue;
		if (i > from && i - from < w->n &&
		    !give(s, TOKEN_PART, w->text + from, i - from, w->from,
			w->to))
			return false;
		from = i + 1;
	}
	return true;
}

bool
tokenize(struct slice text, unsigned flags, token_take *take, void *ctx)
{
	struct scanner s = { text.p, text.p, text.p + text.n, flags, take,
		ctx };

	while (s.p < s.end) {
		uint32_t codes[FOLD_MAX];
		const char *next;
		struct word w;
		size_t n;

		switch (look(s.p, s.end, codes, &n, &next)) {
		case CHINESE:
			if (!scan_chinese(&s))
				return false;
			break;
		case LETTER:
		case DIGIT:
			scan_word(&s, &w);
			if (!give(&s, TOKEN_WORD, w.text, w.n, w.from, w.to))
				return false;
			if ((flags & TOKEN_PARTS) && !give_parts(&s, &w))
				return false;
			break;
		default:
			s.p = next;
		}
	}
	return true;
}
