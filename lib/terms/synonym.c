#include "terms/synonym.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "terms/fold.h"

#define LONGEST 64 /* bytes of a word */

struct synonyms {
	struct arena *arena;
	struct index *words;
	struct slice *means; /* by number of words */
	size_t room;
	uint8_t digest[DIGEST_SIZE];
	bool begins[65536]; /* a word begins with this character */
};

enum { WORD, SAME };

static const struct column columns[] = { { "word", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "same", NULL, COLUMN_REQUIRED | COLUMN_FILLED }, { NULL, NULL, 0 } };

/* False where the word stands already. */
static bool
keep(struct synonyms *s, struct slice folded, struct slice means)
{
	const char *p = folded.p;
	bool fresh;
	size_t i = index_add(s->words, folded, &fresh);

	if (!fresh)
		return false;
	s->means = mem_room(s->means, i, &s->room, sizeof(*s->means));
	s->means[i] = means;
	s->begins[(uint16_t)utf8_next(&p, folded.p + folded.n)] = true;
	return true;
}

static bool
add_word(struct synonyms *s, const struct table *t, size_t row,
    struct slice word, struct slice means, struct table_faults *faults,
    struct err *e)
{
	struct slice folded = fold_term(word, s->arena);

	if (folded.n == 0 || folded.n > LONGEST)
		return table_row_fault(
		    t, row, faults, e, "a word has 1 to %d bytes", LONGEST);
	if (!keep(s, folded, means))
		return table_row_fault(t, row, faults, e, "'%.*s' stands twice",
		    (int)word.n, word.p);
	return true;
}

static void
keep_self(struct synonyms *s, struct slice word)
{
	struct slice folded = fold_term(word, s->arena);

	if (folded.n <= LONGEST)
		keep(s, folded, folded);
}

struct synonyms *
synonyms_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	struct table *t = table_parse(path, text, columns, 0, faults, e);
	struct synonyms *s;
	bool ok = true;

	if (t == NULL)
		return NULL;
	s = mem_zalloc(sizeof(*s));
	s->arena = arena_new();
	s->words = index_new();
	digest_bytes(text.p, text.n, s->digest);
	for (size_t i = 0; i < table_rows(t); i++) {
		struct slice means =
		    fold_term(table_cell(t, i, WORD), s->arena);
		struct slice rest = table_cell(t, i, SAME), word;

		while (slice_next(&rest, ';', &word))
			ok = add_word(s, t, i, word, means, faults, e) && ok;
	}
	/* A word of a list means itself: 切除术 is no 切除 with 术 behind. */
	for (size_t i = 0; ok && i < table_rows(t); i++)
		keep_self(s, table_cell(t, i, WORD));
	table_free(t);
	if (!ok) {
		synonyms_free(s);
		return NULL;
	}
	return s;
}

void
synonyms_digest(const struct synonyms *s, uint8_t digest[DIGEST_SIZE])
{
	if (s == NULL)
		digest_bytes("", 0, digest);
	else
		memcpy(digest, s->digest, DIGEST_SIZE);
}

void
synonyms_free(struct synonyms *s)
{
	if (s == NULL)
		return;
	index_free(s->words);
	arena_free(s->arena);
	mem_free(s->means);
	mem_free(s);
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether no letter or digit of the text goes on at the word's border. */
static bool
stands_alone(struct slice text, size_t from, size_t to)
{
	if (from > 0 && is_word_byte(text.p[from]) &&
	    is_word_byte(text.p[from - 1]))
		return false;
	return to == text.n || !is_word_byte(text.p[to - 1]) ||
	    !is_word_byte(text.p[to]);
}

/* The bytes of the longest word at this place, 0 where none is. */
static size_t
word_at(const struct synonyms *s, struct slice text, size_t at, long *number)
{
	size_t most = text.n - at < LONGEST ? text.n - at : LONGEST;

	for (size_t n = most; n > 0; n--) {
		if (at + n < text.n &&
		    ((unsigned char)text.p[at + n] & 0xC0) == 0x80)
			continue;
		*number =
		    index_find(s->words, (struct slice){ text.p + at, n });
		if (*number >= 0 && stands_alone(text, at, at + n))
			return n;
	}
	return 0;
}

struct slice
synonyms_text(const struct synonyms *s, struct slice text, struct buf *b)
{
	const char *p = text.p, *end = text.p + text.n;
	bool changed = false;

	buf_reset(b);
	while (s != NULL && p < end) {
		const char *next = p;
		uint16_t c = (uint16_t)utf8_next(&next, end);
		size_t at = (size_t)(p - text.p);
		long number = -1;
		size_t n = s->begins[c] ? word_at(s, text, at, &number) : 0;

		if (n == 0) {
			buf_add_slice(b, slice_span(p, next));
			p = next;
			continue;
		}
		changed = true;
		buf_add_slice(b, s->means[number]);
		p += n;
	}
	return changed ? buf_slice(b) : text;
}
