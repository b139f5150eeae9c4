#include "deid/letters.h"

/*
 * The patient's own values: letter by letter, whatever the width and case, with
 * blanks that a form puts between the letters of a name.
 */
#define NAME_LEAST   2
#define NUMBER_LEAST 5
#define LEAK_LEAST   6 /* digits that are no other value by chance */

void
known_letters_of(const struct known *values, size_t n, struct arena *arena,
    struct known_letters *k)
{
	k->n = n;
	k->first = 0;
	k->values = arena_alloc(arena, (n + 1) * sizeof(*k->values));
	for (size_t i = 0; i < n; i++) {
		letters_of(values[i].text, arena, &k->values[i]);
		k->first |= 1ull << (lower(k->values[i].code[0]) & 63);
	}
}

static bool
is_latin(uint32_t c)
{
	return is_digit(c) || is_letter(c);
}

/* Letters up to the end of the value in the text; 0 where it does not stand. */
static size_t
match(const struct letters *l, size_t at, const struct letters *value)
{
	size_t p = at;

	for (size_t i = 0; i < value->n; i++) {
		uint32_t c = lower(value->code[i]);

		if (is_blank(c) || is_dot(c)) {
			while (is_blank(l->code[p]) || is_dot(l->code[p]))
				p++;
			continue;
		}
		if (i > 0 && is_han(c))
			while (p < at + 16 && is_blank(l->code[p]))
				p++;
		if (lower(l->code[p]) != c)
			return 0;
		p++;
	}
	if (is_latin(value->code[0]) && at > 0 && is_latin(l->code[at - 1]))
		return 0;
	if (is_latin(value->code[value->n - 1]) && is_latin(l->code[p]))
		return 0;
	return p - at;
}

bool
find_known(const struct letters *l, const struct known *values,
    const struct known_letters *k, size_t at, struct finding *f)
{
	size_t best = 0;

	if (!known_may_begin(k, l->code[at]))
		return false;
	for (size_t i = 0; i < k->n; i++) {
		const struct letters *v = &k->values[i];
		bool name = v->n > 0 && !is_digit(v->code[0]) &&
		    (values[i].label == LABEL_NAME ||
			values[i].label == LABEL_STAFF || is_han(v->code[0]));
		size_t n;

		if (v->n < (name ? NAME_LEAST : NUMBER_LEAST) ||
		    (n = match(l, at, v)) <= best)
			continue;
		best = n;
		found_at(f, at, at + n, values[i].label, "known");
	}
	return best > 0;
}

/* --- the self-check ------------------------------------------------------ */

/* A text without digits, mail signs or the patient's values is soon done. */
static bool
may_leak(const struct letters *l, const struct known_letters *k)
{
	size_t digits = 0;

	for (size_t i = 0; i < l->n; i++) {
		uint32_t c = l->code[i];

		digits += is_digit(c) || han_digit(c) >= 0;
		if (c == '@' || digits >= 7 || known_may_begin(k, c))
			return true;
	}
	return false;
}

static bool
leaks_at(struct letters *l, const struct known *values,
    const struct known_letters *k, size_t at, struct finding *f)
{
	uint32_t c = l->code[at], before = at == 0 ? 0 : l->code[at - 1];

	if (find_known(l, values, k, at, f) &&
	    (!is_digit(c) || f->to - f->from >= LEAK_LEAST))
		return true;
	if (han_digit(c) >= 0) {
		letters_count_off(l, at);
		c = l->code[at];
	}
	if (is_digit(c) && is_digit(before))
		return false;
	if ((is_digit(c) || c == '+' || c == '(') && find_proven(l, at, f))
		return true;
	return (is_digit(c) || is_letter(c)) && !is_letter(before) &&
	    find_mail(l, at, f);
}

bool
find_leak(struct slice text, const struct known *known, size_t nknown,
    struct arena *arena, enum label *label)
{
	struct known *values =
	    arena_alloc(arena, (nknown + 1) * sizeof(*known));
	struct known_letters k;
	struct letters l;
	size_t n = 0;

	for (size_t i = 0; i < nknown; i++)
		if (!known[i].kept && known[i].label != LABEL_ADDRESS &&
		    known[i].label != LABEL_OTHER_ID)
			values[n++] = known[i];
	letters_of(text, arena, &l);
	known_letters_of(values, n, arena, &k);
	if (!may_leak(&l, &k))
		return false;
	for (size_t i = 0; i < l.n; i++) {
		struct finding f;
		uint32_t c = l.code[i];
		bool sign = c < 0x80 &&
		    (is_digit(c) || is_letter(c) || c == '+' || c == '(');

		if (!sign && han_digit(c) < 0 && !known_may_begin(&k, c))
			continue;
		if (leaks_at(&l, values, &k, i, &f)) {
			*label = f.label;
			return true;
		}
	}
	return false;
}
