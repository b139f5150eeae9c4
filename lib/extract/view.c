#include "extract/view.h"

#include "base/ascii.h"
#include "base/utf8.h"

/*
 * One character of the original is looked at together with the one before it
 * in the view and the next that is no blank: these two decide whether blanks
 * between them part anything.
 */
struct maker {
	struct view *v;
	char *out;
	size_t n;
	uint32_t before;     /* the last character of the view */
	size_t line;         /* characters of this line so far */
	bool marked;         /* a comma or full stop among them */
	bool parted;         /* a blank among them */
	uint32_t first;      /* the first of them */
	size_t longest;      /* characters of the longest; 0: not asked yet */
	size_t digits;       /* of the number that the view ends in so far */
	size_t letters;      /* of the Latin word that it ends in */
	bool unit;           /* that word stands behind a digit */
	uint32_t byte, code; /* of the character at hand */
	bool gap;
	size_t gaps;      /* in all */
	unsigned wide;    /* columns of blank before the character at hand */
	bool row;         /* of a table, with such gaps, or with strokes */
	unsigned strokes; /* in its line so far */
};

#define IDEOGRAPH 3 /* bytes */

/* Shorter lines, lines shorter than others, rows of tables end on purpose. */
#define WRAP 18

/* 末 or 来, which a scanner makes of 未. */
static bool
may_be_not(uint32_t c)
{
	return c == 0x672B || c == 0x6765;
}

/* One that stands for itself alone. */
static bool
is_ideograph(uint32_t c)
{
	return c >= 0x4E00 && c < 0xA000 && !may_be_not(c);
}

static bool
is_blank(uint32_t c)
{
	if (c < 0xA0 || (c > 0x3000 && c < 0xFEFF))
		return c == ' ' || c == '\t' || c == '\r' || c == '\n';
	return c == 0xA0 || c == 0x3000 || c == 0xFEFF ||
	    (c >= 0x2000 && c <= 0x200B);
}

/* One sign for each meaning; 0 where the character stands for two letters. */
static uint32_t
unified(uint32_t c)
{
	if ((c < 0x80 && c != '`') || (c >= 0x3400 && c < 0xA000))
		return c;
	switch (c) {
	case 0xD7:
	case 0x2715:
	case 0x2573:
	case 0x2A2F:
	case 0x445:
	case 0x425:
		return 'x';
	case 0x301C:
	case 0x223C:
	case 0x2053:
		return '~';
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2015:
	case 0x2212:
		return '-';
	case 0x2032:
	case 0x2019:
	case 0x2018:
	case 0xB4:
	case '`':
	case 0x2BC:
		return '\'';
	case 0x2033:
	case 0x201D:
	case 0x201C:
		return '"';
	case 0x3BC:
		return 0xB5;
	case 0x3010:
		return '[';
	case 0x3011:
		return ']';
	default:
		if (c >= 0x2080 && c <= 0x2089) /* SpO₂ */
			return '0' + (c - 0x2080);
		return utf8_narrow(c);
	}
}

/*
 * "末见肿大", "来见钙化": what a scanner makes of 未, before a verb of finding;
 * not 后来见.
 */
static bool
is_misread_not(uint32_t c, uint32_t before, const char *p, const char *end)
{
	uint32_t next;

	do {
		next = p < end ? utf8_next(&p, end) : 0;
	} while (is_blank(next));
	if (next != 0x89C1 && next != 0x63A2)         /* 见, 探 */
		return c == 0x672B && next == 0x53D1; /* 末发现 */
	return c == 0x672B ||
	    (before != 0x540E && before != 0x539F && before != 0x672C);
}

static const char *
pair(uint32_t c)
{
	switch (c) {
	case 0x339D:
		return "cm";
	case 0x339C:
		return "mm";
	case 0x3396:
		return "ml";
	case 0x3397:
		return "dl";
	case 0x338E:
		return "mg";
	case 0x338F:
		return "kg";
	case 0x33C4:
		return "cc";
	case 0x3392:
		return "MHz";
	case 0x3391:
		return "kHz";
	default:
		return NULL;
	}
}

/*
 * The ideographs side by side from p on, behind no blank: most of a text.
 * Returns where they end; m->code is that of what comes there.
 */
static const char *
put_ideographs(struct maker *m, const char *p, const char *end)
{
	const char *from = p, *next = p;
	uint32_t *byte = m->v->byte + m->n, *code = m->v->code + m->n;
	uint32_t c;

	while (p < end && is_ideograph(c = utf8_next(&next, end))) {
		byte[0] = byte[1] = byte[2] = m->byte;
		code[0] = code[1] = code[2] = m->code++;
		byte += IDEOGRAPH;
		code += IDEOGRAPH;
		m->byte += IDEOGRAPH;
		m->before = c;
		if (m->line++ == 0)
			m->first = c;
		p = next;
	}
	memcpy(m->out + m->n, from, (size_t)(p - from));
	memset(m->v->gap + m->n, 0, (size_t)(p - from));
	m->n += (size_t)(p - from);
	m->letters = m->digits = 0;
	return p;
}

static void
put(struct maker *m, uint32_t c)
{
	size_t n = utf8_put(m->out + m->n, c);
	bool gap;

	for (size_t i = 0; i < n; i++) {
		m->v->byte[m->n + i] = m->byte;
		m->v->code[m->n + i] = m->code;
		m->v->gap[m->n + i] = i == 0 && m->gap;
	}
	m->n += n;
	m->gaps += m->gap;
	gap = m->gap;
	m->gap = false;
	if (is_letter(c)) {
		if (m->letters++ == 0)
			m->unit = m->digits > 0;
	} else {
		m->letters = 0;
	}
	m->digits = is_digit(c) ? m->digits + 1 : 0;
	/* SpO2, FiO2: this 2 is no number. */
	m->before = c == '2' && m->before == 'O' ? 'O' : c;
	if (m->line == 0)
		m->first = c;
	m->line = c == '\n' ? 0 : m->line + 1;
	m->marked = c != '\n' &&
	    (m->marked || c == ',' || c == ';' || c == 0x3002 || c == 0x3001);
	m->parted = c != '\n' && (m->parted || gap);
	m->strokes = c == '\n' ? 0 : m->strokes + (c == '|');
	m->row = c != '\n' && (m->row || m->strokes > 1);
}

/*
 * Whether p begins three digits that end a number: 2 450 MHz is one number, and
 * "98 110" the next cell of a row.
 */
static bool
is_thousand(const char *p, const char *end)
{
	uint32_t c = 0;

	for (size_t i = 0; i < 3; i++)
		if (p == end || !is_digit(unified(utf8_next(&p, end))))
			return false;
	while (
	    p < end && is_blank(c = unified(utf8_next(&p, end))) && c != '\n')
		;
	return is_letter(c);
}

/* Whether the number of an item begins here: "二、", "3.", not 3.5. */
static bool
is_item(const char *p, const char *end)
{
	uint32_t c = unified(utf8_next(&p, end));
	uint32_t sign = p < end ? unified(utf8_next(&p, end)) : 0;

	if (sign == 0x3001)
		return is_digit(c) || utf8_han_digit(c) > 0;
	return is_digit(c) && sign == '.' && p < end &&
	    !is_digit(unified(utf8_next(&p, end)));
}

/* Whether a heading ("术中所见：") begins here: a colon comes soon. */
static bool
is_heading(const char *p, const char *end)
{
	if (p < end && is_item(p, end))
		return true;
	for (size_t i = 0; i < 10 && p < end; i++) {
		uint32_t c = unified(utf8_next(&p, end));

		if (c == ':')
			return true;
		if (c == '\n' || c == ',' || c == 0x3002)
			return false;
	}
	return false;
}

static bool
is_wordy(uint32_t c)
{
	return is_digit(c) || is_letter(c) || utf8_is_cjk(c);
}

/* A single digit, and behind it none: half a number that noise has cut. */
static bool
is_lone_digit(const char *p, const char *end)
{
	uint32_t c = p < end ? unified(utf8_next(&p, end)) : 0;

	return is_digit(c) &&
	    !(p < end && is_digit(unified(utf8_next(&p, end))));
}

/* The last letter of a Latin word; "O2" is one, "G12D" is a word of its own. */
static bool
is_lone_letter(const char *p, const char *end)
{
	uint32_t c = unified(utf8_next(&p, end));
	uint32_t next = p < end ? unified(utf8_next(&p, end)) : 0;

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
		c = p < end ? unified(utf8_next(&p, end)) : 0;
	} while (c == ' ');
	if ((c == 'c' || c == 'm') && p < end &&
	    unified(utf8_next(&p, end)) == 'm')
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
		else if (!is_blank(c) && ++n > longest)
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
	if (!is_wordy(m->before) ||
	    !(is_wordy(next) || (next == '(' && utf8_is_cjk(m->before))) ||
	    m->line < WRAP || m->row || next == m->first ||
	    !(m->marked || !m->parted || m->v->noisy))
		return false;
	if (m->longest == 0)
		m->longest = longest_line(m->v->original);
	return m->line * 5 >= m->longest * 4 && !is_heading(p, end);
}

/* Blanks before the character next, which begins at p, all in one. */
static void
blanks(
    struct maker *m, bool broken, uint32_t next, const char *p, const char *end)
{
	uint32_t last = m->before;

	if (broken && !is_wrapped(m, next, p, end)) {
		put(m, '\n');
		return;
	}
	m->gap = true;
	m->row |= m->wide > 1 && !m->v->noisy;
	if (is_noise(m, next, p, end))
		return;
	if (is_digit(last) && is_digit(next) && !is_thousand(p, end) &&
	    !is_torn_size(m, p, end))
		put(m, ' ');
	else if (is_letter(last) && (is_letter(next) || is_digit(next)))
		put(m, ' ');
}

/* A mark; but what follows in "并发症：无 次/分 疼痛" is whole. */
static bool
parts(uint32_t c)
{
	return !is_wordy(c) && c != ':' && c != '/';
}

/* What the signs of noise look at: a character and the two before it. */
struct window {
	uint32_t c[3];
	bool blank[3]; /* one blank before it */
	size_t line;   /* characters of its line so far */
};

#define HEADING \
	4 /* characters that a heading may set apart: 主 诉, 体 格 检 查 */

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
		return w->blank[2] || !is_wordy(c);
	return w->blank[2] && utf8_is_cjk(c) && !w->blank[1] && parts(a);
}

/* Whether blanks stand where no writer puts them, twice at least. */
static bool
is_noisy(struct slice text)
{
	struct window w = { { '\n', '\n', '\n' }, { false }, 0 };
	const char *p = text.p, *end = text.p + text.n;
	unsigned odd = 0, blanks = 0;

	while (p < end && odd < 2) {
		uint32_t c = utf8_next(&p, end);

		if (!is_ideograph(c)) {
			if (is_blank(c) && c != '\n' && c != '\r' &&
			    c != '\t') {
				blanks++;
				continue;
			}
			c = unified(c);
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

/*
 * "术 前 所 见": a character alone between blanks, or a blank and a mark, is
 * noise, and these blanks part nothing, however few they are in the text.
 */
static void
close_gaps(struct view *v)
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
		    (gap || parts(before)) && (after || !is_wordy(next))) {
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

void
view_make(struct view *v, struct slice text, struct arena *arena)
{
	/* No character grows; a byte that is none becomes U+FFFD, three. */
	size_t room = (utf8_valid(text.p, text.n) ? text.n : 3 * text.n) + 4;
	const char *p = text.p, *end = text.p + text.n;
	struct maker m = { .v = v, .before = '\n' };
	bool blank = false, broken = false;

	*v = (struct view){ .original = text, .noisy = is_noisy(text) };
	v->byte = arena_alloc(arena, room * sizeof(*v->byte));
	v->code = arena_alloc(arena, room * sizeof(*v->code));
	v->gap = arena_alloc(arena, room);
	m.out = arena_alloc(arena, room);
	for (; p < end; m.code++) {
		const char *at = p;
		uint32_t raw = utf8_next(&p, end), c;
		const char *two;

		m.byte = (uint32_t)(at - text.p);
		if (is_ideograph(raw) && !blank) {
			p = put_ideographs(&m, at, end);
			m.code--;
			continue;
		}
		c = may_be_not(raw) && is_misread_not(raw, m.before, p, end)
		    ? 0x672A
		    : unified(raw);
		two = raw < 0x80 ? NULL : pair(raw);
		if (is_blank(raw)) {
			blank = true;
			m.wide += raw == '\t' || raw == 0x3000 ? 2 : 1;
			broken |= raw == '\n' || raw == '\r';
			continue;
		}
		if (blank && m.n > 0)
			blanks(&m, broken, c, at, end);
		blank = broken = false;
		m.wide = 0;
		if (two == NULL)
			put(&m, c);
		for (; two != NULL && *two != '\0'; two++)
			put(&m, (unsigned char)*two);
	}
	v->byte[m.n] = (uint32_t)text.n;
	v->code[m.n] = (uint32_t)utf8_count(text.p, text.n);
	v->gap[m.n] = 1;
	v->text = (struct slice){ m.out, m.n };
	v->gaps = m.gaps;
	v->spaced = v->noisy && m.gaps * 15 > m.n;
	if (v->noisy)
		close_gaps(v);
}

/* Where the character behind the view's [.., to) ends in the original. */
static size_t
end_of(const struct view *v, size_t to)
{
	const char *p = v->original.p + v->byte[to - 1];

	utf8_next(&p, v->original.p + v->original.n);
	return (size_t)(p - v->original.p);
}

struct slice
view_quote(const struct view *v, size_t from, size_t to)
{
	if (from >= to)
		return (struct slice){ "", 0 };
	return (struct slice){ v->original.p + v->byte[from],
		end_of(v, to) - v->byte[from] };
}

struct slice
view_words(const struct view *v, size_t from, size_t to, struct arena *arena)
{
	struct slice quote = view_quote(v, from, to);
	char *out = arena_alloc(arena, quote.n + 1);
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		const char *p = v->original.p + v->byte[i], *next = p;

		if (i > from && v->byte[i] == v->byte[i - 1])
			continue;
		if (v->text.p[i] == ' ') {
			out[n++] = ' ';
			continue;
		}
		utf8_next(&next, v->original.p + v->original.n);
		memcpy(out + n, p, (size_t)(next - p));
		n += (size_t)(next - p);
	}
	return (struct slice){ out, n };
}

struct span
view_span(const struct view *v, size_t from, size_t to)
{
	if (from >= to)
		return (struct span){ v->code[from], v->code[from] };
	return (struct span){ v->code[from], v->code[to - 1] + 1 };
}
