/*
 * phrase - the places that tell the objects of a group where these are no
 * codes but phrases: spellings and what touches them (右肺 下叶 后基底段), before
 * the word that announces them (癌, 多发转移).
 */
#ifndef EXTRACT_PHRASE_H
#define EXTRACT_PHRASE_H

#include "extract/reading.h"

struct phrase {
	uint32_t	 from, to;	/* bytes of the view */
	uint32_t	 rest, end;	/* 双颈[多发]淋巴结: the rest; 0: none */
	int		 code;		/* equal for phrases of one place */
	uint32_t	 best;		/* number of the longest of the place */
};

/*
 * The announced phrases of a field, in order, in the arena; none that is
 * denied, doubted, or of another time or person; with those that a weak word
 * announces (前上纵隔肿块) where they are closer, or the anchor of their sentence
 * has no place.  If there is none, but an anchor stands in the text (胸腺癌):
 * one by a weak word, those of the anchor's own sentence first; else the
 * anchor's organ, or what follows the anchor at once.
 */
struct phrase	*phrases_find(const struct reading *, const struct field *,
		    size_t *n);

/*
 * The first that is announced where none is that holds: in doubt, that is, and
 * neither denied nor of another time or person.
 */
bool		 phrase_doubted(const struct reading *, const struct field *,
		    struct phrase *);

#endif
