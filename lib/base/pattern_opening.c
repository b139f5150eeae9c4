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

static void alternatives(struct reader *, struct keys *);

/* Behind the bracket that opens it. */
static void
group(struct reader *r, struct keys *o)
{
	enum { BEHIND = 2 };
	static const char *const looks[] = { "?=", "?!", "?<=", "?<!", NULL };
	bool caseless = r->caseless, looking = false;
	struct keys inner = { 0 };
	uint64_t before = 0;

	/* "(?&name)": a group called from elsewhere may begin with anything. */
	if (opening_takes(r, "?&")) {
		opening_skip_behind(r, ')');
		opening_add_key(r, o, OPENING_ANY);
		opening_add_nothing(r, o);
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
	if (looking)
		opening_add(r, o, before << 32);
	else
		opening_add_all(r, o, &inner);
	mem_free(inner.list);
}

void
opening_atom(struct reader *r, struct keys *o)
{
	if (opening_takes(r, "(")) {
		group(r, o);
	} else if (opening_takes(r, "[")) {
		opening_class(r, o);
	} else if (opening_takes(r, ".")) {
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
quantified(struct reader *r, struct keys *o)
{
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
	if (least == 0)
		opening_add_nothing(r, o);
}

static void
sequence(struct reader *r, struct keys *o)
{
	opening_add_nothing(r, o);
	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct keys next = { 0 };

		opening_atom(r, &next);
		quantified(r, &next);
		opening_join(r, o, &next);
		mem_free(next.list);
	}
}

static void
alternatives(struct reader *r, struct keys *o)
{
	do {
		struct keys one = { 0 };

		sequence(r, &one);
		opening_add_all(r, o, &one);
		mem_free(one.list);
	} while (opening_takes(r, "|"));
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
	struct keys keys = { 0 };
	bool told;

	*out = (struct openings){ .n = 0 };
	alternatives(&r, &keys);
	out->list = mem_alloc((keys.n + 1) * sizeof(*out->list));
	told = !r.lost && r.p == r.end && settle(&keys, out);
	mem_free(keys.list);
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
