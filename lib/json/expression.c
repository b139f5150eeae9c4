/*
 * A record is projected to the members that an expression names, so it matters
 * where `.` is the record.  It is at the start, and stays so through operators,
 * brackets, `if` and `.a as $x |`; behind any other `|` it is something else,
 * up to the bracket that closes around the pipe.  Whatever there is that reads
 * `.` whole where it is the record (a bare `.`, a function, an assignment), or
 * that is not understood here, makes all members wanted: being wrong in that
 * direction costs time and nothing else.
 */
#include "json/expression.h"

#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"

#define DEEPEST 128

struct level {
	char close;   /* ) ] } or e for end */
	bool quoted;  /* closes back into a string */
	bool outer;   /* `.` was not the record where it opened */
	bool inner;   /* nor is it here */
	bool binding; /* behind `as`: the next pipe keeps `.` */
};

struct reader {
	const char *p;
	struct level levels[DEEPEST];
	size_t depth;
	bool term; /* the last token ended a term */
	char last; /* its last character */
	bool any;
	struct index *members;
	struct err *e;
};

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static struct slice
name_at(const char *p)
{
	const char *from = p;

	if (is_name(*p))
		while (is_name(*p) || is_digit(*p) ||
		    (p[0] == ':' && p[1] == ':' && is_name(p[2])) ||
		    (p[0] == ':' && p[-1] == ':' && is_name(p[1])))
			p++;
	return slice_span(from, p);
}

static struct level *
here(struct reader *r)
{
	return &r->levels[r->depth];
}

static const char *
after_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		p++;
	return p;
}

static bool
open_level(struct reader *r, char close, bool quoted)
{
	bool inner = here(r)->inner;

	if (r->depth + 1 == DEEPEST)
		return err_set(r->e, ERR_USAGE,
		    "the expression nests deeper than %d levels", DEEPEST);
	r->levels[++r->depth] =
	    (struct level){ close, quoted, inner, inner, false };
	return true;
}

/* Reads `.` whole, or may. */
static void
reads_all(struct reader *r)
{
	if (!here(r)->inner)
		r->any = true;
}

static void
reads(struct reader *r, struct slice name)
{
	if (!here(r)->inner)
		index_add(r->members, name, NULL);
}

/* A string from behind its quote, or from behind an interpolation in it. */
static bool
string(struct reader *r)
{
	for (; *r->p != '\0'; r->p++) {
		if (*r->p == '"') {
			r->p++;
			r->term = true;
			return true;
		}
		if (*r->p == '\\' && r->p[1] == '(') {
			r->p += 2;
			r->term = false;
			return open_level(r, ')', true);
		}
		if (*r->p == '\\' && r->p[1] != '\0')
			r->p++;
	}
	return err_set(
	    r->e, ERR_USAGE, "a string in the expression is not closed");
}

/* A string without escapes, from its quote; else n is 0 and p NULL. */
static struct slice
plain_string(const char *p)
{
	const char *from = p + 1;

	if (*p != '"')
		return (struct slice){ NULL, 0 };
	for (p = from; *p != '"'; p++)
		if (*p == '\0' || *p == '\\')
			return (struct slice){ NULL, 0 };
	return slice_span(from, p);
}

/* What begins with a dot; p is on the dot. */
static void
dot(struct reader *r)
{
	struct slice name = name_at(r->p + 1);
	const char *p = r->p + 1, *end;

	if (name.n > 0) {
		if (!r->term)
			reads(r, name);
		r->p = name.p + name.n;
	} else if (*p == '.') {
		reads_all(r);
		r->p += 2;
	} else if (r->term) {
		r->p++; /* .a."b" and .a.[0] */
		return;
	} else {
		bool bracket = *p == '[';

		name = plain_string(bracket ? after_blanks(p + 1) : p);
		end = name.p == NULL ? NULL : name.p + name.n + 1;
		if (bracket && end != NULL)
			end = *after_blanks(end) == ']' ? after_blanks(end) + 1
							: NULL;
		if (end == NULL)
			reads_all(r);
		else
			reads(r, name);
		r->p = end == NULL ? p : end;
	}
	r->term = true;
}

static bool
in_list(struct slice name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(name, *list))
			return true;
	return false;
}

static const char *const refused[] = { "debug", "env", "get_jq_origin",
	"get_prog_origin", "get_search_list", "halt", "halt_error", "import",
	"include", "input", "input_filename", "input_line_number", "inputs",
	"localtime", "modulemeta", "now", "stderr", "strflocaltime", NULL };

static bool
refuse(struct reader *r, const char *sigil, struct slice name)
{
	return err_set(r->e, ERR_USAGE,
	    "'%s%.*s' may not be used in an expression: a result must follow "
	    "from the record alone",
	    sigil, (int)name.n, name.p);
}

/* Whether the name is a key of an object under construction. */
static bool
is_key(struct reader *r, struct slice name)
{
	const char *behind = after_blanks(name.p + name.n);

	if (here(r)->close != '}' || (r->last != '{' && r->last != ','))
		return false;
	if (*behind == ',' || *behind == '}')
		reads(r, name); /* {a} is {a: .a} */
	return *behind == ':' || *behind == ',' || *behind == '}';
}

/* A string where a key may stand: {"a"} is {a: .a}. */
static void
string_key(struct reader *r)
{
	struct slice name = plain_string(r->p);
	const char *behind;

	if (here(r)->close != '}' || (r->last != '{' && r->last != ','))
		return;
	if (name.p == NULL) {
		reads_all(r);
		return;
	}
	behind = after_blanks(name.p + name.n + 1);
	if (*behind == ',' || *behind == '}')
		reads(r, name);
}

/* Keywords other than those of `if`, none of which ends a term. */
static const char *const plain_words[] = { "and", "or", "try", "catch",
	"__loc__", NULL };
static const char *const constants[] = { "true", "false", "null", "empty",
	NULL };

static bool
word(struct reader *r)
{
	struct slice name = name_at(r->p);

	r->p += name.n;
	r->term = true;
	if (is_key(r, name))
		return true;
	if (in_list(name, refused))
		return refuse(r, "", name);
	if (in_list(name, constants))
		return true;
	if (slice_is(name, "end")) {
		if (here(r)->close == 'e')
			r->depth--;
		return true;
	}
	r->term = false;
	if (slice_is(name, "if"))
		return open_level(r, 'e', false);
	if (slice_is(name, "then") || slice_is(name, "elif") ||
	    slice_is(name, "else")) {
		here(r)->inner = here(r)->outer;
	} else if (slice_is(name, "as")) {
		here(r)->binding = true;
	} else if (!in_list(name, plain_words)) {
		reads_all(r);
		r->term = true;
	}
	return true;
}

/* libjq knows doubles only, and would round this in silence. */
static bool
number(struct reader *r)
{
	static const char most[] = "9007199254740992";
	const char *from = r->p, *p = from;
	size_t n;

	while (*from == '0')
		from++;
	for (p = from; is_digit(*p);)
		p++;
	n = (size_t)(p - from);
	if (*p != '.' && (*p | 0x20) != 'e' &&
	    (n > 16 || (n == 16 && memcmp(from, most, 16) > 0)))
		return err_set(r->e, ERR_USAGE,
		    "an integer beyond 2^53 must be written as a string, "
		    "\"%.*s\", and is compared as one",
		    (int)(n < 40 ? n : 40), from);
	while (is_digit(*p) || *p == '.' || (*p | 0x20) == 'e' ||
	    ((*p == '+' || *p == '-') && (p[-1] | 0x20) == 'e'))
		p++;
	r->p = p;
	r->term = true;
	return true;
}

static bool
close_level(struct reader *r, char c)
{
	bool quoted = here(r)->quoted;

	r->p++;
	r->term = true;
	if (r->depth == 0 || here(r)->close != c)
		return err_set(r->e, ERR_USAGE,
		    "'%c' closes nothing in the expression", c);
	r->depth--;
	return !quoted || string(r);
}

static void
operator(struct reader *r)
{
	const char *p = r->p++;

	r->term = *p == '?' && p[1] != '/' && r->term;
	if (*p == '|' && p[1] != '=') {
		if (!here(r)->binding)
			here(r)->inner = true;
		here(r)->binding = false;
	} else if ((*p == ',' && here(r)->close == '}') || *p == ';') {
		here(r)->inner = here(r)->outer;
	} else if (strchr("=!<>", *p) != NULL && p[1] == '=') {
		r->p++;
	} else if (*p == '=' || *p == '@') {
		reads_all(r); /* an assignment answers the record */
	}
}

static bool
token(struct reader *r)
{
	struct slice name;

	switch (*r->p) {
	case '#':
		while (*r->p != '\0' && *r->p != '\n')
			r->p++;
		return true;
	case '"':
		string_key(r);
		r->p++;
		return string(r);
	case '(':
	case '[':
	case '{':
		name = slice_span(r->p, r->p + 1);
		r->p++;
		r->term = false;
		return open_level(r,
		    *name.p == '('       ? ')'
			: *name.p == '[' ? ']'
					 : '}',
		    false);
	case ')':
	case ']':
	case '}':
		return close_level(r, *r->p);
	case '$':
		name = name_at(after_blanks(r->p + 1));
		r->p = after_blanks(r->p + 1) + name.n;
		r->term = true;
		return !slice_is(name, "ENV") || refuse(r, "$", name);
	case '.':
		if (is_digit(r->p[1]))
			return number(r);
		dot(r);
		return true;
	default:
		if (is_name(*r->p))
			return word(r);
		if (is_digit(*r->p))
			return number(r);
		operator(r);
		return true;
	}
}

bool
expression_read(
    const char *text, struct index *members, bool *any, struct err *e)
{
	struct reader r = { .p = text, .members = members, .e = e };

	for (r.p = after_blanks(r.p); *r.p != '\0'; r.p = after_blanks(r.p)) {
		char first = *r.p;

		if (!token(&r))
			return false;
		if (first != '#')
			r.last = r.p[-1];
	}
	if (r.depth > 0)
		return err_set(e, ERR_USAGE,
		    "the expression ends before its '%s'",
		    here(&r)->close == 'e' ? "end"
					   : (char[]){ here(&r)->close, '\0' });
	if (r.last == '\0')
		return err_set(e, ERR_USAGE, "the expression is empty");
	*any = r.any;
	return true;
}
