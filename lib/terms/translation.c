#include "terms/translation.h"

#include "base/mem.h"
#include "terms/fold.h"
#include "terms/gram.h"

#define CHARACTERS 65536
#define RARE       0.1 /* a share below this says nothing */

const struct slice *
translation_plains(const struct lexicon *l, const struct synonyms *synonyms,
    struct arena *arena)
{
	struct slice *plains =
	    arena_alloc(arena, (l->nentries + 1) * sizeof(*plains));
	struct buf b = { 0 };

	for (uint32_t i = 0; i < l->nentries; i++)
		plains[i] = arena_slice(arena,
		    synonyms_text(
			synonyms, fold_term(lexicon_display(l, i), arena), &b));
	buf_release(&b);
	return plains;
}

/* Counts by character, and which of them are not zero. */
struct counts {
	uint32_t n[CHARACTERS];
	uint32_t seen[CHARACTERS]; /* the turn that counted it last */
	uint32_t turn;
	uint16_t touched[CHARACTERS];
	size_t ntouched;
};

/* The characters of all labels of a term, each once. */
static void
count_term(struct counts *c, const struct lexicon *l,
    const struct slice *plains, uint32_t name)
{
	uint16_t characters[GRAM_CHARACTERS];

	c->turn++;
	for (uint32_t s = l->names[name].senses; s < l->names[name + 1].senses;
	     s++) {
		size_t n = gram_characters(plains[l->senses[s]], characters);

		for (size_t i = 0; i < n; i++) {
			uint16_t one = characters[i];

			if (c->seen[one] == c->turn)
				continue;
			c->seen[one] = c->turn;
			if (c->n[one]++ == 0)
				c->touched[c->ntouched++] = one;
		}
	}
}

void
translation_make(const struct lexicon *l, const struct slice *plains,
    struct buf *starts, struct buf *pairs)
{
	struct counts *c = mem_zalloc(sizeof(*c));
	uint32_t start = 0;

	for (uint32_t g = 0; g < l->ngrams; g++) {
		uint32_t from = l->grams[g].postings;
		uint32_t to = l->grams[g + 1].postings;

		buf_add(starts, &start, sizeof(start));
		for (uint32_t i = from; i < to; i++)
			count_term(c, l, plains, l->postings[i]);
		for (size_t i = 0; i < c->ntouched; i++) {
			uint16_t one = c->touched[i];
			uint32_t n = c->n[one];
			struct translated pair = { one,
				(uint16_t)(n < 65535 ? n : 65535) };

			c->n[one] = 0;
			if (n < RARE * (to - from + 1))
				continue;
			buf_add(pairs, &pair, sizeof(pair));
			start++;
		}
		c->ntouched = 0;
	}
	buf_add(starts, &start, sizeof(start));
	mem_free(c);
}

bool
translation_open(struct translation *t, const struct lexicon *l,
    struct slice starts, struct slice pairs, struct err *e)
{
	size_t n = pairs.n / sizeof(struct translated);

	t->starts = (const void *)starts.p;
	t->pairs = (const void *)pairs.p;
	if (starts.n != ((size_t)l->ngrams + 1) * sizeof(*t->starts) ||
	    pairs.n % sizeof(struct translated) != 0 || t->starts[0] != 0 ||
	    t->starts[l->ngrams] != n)
		return err_set(e, ERR_INPUT, "damaged");
	for (uint32_t i = 0; i < l->ngrams; i++)
		if (t->starts[i] > t->starts[i + 1])
			return err_set(e, ERR_INPUT, "damaged");
	return true;
}
