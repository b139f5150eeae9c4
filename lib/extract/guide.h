/*
 * guide - the packs of a run made ready for reading texts: document types,
 * their fields, and one matcher over all their words.
 *
 * Built once, then const; threads may share it.  It refers to the catalogue,
 * which must outlive it.
 */
#ifndef EXTRACT_GUIDE_H
#define EXTRACT_GUIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/pattern_set.h"
#include "catalogue/catalogue.h"
#include "extract/cue.h"
#include "extract/matcher.h"
#include "extract/series.h"
#include "extract/settings.h"
#include "extract/unit.h"

enum role {
	ROLE_ANCHOR,		/* announces a field's value */
	ROLE_STRONG,		/* the same, in whatever section it stands */
	ROLE_ALONE,		/* announces one number of a ratio by itself */
	ROLE_WEAK,		/* the subject is only said along with others */
	ROLE_NEVER,		/* the field's value is never near */
	ROLE_TOTAL,		/* announces a total */
	ROLE_CODE,		/* a spelling of code `value` */
	ROLE_PART,		/* of a code: value = part << 16 | code */
	ROLE_SIDE,		/* the first half of a spelling, see halves */
	ROLE_HALF,		/* the second */
	ROLE_CHAIN,		/* extends the spelling that it touches */
	ROLE_LINK,		/* may stand between a spelling and its anchor */
	ROLE_NEIGHBOUR,		/* its clause is about a place beside */
	ROLE_AGAIN,		/* a spelling that is no object of its own */
	ROLE_SHOWN,		/* in its sentence a name is one that was found */
	ROLE_TEST,		/* behind a spelling: a test of it, not it */
	ROLE_EMPTY,		/* what was told of the field is no more */
	ROLE_WHOLE,		/* an anchor that means all the others */
	ROLE_SAME,		/* says that the value is another field's */
	ROLE_RATED,		/* a name that ratings are told of */
	ROLE_RATING,		/* value: enum rating */
	ROLE_SECTION,		/* value: mask of sections */
	ROLE_SUBJECT,		/* value: mask of subjects */
	ROLE_CUE,		/* value: kind << 8 | scope */
	ROLE_VAGUE,		/* leaves a count open */
	ROLE_EXCLUDE		/* value: the group whose object is not treated,
				   plus ROLE_GONE where it is no more */
};

#define NEVER_OVER	(1u << 16)	/* holds a spelling: is that, no more */
#define ROLE_GONE	(1u << 16)
#define ROLE_JUDGED	(1u << 17)	/* also what the sentence before named */
#define ROLE_BESIDE	(1u << 18)	/* is something of its own */

enum rating {			/* of a word about a rated name */
	RATING_COUNTS, RATING_OTHER, RATING_NONE, RATING_PREFIX
};

struct word {
	enum role	 role;
	uint32_t	 field;		/* number in the document type */
	uint32_t	 value;
};

struct announcer {		/* an anchor that is a pattern */
	long		 pattern;	/* of the type's patterns */
	uint32_t	 number;	/* among the field's anchors, from 1 */
};

#define FIELD_NONE	UINT32_MAX

struct field {
	const struct indicator *d;
	int		 group;		/* of the type's groups; -1: none */
	struct slice	 key;		/* id without the group's prefix */
	uint32_t	 sections;	/* mask; 0: anywhere */
	uint32_t	 preferred;	/* mask of sections that outweigh others */
	uint32_t	 subjects;	/* mask; 0: of any */
	uint32_t	 others;	/* mask of subjects that it is not of */
	struct field_settings how;
	bool		 anchored;	/* its anchors cell is filled */
	bool		 announced;	/* with anchors that are no `!never` */
	int		 counts;	/* a group of the type's; -1: none */
	const struct field *past;	/* of its earlier values, or NULL */
	const struct field *ratio;	/* of a ratio's second number, or NULL */
	const struct field *with;	/* whose value says yes, or NULL */
	const struct field *goes_with;	/* a code, see while, or NULL */
	const struct field *beside;	/* a code, see beside, or NULL */
	bool		 panel;		/* read by extract/panel */
	bool		 spelled;	/* has values, though no code or mark */
	const struct unit *unit;	/* or NULL */
	const struct code *codes;
	size_t		 ncodes;
	const struct lexicon *parts[2];	/* or NULL */
	const struct lexicon *halves[2];	/* or NULL */
	uint32_t	*joined;	/* by first and second half: the word of the
					   code, or FIELD_NONE */
	uint32_t	*side_of;	/* of a code: its first half, or FIELD_NONE */
	struct announcer *patterns;
	size_t		 npatterns;
	bool		 has_low, has_high;
	struct decimal	 low, high;
};

struct group {			/* of objects that repeat */
	const struct group_settings *how;
	struct field	*identify;	/* or NULL */
	struct field	*also;		/* tells apart what that does not */
	long		*labels;	/* patterns that part its objects */
	size_t		 nlabels;
};

struct doctype {
	struct slice	 id;
	size_t		 pack;
	const struct document_settings *how;	/* NULL: pack without json */
	struct strings	 text;		/* members or pointers; n 0: usual */
	struct field	*fields;	/* in the catalogue's order */
	size_t		 nfields;
	uint32_t	*bare;		/* fields that need no anchor */
	size_t		 nbare;
	const struct field *halved;	/* that has halves, or NULL */
	struct group	*groups;	/* those that have a field here */
	size_t		 ngroups;
	bool		 topical;	/* subjects do more than keep fields off */
	uint32_t	 opening;	/* section before any heading */
	uint32_t	 passing;	/* sections that end with a sentence */
	uint32_t	 events;	/* that open by what happens, no heading */
	size_t		*table;		/* fields of --table */
	size_t		 ntable;
	size_t		*needs;
	size_t		 nneeds;
	struct word	*words;
	size_t		 nwords, words_room;
	struct matcher	*matcher;
	struct pattern_set *patterns;
};

struct guide;

/* All faults are told to say (may be NULL); ERR_USAGE. */
struct guide	*guide_new(struct catalogue *, void (*say)(const char *),
		    struct err *);
void		 guide_free(struct guide *);	/* NULL is allowed */

const struct catalogue *guide_catalogue(const struct guide *);
size_t		 guide_count(const struct guide *);
const struct doctype *guide_at(const struct guide *, size_t);
const struct doctype *guide_find(const struct guide *, struct slice id);
/* The L1 rows of gathered records. */
const struct series_plan *guide_series(const struct guide *);
/* The repeating group of its pack that the indicator belongs to, or n 0. */
struct slice	 guide_group(const struct guide *, const struct indicator *);
/* The names of all groups of all packs. */
struct strings	 guide_groups(const struct guide *);
/* Counts by level and document type, in lines for people. */
void		 guide_summary(const struct guide *, struct buf *);
/* The pack's model settings, or NULL; and its examples file, or NULL. */
const struct value *guide_llm(const struct guide *, const struct doctype *);
const char	*guide_examples(const struct guide *, const struct doctype *);
const struct field *doctype_field(const struct doctype *, struct slice id);

#endif
