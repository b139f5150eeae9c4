/*
 * The patterns of a pack: (?@name) in one stands for any of the words of that
 * list of extract.json, the longest that fits.
 */
#include "extract/guide_part.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/buf.h"

static int
by_length(const void *a, const void *b)
{
	const struct slice *one = a, *two = b;

	if (one->n != two->n)
		return one->n > two->n ? -1 : 1;
	return slice_cmp(*one, *two);
}

/* Each sign for itself. */
static void
put_quoted(struct buf *out, struct slice word)
{
	for (size_t i = 0; i < word.n; i++) {
		const unsigned char c = (unsigned char)word.p[i];

		if (c < 0x80 && !is_letter(c) && !is_digit(c))
			buf_addc(out, '\\');
		buf_addc(out, (char)c);
	}
}

static void
put_words(struct buf *out, struct strings words, struct arena *arena)
{
	struct slice *sorted = arena_alloc(arena, words.n * sizeof(*sorted));

	memcpy(sorted, words.list, words.n * sizeof(*sorted));
	qsort(sorted, words.n, sizeof(*sorted), by_length);
	buf_adds(out, "(?");
	for (size_t i = 0; i < words.n; i++) {
		buf_addc(out, i == 0 ? ':' : '|');
		put_quoted(out, sorted[i]);
	}
	buf_addc(out, ')');
}

/* Appends the pattern with its lists written out; false: *name is none, or empty. */
static bool
put_pattern(
    struct building *b, struct slice text, struct buf *out, struct slice *name)
{
	const struct slice opening = SLICE("(?@"), closing = SLICE(")");
	const char *at, *end, *stop = text.p + text.n;

	while ((at = slice_find(text, opening)) != NULL) {
		const struct section_words *list;

		buf_add_slice(out, slice_span(text.p, at));
		*name = slice_span(at + opening.n, stop);
		end = slice_find(*name, closing);
		if (end == NULL)
			return false;
		*name = slice_span(name->p, end);
		list = settings_list(b->settings, *name);
		if (list == NULL || list->words.n == 0)
			return false;
		put_words(out, list->words, b->arena);
		text = slice_span(end + closing.n, stop);
	}
	buf_add_slice(out, text);
	return true;
}

long
build_pattern(
    struct building *b, struct slice s, const char *where, unsigned line)
{
	struct buf whole = { 0 };
	struct slice name;
	struct err why = { 0 };
	long p = -1;

	if (!put_pattern(b, s, &whole, &name))
		b->ok = table_fault(b->faults, b->path, line, b->e,
		    "%s: pattern: no list '%.*s'", where, (int)name.n, name.p);
	else if ((p = pattern_set_add(
		      b->doctype->patterns, buf_slice(&whole), &why)) < 0)
		b->ok = table_fault(b->faults, b->path, line, b->e,
		    "%s: pattern: %s", where, why.text);
	buf_release(&whole);
	return p;
}
