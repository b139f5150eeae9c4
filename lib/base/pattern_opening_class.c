/*
 * What stands for one character in a pattern: an escape, or a class.
 */
#include "base/mem.h"
#include "base/pattern_opening_part.h"
#include "base/utf8.h"

#define RANGE 64 /* characters of a range in a class */

void
opening_escape(struct reader *r, struct keys *o)
{
	char c = *r->p;

	if ((c | 0x20) == 'p') {
		r->p++;
		if (opening_takes(r, "{"))
			opening_skip_behind(r, '}');
		else
			utf8_next(&r->p, r->end);
		opening_add_key(r, o, OPENING_ANY);
		return;
	}
	r->p++;
	if (c == 'd') {
		opening_add_digits(r, o, 0, 16);
	} else if (c == 'n' || c == 't' || c == 'r') {
		opening_add_char(r, o,
		    c == 'n'       ? '\n'
			: c == 't' ? '\t'
				   : '\r');
	} else if (strchr("wWsSDhHvVN", c) != NULL) {
		opening_add_key(r, o, OPENING_ANY);
	} else if (strchr("bBAzZ", c) != NULL) {
		opening_add_nothing(r, o);
	} else if ((unsigned char)c < 0x80 && (c < '0' || c > '9') &&
	    ((c | 0x20) < 'a' || (c | 0x20) > 'z')) {
		opening_add_key(r, o, (uint32_t)c);
	} else {
		r->lost = true;
	}
}

static void
range(struct reader *r, struct keys *o, uint32_t from, uint32_t to)
{
	if (from == OPENING_HAN_FROM && to == OPENING_HAN_TO)
		opening_add_key(r, o, OPENING_HAN);
	else if (to - from > RANGE)
		opening_add_key(r, o, OPENING_ANY);
	else
		for (uint32_t c = from; c <= to; c++)
			opening_add_char(r, o, c);
}

bool
opening_members(struct reader *r, struct keys *o)
{
	bool others = opening_takes(r, "^"), begun = false;

	while (r->p < r->end && (*r->p != ']' || !begun) && !r->lost) {
		uint32_t c;

		begun = true;
		if (opening_takes(r, "\\")) {
			if (opening_takes(r, "b")) /* a backspace here */
				opening_add_char(r, o, '\b');
			else if (r->p < r->end)
				opening_escape(r, o);
			/* A range from an escape is not read. */
			r->lost |= r->p < r->end && *r->p == '-';
			continue;
		}
		c = utf8_next(&r->p, r->end);
		r->lost |=
		    c == '[' && r->p < r->end && strchr(":.=", *r->p) != NULL;
		if (r->end - r->p > 1 && r->p[0] == '-' && r->p[1] != ']') {
			r->p++;
			r->lost |= *r->p == '\\';
			range(r, o, c, utf8_next(&r->p, r->end));
		} else {
			opening_add_char(r, o, c);
		}
	}
	r->lost |= !opening_takes(r, "]");
	return others;
}

void
opening_class(struct reader *r, struct piece *o)
{
	struct keys all = { 0 };
	bool others = opening_members(r, &all);

	hold_one(&o->hold, &all, others);
	if (others)
		opening_add_key(r, &o->keys, OPENING_ANY);
	else
		opening_add_all(r, &o->keys, &all);
	mem_free(all.list);
}
