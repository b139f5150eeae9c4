#include "base/ecma.h"

#include "base/utf8.h"

#define DEEPEST 200 /* groups inside each other; PCRE2 allows 250 */
#define LARGEST 0x10FFFF

/* Ranges, first and last, of the classes that have a letter. */
static const uint32_t digits[] = { '0', '9' };
static const uint32_t words[] = { '0', '9', 'A', 'Z', '_', '_', 'a', 'z' };
static const uint32_t blanks[] = { 0x09, 0x0D, 0x20, 0x20, 0xA0, 0xA0, 0x1680,
	0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F, 0x205F,
	0x3000, 0x3000, 0xFEFF, 0xFEFF };

struct reader {
	const char *begin, *p, *end;
	struct buf *to;
	struct err *e;
	unsigned depth;
};

/* Long names of Unicode's general categories; PCRE2 knows the short ones. */
static const struct {
	const char *name, *is;
} categories[] = { { "Letter", "L" }, { "Cased_Letter", "L&" }, { "LC", "L&" },
	{ "Uppercase_Letter", "Lu" }, { "Lowercase_Letter", "Ll" },
	{ "Titlecase_Letter", "Lt" }, { "Modifier_Letter", "Lm" },
	{ "Other_Letter", "Lo" }, { "Mark", "M" }, { "Combining_Mark", "M" },
	{ "Nonspacing_Mark", "Mn" }, { "Spacing_Mark", "Mc" },
	{ "Enclosing_Mark", "Me" }, { "Number", "N" },
	{ "Decimal_Number", "Nd" }, { "digit", "Nd" },
	{ "Letter_Number", "Nl" }, { "Other_Number", "No" },
	{ "Punctuation", "P" }, { "punct", "P" },
	{ "Connector_Punctuation", "Pc" }, { "Dash_Punctuation", "Pd" },
	{ "Open_Punctuation", "Ps" }, { "Close_Punctuation", "Pe" },
	{ "Initial_Punctuation", "Pi" }, { "Final_Punctuation", "Pf" },
	{ "Other_Punctuation", "Po" }, { "Symbol", "S" },
	{ "Math_Symbol", "Sm" }, { "Currency_Symbol", "Sc" },
	{ "Modifier_Symbol", "Sk" }, { "Other_Symbol", "So" },
	{ "Separator", "Z" }, { "Space_Separator", "Zs" },
	{ "Line_Separator", "Zl" }, { "Paragraph_Separator", "Zp" },
	{ "Control", "Cc" }, { "cntrl", "Cc" }, { "Format", "Cf" } };

static const char *const shorts[] = { "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M",
	"Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
	"Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp",
	"Cc", "Cf", "Any" };

static bool
refuse(struct reader *r, const char *at, const char *why)
{
	return err_set(r->e, ERR_USAGE, "pattern, at character %zu: %s",
	    utf8_count(r->begin, (size_t)(at - r->begin)) + 1, why);
}

static bool
is_next(const struct reader *r, char c)
{
	return r->p < r->end && *r->p == c;
}

static void
put_code(struct reader *r, uint32_t code)
{
	if ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
	    (code >= 'a' && code <= 'z'))
		buf_addc(r->to, (char)code);
	else
		buf_addf(r->to, "\\x{%X}", (unsigned)code);
}

static void
put_range(struct reader *r, uint32_t first, uint32_t last)
{
	put_code(r, first);
	if (last > first) {
		buf_addc(r->to, '-');
		put_code(r, last);
	}
}

/* The ranges, or what is between them, as the inside of a class. */
static void
put_ranges(struct reader *r, const uint32_t *list, size_t n, bool negated)
{
	uint32_t from = 0;

	for (size_t i = 0; i < n; i += 2) {
		if (!negated)
			put_range(r, list[i], list[i + 1]);
		else if (list[i] > from)
			put_range(r, from, list[i] - 1);
		from = list[i + 1] + 1;
	}
	if (negated)
		put_range(r, from, LARGEST);
}

/* \d \D \s \S \w \W; false where the letter is another. */
static bool
put_letter_class(struct reader *r, char c)
{
	switch (c) {
	case 'd':
	case 'D':
		put_ranges(r, digits, 2, c == 'D');
		return true;
	case 's':
	case 'S':
		put_ranges(
		    r, blanks, sizeof(blanks) / sizeof(blanks[0]), c == 'S');
		return true;
	case 'w':
	case 'W':
		put_ranges(
		    r, words, sizeof(words) / sizeof(words[0]), c == 'W');
		return true;
	default:
		return false;
	}
}

/* --- properties ------------------------------------------------------------- */

static const char *
category_of(struct slice name)
{
	for (size_t i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++)
		if (slice_is(name, shorts[i]))
			return shorts[i];
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
		if (slice_is(name, categories[i].name))
			return categories[i].is;
	return NULL;
}

static bool
is_word(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
		    (c < 'a' || c > 'z') && c != '_')
			return false;
	}
	return s.n > 0;
}

/* Behind \p or \P: a category, or a script, whose name PCRE2 checks. */
static bool
put_property(struct reader *r, bool negated)
{
	const char *at = r->p - 2, *close;
	struct slice name, value = { NULL, 0 };
	const char *equals, *is = NULL, *how = "";

	if (!is_next(r, '{') ||
	    (close = memchr(r->p, '}', (size_t)(r->end - r->p))) == NULL)
		return refuse(r, at, "\\p needs {Name}");
	name = slice_span(r->p + 1, close);
	r->p = close + 1;
	equals = name.n == 0 ? NULL : memchr(name.p, '=', name.n);
	if (equals != NULL) {
		value = slice_span(equals + 1, close);
		name.n = (size_t)(equals - name.p);
	}
	if (equals == NULL)
		is = category_of(name);
	else if (slice_is(name, "General_Category") || slice_is(name, "gc"))
		is = category_of(value);
	else if (slice_is(name, "Script") || slice_is(name, "sc"))
		how = "sc:";
	else if (slice_is(name, "Script_Extensions") || slice_is(name, "scx"))
		how = "scx:";
	if (*how != '\0' && is_word(value))
		buf_addf(r->to, "\\%c{%s%.*s}", negated ? 'P' : 'p', how,
		    (int)value.n, value.p);
	else if (is != NULL)
		buf_addf(r->to, "\\%c{%s}", negated ? 'P' : 'p', is);
	else
		return refuse(r, at,
		    "only general categories (\\p{L}) and scripts "
		    "(\\p{Script=Han}) are known");
	return true;
}

/* --- escapes ---------------------------------------------------------------- */

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
read_hex(struct reader *r, size_t n, uint32_t *code)
{
	*code = 0;
	if ((size_t)(r->end - r->p) < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int digit = hex_digit(r->p[i]);

		if (digit < 0)
			return false;
		*code = *code << 4 | (unsigned)digit;
	}
	r->p += n;
	return true;
}

static bool
read_braced(struct reader *r, uint32_t *code)
{
	const char *from = ++r->p;

	*code = 0;
	while (r->p < r->end && hex_digit(*r->p) >= 0 && *code <= LARGEST)
		*code = *code << 4 | (unsigned)hex_digit(*r->p++);
	return r->p > from && *code <= LARGEST && is_next(r, '}') && r->p++;
}

/* Behind \u: four digits, two halves of a pair, or {...}. */
static bool
read_unicode(struct reader *r, uint32_t *code)
{
	uint32_t low;

	if (is_next(r, '{'))
		return read_braced(r, code) &&
		    (*code < 0xD800 || *code > 0xDFFF);
	if (!read_hex(r, 4, code))
		return false;
	if (*code < 0xD800 || *code > 0xDFFF)
		return true;
	if (*code > 0xDBFF || !is_next(r, '\\'))
		return false;
	r->p++;
	if (!is_next(r, 'u'))
		return false;
	r->p++;
	if (!read_hex(r, 4, &low) || low < 0xDC00 || low > 0xDFFF)
		return false;
	*code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/* The character of an escape that stands for one; r->p is behind `\`. */
static bool
read_escape(struct reader *r, uint32_t *code)
{
	static const char names[] = "tnvfr", codes[] = "\t\n\v\f\r";
	const char *at = r->p - 1, *name;
	char c = *r->p++;

	if (c != '\0' && (name = strchr(names, c)) != NULL) {
		*code = (unsigned char)codes[name - names];
		return true;
	}
	if (c == 'u')
		return read_unicode(r, code) ||
		    refuse(r, at, "\\u needs a code point");
	if (c == 'x')
		return read_hex(r, 2, code) ||
		    refuse(r, at, "\\x needs two hexadecimal digits");
	if (c == '0' && !(r->p < r->end && *r->p >= '0' && *r->p <= '9')) {
		*code = 0;
		return true;
	}
	if (c == 'c' && r->p < r->end &&
	    ((*r->p | 0x20) >= 'a' && (*r->p | 0x20) <= 'z')) {
		*code = (unsigned char)*r->p++ & 0x1F;
		return true;
	}
	if ((unsigned char)c > ' ' && (unsigned char)c < 0x7F &&
	    !is_word((struct slice){ &c, 1 })) {
		*code = (unsigned char)c;
		return true;
	}
	if (c == '_') {
		*code = '_';
		return true;
	}
	return refuse(r, at,
	    c == 'k' || (c >= '1' && c <= '9')
		? "back references are not read as ECMA-262 has them"
		: "unknown escape");
}

/* --- classes ---------------------------------------------------------------- */

/* One member of a class: a character (*one), or several that are put. */
static bool
read_member(struct reader *r, uint32_t *code, bool *one)
{
	*one = true;
	if (*r->p != '\\') {
		*code = utf8_next(&r->p, r->end);
		return true;
	}
	if (++r->p == r->end)
		return refuse(r, r->p - 1, "\\ at the end");
	if (put_letter_class(r, *r->p)) {
		r->p++;
		*one = false;
		return true;
	}
	if (*r->p == 'p' || *r->p == 'P') {
		r->p++;
		*one = false;
		return put_property(r, r->p[-1] == 'P');
	}
	if (*r->p == 'b') {
		r->p++;
		*code = 0x08;
		return true;
	}
	return read_escape(r, code);
}

static bool
put_member(struct reader *r)
{
	const char *at = r->p;
	uint32_t first, last;
	bool one, other;

	if (!read_member(r, &first, &one))
		return false;
	if (r->end - r->p < 2 || r->p[0] != '-' || r->p[1] == ']') {
		if (one)
			put_code(r, first);
		return true;
	}
	r->p++;
	if (!read_member(r, &last, &other))
		return false;
	if (!one || !other || last < first)
		return refuse(r, at, "no range");
	put_range(r, first, last);
	return true;
}

static bool
read_class(struct reader *r)
{
	const char *at = r->p++;
	bool negated = is_next(r, '^');

	r->p += negated;
	if (is_next(r, ']')) {
		r->p++;
		buf_adds(r->to, negated ? "[\\x{0}-\\x{10FFFF}]" : "(?!)");
		return true;
	}
	buf_adds(r->to, negated ? "[^" : "[");
	while (r->p < r->end && *r->p != ']')
		if (!put_member(r))
			return false;
	if (r->p == r->end)
		return refuse(r, at, "the class does not end");
	r->p++;
	buf_addc(r->to, ']');
	return true;
}

/* --- terms ------------------------------------------------------------------ */

/* `{2}`, `{2,}`, `{2,5}`: how long it is, or 0. */
static size_t
braces(const struct reader *r)
{
	const char *p = r->p + 1;
	size_t n = 0;

	while (p < r->end && *p >= '0' && *p <= '9')
		p++, n++;
	if (n > 0 && p < r->end && *p == ',')
		for (p++; p < r->end && *p >= '0' && *p <= '9';)
			p++;
	return n > 0 && p < r->end && *p == '}' ? (size_t)(p + 1 - r->p) : 0;
}

/* What may follow a term that can be repeated. */
static void
read_quantifier(struct reader *r)
{
	size_t n = 0;

	if (r->p == r->end)
		return;
	if (*r->p == '*' || *r->p == '+' || *r->p == '?')
		n = 1;
	else if (*r->p == '{')
		n = braces(r);
	buf_add(r->to, r->p, n);
	r->p += n;
	if (n > 0 && is_next(r, '?')) {
		buf_addc(r->to, '?');
		r->p++;
	}
}

static void
put_boundary(struct reader *r, bool negated)
{
	static const char word[] = "[0-9A-Z_a-z]";

	if (negated)
		buf_addf(r->to, "(?:(?<=%s)(?=%s)|(?<!%s)(?!%s))", word, word,
		    word, word);
	else
		buf_addf(r->to, "(?:(?<=%s)(?!%s)|(?<!%s)(?=%s))", word, word,
		    word, word);
}

/* Sets *again where it may be repeated. */
static bool
read_backslash(struct reader *r, bool *again)
{
	uint32_t code;

	if (++r->p == r->end)
		return refuse(r, r->p - 1, "\\ at the end");
	*again = true;
	switch (*r->p) {
	case 'b':
	case 'B':
		*again = false;
		put_boundary(r, *r->p++ == 'B');
		return true;
	case 'p':
	case 'P':
		r->p++;
		return put_property(r, r->p[-1] == 'P');
	case 'd':
	case 'D':
	case 's':
	case 'S':
	case 'w':
	case 'W':
		buf_addc(r->to, '[');
		put_letter_class(r, *r->p++);
		buf_addc(r->to, ']');
		return true;
	default:
		if (!read_escape(r, &code))
			return false;
		put_code(r, code);
		return true;
	}
}

/* (?<name> as (: names are for what is found, of which nobody asks. */
static bool
skip_name(struct reader *r, const char *at)
{
	const char *close = memchr(r->p, '>', (size_t)(r->end - r->p));
	struct slice name =
	    close == NULL ? (struct slice){ NULL, 0 } : slice_span(r->p, close);

	if (!is_word(name) || (name.p[0] >= '0' && name.p[0] <= '9'))
		return refuse(r, at, "no name of a group");
	r->p = close + 1;
	buf_addc(r->to, '(');
	return true;
}

static bool read_alternatives(struct reader *);

static bool
read_group(struct reader *r, bool *again)
{
	static const char *const openings[] = { "(?:", "(?=", "(?!",
		"(?<=", "(?<!" };
	const char *at = r->p;
	struct slice rest = slice_span(at, r->end);
	size_t n = 0, which = 0;

	for (; n == 0 && which < 5; which++)
		if (slice_starts(rest, openings[which]))
			n = strlen(openings[which]);
	*again = n == 0 || which == 1;
	if (++r->depth > DEEPEST)
		return refuse(r, at, "too many groups inside each other");
	if (n > 0) {
		buf_add(r->to, at, n);
		r->p += n;
	} else if (slice_starts(rest, "(?<")) {
		r->p += 3;
		if (!skip_name(r, at))
			return false;
	} else if (slice_starts(rest, "(?")) {
		return refuse(r, at, "no group of ECMA-262");
	} else {
		buf_addc(r->to, '(');
		r->p++;
	}
	if (!read_alternatives(r))
		return false;
	if (r->p == r->end)
		return refuse(r, at, "the group does not end");
	r->p++;
	r->depth--;
	buf_addc(r->to, ')');
	return true;
}

static bool
read_term(struct reader *r)
{
	bool again = true;

	switch (*r->p) {
	case '(':
		if (!read_group(r, &again))
			return false;
		break;
	case '[':
		if (!read_class(r))
			return false;
		break;
	case '\\':
		if (!read_backslash(r, &again))
			return false;
		break;
	case '.':
		r->p++;
		buf_adds(r->to, "[^\\x{A}\\x{D}\\x{2028}\\x{2029}]");
		break;
	case '^':
		r->p++;
		again = false;
		buf_adds(r->to, "\\A");
		break;
	case '$':
		r->p++;
		again = false;
		buf_adds(r->to, "\\z");
		break;
	case '*':
	case '+':
	case '?':
		return refuse(r, r->p, "nothing to repeat");
	case '{':
	case '}':
	case ']':
		return refuse(r, r->p, "this sign alone needs a \\ before it");
	default:
		put_code(r, utf8_next(&r->p, r->end));
	}
	if (again)
		read_quantifier(r);
	return true;
}

static bool
read_alternatives(struct reader *r)
{
	while (r->p < r->end && *r->p != ')') {
		if (*r->p == '|') {
			buf_addc(r->to, '|');
			r->p++;
		} else if (!read_term(r)) {
			return false;
		}
	}
	return true;
}

bool
ecma_pattern(struct slice text, struct buf *to, struct err *e)
{
	struct reader r = { .begin = text.p,
		.p = text.p,
		.end = text.p + text.n,
		.to = to,
		.e = e };

	if (text.n == 0)
		return true;
	if (!read_alternatives(&r))
		return false;
	return r.p == r.end || refuse(&r, r.p, "no group begins before this )");
}
