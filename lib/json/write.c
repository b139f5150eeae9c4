#include "json/write.h"

#include "base/mem.h"
#include "json/step.h"

/* How many bytes from the start may stand in a string as they are. */
static size_t
verbatim(const char *p, size_t n)
{
	size_t i = 0;

	while (n - i >= JSON_STEP) {
		unsigned k = step_verbatim(p + i);

		i += k;
		if (k < JSON_STEP)
			return i;
	}
	while (
	    i < n && (unsigned char)p[i] >= ' ' && p[i] != '"' && p[i] != '\\')
		i++;
	return i;
}

static void
put_escape(struct buf *b, char c)
{
	static const char names[] = "\"\\bfnrt", codes[] = "\"\\\b\f\n\r\t";
	const char *code = memchr(codes, c, sizeof(codes) - 1);

	if (code == NULL) {
		buf_addf(b, "\\u%04x", (unsigned)c);
		return;
	}
	buf_addc(b, '\\');
	buf_addc(b, names[code - codes]);
}

void
json_put_string(struct buf *b, struct slice s)
{
	buf_addc(b, '"');
	for (;;) {
		size_t n = verbatim(s.p, s.n);

		buf_add(b, s.p, n);
		if (n == s.n)
			break;
		put_escape(b, s.p[n]);
		s.p += n + 1;
		s.n -= n + 1;
	}
	buf_addc(b, '"');
}

void
json_put_cstring(struct buf *b, const char *s)
{
	json_put_string(b, slice_of(s));
}

void
json_put_comma(struct buf *b)
{
	char last = b->n > 0 ? b->p[b->n - 1] : ',';

	if (last != '{' && last != '[' && last != ':' && last != ',')
		buf_addc(b, ',');
}

void
json_put_key_slice(struct buf *b, struct slice name)
{
	json_put_comma(b);
	json_put_string(b, name);
	buf_addc(b, ':');
}

void
json_put_key(struct buf *b, const char *name)
{
	json_put_comma(b);
	buf_addc(b, '"');
	buf_adds(b, name);
	buf_adds(b, "\":");
}

void
json_put_filled(struct buf *b, const char *name, struct slice text)
{
	if (text.n == 0)
		return;
	json_put_key(b, name);
	json_put_string(b, text);
}

/* In one piece: records have hundreds of members. */
void
json_put_member(struct buf *b, struct slice raw_key, struct slice value)
{
	char *p;

	json_put_comma(b);
	p = buf_room(b, raw_key.n + value.n + 3);
	if (p == NULL)
		return;
	*p++ = '"';
	memcpy(p, raw_key.p, raw_key.n);
	p += raw_key.n;
	*p++ = '"';
	*p++ = ':';
	if (value.n > 0)
		memcpy(p, value.p, value.n);
	b->n += raw_key.n + value.n + 3;
}

void
json_put_uint(struct buf *b, unsigned long long v)
{
	char digits[20], *p = digits + sizeof(digits);

	do {
		*--p = (char)('0' + v % 10);
	} while ((v /= 10) != 0);
	buf_add(b, p, (size_t)(digits + sizeof(digits) - p));
}

void
json_put_int(struct buf *b, long long v)
{
	if (v < 0)
		buf_addc(b, '-');
	json_put_uint(
	    b, v < 0 ? -(unsigned long long)v : (unsigned long long)v);
}

void
edit_release(struct edit *edit)
{
	mem_free(edit->changes);
	*edit = (struct edit){ 0 };
}

void
edit_reset(struct edit *edit)
{
	edit->count = 0;
}

static bool
comes_after(const struct edit_change *c, size_t from, size_t to)
{
	return c->from > from || (c->from == from && c->to > to);
}

/* Changes are kept in their order; most come in order, and so at the end. */
void
edit_replace(struct edit *edit, size_t from, size_t to, struct slice text)
{
	size_t i;

	if (edit->count == edit->room)
		edit->changes = mem_room(edit->changes, edit->count,
		    &edit->room, sizeof(*edit->changes));
	for (i = edit->count++; i > 0; i--) {
		if (!comes_after(&edit->changes[i - 1], from, to))
			break;
		edit->changes[i] = edit->changes[i - 1];
	}
	edit->changes[i] = (struct edit_change){ from, to, text };
}

static char *
put(char *to, const char *from, size_t n)
{
	if (n > 0)
		memcpy(to, from, n);
	return to + n;
}

void
edit_write(struct edit *edit, struct slice line, struct buf *b)
{
	const struct edit_change *c = edit->changes, *end = c + edit->count;
	size_t room = line.n, done = 0;
	char *to, *first;

	for (; c < end; c++)
		room += c->text.n;
	if ((first = to = buf_room(b, room)) == NULL)
		return;
	for (c = edit->changes; c < end; c++) {
		to = put(to, line.p + done, c->from - done);
		to = put(to, c->text.p, c->text.n);
		done = c->to;
	}
	to = put(to, line.p + done, line.n - done);
	b->n += (size_t)(to - first);
}
