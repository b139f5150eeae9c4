/*
 * cue - words that say how a statement is meant: denied, doubted, of another
 * time, of another house, planned, of somebody or something else (ConText, in
 * Chinese).
 *
 * The built-in table is fixed; a pack adds words of its own.
 */
#ifndef EXTRACT_CUE_H
#define EXTRACT_CUE_H

#include <stddef.h>
#include <stdint.h>

enum cue_kind {
	CUE_NEGATED, CUE_UNCERTAIN, CUE_HISTORY, CUE_OUTSIDE, CUE_PLANNED,
	CUE_ELSEWHERE, CUE_INSTRUCTS,
	CUE_PSEUDO,		/* looks like a negation, denies nothing */
	CUE_RESUMES,		/* back to the patient, here and now;
				   SCOPE_BACK: from the past alone */
	CUE_AFFIRMED,		/* a result that what comes behind leaves alone */
	CUE_ENDED,		/* is no more, whenever that was */
	CUE_KINDS
};

enum cue_scope {
	SCOPE_CLAUSE,		/* forward, to the next comma */
	SCOPE_COMMA,		/* the same, over blanks that part words */
	SCOPE_SENTENCE,		/* forward, to the full stop or semicolon */
	SCOPE_UNTIL,		/* forward, to what resumes, which must follow */
	SCOPE_BACK,		/* backward, a few characters of the clause */
	SCOPE_BEFORE,		/* backward, to the beginning of the clause */
	SCOPE_WHOLE		/* all of the sentence */
};

struct cue {
	const char	*word;
	enum cue_kind	 kind;
	enum cue_scope	 scope;
};

extern const struct cue cues[];
extern const size_t cue_count;
/* The scope of a pack's own word of this kind. */
enum cue_scope	 cue_scope_of(enum cue_kind);
/* "negated", "uncertain" and so on; NULL-ended. */
extern const char *const cue_names[CUE_KINDS + 1];

#endif
