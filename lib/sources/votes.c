#include "sources/votes.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "sources/column_name.h"
#include "sources/reading.h"

/* A kind that has a name, or a word in so many names. */
struct speaker {
	size_t kind;
	unsigned times;
	struct speaker *next;
};

/* All who have it. */
struct speakers {
	struct speaker *first;
	unsigned n;     /* kinds */
	unsigned times; /* names */
};

struct votes {
	struct thesaurus *words;
	const struct initials *initials;
	struct readings *readings;
	struct index *names; /* wordings and initials */
	struct speakers *of_name;
	size_t room;
	struct speakers *of_word;
	size_t word_room;
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
	mem_free(v->of_word);
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
speak(struct votes *v, struct speakers *of, size_t kind)
{
	struct speaker *s = of->first;

	while (s != NULL && s->kind != kind)
		s = s->next;
	if (s == NULL) {
		s = arena_zalloc(v->arena, sizeof(*s));
		s->kind = kind;
		s->next = of->first;
		of->first = s;
		of->n++;
	}
	s->times++;
	of->times++;
}

static void
speak_name(struct votes *v, struct slice key, size_t kind)
{
	bool fresh;
	size_t i = index_add(v->names, key, &fresh);

	if (fresh) {
		v->of_name =
		    mem_room(v->of_name, i, &v->room, sizeof(*v->of_name));
		v->of_name[i] = (struct speakers){ NULL, 0, 0 };
	}
	speak(v, &v->of_name[i], kind);
}

/* Those who have a word; grows with the thesaurus. */
static struct speakers *
speakers_of_word(struct votes *v, uint32_t word)
{
	size_t room = 2 * (size_t)word + 64;

	if (word >= v->word_room) {
		v->of_word = mem_resize(v->of_word, room, sizeof(*v->of_word));
		memset(v->of_word + v->word_room, 0,
		    (room - v->word_room) * sizeof(*v->of_word));
		v->word_room = room;
	}
	return &v->of_word[word];
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
		speak_name(v, key_of_wording(&k, &w), kind);
		for (size_t i = 0; i < w.n; i++)
			speak(v, speakers_of_word(v, w.id[i]), kind);
	}
	n = column_name_letters(c.outer, all);
	if (n == 0 && c.outer.n <= sizeof(all))
		n = initials_of(v->initials, c.outer, all);
	if (n < 2)
		return;
	speak_name(v, key_of(&k, 'i', all, n), kind);
	n = column_name_bare(all, n, bare);
	if (n >= 2)
		speak_name(v, key_of(&k, 'b', bare, n), kind);
}

/* --- voting -------------------------------------------------------------- */

/* Percent of a vote. */
enum {
	SURE = 100,
	PARTLY = 75, /* with a word that the table does not know */
	READ = 60,   /* initials by their words */
	BY_WORD = 50
};

/* What a column says: to whom, and how much of a vote in percent. */
struct say {
	const struct speakers *to[4];
	unsigned n;
	unsigned percent;
	bool by_times;
};

static void
offer(struct say *best, const struct speakers *to, unsigned percent,
    bool by_times)
{
	if (to != NULL && to->n > 0 && percent > best->percent)
		*best = (struct say){ { to }, 1, percent, by_times };
}

static const struct speakers *
named(const struct votes *v, struct slice key)
{
	long i = index_find(v->names, key);

	return i < 0 ? NULL : &v->of_name[i];
}

/* The word that the fewest have. */
static const struct speakers *
telling(const struct votes *v, const struct wording *w)
{
	const struct speakers *best = NULL;

	for (size_t i = 0; i < w->n; i++) {
		const struct speakers *s;

		if (w->id[i] >= v->word_room)
			continue;
		s = &v->of_word[w->id[i]];
		if (s->n > 0 && (best == NULL || s->n < best->n))
			best = s;
	}
	return best;
}

static void
hear_words(const struct votes *v, struct slice name, struct say *best)
{
	struct wording w;
	struct key k;

	thesaurus_cut(v->words, name, &w);
	if (!w.tells)
		return;
	offer(best, named(v, key_of_wording(&k, &w)), w.unknown ? PARTLY : SURE,
	    false);
	offer(best, telling(v, &w), BY_WORD, true);
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
	    percent_of_initials(n, false), false);
	if (n >= 4 && n <= 12 && best->percent < READ) {
		readings_try(
		    v->readings, (struct slice){ all, n }, hear_reading, &h);
		if (h.say.n > 0)
			*best = h.say;
	}
	n = column_name_bare(all, n, bare);
	if (n >= 2)
		offer(best, named(v, key_of(&k, 'b', bare, n)),
		    percent_of_initials(n, true), false);
}

static void
cast(const struct speakers *to, unsigned points, bool by_times, unsigned *tally)
{
	for (const struct speaker *s = to->first; s != NULL; s = s->next)
		tally[s->kind] +=
		    by_times ? points * s->times / to->times : points / to->n;
}

void
votes_cast(const struct votes *v, struct slice column, unsigned *tally)
{
	struct column_name c;
	struct say best = { .n = 0 };

	column_name_split(&c, column);
	hear_words(v, c.outer, &best);
	if (c.inner.n > 0)
		hear_words(v, c.inner, &best);
	hear_initials(v, c.outer, &best);
	for (unsigned i = 0; i < best.n; i++)
		cast(best.to[i], VOTE * best.percent / 100 / best.n,
		    best.by_times, tally);
}
