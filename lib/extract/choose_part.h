/*
 * choose_part - what the files of extract/choose share; private to them.
 */
#ifndef EXTRACT_CHOOSE_PART_H
#define EXTRACT_CHOOSE_PART_H

#include <limits.h>

#include "extract/choose.h"
#include "extract/tally.h"

#define CHOOSER_ANY	UINT_MAX	/* object: whichever lives */

struct chooser {
	const struct reading *r;
	const struct candidates *found;
	struct answers	*out;
	const struct source *sources;
	size_t		 nsources;
	uint32_t	*alive;		/* masks of the objects, one a group */
	size_t		*former;	/* of a field: what tells the gone */
};

struct election {
	const struct candidate *best;	/* of those that stand */
	const struct candidate *other;	/* a peer with another value */
	const struct candidate *denied, *doubted;
};

/* Whether the candidate speaks of this object of the reading. */
bool		 chooser_speaks_of(const struct chooser *,
		    const struct candidate *, unsigned object);
void		 chooser_elect(const struct chooser *, const struct field *,
		    size_t field, unsigned object, struct election *);
bool		 chooser_denies(const struct candidate *);
/* Whether its sentence puts another value in the candidate's place. */
bool		 chooser_gives_way(const struct chooser *, const struct field *,
		    const struct candidate *, unsigned object);
/*
 * Instead of what another sentence tells behind the object's name the last that
 * was told before it, be it of another object.
 */
void		 chooser_elect_before(const struct chooser *,
		    const struct field *, size_t field, unsigned object,
		    struct election *);

/*
 * Whether the first candidate goes before the best so far; name: where the text
 * names their object, several: whether more than one lives.
 */
bool		 chooser_beats(const struct reading *, const struct field *,
		    const struct candidate *, const struct candidate *best,
		    const struct mention *name, bool several);
/* The same of what is told before a name. */
bool		 chooser_beats_before(const struct reading *,
		    const struct candidate *, const struct candidate *best,
		    const struct mention *name);
/* Whether the heading of a specimen leads the candidate. */
bool		 chooser_is_headed(const struct reading *,
		    const struct candidate *);
/* Whether a candidate is nearly as good as the best. */
bool		 election_peers(const struct election *,
		    const struct candidate *);

/* The evidence of an answer: some bytes, or those of what was chosen. */
void		 chooser_add_evidence(const struct chooser *, struct answer *,
		    uint32_t from, uint32_t to);
void		 chooser_from_candidate(const struct chooser *,
		    struct answer *, const struct candidate *);
void		 chooser_from_tally(const struct chooser *, struct answer *,
		    const struct tally *);

/* Answers a field of an object; 0 outside groups. */
void		 chooser_decide(const struct chooser *, size_t field,
		    unsigned object, struct answer *);
/* The same, by what other fields have, where nothing is said of it. */
void		 chooser_from_others(const struct chooser *, size_t field,
		    unsigned object, struct answer *);
/* A number that the objects of a group have, and where they are. */
void		 chooser_count_group(const struct chooser *, size_t field,
		    struct answer *);
/* 右叶 and 中部, side by side or apart, are 右叶中部. */
void		 chooser_identity(const struct chooser *, const struct field *,
		    const struct object *, struct answer *);
/* What tells apart the objects of one place. */
void		 chooser_second_identity(const struct chooser *,
		    const struct field *, const struct mention *,
		    struct answer *);

/* How many objects of the group the text tells of. */
void		 chooser_count_objects(struct chooser *, int group);

#endif
