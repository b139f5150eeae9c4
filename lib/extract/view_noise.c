/*
 * Whether a text is noisy: blanks stand in it where no writer puts them, as a
 * scanner does.
 */
#include "extract/view_part.h"

/* What the signs of noise look at: a character and the two before it. */
struct window {
	uint32_t c[3];
	bool blank[3]; /* one blank before it */
	size_t line;   /* characters of its line so far */
};

#define HEADING \
	4 /* characters that a heading may set apart: 主 诉, 体 格 检 查 */

/* A mark; but what follows in "并发症：无 次/分 疼痛" is whole. */
static bool
parts(uint32_t c)
{
	return !view_is_wordy(c) && c != ':' && c != '/';
}

/* "万古霉素 停 换 利奈唑胺": a verb that is a word of one character. */
static bool
is_word(uint32_t c)
{
	switch (c) {
	case 0x505C: /* 停 */
	case 0x6362: /* 换 */
	case 0x4E88: /* 予 */
	case 0x6539: /* 改 */
	case 0x52A0: /* 加 */
	case 0x836F: /* 药 */
	case 0x65E0: /* 无, a cell of a table */
		return true;
	default:
		return false;
	}
}

static bool
is_rating(uint32_t c)
{
	return c == 'S' || c == 'I' || c == 'R';
}

/* "咳 嗽", "1 8mm", "39. 6", "P EEP": nobody types that, once there is a blank. */
static bool
is_odd(const struct window *w)
{
	uint32_t a = w->c[0], b = w->c[1], c = w->c[2];

	if (w->line <= HEADING && utf8_is_cjk(b))
		return false;
	if (w->blank[2] && is_digit(b) && is_digit(c) &&
	    (w->blank[1] || (!is_digit(a) && a != '.' && !is_letter(a))))
		return true;
	if (w->blank[2] &&
	    ((b == '.' && is_digit(a) && is_digit(c)) ||
		(is_digit(b) && c == '.')))
		return true;
	/* "头孢他啶 R S": cells of two columns. */
	if (w->blank[1] && is_rating(b) && is_rating(c))
		return false;
	/* "0.6m/s A": the letter behind a stroke is a unit's. */
	if (w->blank[2] && is_letter(b) && is_letter(c) && !is_digit(a) &&
	    a != '/' && b != 'U' && (w->blank[1] || !is_letter(a)))
		return true;
	if (w->blank[2] && (b == '(' || c == ')'))
		return true;
	/* One character between blanks, or a blank and a mark. */
	if (!utf8_is_cjk(b) || is_word(b))
		return false;
	if (w->blank[1] && utf8_is_cjk(a))
		return w->blank[2] || !view_is_wordy(c);
	return w->blank[2] && utf8_is_cjk(c) && !w->blank[1] && parts(a);
}

bool
view_is_noisy(struct slice text)
{
	struct window w = { { '\n', '\n', '\n' }, { false }, 0 };
	const char *p = text.p, *end = text.p + text.n;
	unsigned odd = 0, blanks = 0;

	while (p < end && odd < 2) {
		uint32_t c = utf8_next(&p, end);

		if (!view_is_ideograph(c)) {
			if (view_is_blank(c) && c != '\n' && c != '\r' &&
			    c != '\t') {
				blanks++;
				continue;
			}
			c = view_unified(c);
		}
		w.c[0] = w.c[1];
		w.c[1] = w.c[2];
		w.blank[1] = w.blank[2];
		w.c[2] = c;
		w.line = c == '\n' ? 0 : w.line + 1;
		w.blank[2] = blanks == 1;
		blanks = 0;
		if (w.blank[1] || w.blank[2])
			odd += is_odd(&w);
	}
	return odd >= 2;
}

void
view_close_gaps(struct view *v)
{
	const char *p = v->text.p, *end = p + v->text.n;
	uint32_t before = 0, c = 0;
	size_t at = 0;
	bool gap = false;

	for (;;) {
		size_t to = (size_t)(p - v->text.p);
		uint32_t next = p < end ? utf8_next(&p, end) : 0;
		bool after = v->gap[to];

		if (utf8_is_cjk(c) && !(c == 0x65E0 && gap && after) &&
		    (gap || parts(before)) && (after || !view_is_wordy(next))) {
			v->gap[at] &= !utf8_is_cjk(before);
			v->gap[to] &= !utf8_is_cjk(next);
		}
		if (next == 0)
			break;
		before = c;
		c = next;
		at = to;
		gap = after;
	}
}
