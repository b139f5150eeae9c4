#include "sources/reading.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"

enum {
	LONGEST = 6, /* letters of a word */
	MOST = 64    /* readings of a name that are tried */
};

/* A word of these initials. */
struct sense {
	uint32_t word;
	const struct sense *next;
};

struct readings {
	const struct thesaurus *words;
	struct index *initials;
	const struct sense **senses;
	size_t room;
	struct arena *arena;
};

static void
add(struct readings *r, struct slice letters, uint32_t word)
{
	struct sense *s;
	bool fresh;
	size_t i = index_add(r->initials, letters, &fresh);

	if (fresh) {
		r->senses =
		    mem_room(r->senses, i, &r->room, sizeof(*r->senses));
		r->senses[i] = NULL;
	}
	for (const struct sense *o = r->senses[i]; o != NULL; o = o->next)
		if (o->word == word)
			return;
	s = arena_alloc(r->arena, sizeof(*s));
	*s = (struct sense){ word, r->senses[i] };
	r->senses[i] = s;
}

struct readings *
readings_new(const struct thesaurus *words, const struct initials *initials)
{
	struct readings *r = mem_zalloc(sizeof(*r));
	size_t n = thesaurus_spellings(words);

	r->words = words;
	r->initials = index_new();
	r->arena = arena_new();
	for (size_t i = 0; i < n; i++) {
		char letters[THESAURUS_NAME];
		uint32_t word;
		struct slice s = thesaurus_spelling(words, i, &word);
		size_t length = initials_of(initials, s, letters);

		if (length >= 2 && length <= LONGEST && length < s.n)
			add(r, (struct slice){ letters, length }, word);
	}
	return r;
}

void
readings_free(struct readings *r)
{
	if (r == NULL)
		return;
	index_free(r->initials);
	mem_free(r->senses);
	arena_free(r->arena);
	mem_free(r);
}

struct attempt {
	const struct readings *r;
	void (*each)(void *, const struct wording *);
	void *ctx;
	unsigned left;
};

static void
go_on(struct attempt *a, struct slice rest, const struct wording *so_far)
{
	if (rest.n == 0 && a->left > 0 && so_far->n > 0) {
		a->left--;
		a->each(a->ctx, so_far);
	}
	for (size_t n = rest.n < LONGEST ? rest.n : LONGEST;
	     n >= 2 && a->left > 0; n--) {
		long i =
		    index_find(a->r->initials, (struct slice){ rest.p, n });
		const struct sense *s = i < 0 ? NULL : a->r->senses[i];

		for (; s != NULL && a->left > 0; s = s->next) {
			struct wording longer = *so_far;

			thesaurus_put(a->r->words, s->word, &longer);
			go_on(a, (struct slice){ rest.p + n, rest.n - n },
			    &longer);
		}
	}
}

void
readings_try(const struct readings *r, struct slice letters,
    void (*each)(void *, const struct wording *), void *ctx)
{
	struct attempt a = { r, each, ctx, MOST };

	go_on(&a, letters, &(struct wording){ .n = 0 });
}
