/*
 * The grammar of values that hold others, and of what is not plain in a
 * string.  Nesting is a stack of bits, one a level: no input, however deep,
 * makes the program recurse.
 */
#include "base/utf8.h"
#include "json/token.h"

#define DEEPEST 65536

const char *
text_fail(struct text *t, const char *at, const char *expected)
{
	t->bad = at;
	t->expected = expected;
	t->code = "json_syntax";
	return NULL;
}

const char *
text_fail_utf8(struct text *t, const char *at)
{
	t->bad = at;
	t->expected = "valid UTF-8";
	t->code = "encoding";
	return NULL;
}

const char *
text_fail_depth(struct text *t, const char *at)
{
	t->bad = at;
	t->code = "json_depth";
	return NULL;
}

bool
text_err(const struct text *t, struct err *e)
{
	const char *at = t->bad < t->end ? t->bad : t->end;
	size_t byte = (size_t)(at - t->begin) + 1;

	if (strcmp(t->code, "json_depth") == 0)
		return err_data(e, t->code,
		    "byte %zu: nested deeper than %u levels", byte, t->depth);
	return err_data(e, t->code, "byte %zu: %s%s expected", byte,
	    at == t->end ? "the text ends, " : "", t->expected);
}

/* Up to the next ASCII byte; characters of three bytes go five a step. */
static const char *
beyond_ascii(struct text *t, const char *p)
{
	const char *from;
	ptrdiff_t n;

	do {
		n = step_triples(p);
		if (n > t->end - p)
			break;
		p += n;
	} while (n == JSON_TRIPLES);
	while (p < t->end && (unsigned char)*p >= 0x80) {
		from = p;
		utf8_next(&p, t->end);
		if (p == from + 1)
			return text_fail_utf8(t, from);
	}
	return p;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static const char *
escape(struct text *t, const char *p)
{
	switch (*p) {
	case '"':
	case '\\':
	case '/':
	case 'b':
	case 'f':
	case 'n':
	case 'r':
	case 't':
		return p + 1;
	case 'u':
		break;
	default:
		return text_fail(t, p, "an escape that JSON knows");
	}
	for (unsigned i = 1; i <= 4; i++)
		if (!is_hex(p[i]))
			return text_fail(t, p + i, "a hexadecimal digit");
	return p + 5;
}

const char *
text_string(struct text *t, const char *p, bool *escaped)
{
	while (p < t->end) {
		if (*p == '"')
			return p + 1;
		if (*p == '\\') {
			*escaped = true;
			p = escape(t, p + 1);
		} else if ((unsigned char)*p >= 0x80 && !t->utf8) {
			p = beyond_ascii(t, p);
		} else if ((unsigned char)*p < ' ') {
			return text_fail(t, p, "no bare control character");
		} else {
			p += t->utf8 ? step_verbatim(p) : step_plain(p);
			continue;
		}
		if (p == NULL)
			return NULL;
	}
	return text_fail(t, t->end, "a closing quote");
}

/* A key with its colon and the blanks behind it. */
static const char *
key(struct text *t, const char *p)
{
	bool escaped;

	p = token_blanks(t, p);
	if (*p != '"')
		return text_fail(t, p, "a key in quotes");
	if ((p = token_string(t, p + 1, &escaped)) == NULL)
		return NULL;
	p = token_blanks(t, p);
	return *p == ':' ? p + 1 : text_fail(t, p, "':'");
}

struct nest {
	unsigned depth;
	bool object; /* what is innermost */
	uint64_t outer[DEEPEST / 64];
};

static void
enter(struct nest *s, bool object)
{
	uint64_t *word = &s->outer[s->depth / 64];
	unsigned bit = s->depth % 64;

	if (bit == 0)
		*word = 0;
	*word &= ~(UINT64_C(1) << bit);
	*word |= (uint64_t)s->object << bit;
	s->object = object;
	s->depth++;
}

static void
leave(struct nest *s)
{
	s->depth--;
	s->object = s->outer[s->depth / 64] >> s->depth % 64 & 1;
}

const char *
text_container(struct text *t, const char *p, unsigned above)
{
	struct nest s;
	uint8_t type;
	bool escaped;

	s.depth = 0;
	s.object = false;
	for (;;) {
		/* A value begins here. */
		p = token_blanks(t, p);
		if ((*p == '{' || *p == '[') && p < t->end) {
			if (above + s.depth == t->depth)
				return text_fail_depth(t, p);
			enter(&s, *p == '{');
			p = token_blanks(t, p + 1);
			if (*p != (s.object ? '}' : ']')) {
				if (s.object && (p = key(t, p)) == NULL)
					return NULL;
				continue;
			}
		} else if ((p = token_scalar(t, p, &type, &escaped)) == NULL) {
			return NULL;
		}

		/* It has ended, and so has all that closes behind it. */
		p = token_blanks(t, p);
		while (p < t->end && *p == (s.object ? '}' : ']')) {
			leave(&s);
			if (s.depth == 0)
				return p + 1;
			p = token_blanks(t, p + 1);
		}
		if (p >= t->end || *p != ',')
			return text_fail(
			    t, p, s.object ? "',' or '}'" : "',' or ']'");
		p++;
		if (s.object && (p = key(t, p)) == NULL)
			return NULL;
	}
}

void
text_init(struct text *t, const char *p, size_t n, unsigned depth)
{
	t->begin = p;
	t->end = p + n;
	t->bad = p;
	t->utf8 = step_utf8(p, n);
	t->depth = depth == 0 ? JSON_DEPTH : depth < DEEPEST ? depth : DEEPEST;
}

bool
text_ends(struct text *t, const char *p, const char *rest)
{
	if (p > t->end) {
		text_fail(t, p, rest);
		return false;
	}
	p = token_blanks(t, p);
	if (p < t->end)
		text_fail(t, p, "the end of the text");
	return p == t->end;
}

bool
text_check(struct text *t)
{
	const char *p = token_blanks(t, t->begin);
	uint8_t type;
	bool escaped;

	if (p >= t->end)
		p = text_fail(t, p, "a value");
	else
		p = token_value(t, p, 0, &type, &escaped);
	return p != NULL && text_ends(t, p, "the rest of a value");
}

bool
json_check(const char *p, size_t n, unsigned depth, struct err *e)
{
	struct text t;

	text_init(&t, p, n, depth);
	return text_check(&t) || text_err(&t, e);
}
