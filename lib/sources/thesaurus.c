#include "sources/thesaurus.h"

#include <ctype.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/table.h"

enum { WORD, SAME, ROLE };

static const struct column layout[] = {
	[WORD] = { "word", "词", COLUMN_REQUIRED | COLUMN_FILLED },
	[SAME] = { "same", "同义词", 0 },
	[ROLE] = { "role", "作用", 0 },
	{ NULL, NULL, 0 },
};

enum role { TELLING, PLAIN, COMMON };
enum { LONGEST = 10 }; /* pieces of a word of the table */

struct thesaurus {
	struct index *spellings;
	uint32_t *word; /* of each spelling */
	size_t room;
	enum role *role; /* of each word */
	size_t nwords, role_room;
};

/*
 * A name without its separators, in lower case, and where it may be cut:
 * piece i is from at[i] to at[i + 1].
 */
struct pieces {
	char text[THESAURUS_NAME];
	size_t at[THESAURUS_NAME + 1];
	size_t n;
};

static bool
is_separator(uint32_t c)
{
	return c < 0x80 ? !isalnum((int)c) && c != '#' && c != '%'
			: c == 0x3001 || c == 0x00B7 || c == 0xFEFF;
}

/*
 * Where the case or the sort of character changes: visit|No, MRI|Report,
 * item|1; not in P900 or A12C, the codes of a letter and digits.
 */
static bool
is_hump(uint32_t before, uint32_t c, uint32_t after, bool coded)
{
	if (coded && before < 0x80 && c < 0x80 && isalnum((int)before))
		return false;
	if (before >= 0x80 || c >= 0x80)
		return true;
	if (isupper((int)c))
		return !isupper((int)before) ||
		    (after < 0x80 && islower((int)after));
	return !isalpha((int)before) != !isalpha((int)c);
}

static void
take_pieces(struct pieces *t, struct slice name)
{
	const char *p = name.p, *end = name.p + name.n;
	uint32_t before = 0xFFFD;
	size_t n = 0;
	bool coded = false;

	t->n = 0;
	while (p < end && n + 4 < sizeof(t->text)) {
		uint32_t c = utf8_narrow(utf8_next(&p, end));
		const char *next = p;
		uint32_t after =
		    p < end ? utf8_narrow(utf8_next(&next, end)) : ' ';

		if (is_separator(c)) {
			before = 0xFFFD;
			continue;
		}
		if (before == 0xFFFD)
			coded = c < 0x80 && isalpha((int)c) && after < 0x80 &&
			    isdigit((int)after);
		if (is_hump(before, c, after, coded))
			t->at[t->n++] = n;
		before = c;
		if (c < 0x80)
			c = (uint32_t)tolower((int)c);
		n += utf8_put(t->text + n, c);
	}
	t->at[t->n] = n;
}

static struct slice
piece(const struct pieces *t, size_t from, size_t to)
{
	return slice_span(t->text + t->at[from], t->text + t->at[to]);
}

static long
find(const struct thesaurus *w, struct slice spelling)
{
	long i = index_find(w->spellings, spelling);

	return i < 0 ? -1 : (long)w->word[i];
}

static uint32_t
new_word(struct thesaurus *w, enum role role)
{
	w->role = mem_room(w->role, w->nwords, &w->role_room, sizeof(*w->role));
	w->role[w->nwords] = role;
	return (uint32_t)w->nwords++;
}

/* False where the spelling is another word's. */
static bool
enter(struct thesaurus *w, struct slice spelling, uint32_t word)
{
	bool fresh;
	size_t i = index_add(w->spellings, spelling, &fresh);

	if (!fresh)
		return w->word[i] == word;
	w->word = mem_room(w->word, i, &w->room, sizeof(*w->word));
	w->word[i] = word;
	return true;
}

static void
put(struct wording *out, uint32_t word)
{
	size_t i = out->n;

	if (i == THESAURUS_WORDS)
		return;
	for (size_t j = 0; j < i; j++)
		if (out->id[j] == word)
			return;
	for (; i > 0 && out->id[i - 1] > word; i--)
		out->id[i] = out->id[i - 1];
	out->id[i] = word;
	out->n++;
}

void
thesaurus_put(const struct thesaurus *w, uint32_t word, struct wording *out)
{
	if (w->role[word] != PLAIN)
		put(out, word);
	out->tells |= w->role[word] == TELLING;
}

/*
 * Letters that nothing parts, as in PATIENTNAME: wholly of words of three
 * letters or more, the last one of two (VISITNO), or not at all.
 */
static bool
cut_letters(const struct thesaurus *w, struct slice s, struct wording *out)
{
	struct wording found = *out;
	size_t from = 0;

	while (from < s.n) {
		size_t to = s.n;
		long word = -1;

		for (; to >= from + 2 && word < 0; to--)
			if (to - from > 2 || to == s.n)
				word =
				    find(w, slice_span(s.p + from, s.p + to));
		if (word < 0)
			return false;
		thesaurus_put(w, (uint32_t)word, &found);
		from = to + 1;
	}
	*out = found;
	return true;
}

/*
 * What is no word of the table is kept apart, behind a character that no
 * spelling has: else it would cut other names than the table does.
 */
static void
take_unknown(const struct thesaurus *w, struct thesaurus *learner,
    struct slice s, struct wording *out)
{
	char text[1 + THESAURUS_NAME] = "?";
	struct slice key = { text, 1 + s.n };
	long word;

	if (isdigit((unsigned char)s.p[0]))
		return;
	memcpy(text + 1, s.p, s.n);
	word = find(w, key);
	if (word < 0 && learner != NULL) {
		word = new_word(learner, TELLING);
		enter(learner, key, (uint32_t)word);
	}
	if (word < 0)
		out->unknown = true;
	else
		thesaurus_put(w, (uint32_t)word, out);
}

/* A piece that begins no word; returns the one behind what it took. */
static size_t
cut_unknown(const struct thesaurus *w, struct thesaurus *learner,
    const struct pieces *t, size_t from, struct wording *out)
{
	struct slice s = piece(t, from, from + 1);
	size_t to = from + 1;

	if (s.n > 3 && s.p[s.n - 1] == 's') {
		long word = find(w, (struct slice){ s.p, s.n - 1 });

		if (word >= 0) {
			thesaurus_put(w, (uint32_t)word, out);
			return to;
		}
	}
	if (s.n >= 5 && isalpha((unsigned char)s.p[0]) &&
	    cut_letters(w, s, out))
		return to;
	/* Characters beyond ASCII stand together until a word begins. */
	while (to < t->n && (s.p[0] & 0x80) != 0 &&
	    (t->text[t->at[to]] & 0x80) != 0) {
		bool begins = false;

		for (size_t end = to + 1;
		     end <= t->n && end <= to + LONGEST && !begins; end++)
			begins = find(w, piece(t, to, end)) >= 0;
		if (begins)
			break;
		to++;
	}
	take_unknown(w, learner, piece(t, from, to), out);
	return to;
}

static void
cut(const struct thesaurus *w, struct thesaurus *learner, struct slice name,
    struct wording *out)
{
	struct pieces t;

	*out = (struct wording){ .n = 0 };
	take_pieces(&t, name);
	for (size_t from = 0; from < t.n;) {
		size_t to = from + LONGEST < t.n ? from + LONGEST : t.n;
		long word = -1;

		for (; to > from; to--)
			if ((word = find(w, piece(&t, from, to))) >= 0)
				break;
		if (word >= 0) {
			thesaurus_put(w, (uint32_t)word, out);
			from = to;
		} else {
			from = cut_unknown(w, learner, &t, from, out);
		}
	}
}

void
thesaurus_learn(struct thesaurus *w, struct slice name, struct wording *out)
{
	cut(w, w, name, out);
}

void
thesaurus_cut(const struct thesaurus *w, struct slice name, struct wording *out)
{
	cut(w, NULL, name, out);
}

static bool
add_row(struct thesaurus *w, const struct table *t, size_t row, struct err *e)
{
	struct slice role = table_cell(t, row, ROLE);
	uint32_t word = new_word(w,
	    slice_is(role, "plain")        ? PLAIN
		: slice_is(role, "common") ? COMMON
					   : TELLING);
	struct slice same = table_cell(t, row, SAME);
	struct slice s = table_cell(t, row, WORD);
	struct pieces pieces;

	do {
		take_pieces(&pieces, s);
		if (!enter(w, piece(&pieces, 0, pieces.n), word))
			return err_set(e, ERR_USAGE,
			    "%s:%llu: '%.*s' is a word of another row too",
			    table_path(t),
			    (unsigned long long)table_line(t, row), (int)s.n,
			    s.p);
	} while (slice_next(&same, '|', &s));
	return true;
}

/* Takes the table over, which may be NULL. */
static struct thesaurus *
build(struct table *t, struct err *e)
{
	struct thesaurus *w;

	if (t == NULL)
		return NULL;
	w = mem_zalloc(sizeof(*w));
	w->spellings = index_new();
	for (size_t i = 0; i < table_rows(t); i++) {
		if (!add_row(w, t, i, e)) {
			thesaurus_free(w);
			w = NULL;
			break;
		}
	}
	table_free(t);
	return w;
}

struct thesaurus *
thesaurus_parse(const char *path, struct slice text, struct err *e)
{
	return build(table_parse(path, text, layout, 0, NULL, e), e);
}

struct thesaurus *
thesaurus_load(const char *path, struct err *e)
{
	return build(table_load(path, layout, 0, NULL, e), e);
}

void
thesaurus_free(struct thesaurus *w)
{
	if (w == NULL)
		return;
	index_free(w->spellings);
	mem_free(w->word);
	mem_free(w->role);
	mem_free(w);
}

size_t
thesaurus_spellings(const struct thesaurus *w)
{
	return index_count(w->spellings);
}

struct slice
thesaurus_spelling(const struct thesaurus *w, size_t i, uint32_t *word)
{
	*word = w->word[i];
	return index_name(w->spellings, i);
}
