/*
 * finder - what the files that find candidates share; private to them.
 *
 * extract/candidate has the frame, extract/number the measures and whom they
 * belong to, extract/word what single words tell, extract/found the patterns
 * of a pack.
 */
#ifndef EXTRACT_FINDER_H
#define EXTRACT_FINDER_H

#include "extract/candidate.h"

/*
 * Scores, in points; a byte of distance costs one.  Only their order counts:
 * a strong anchor beats any plain one, an anchor in the clause any outside it,
 * an anchor any bare measure, and a plausible value an implausible one.
 */
enum {
	SCORE_ANCHORED = 200,
	SCORE_FARTHEST = 90,
	SCORE_SHARED = 40, /* by which one of two sections may stand nearer */
	SCORE_CELL = 600, /* in the column of the field */
	SCORE_STRONG = 100,
	SCORE_PREFERRED = 120, /* in a section that the field prefers */
	SCORE_TIMED = 20, /* in a clause that names its section */
	SCORE_BEFORE = 6, /* for standing before its measure */
	SCORE_OTHER_CLAUSE = -80,
	SCORE_TOTAL = 60,
	SCORE_NOW = 30, /* told as of now: 今日复测 */
	SCORE_BESIDE = 120, /* beside a code that the field prefers: 未吸氧 */
	SCORE_PLAUSIBLE = 10,
	SCORE_OUTSIDE = -60,
	SCORE_BARE = 20,
	SCORE_RANK = 40, /* a group of a pattern weighs less than the last */
	SCORE_RATED = 100, /* a name with a rating: less than any pattern */
	SCORE_UNITLESS = -20,
	SCORE_LESSER = -30, /* by an anchor that others outweigh */
	SCORE_WEAK = -150
};

struct finder {
	const struct reading *r;
	struct candidates *out;
	bool		*taken;		/* measures, by a pattern */
	bool		 past;		/* the measure at hand gave way to a later */
};

/* A candidate of the field at [from,to), or NULL. */
struct candidate *finder_add(struct finder *, uint32_t field, uint32_t from,
		    uint32_t to, int score);
bool		 finder_in_section(const struct field *, const struct clause *);
/* Whether the field may have a value here, by section and by subject. */
bool		 finder_standing_at(const struct finder *, const struct field *,
		    const struct clause *, uint32_t from, uint32_t to);
/* Whether the subject is only said along with others: 其余瓣膜. */
bool		 finder_is_weak(const struct finder *, uint32_t field,
		    uint32_t at);
uint32_t	 finder_distance(const struct hit *, const struct measure *);
/* The nearest word of this role and field in the clause, or UINT32_MAX. */
uint32_t	 finder_nearest(const struct finder *, const struct clause *,
		    enum role, uint32_t field, const struct measure *);
/* As a JSON string; a text's value without the blanks of noise. */
struct slice	 finder_quoted(const struct finder *, struct slice);
struct slice	 finder_written(const struct finder *, uint32_t from,
		    uint32_t to);

/* The field's candidate of a measure; rule 0: none has announced it. */
struct candidate *finder_number(struct finder *, uint32_t field,
		    const struct measure *, int score, uint32_t rule,
		    const struct clause *);
void		 finder_measure(struct finder *, const struct measure *);
/*
 * "莫西沙星静滴,甲泼尼龙40mg": where a clause that names none of a group's named
 * objects says more before a measure than how and when it is given, that is of
 * something else.
 */
bool		 finder_is_of_unknown(const struct finder *,
		    const struct field *, const struct measure *,
		    const struct clause *);
/*
 * The verdicts of a yes or no under the head that its anchor is, one a
 * subject; false where it is no such head.
 */
bool		 finder_verdicts(struct finder *, const struct hit *,
		    const struct word *);
/* What the cells of tables tell; before all else that finds measures. */
void		 finder_cells(struct finder *);
/* The number of the code that [from,to) spells or else holds, or -1. */
long		 finder_code_between(const struct finder *, uint32_t field,
		    uint32_t from, uint32_t to);
/* Whether what the field tells of at a place is told to be there no more. */
bool		 finder_is_gone(const struct finder *, const struct field *,
		    uint32_t at);
void		 finder_word(struct finder *, const struct hit *);
void		 finder_pattern(struct finder *, uint32_t field,
		    const struct announcer *);

#endif
