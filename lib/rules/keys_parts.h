/*
 * keys_parts - how a noted key is kept; private to keys.
 *
 * Bytes in the order of sorting, numbers with their high byte first:
 *
 *	rule 2  key 12  role 1  [from 8  to 8]  record 8  ordinal 4
 *	group 4  base 3  id 5
 *
 * from and to are there where a rule of the plan has them.  record is a digest
 * of its line, or, of a rule that counts values, key_note's `more`; base holds the points it loses by other rules, and whether it
 * fails by them; id is a place among the ids.
 */
#ifndef RULES_KEYS_PARTS_H
#define RULES_KEYS_PARTS_H

#include "rules/keys.h"

struct runs;
struct overflow;

#define ENTRY_KEY	(2 + KEY_DIGEST)
#define ENTRY_SHORT	39
#define ENTRY_LONG	(ENTRY_SHORT + 16)
#define NO_ID		((UINT64_C(1) << 40) - 1)

struct entry {
	unsigned	 rule;
	uint8_t		 key[KEY_DIGEST];
	unsigned	 role, ordinal;
	int64_t		 from, to;
	uint64_t	 record, id;
	uint32_t	 group;
	unsigned	 base;
};

struct keys {
	bool		 spans;		/* entries have from and to */
	struct runs	*notes;
	struct overflow	*ids;		/* lengths (4 bytes) and texts */
	uint64_t	 ids_size;
	struct index	*groups;
	struct periods	*periods;	/* NULL: no rule, or nobody asks */
	/* Of each open rule; and what was noted last, by a hash: of a rule
	 * that counts values a key need not be noted twice. */
	enum { COUNTS_RECORDS, COUNTS_VALUES, COUNTS_PERIODS } *counts;
	uint8_t		(*recent)[ENTRY_KEY + 1];
};

/* --- counting values (keys_values.c) ------------------------------------------- */

struct period {
	int64_t		 from, to;	/* days, or KEY_NO_DAY */
	/* What it is of: two periods of one owner are no pair. */
	struct owner {
		uint64_t more, number;
	}		 owner;
};

/* The notes of one key. */
struct value_notes {
	bool		 any, noted, broken;
	/* Rows of the reference that have the key; provided: all of them. */
	uint64_t	 rows;
	bool		 provided, keyless;
	struct period	*periods;
	size_t		 n, room;
};

void	value_notes_add(struct value_notes *, const struct entry *, bool periods);
/* What they count; forgets them.  The periods stay the caller's to free. */
void	value_notes_take(struct value_notes *, bool covers,
	    uint64_t *applicable, uint64_t *fail);

size_t	entry_size(bool spans);
void	entry_put(const struct entry *, bool spans, uint8_t *to);
void	entry_get(struct entry *, bool spans, const uint8_t *from);
/* Keys may come from a file: groups and ids in them are not believed. */
bool	entry_fault(struct err *);
/* n bytes, the high one first. */
void	put_number_bytes(uint8_t *to, uint64_t value, unsigned n);
uint64_t get_number_bytes(const uint8_t *from, unsigned n);

#endif
