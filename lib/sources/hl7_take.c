#include "sources/hl7_take.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "io/encoding.h"
#include "sources/hl7_charset.h"
#include "sources/hl7_write.h"

struct hl7_taker {
	struct member *m;
	struct arena *arena; /* of a message */
	struct hl7_segment *segments;
	size_t n, room;
	struct buf text; /* of a message with a charset of its own */
	uint64_t messages;
};

struct hl7_taker *
hl7_taker_new(struct member *m)
{
	struct hl7_taker *t = mem_zalloc(sizeof(*t));

	t->m = m;
	t->arena = arena_new();
	return t;
}

void
hl7_taker_free(struct hl7_taker *t)
{
	if (t == NULL)
		return;
	arena_free(t->arena);
	mem_free(t->segments);
	buf_release(&t->text);
	mem_free(t);
}

uint64_t
hl7_taken(const struct hl7_taker *t)
{
	return t->messages;
}

bool
hl7_is_delimiter(char c)
{
	return c != '\0' && strchr("|^~\\&#!$%*+;:,", c) != NULL;
}

bool
hl7_is_segment(struct slice s)
{
	if (s.n < 3)
		return false;
	for (int i = 0; i < 3; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			(i > 0 && s.p[i] >= '0' && s.p[i] <= '9')))
			return false;
	return s.n == 3 || hl7_is_delimiter(s.p[3]);
}

struct slice
hl7_unframed(struct slice s)
{
	while (s.n > 0 &&
	    (s.p[0] == '\x0b' || s.p[0] == '\n' || s.p[0] == '\x1c')) {
		s.p++;
		s.n--;
	}
	return s;
}

bool
hl7_is_blank(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\t' && s.p[i] != '\r' &&
		    s.p[i] != '\n' && s.p[i] != '\x1c' && s.p[i] != '\x0b')
			return false;
	return true;
}

/*
 * Cuts a decoded message into its segments.  What is no segment, by its name
 * and the message's own delimiter, goes on with the field before it: there the
 * line end is data.
 */
static void
cut_segments(struct hl7_taker *t, struct slice text, bool cr)
{
	const char *p = text.p, *end = text.p + text.n;
	char ends = cr ? '\r' : '\n', field = '|';

	if (hl7_unframed(text).n > 3)
		field = hl7_unframed(text).p[3];
	t->n = 0;
	while (p < end) {
		const char *to = memchr(p, ends, (size_t)(end - p));
		struct slice s = slice_span(p, to == NULL ? end : to);
		struct slice bare = hl7_unframed(s);

		p = to == NULL ? end : to + 1;
		if (t->n > 0 && !hl7_is_blank(s) &&
		    (!hl7_is_segment(bare) ||
			(bare.n > 3 && bare.p[3] != field))) {
			t->segments[t->n - 1].text.n =
			    (size_t)(s.p + s.n - t->segments[t->n - 1].text.p);
			continue;
		}
		if (hl7_is_blank(s))
			continue;
		t->segments =
		    mem_room(t->segments, t->n, &t->room, sizeof(*t->segments));
		t->segments[t->n++].text = bare;
	}
	for (size_t i = 0; i < t->n; i++)
		while (t->segments[i].text.n > 0 &&
		    (t->segments[i].text.p[t->segments[i].text.n - 1] ==
			    '\x1c' ||
			t->segments[i].text.p[t->segments[i].text.n - 1] ==
			    '\n'))
			t->segments[i].text.n--;
}

/* Decoded by MSH-18; where that says nothing of use, by the bytes. */
static bool
decode(struct hl7_taker *t, struct piece *p, struct slice *text, struct err *e)
{
	struct charset *c = &t->m->charset;
	const char *name = c->declared == NULL ? hl7_charset(p->bytes) : NULL;
	struct encoding *x =
	    name == NULL ? NULL : encodings_find(&t->m->sink->encodings, name);

	buf_reset(&t->text);
	if (x == NULL || !encoding_decode(x, p->bytes, true, &t->text, NULL, e))
		return charset_decode(c, p->bytes, text, &p->encoding, e);
	*text = buf_slice(&t->text);
	p->encoding = encoding_name(x);
	return true;
}

bool
hl7_take(struct hl7_taker *t, struct piece *p, bool cr, struct err *e)
{
	struct hl7_message msg;
	struct err why = { 0 };
	struct slice text;

	arena_reset(t->arena);
	if (!decode(t, p, &text, &why))
		return member_reject(t->m, p, &why, e);
	cut_segments(t, text, cr);
	if (t->n == 0 || !hl7_open(&msg, t->segments, t->n, t->arena, &why))
		return member_reject(t->m, p, &why, e);
	msg.encodings = &t->m->sink->encodings;
	msg.gb = p->encoding != NULL && strcmp(p->encoding, "gb18030") == 0;
	p->kind = member_code(t->m, "hl7", msg.code);
	if (p->kind == NULL)
		p->kind = "other";
	t->messages++;
	if (t->m->options->split && hl7_parts(&msg) > 0)
		return hl7_write_parts(&msg, t->m, p, e);
	hl7_write_message(&msg, member_open(t->m));
	return member_record(t->m, p, e);
}
