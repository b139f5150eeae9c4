/*
 * The view of a text: every character as one sign for each meaning, and the
 * maps that lead back from it.
 */
#include "extract/view.h"

#include "extract/view_part.h"

#define IDEOGRAPH 3 /* bytes */

uint32_t
view_unified_sign(uint32_t c)
{
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
	} while (view_is_blank(next));
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

	while (p < end && view_is_ideograph(c = utf8_next(&next, end))) {
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

void
view_make(struct view *v, struct slice text, struct arena *arena)
{
	/* No character grows; a byte that is none becomes U+FFFD, three. */
	size_t room = (utf8_valid(text.p, text.n) ? text.n : 3 * text.n) + 4;
	const char *p = text.p, *end = text.p + text.n;
	struct maker m = { .v = v, .before = '\n' };
	bool blank = false, broken = false;

	*v = (struct view){ .original = text, .noisy = view_is_noisy(text) };
	v->byte = arena_alloc(arena, room * sizeof(*v->byte));
	v->code = arena_alloc(arena, room * sizeof(*v->code));
	v->gap = arena_alloc(arena, room);
	m.out = arena_alloc(arena, room);
	for (; p < end; m.code++) {
		const char *at = p;
		uint32_t raw = utf8_next(&p, end), c, sign;
		const char *two;

		m.byte = (uint32_t)(at - text.p);
		if (view_is_ideograph(raw) && !blank) {
			p = put_ideographs(&m, at, end);
			m.code--;
			continue;
		}
		c = view_may_be_not(raw) &&
			is_misread_not(raw, m.before, p, end)
		    ? 0x672A
		    : view_unified(raw);
		two = raw < 0x80 ? NULL : pair(raw);
		if (view_is_blank(raw)) {
			blank = true;
			m.wide += raw == '\t' || raw == 0x3000 ? 2 : 1;
			broken |= raw == '\n' || raw == '\r';
			continue;
		}
		if (blank && m.n > 0 &&
		    (sign = view_blanks(&m, broken, c, at, end)) != 0)
			put(&m, sign);
		blank = broken = false;
		m.wide = 0;
		if (two == NULL)
			put(&m, c);
		for (; two != NULL && *two != '\0'; two++)
			put(&m, (unsigned char)*two);
	}
	m.out[m.n] = '\n'; /* what looks one sign on finds the end of a line */
	v->byte[m.n] = (uint32_t)text.n;
	v->code[m.n] = (uint32_t)utf8_count(text.p, text.n);
	v->gap[m.n] = 1;
	v->text = (struct slice){ m.out, m.n };
	v->gaps = m.gaps;
	v->spaced = v->noisy && m.gaps * 15 > m.n;
	if (v->noisy)
		view_close_gaps(v);
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

		/* The blank before a letter has the letter's place. */
		if (i > from && v->byte[i] == v->byte[i - 1] &&
		    v->text.p[i - 1] != ' ')
			continue;
		if (v->text.p[i] == ' ') {
			out[n++] = ' ';
			continue;
		}
		/* "E. coli" */
		if (i > from && v->gap[i] && v->text.p[i - 1] == '.' &&
		    !v->noisy && is_letter((unsigned char)v->text.p[i]))
			out[n++] = ' ';
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
