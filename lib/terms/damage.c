#include "terms/damage.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/tokenizer.h"
#include "base/utf8.h"
#include "io/table.h"

#define LONGEST_CODE 64

/* "38.9300": digits before and behind a point; false for anything else. */
static bool
cut_number(struct slice s, size_t *whole, size_t *decimals)
{
	size_t i = 0;

	while (i < s.n && is_digit(s.p[i]))
		i++;
	*whole = i;
	*decimals = 0;
	if (i == 0 || i == s.n)
		return i > 0;
	if (s.p[i++] != '.')
		return false;
	while (i < s.n && is_digit(s.p[i])) {
		++*decimals;
		i++;
	}
	return i == s.n && *decimals > 0;
}

void
code_form_count(struct code_form *f, struct slice code)
{
	size_t whole, decimals;

	if (!cut_number(code, &whole, &decimals))
		return;
	if (decimals > 0 && decimals < 16)
		f->decimals[decimals]++;
	else if (decimals == 0 && whole < 32)
		f->widths[whole]++;
}

/* The length that most have, or 0. */
static size_t
usual(const size_t *counts, size_t n)
{
	size_t all = 0, best = 0;

	for (size_t i = 1; i < n; i++) {
		all += counts[i];
		if (counts[i] > counts[best])
			best = i;
	}
	return all >= 5 && counts[best] * 4 >= all * 3 ? best : 0;
}

static bool
is_short(const struct code_form *f, struct slice code)
{
	size_t whole, decimals;

	if (!cut_number(code, &whole, &decimals))
		return false;
	return decimals > 0 ? decimals < usual(f->decimals, 16)
			    : whole < usual(f->widths, 32);
}

static bool
fits(const struct code_form *f, struct slice code)
{
	return code.n > 0 && code.n < LONGEST_CODE &&
	    (f->pattern == NULL || pattern_matches(f->pattern, code)) &&
	    !is_short(f, code);
}

/* Zeros put back before and behind a number: 0.45 -> 00.4500. */
static struct slice
zeros_back(const struct code_form *f, struct slice s, struct arena *a)
{
	size_t decimals = usual(f->decimals, 16), whole, had;
	size_t width = usual(f->widths, 32);
	char text[32];

	if (s.n >= 24)
		return SLICE("");
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	if (cut_number(s, &whole, &had) && had > decimals && decimals > 0) {
		/* 38.930000000000004 */
		snprintf(text, sizeof(text), "%.*f", (int)decimals,
		    strtod(text, NULL));
		s = slice_of(text);
	}
	if (!cut_number(s, &whole, &had))
		return SLICE("");
	for (size_t before = 0; before < 4; before++)
		for (size_t behind = 0; behind < 5; behind++) {
			struct slice made = slice_of(arena_printf(a,
			    "%.*s%.*s%s%.*s", (int)before, "0000", (int)s.n,
			    s.p, had == 0 && behind > 0 ? "." : "", (int)behind,
			    "0000"));

			if ((f->pattern != NULL || width > 0) && fits(f, made))
				return made;
		}
	return SLICE("");
}

/* 2024-01-08 -> 1-8, which is what was typed where a date came of it. */
static struct slice
date_back(struct slice s, struct arena *a)
{
	int year, month, day;
	char text[16];

	if (s.n < 10 || s.n >= sizeof(text) + 10)
		return SLICE("");
	memcpy(text, s.p, 10);
	text[10] = '\0';
	if (sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3)
		return SLICE("");
	return slice_of(arena_printf(a, "%d-%d", month, day));
}

/* Signs that a spreadsheet puts around a value, and hands type by habit. */
static struct slice
plain(struct slice s, struct arena *a)
{
	struct buf b = { 0 };
	struct slice made;

	fold_text(s, &b);
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] >= 'a' && b.p[i] <= 'z' && b.p[i] != 'x')
			b.p[i] = (char)(b.p[i] - 32);
	made = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	while (made.n > 0 && strchr("'=\"$", made.p[0]) != NULL)
		made = (struct slice){ made.p + 1, made.n - 1 };
	while (made.n > 0 && strchr("'\"%", made.p[made.n - 1]) != NULL)
		made.n--;
	return made;
}

/* Without the bytes of a set; with letters that look like digits as such. */
static struct slice
without(struct slice s, const char *bytes, bool digits, struct arena *a)
{
	char *made = arena_string(a, s.p, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (strchr(bytes, c) != NULL)
			continue;
		if (digits && i > 0)
			c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
		made[n++] = c;
	}
	return (struct slice){ made, n };
}

/* A comma where some countries have the point. */
static struct slice
pointed(struct slice s, struct arena *a)
{
	char *made = arena_string(a, s.p, s.n);

	for (size_t i = 0; i < s.n; i++)
		made[i] = (char)(made[i] == ',' ? '.' : made[i]);
	return (struct slice){ made, s.n };
}

static struct slice
likely(const struct code_form *f, const struct grid_cell *c, struct arena *a)
{
	struct slice s = plain(c->text, a), tries[6];

	if (c->kind == GRID_BOOL || c->kind == GRID_ERROR)
		return SLICE("");
	tries[0] = s;
	tries[1] = without(s, " ,", false, a);
	tries[2] = zeros_back(f, tries[1], a);
	tries[3] = without(s, " ,", true, a);
	tries[4] = date_back(c->text, a);
	tries[5] = pointed(s, a);
	for (size_t i = 0; i < 6; i++)
		if (!slice_eq(tries[i], c->text) && fits(f, tries[i]) &&
		    (f->pattern != NULL || i == 2))
			return tries[i];
	return SLICE("");
}

static const char *
what_of_text(const struct code_form *f, struct slice s)
{
	const char *known = table_damage(s, 0);
	size_t whole, decimals;

	if (known != NULL)
		return strstr(known, "date") != NULL
		    ? "is a date where a code should be"
		    : strstr(known, "error") != NULL
		    ? "is an error of a formula"
		    : "is a number that a spreadsheet cut off";
	if (is_short(f, s) || (!fits(f, s) && cut_number(s, &whole, &decimals)))
		return "has lost its zeros";
	if (!utf8_valid(s.p, s.n) ||
	    slice_find(s, SLICE("\xEF\xBF\xBD")) != NULL)
		return "has lost characters";
	return fits(f, s) ? NULL : "is no code of this system";
}

const char *
code_damage(
    const struct code_form *f, const struct grid_cell *c, struct arena *a)
{
	const char *what = NULL;
	struct slice s = c->text, original;

	switch (c->kind) {
	case GRID_NUMBER:
		what = "is a number where a code should be";
		break;
	case GRID_DATE:
		what = "is a date where a code should be";
		break;
	case GRID_BOOL:
		what = "is a yes or no where a code should be";
		break;
	case GRID_ERROR:
		what = "is an error of a formula";
		break;
	case GRID_UNCOMPUTED:
		what = "is a formula without its result";
		break;
	case GRID_TEXT:
		what = what_of_text(f, s);
		break;
	}
	if (what == NULL)
		return NULL;
	original = likely(f, c, a);
	if (original.n == 0)
		return arena_printf(a,
		    "'%.*s' %s: format the column as text and enter the code "
		    "of the published list",
		    (int)(s.n < LONGEST_CODE ? s.n : LONGEST_CODE), s.p, what);
	return arena_printf(a,
	    "'%.*s' %s, probably '%.*s': format the column as text and enter "
	    "it again",
	    (int)(s.n < LONGEST_CODE ? s.n : LONGEST_CODE), s.p, what,
	    (int)original.n, original.p);
}
