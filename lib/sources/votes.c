#include "sources/votes.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "sources/column_name.h"
#include "sources/reading.h"
#include "sources/word_use.h"

/* A kind that has a name. */
struct speaker {
	size_t kind;
	struct speaker *next;
};

/* All who have it. */
struct speakers {
	struct speaker *first;
	unsigned n;
};

struct votes {
	struct thesaurus *words;
	const struct initials *initials;
	struct readings *readings;
	struct index *names; /* wordings and initials */
	struct speakers *of_name;
	size_t room;
	struct word_use *use;
	struct arena *arena;
};

struct votes *
votes_new(struct thesaurus *words, const struct initials *initials)
{
	struct votes *v = mem_zalloc(sizeof(*v));

	v->words = words;
	v->initials = initials;
	v->readings = readings_new(words, initials);
	v->names = index_new();
	v->use = word_use_new();
	v->arena = arena_new();
	return v;
}

void
votes_free(struct votes *v)
{
	if (v == NULL)
		return;
	readings_free(v->readings);
	thesaurus_free(v->words);
	index_free(v->names);
	mem_free(v->of_name);
	word_use_free(v->use);
	arena_free(v->arena);
	mem_free(v);
}

/* Keys of the index of names: a letter for the sort, and the name. */
struct key {
	char text[1 + THESAURUS_NAME];
	size_t n;
};

static struct slice
key_of(struct key *k, char sort, const void *p, size_t n)
{
	if (n > THESAURUS_NAME)
		n = THESAURUS_NAME;
	k->text[0] = sort;
	memcpy(k->text + 1, p, n);
	return (struct slice){ k->text, n + 1 };
}

static struct slice
key_of_wording(struct key *k, const struct wording *w)
{
	return key_of(k, 'w', w->id, w->n * sizeof(*w->id));
}

/* --- learning ------------------------------------------------------------ */

static void
speak(struct votes *v, struct slice key, size_t kind)
{
	bool fresh;
	size_t i = index_add(v->names, key, &fresh);
	struct speakers *of;
	struct speaker *s;

	if (fresh) {
		v->of_name =
		    mem_room(v->of_name, i, &v->room, sizeof(*v->of_name));
		v->of_name[i] = (struct speakers){ NULL, 0 };
	}
	of = &v->of_name[i];
	for (s = of->first; s != NULL; s = s->next)
		if (s->kind == kind)
			return;
	s = arena_alloc(v->arena, sizeof(*s));
	*s = (struct speaker){ kind, of->first };
	of->first = s;
	of->n++;
}

void
votes_learn(struct votes *v, size_t kind, struct slice name)
{
	struct column_name c;
	struct wording w;
	struct key k;
	char all[THESAURUS_NAME], bare[THESAURUS_NAME];
	size_t n;

	column_name_split(&c, name);
	thesaurus_learn(v->words, c.outer, &w);
	if (w.n > 0 && !w.tells)
		return;
	if (w.n > 0) {
		speak(v, key_of_wording(&k, &w), kind);
		word_use_learn(v->use, kind, &w);
	}
	n = column_name_letters(c.outer, all);
	if (n == 0 && c.outer.n <= sizeof(all))
		n = initials_of(v->initials, c.outer, all);
	if (n < 2)
		return;
	speak(v, key_of(&k, 'i', all, n), kind);
	n = column_name_bare(all, n, bare);
	if (n >= 2)
		speak(v, key_of(&k, 'b', bare, n), kind);
}

/* --- voting -------------------------------------------------------------- */

/* Percent of a vote. */
enum {
	SURE = 100,
	PARTLY = 75, /* with a word that the table does not know */
	READ = 60,   /* initials by their words */
	BY_WORDS = 50
};
enum {
	OF_WORDS = 80,   /* percent of a vote, where no kind has the name */
	WORDS_ALONG = 40 /* percent of what a name has, to its words */
};

/* What a column says: to whom, and how much of a vote in percent. */
struct say {
	const struct speakers *to[4]; /* none: by words */
	unsigned n;
	unsigned percent;
	struct wording words;
};

static void
offer(struct say *best, const struct speakers *to, unsigned percent,
    const struct wording *words)
{
	if (to == NULL || percent <= best->percent)
		return;
	*best = (struct say){ { to }, 1, percent, { .n = 0 } };
	if (words != NULL)
		best->words = *words;
}

static const struct speakers *
named(const struct votes *v, struct slice key)
{
	long i = index_find(v->names, key);

	return i < 0 ? NULL : &v->of_name[i];
}

/* False where all words are known and none tells: YLJGDM is no initials. */
static bool
hear_words(const struct votes *v, struct slice name, struct say *best)
{
	struct wording w;
	struct key k;

	thesaurus_cut(v->words, name, &w);
	if (!w.tells)
		return w.unknown;
	offer(best, named(v, key_of_wording(&k, &w)), w.unknown ? PARTLY : SURE,
	    &w);
	if (best->percent < BY_WORDS)
		*best = (struct say){ .percent = BY_WORDS, .words = w };
	return true;
}

struct hearing {
	const struct votes *votes;
	struct say say;
};

static void
hear_reading(void *ctx, const struct wording *w)
{
	struct hearing *h = ctx;
	struct key k;
	const struct speakers *to = named(h->votes, key_of_wording(&k, w));

	if (to == NULL || h->say.n == sizeof(h->say.to) / sizeof(*h->say.to))
		return;
	for (size_t i = 0; i < h->say.n; i++)
		if (h->say.to[i] == to)
			return;
	h->say.to[h->say.n++] = to;
}

/* Two letters may be anything; without its ends a name is less sure. */
static unsigned
percent_of_initials(size_t n, bool bare)
{
	if (n < 3)
		return 55;
	if (n == 3)
		return bare ? 70 : 80;
	return bare ? 90 : 95;
}

static void
hear_initials(const struct votes *v, struct slice name, struct say *best)
{
	char all[THESAURUS_NAME], bare[THESAURUS_NAME];
	size_t n = column_name_letters(name, all);
	struct hearing h = { v, { .percent = READ } };
	struct key k;

	if (n < 2)
		return;
	offer(best, named(v, key_of(&k, 'i', all, n)),
	    percent_of_initials(n, false), NULL);
	if (n >= 4 && n <= 12 && best->percent < READ) {
		readings_try(
		    v->readings, (struct slice){ all, n }, hear_reading, &h);
		if (h.say.n > 0)
			*best = h.say;
	}
	n = column_name_bare(all, n, bare);
	if (n >= 2)
		offer(best, named(v, key_of(&k, 'b', bare, n)),
		    percent_of_initials(n, true), NULL);
}

static void
cast(const struct votes *v, const struct say *say, unsigned *tally)
{
	unsigned points = VOTE * say->percent / 100;
	unsigned along = points * WORDS_ALONG / 100;

	if (say->n == 0) {
		word_use_cast(
		    v->use, &say->words, VOTE * OF_WORDS / 100, tally);
		return;
	}
	if (word_use_cast(v->use, &say->words, along, tally))
		points -= along;
	for (unsigned i = 0; i < say->n; i++)
		for (const struct speaker *s = say->to[i]->first; s != NULL;
		     s = s->next)
			tally[s->kind] += points / say->n / say->to[i]->n;
}

static struct say
hear(const struct votes *v, struct slice name, struct slice in_brackets)
{
	struct say best = { .percent = 0 };
	bool may_be_initials = hear_words(v, name, &best);

	if (in_brackets.n > 0)
		hear_words(v, in_brackets, &best);
	if (may_be_initials)
		hear_initials(v, name, &best);
	return best;
}

void
votes_cast(const struct votes *v, struct slice column, unsigned *tally)
{
	struct column_name c;
	struct slice untyped;
	struct say best;

	column_name_split(&c, column);
	best = hear(v, c.outer, c.inner);
	untyped = column_name_untyped(c.outer);
	if (untyped.n > 0 && best.percent <= PARTLY)
		best = hear(v, untyped, c.inner);
	/* A, B, C: a letter is a column's name only where a kind has it. */
	if (best.n > 0 || c.outer.n > 1)
		cast(v, &best, tally);
}
