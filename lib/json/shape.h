/*
 * shape - the keys that records of one kind bring, as a trie of what followed
 * what.
 *
 * Records of one kind have the same keys in the same order.  A scanner walks
 * the trie beside the record: at each key it compares 16 bytes with the key
 * that came here last time, and knows at once its length, its number among
 * the names, and whether the same key came before.  (The idea is that of
 * Mison: Li et al., PVLDB 10(10), 2017.)
 *
 *	(root) -> "id" -> "test" -> "value" -> "unit"
 *	             \         \
 *	              other     other -> "low" -> "high"
 *	              "name" -> ...
 *
 * Private to lib/json.
 */
#ifndef JSON_SHAPE_H
#define JSON_SHAPE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"

struct shape {
	/*
	 * The first 16 bytes of the key with its closing quote, masked to
	 * their length.  The key holds no backslash.
	 */
	uint64_t	 word[2], mask[2];
	const char	*tail;		/* of a longer key, the rest and quote */
	struct shape	*next;		/* the first key that followed this */
	struct shape	*other;		/* another one in this place */
	uint32_t	 field;
	uint16_t	 keyn;
	bool		 again;		/* the same key stands before it */
};

struct shapes {
	struct shape	 root;
	struct arena	*arena;
	size_t		 count;
};

/*
 * Adds what followed `at`; NULL where the trie is full, or the key too long.
 */
struct shape	*shape_add(struct shapes *, struct shape *at, struct slice key);

static inline bool
shape_is(const struct shape *s, const char *key, const char *end)
{
	uint64_t word[2];

	memcpy(word, key, sizeof(word));
	if ((((word[0] ^ s->word[0]) & s->mask[0]) |
	    ((word[1] ^ s->word[1]) & s->mask[1])) != 0)
		return false;
	return s->tail == NULL || (s->keyn < end - key &&
	    memcmp(key + 16, s->tail, s->keyn - 15u) == 0);
}

/* What is known of the key behind the quote before `key`, or NULL. */
static inline struct shape *
shape_find(const struct shape *at, const char *key, const char *end)
{
	struct shape *s = at->next;

	while (s != NULL && !shape_is(s, key, end))
		s = s->other;
	return s;
}

#endif
