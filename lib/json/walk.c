/*
 * Walking inside values that scan has checked, and their text decoded.  The
 * spans may lie anywhere: nothing here reads a byte behind them.
 */
#include "base/utf8.h"
#include "json/scan.h"
#include "json/step.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

/* From behind the opening quote of a string to its closing one. */
static const char *
string_end(const char *p, const char *end)
{
	while (p < end && *p != '"') {
		if (*p == '\\')
			p += 2;
		else if (end - p >= JSON_STEP && step_verbatim(p) > 0)
			p += step_verbatim(p);
		else
			p++;
	}
	return p < end ? p : end;
}

static const char *
scalar_end(const char *p, const char *end)
{
	while (p < end && *p != ',' && *p != '}' && *p != ']' && !is_blank(*p))
		p++;
	return p;
}

static const char *
value_end(const char *p, const char *end)
{
	size_t depth = 0;

	if (*p != '"' && *p != '{' && *p != '[')
		return scalar_end(p, end);
	do {
		if (*p == '"')
			p = string_end(p + 1, end);
		else if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		p += p < end;
	} while (depth > 0 && p < end);
	return p;
}

static enum json_type
type_of(char c)
{
	switch (c) {
	case '"':
		return JSON_STRING;
	case '{':
		return JSON_OBJECT;
	case '[':
		return JSON_ARRAY;
	case 't':
		return JSON_TRUE;
	case 'f':
		return JSON_FALSE;
	case 'n':
		return JSON_NULL;
	default:
		return JSON_NUMBER;
	}
}

struct json
json_of(struct slice checked)
{
	const char *p = checked.p, *end = checked.p + checked.n;

	p = skip_blanks(p, end);
	while (end > p && is_blank(end[-1]))
		end--;
	if (p == end)
		return (struct json){ { p, 0 }, JSON_NONE };
	return (struct json){ slice_span(p, end), type_of(*p) };
}

struct json_walk
json_enter(struct json v)
{
	if (v.type != JSON_OBJECT && v.type != JSON_ARRAY)
		return (struct json_walk){ NULL, NULL };
	return (struct json_walk){ v.text.p + 1, v.text.p + v.text.n - 1 };
}

/* To the next element or key, over the comma before it. */
static bool
more(struct json_walk *w)
{
	w->p = skip_blanks(w->p, w->end);
	if (w->p < w->end && *w->p == ',')
		w->p = skip_blanks(w->p + 1, w->end);
	return w->p < w->end;
}

bool
json_next_element(struct json_walk *w, struct json *v)
{
	const char *from;

	if (!more(w))
		return false;
	from = w->p;
	w->p = value_end(from, w->end);
	*v = (struct json){ slice_span(from, w->p), type_of(*from) };
	return true;
}

bool
json_next_member(struct json_walk *w, struct slice *key, struct json *v)
{
	const char *from;

	if (!more(w))
		return false;
	from = w->p + 1;
	w->p = string_end(from, w->end);
	*key = slice_span(from, w->p);
	w->p = skip_blanks(w->p + 1, w->end);
	w->p = skip_blanks(w->p + 1, w->end);
	from = w->p;
	w->p = value_end(from, w->end);
	*v = (struct json){ slice_span(from, w->p), type_of(*from) };
	return true;
}

static unsigned
hex4(const char *p)
{
	unsigned code = 0;

	for (unsigned i = 0; i < 4; i++)
		code = code << 4 |
		    (p[i] <= '9' ? (unsigned)p[i] - '0'
				 : ((unsigned)p[i] | 0x20) - 'a' + 10);
	return code;
}

/* The code point of an escape; *p is behind its backslash. */
static uint32_t
unescape_one(const char **p, const char *end)
{
	static const char names[] = "bfnrt", codes[] = "\b\f\n\r\t";
	const char *name;
	unsigned code, low;
	char c = *(*p)++;

	if (c != 'u') {
		name = strchr(names, c);
		return name == NULL ? (unsigned char)c
				    : (unsigned char)codes[name - names];
	}
	code = hex4(*p);
	*p += 4;
	if (code < 0xD800 || code > 0xDFFF)
		return code;
	if (code > 0xDBFF || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u')
		return JSON_LONE;
	low = hex4(*p + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return JSON_LONE;
	*p += 6;
	return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

uint32_t
json_next_code(const char **p, const char *end)
{
	if (**p != '\\')
		return utf8_next(p, end);
	++*p;
	return unescape_one(p, end);
}

struct slice
json_unescape(struct slice raw, struct arena *a)
{
	const char *p = raw.p, *end = raw.p + raw.n, *stop;
	char *text, *to;

	if (raw.n == 0 || memchr(p, '\\', raw.n) == NULL)
		return raw;
	/* No escape is shorter than what it stands for. */
	text = to = arena_alloc(a, raw.n);
	while ((stop = memchr(p, '\\', (size_t)(end - p))) != NULL) {
		uint32_t code;

		memcpy(to, p, (size_t)(stop - p));
		to += stop - p;
		p = stop;
		code = json_next_code(&p, end);
		to += utf8_put(to, code == JSON_LONE ? 0xFFFD : code);
	}
	memcpy(to, p, (size_t)(end - p));
	to += end - p;
	return slice_span(text, to);
}

struct slice
json_text(struct json v, struct arena *a)
{
	if (v.type != JSON_STRING)
		return v.text;
	return json_unescape((struct slice){ v.text.p + 1, v.text.n - 2 }, a);
}

bool
json_key_is(struct slice raw, struct slice name)
{
	const char *p = raw.p, *end = raw.p + raw.n;
	const char *q = name.p, *stop = name.p + name.n;

	/* An escape is longer than what it stands for. */
	if (raw.n <= name.n)
		return slice_eq(raw, name) &&
		    (raw.n == 0 || memchr(p, '\\', raw.n) == NULL);
	if (memchr(p, '\\', raw.n) == NULL)
		return false;
	while (p < end && q < stop) {
		uint32_t code = json_next_code(&p, end);

		if ((code == JSON_LONE ? 0xFFFD : code) != utf8_next(&q, stop))
			return false;
	}
	return p == end && q == stop;
}

static struct json
get(struct json object, struct slice name)
{
	struct json_walk w = json_enter(object);
	struct slice key;
	struct json v;

	if (object.type == JSON_OBJECT)
		while (json_next_member(&w, &key, &v))
			if (json_key_is(key, name))
				return v;
	return (struct json){ { NULL, 0 }, JSON_NONE };
}

struct json
json_get(struct json object, const char *name)
{
	return get(object, slice_of(name));
}

void
json_pick(
    struct json object, const char *const names[], size_t n, struct json out[])
{
	struct json_walk w = json_enter(object);
	struct slice key;
	struct json v;

	for (size_t i = 0; i < n; i++)
		out[i] = (struct json){ { NULL, 0 }, JSON_NONE };
	if (object.type != JSON_OBJECT)
		return;
	while (json_next_member(&w, &key, &v)) {
		bool plain = memchr(key.p, '\\', key.n) == NULL;

		for (size_t i = 0; i < n; i++)
			if (out[i].type == JSON_NONE &&
			    (plain ? slice_is(key, names[i])
				   : json_key_is(key, slice_of(names[i]))))
				out[i] = v;
	}
}

static struct json
element(struct json array, struct slice part)
{
	struct json_walk w = json_enter(array);
	unsigned long long number;
	struct json v;

	if (slice_number(part, &number) && (part.n == 1 || part.p[0] != '0'))
		while (json_next_element(&w, &v))
			if (number-- == 0)
				return v;
	return (struct json){ { NULL, 0 }, JSON_NONE };
}

/* Whether the key is this part of a pointer, in which ~1 is / and ~0 is ~. */
static bool
part_is(struct slice raw, struct slice part)
{
	const char *p = raw.p, *end = raw.p + raw.n;
	const char *q = part.p, *stop = part.p + part.n;

	while (p < end && q < stop) {
		uint32_t want = utf8_next(&q, stop), code;

		if (want == '~' && q < stop)
			want = *q++ == '1' ? '/' : '~';
		code = json_next_code(&p, end);
		if ((code == JSON_LONE ? 0xFFFD : code) != want)
			return false;
	}
	return p == end && q == stop;
}

static struct json
member(struct json object, struct slice part)
{
	struct json_walk w = json_enter(object);
	struct slice key;
	struct json v;

	while (json_next_member(&w, &key, &v))
		if (part_is(key, part))
			return v;
	return (struct json){ { NULL, 0 }, JSON_NONE };
}

struct json
json_pointer(struct json v, struct slice pointer)
{
	const char *p = pointer.p, *end = pointer.p + pointer.n, *stop;

	while (p < end && *p == '/' && v.type != JSON_NONE) {
		struct slice part;

		stop = memchr(p + 1, '/', (size_t)(end - p - 1));
		part = slice_span(p + 1, stop == NULL ? end : stop);
		p = part.p + part.n;
		if (v.type == JSON_ARRAY)
			v = element(v, part);
		else if (v.type == JSON_OBJECT)
			v = member(v, part);
		else
			v.type = JSON_NONE;
	}
	if (p == end && v.type != JSON_NONE)
		return v;
	return (struct json){ { NULL, 0 }, JSON_NONE };
}

size_t
json_length(struct json v)
{
	struct json_walk w = json_enter(v);
	struct slice key;
	size_t n = 0;

	if (v.type == JSON_OBJECT)
		while (json_next_member(&w, &key, &v))
			n++;
	else
		while (json_next_element(&w, &v))
			n++;
	return n;
}

struct slice
json_pad(struct slice s, struct arena *a)
{
	char *p = arena_alloc(a, s.n + JSON_SLACK);

	if (s.n > 0)
		memcpy(p, s.p, s.n);
	memset(p + s.n, 0, JSON_SLACK);
	return (struct slice){ p, s.n };
}
