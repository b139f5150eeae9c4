/*
 * The grammar of a pattern, as far as it tells what a match begins with.
 */
#include "base/pattern_opening.h"

#include "base/mem.h"
#include "base/pattern_opening_part.h"
#include "base/utf8.h"

#define DEPTH 250 /* groups in groups, as many as PCRE takes */

bool
opening_takes(struct reader *r, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return false;
	r->p += n;
	return true;
}

void
opening_skip_behind(struct reader *r, char c)
{
	const char *at = memchr(r->p, c, (size_t)(r->end - r->p));

	r->lost |= at == NULL;
	r->p = at == NULL ? r->end : at + 1;
}

static void alternatives(struct reader *, struct piece *);

/* Behind the bracket that opens it. */
static void
group(struct reader *r, struct piece *o)
{
	enum { BEHIND = 2 };
	static const char *const looks[] = { "?=", "?!", "?<=", "?<!", NULL };
	bool caseless = r->caseless, looking = false;
	struct piece inner = { 0 };
	uint64_t before = 0;

	/* "(?&name)": a group called from elsewhere may begin with anything. */
	if (opening_takes(r, "?&")) {
		opening_skip_behind(r, ')');
		opening_add_key(r, &o->keys, OPENING_ANY);
		opening_add_nothing(r, &o->keys);
		hold_anything(&o->hold);
		return;
	}
	for (size_t i = 0; looks[i] != NULL && !looking; i++)
		if ((looking = opening_takes(r, looks[i])) && i >= BEHIND)
			before = opening_look_behind(r, i > BEHIND);
	if (!looking && opening_takes(r, "?i:"))
		r->caseless = true;
	else if (!looking && opening_takes(r, "?<"))
		opening_skip_behind(r, '>');
	else if (!looking && !opening_takes(r, "?:") &&
	    !opening_takes(r, "?|") && !opening_takes(r, "?>") &&
	    r->p < r->end && (*r->p == '?' || *r->p == '*'))
		r->lost = true;
	if (++r->depth > DEPTH)
		r->lost = true;
	else
		alternatives(r, &inner);
	r->depth--;
	r->lost |= !opening_takes(r, ")");
	r->caseless = caseless;
	if (looking) {
		opening_add(r, &o->keys, before << 32);
		mem_free(inner.keys.list);
	} else {
		*o = inner;
	}
}

void
opening_atom(struct reader *r, struct keys *o)
{
	if (opening_takes(r, ".")) {
		opening_add_key(r, o, OPENING_ANY);
	} else if (opening_takes(r, "^") || opening_takes(r, "$")) {
		opening_add_nothing(r, o);
	} else if (opening_takes(r, "\\")) {
		if (r->p < r->end)
			opening_escape(r, o);
	} else {
		opening_add_char(r, o, utf8_next(&r->p, r->end));
	}
}

static void
one_piece(struct reader *r, struct piece *o)
{
	if (opening_takes(r, "(")) {
		group(r, o);
	} else if (opening_takes(r, "[")) {
		opening_class(r, o);
	} else {
		opening_atom(r, &o->keys);
		hold_one(&o->hold, &o->keys, false);
	}
}

/* "{2,5}" and its like: the least; false where it is no such thing. */
static bool
bounds(struct reader *r, unsigned *least)
{
	const char *p = r->p;

	if (p == r->end || *p++ != '{')
		return false;
	for (*least = 0; p < r->end && *p >= '0' && *p <= '9'; p++)
		*least = *least < 9 ? *least + (unsigned)(*p - '0') : 9;
	if (p == r->p + 1 && p < r->end && *p == ',')
		r->lost = true;
	if (p == r->p + 1)
		return false;
	while (p < r->end && (*p == ',' || (*p >= '0' && *p <= '9')))
		p++;
	if (p == r->end || *p != '}')
		return false;
	r->p = p + 1;
	return true;
}

static bool
is_digits(const struct keys *o)
{
	if (o->n < 10 || o->n > 11)
		return false;
	for (size_t i = 0; i < 10; i++)
		if (o->list[i] != (uint64_t)('0' + i) << 16)
			return false;
	return o->n == 10 || o->list[10] == (uint64_t)OPENING_OTHER << 16;
}

/* How often an atom stands: none may be left out, and more may follow. */
static void
quantified(struct reader *r, struct piece *p)
{
	struct keys *o = &p->keys;
	unsigned least = 1;
	bool more;

	if (opening_takes(r, "?"))
		least = more = false;
	else if (opening_takes(r, "*"))
		least = 0, more = true;
	else if (!(more = opening_takes(r, "+") || bounds(r, &least)))
		return;
	if (!opening_takes(r, "?"))
		opening_takes(r, "+");
	if (more && is_digits(o)) {
		o->n = 0;
		opening_add_key(r, o, OPENING_RUN);
	} else if (more) {
		struct keys again = { 0 };

		opening_add_all(r, &again, o);
		opening_add_nothing(r, &again);
		opening_join(r, o, &again);
		mem_free(again.list);
	}
	if (least == 0) {
		opening_add_nothing(r, o);
		p->hold.musts = 0;
	}
}

static void
sequence(struct reader *r, struct piece *o)
{
	opening_add_nothing(r, &o->keys);
	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct piece next = { 0 };

		one_piece(r, &next);
		quantified(r, &next);
		opening_join(r, &o->keys, &next.keys);
		hold_join(&o->hold, &next.hold);
		mem_free(next.keys.list);
	}
}

static void
alternatives(struct reader *r, struct piece *o)
{
	sequence(r, o);
	while (opening_takes(r, "|")) {
		struct piece one = { 0 };

		sequence(r, &one);
		opening_add_all(r, &o->keys, &one.keys);
		hold_either(&o->hold, &one.hold);
		mem_free(one.keys.list);
	}
}

/* What may come second, whatever it is, is 0; false where anything may first. */
static bool
settle(const struct keys *keys, struct openings *out)
{
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t first = opening_first(keys->list[i]);
		uint32_t second = keys->list[i] & 0xFFFF;
		uint32_t before = (uint32_t)(keys->list[i] >> 32);

		if (first == 0 || first == OPENING_ANY ||
		    (first == OPENING_HAN && before == 0))
			return false;
		if (second == OPENING_ANY || second == OPENING_HAN)
			second = 0;
		out->list[out->n++] = (struct opening){ (uint16_t)first,
			(uint16_t)second, before };
	}
	return true;
}

bool
opening_read(struct slice pattern, struct openings *out)
{
	struct reader r = {
		.p = pattern.p, .end = pattern.p + pattern.n, .sets = out->sets
	};
	struct piece all = { 0 };
	bool told;

	*out = (struct openings){ .n = 0 };
	alternatives(&r, &all);
	out->list = mem_alloc((all.keys.n + 1) * sizeof(*out->list));
	out->hold = all.hold;
	told = !r.lost && r.p == r.end && settle(&all.keys, out);
	mem_free(all.keys.list);
	if (!told)
		openings_release(out);
	return told;
}

void
openings_release(struct openings *o)
{
	mem_free(o->list);
	*o = (struct openings){ .n = 0 };
}
