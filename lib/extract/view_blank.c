/*
 * What blanks between two characters are: the end of a line, a part between two
 * words or numbers, or noise that parts nothing.
 */
#include "extract/view_part.h"

/* Shorter lines, lines shorter than others, rows of tables end on purpose. */
#define WRAP 18

/*
 * Whether p begins three digits that end a number: 2 450 MHz is one number, and
 * "98 110" the next cell of a row.
 */
static bool
is_thousand(const char *p, const char *end)
{
	uint32_t c = 0;

	for (size_t i = 0; i < 3; i++)
		if (p == end || !is_digit(view_unified(utf8_next(&p, end))))
			return false;
	while (p < end && view_is_blank(c = view_unified(utf8_next(&p, end))) &&
	    c != '\n')
		;
	return is_letter(c);
}

/* Whether the number of an item begins here: "二、", "3.", not 3.5. */
static bool
is_item(const char *p, const char *end)
{
	uint32_t c = view_unified(utf8_next(&p, end));
	uint32_t sign = p < end ? view_unified(utf8_next(&p, end)) : 0;

	if (sign == 0x3001)
		return is_digit(c) || utf8_han_digit(c) > 0;
	return is_digit(c) && sign == '.' && p < end &&
	    !is_digit(view_unified(utf8_next(&p, end)));
}

/* Whether a heading ("术中所见：") begins here: a colon comes soon. */
static bool
is_heading(const char *p, const char *end)
{
	if (p < end && is_item(p, end))
		return true;
	for (size_t i = 0; i < 10 && p < end; i++) {
		uint32_t c = view_unified(utf8_next(&p, end));

		if (c == ':')
			return true;
		if (c == '\n' || c == ',' || c == 0x3002)
			return false;
	}
	return false;
}

/* A single digit, and behind it none: half a number that noise has cut. */
static bool
is_lone_digit(const char *p, const char *end)
{
	uint32_t c = p < end ? view_unified(utf8_next(&p, end)) : 0;

	return is_digit(c) &&
	    !(p < end && is_digit(view_unified(utf8_next(&p, end))));
}

/* The last letter of a Latin word; "O2" is one, "G12D" is a word of its own. */
static bool
is_lone_letter(const char *p, const char *end)
{
	uint32_t c = view_unified(utf8_next(&p, end));
	uint32_t next = p < end ? view_unified(utf8_next(&p, end)) : 0;

	return !is_letter(next) && (!is_digit(next) || c == 'O');
}

/* The letter behind a number that is a whole unit, unlike that of "c m". */
static bool
is_unit(uint32_t c)
{
	return c == 'g' || c == 'h' || c == 's' || c == 'd' || c == 'W' ||
	    c == 'L' || c == 'U';
}

/*
 * "结节 1 1x8mm": a digit behind a word, and one before a sign of a size; "长度约
 * 6 0 mm": behind a word that no number of a thing follows, also before a unit.
 */
static bool
is_torn_size(const struct maker *m, const char *p, const char *end)
{
	static const struct slice measured[] = { SPELT("约"), SPELT("径"),
		SPELT("度"), SPELT("长"), SPELT("厚"), SPELT("达"), SPELT_END };
	uint32_t c;

	if (m->digits != 1 || m->wide != 1 || m->n < 4 ||
	    (unsigned char)m->out[m->n - 2] < 0x80)
		return false;
	utf8_next(&p, end);
	do {
		c = p < end ? view_unified(utf8_next(&p, end)) : 0;
	} while (c == ' ');
	if ((c == 'c' || c == 'm') && p < end &&
	    view_unified(utf8_next(&p, end)) == 'm')
		return slice_ends_in(m->out, m->n - 1, measured) > 0;
	return c == 'x' || c == '*';
}

/* Blanks within a number or a Latin word of a noisy text. */
static bool
is_noise(const struct maker *m, uint32_t next, const char *p, const char *end)
{
	uint32_t last = m->before;

	if (!m->v->noisy)
		return false;
	if (is_digit(last) && is_digit(next))
		return m->digits == 1 || is_lone_digit(p, end);
	if (last == 'H' && (next == 'g' || next == '2')) /* mmH g, cmH 2O */
		return true;
	/* Of two words one is a letter, and the first is no whole unit. */
	if (is_letter(last) && is_letter(next))
		return m->unit ? (m->letters == 1 && !is_unit(last)) ||
			(last == 'H' && next == 'z')
			       : m->letters == 1 || is_lone_letter(p, end);
	return last == 'O' && next == '2' && is_lone_digit(p, end);
}

/* Characters of the longest line, blanks left out. */
static size_t
longest_line(struct slice text)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t n = 0, longest = 0;

	while (p < end) {
		uint32_t c = utf8_next(&p, end);

		if (c == '\n')
			n = 0;
		else if (!view_is_blank(c) && ++n > longest)
			longest = n;
	}
	return longest;
}

/*
 * Whether a line was only wrapped before the character next; one that begins
 * like the line before is the next item of a list.  Where blanks part what is
 * told, and no mark does, the end of a line is one of theirs.
 */
static bool
is_wrapped(struct maker *m, uint32_t next, const char *p, const char *end)
{
	if (!view_is_wordy(m->before) ||
	    !(view_is_wordy(next) || (next == '(' && utf8_is_cjk(m->before))) ||
	    m->line < WRAP || m->row || next == m->first ||
	    !(m->marked || !m->parted || m->v->noisy))
		return false;
	if (m->longest == 0)
		m->longest = longest_line(m->v->original);
	return m->line * 5 >= m->longest * 4 && !is_heading(p, end);
}

uint32_t
view_blanks(
    struct maker *m, bool broken, uint32_t next, const char *p, const char *end)
{
	uint32_t last = m->before;

	if (broken && !is_wrapped(m, next, p, end))
		return '\n';
	m->gap = true;
	m->row |= m->wide > 1 && !m->v->noisy;
	if (is_noise(m, next, p, end))
		return 0;
	if (is_digit(last) && is_digit(next))
		return is_thousand(p, end) || is_torn_size(m, p, end) ? 0 : ' ';
	return is_letter(last) && (is_letter(next) || is_digit(next)) ? ' ' : 0;
}
