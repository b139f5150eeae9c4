/*
 * What a quantity is made of: numbers, as an OCR may spell them, units, and
 * the signs between them.
 */
#include "extract/measure_part.h"

bool
lexer_takes(struct lexer *l, const char *word)
{
	if (!slice_starts(slice_span(l->s.p + l->at, l->s.p + l->s.n), word))
		return false;
	l->at += strlen(word);
	return true;
}

void
lexer_blank(struct lexer *l)
{
	while (lexer_peek(l, 0) == ' ')
		l->at++;
}

bool
lexer_behind(const struct lexer *l, size_t at, const char *word)
{
	size_t n = strlen(word);

	return at >= n && memcmp(l->s.p + at - n, word, n) == 0;
}

bool
lexer_is_misread(const struct lexer *l)
{
	int c = lexer_peek(l, 0), before;

	if (c != 'l' && c != 'I' && c != 'O')
		return false;
	before = l->at == 0 ? ' ' : (unsigned char)l->s.p[l->at - 1];
	return lexer_peek(l, 1) == '.' && lexer_is_digit(lexer_peek(l, 2)) &&
	    (!lexer_is_letter(before) || before == 'x');
}

/* How many digits stand side by side at a byte of the text, or end there. */
static size_t
digits_from(struct slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && lexer_is_digit(s.p[at + n]))
		n++;
	return n;
}

static size_t
digits_before(struct slice s, size_t at)
{
	size_t n = 0;

	while (n < at && lexer_is_digit(s.p[at - n - 1]))
		n++;
	return n;
}

/*
 * Only the comma that the text has itself, with no blank behind it: the view's
 * may have been a full-width one, which parts what is listed ("95，120ml").
 * Nor does it stand behind a fraction or the second of a ratio ("130/80,126").
 */
bool
measure_parts_thousands(const struct view *v, size_t at)
{
	const struct slice s = v->text;
	size_t before;

	if (v->original.p[v->byte[at]] != ',' || v->gap[at + 1] ||
	    digits_from(s, at + 1) != 3)
		return false;
	before = digits_before(s, at);
	return before >= 1 && before <= 3 &&
	    (before == at || strchr("./", s.p[at - before - 1]) == NULL);
}

size_t
measure_misreads_point(struct slice view, size_t at)
{
	struct slice rest = slice_span(view.p + at, view.p + view.n);
	const size_t n = rest.p[0] == ',' ? 1 : strlen("。");
	const struct unit *u;
	size_t used;

	if ((n > 1 && !slice_starts(rest, "。")) ||
	    digits_before(view, at) != 2 || digits_from(view, at + n) != 1)
		return 0;
	u = unit_at(slice_span(rest.p + n + 1, rest.p + rest.n), &used);
	return u != NULL && u->dimension == DIM_TEMPERATURE ? n : 0;
}

/*
 * "12O", "9O/5O", "1l2": a nought or a one among digits; a letter that a unit
 * or a name has (5l, cmH2O, CK7O) is none.
 */
static bool
is_misread_digit(const struct lexer *l, size_t from)
{
	size_t n = 1;
	int c = lexer_peek(l, 0);
	int before = from == 0 ? ' ' : (unsigned char)l->s.p[from - 1];

	if (lexer_is_letter(before) || lexer_behind(l, from, "H "))
		return false;
	if (c != 'O')
		return lexer_is_digit(lexer_peek(l, 1));
	while (lexer_peek(l, n) == 'O' || lexer_is_digit(lexer_peek(l, n)))
		n++;
	return !lexer_is_letter(lexer_peek(l, n));
}

/* Digits, with a point and digits behind it; thousands by commas. */
bool
lexer_number(struct lexer *l, struct decimal *value)
{
	char text[64];
	size_t n = 0, from = l->at;
	bool point = false;
	struct err e;

	while (n < sizeof(text) - 1) {
		int c = lexer_peek(l, 0);

		if (lexer_is_digit(c))
			text[n++] = (char)c;
		else if (n == 0 && lexer_is_misread(l))
			text[n++] = c == 'O' ? '0' : '1';
		else if (c == '.' && !point && n > 0 &&
		    lexer_is_digit(lexer_peek(l, 1))) {
			text[n++] = '.';
			point = true;
		} else if (n > 0 && (c == 'O' || c == 'l' || c == 'I') &&
		    is_misread_digit(l, from)) {
			text[n++] = c == 'O' ? '0' : '1';
		} else if (n == 2 && !point &&
		    measure_misreads_point(l->s, l->at) > 0) {
			l->at += measure_misreads_point(l->s, l->at) - 1;
			text[n++] = '.';
			point = true;
		} else if (!(c == ',' && n > 0 &&
			       measure_parts_thousands(l->view, l->at))) {
			break;
		}
		l->at++;
	}
	if (n == 0 ||
	    !decimal_parse((struct slice){ text, n }, l->arena, value, &e)) {
		l->at = from;
		return false;
	}
	return true;
}

/* "ml/kg", "L/min", "ug/(kg·min)": no quantity of the unit before the stroke. */
static bool
is_per(struct slice rest)
{
	static const char *const below[] = { "kg", "h", "hr", "min", "s", "sec",
		"d", "day", "L", "l", "ml", "mL", "dl", "dL", "m", NULL };
	size_t n = 1;

	if (rest.n < 2 || rest.p[0] != '/')
		return false;
	if (rest.p[1] == '(')
		return true;
	while (n < rest.n && lexer_is_digit((unsigned char)rest.p[n]))
		n++;
	rest = (struct slice){ rest.p + n, rest.n - n };
	for (n = 0; n < rest.n && lexer_is_letter((unsigned char)rest.p[n]);)
		n++;
	for (size_t i = 0; below[i] != NULL; i++)
		if (slice_is((struct slice){ rest.p, n }, below[i]))
			return true;
	return false;
}

/* "由98升至116": the verb is no litre. */
static bool
is_verb(struct slice rest)
{
	static const char *const words[] = { "升至", "升到", "升高", "升为",
		"升压", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(rest, words[i]))
			return true;
	return false;
}

const struct unit *
lexer_unit(struct lexer *l)
{
	static const struct unit per = { "", "", DIM_NONE, "1" };
	size_t n;
	struct slice rest = { l->s.p + l->at, l->s.n - l->at };
	const struct unit *u = unit_at(rest, &n);

	if (u == NULL || (n == strlen("升") && is_verb(rest)))
		return NULL;
	l->at += n;
	/* "30W/60s": a power is of no time. */
	if (u->dimension != DIM_POWER &&
	    is_per((struct slice){ rest.p + n, rest.n - n }))
		return &per;
	return u;
}

bool
lexer_tells_minutes(const struct lexer *l, const struct unit *u)
{
	size_t n = 0;

	if (!slice_is(slice_of(u->spelling), "m"))
		return false;
	while (lexer_peek(l, n) == ' ')
		n++;
	if (!lexer_is_digit(lexer_peek(l, n)))
		return false;
	while (lexer_is_digit(lexer_peek(l, n)) || lexer_peek(l, n) == ' ')
		n++;
	return (lexer_peek(l, n) == 's' || lexer_peek(l, n) == 'S') &&
	    (!lexer_is_letter(lexer_peek(l, n + 1)) ||
		lexer_peek(l, n + 1) == 'e');
}

const struct unit *
lexer_prime(struct lexer *l)
{
	if (lexer_takes(l, "''") || lexer_takes(l, "\""))
		return unit_find(SLICE("s"));
	if (lexer_takes(l, "'"))
		return unit_find(SLICE("min"));
	return NULL;
}

/* "1.2 ml×1次": how often, no second diameter. */
static bool
counts_doses(const struct lexer *l)
{
	static const char *const kinds[] = { "次", "天", "支", "瓶", "针",
		NULL };
	size_t n = 0;
	struct slice rest;

	while (lexer_is_digit(lexer_peek(l, n)))
		n++;
	rest = slice_span(l->s.p + l->at + n, l->s.p + l->s.n);
	for (size_t i = 0; kinds[i] != NULL; i++)
		if (slice_starts(rest, kinds[i]))
			return true;
	return false;
}

/* "4.8cm(上下)x1.6cm(左右)": the name of a diameter behind it. */
static void
skip_name(struct lexer *l)
{
	static const char *const names[] = { "上下", "左右", "前后", "长", "宽",
		"厚", "高", "纵", "横", "头尾", NULL };
	size_t i = 0, from = l->at;

	if (!lexer_takes(l, "("))
		return;
	while (names[i] != NULL && !lexer_takes(l, names[i]))
		i++;
	lexer_takes(l, "径");
	if (names[i] == NULL || !lexer_takes(l, ")"))
		l->at = from;
}

bool
lexer_times(struct lexer *l)
{
	size_t from = l->at;
	int c;

	skip_name(l);
	lexer_blank(l);
	c = lexer_peek(l, 0);
	if (c == 'x' || c == 'X' || c == '*' || lexer_takes(l, "乘")) {
		if (c < 0x80)
			l->at++;
		lexer_blank(l);
		if (lexer_is_misread(l) ||
		    (lexer_is_digit(lexer_peek(l, 0)) && !counts_doses(l)))
			return true;
	}
	l->at = from;
	return false;
}

bool
lexer_to_sign(struct lexer *l)
{
	size_t from = l->at;

	if (lexer_takes(l, "~") || lexer_takes(l, "-") ||
	    lexer_takes(l, "至") || lexer_takes(l, "到")) {
		if (lexer_is_digit(lexer_peek(l, 0)))
			return true;
	}
	l->at = from;
	return false;
}

bool
lexer_and_more(struct lexer *l)
{
	static const char *const words[] = { "余", "多", "来", "+", NULL };
	static const char *const counted[] = { "枚", "个", "处", "次", "颗",
		NULL };
	size_t from = l->at, n;

	for (size_t i = 0; words[i] != NULL; i++) {
		struct slice rest;

		if (!lexer_takes(l, words[i]))
			continue;
		rest = slice_span(l->s.p + l->at, l->s.p + l->s.n);
		if (unit_at(rest, &n) != NULL)
			return true;
		for (size_t k = 0; counted[k] != NULL; k++)
			if (slice_starts(rest, counted[k]))
				return true;
		l->at = from;
	}
	return false;
}
