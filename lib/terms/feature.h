/*
 * feature - what speaks for a candidate, as numbers for the regression.
 */
#ifndef TERMS_FEATURE_H
#define TERMS_FEATURE_H

enum feature {
	FEATURE_ONE,		/* always 1 */
	FEATURE_COSINE,		/* of the list's name to the part */
	FEATURE_COSINE_SQUARE,
	FEATURE_RANK,		/* in the list: 1, 1/2, 1/3 */
	FEATURE_UNLISTED,	/* not among those of the list */
	FEATURE_NEAR,		/* best cosine of an approved term with it */
	FEATURE_NEAR_CUBES,	/* sum of their cubes, over the nearest */
	FEATURE_STANDS,		/* the name stands in the text */
	FEATURE_SHARE,		/* of the name's characters in the text */
	FEATURE_TRANSLATED,	/* the same with translation */
	FEATURE_EXPLAINED,	/* of the part's characters in the name */
	FEATURE_LABEL,		/* best P(label | gram) */
	FEATURE_LABELS,		/* mean of the five best */
	FEATURE_PRIOR,		/* ln(1 + approved terms with it) */
	FEATURE_TEXT_LENGTH,	/* ln(characters of the part) */
	FEATURE_NAME_LENGTH,
	FEATURE_PARTS,		/* ln(parts of the line) */
	/* of a label that no approved term has, its own weights for these: */
	FEATURE_NEW,
	FEATURE_NEW_COSINE,
	FEATURE_NEW_TRANSLATED,
	FEATURE_NEW_EXPLAINED,
	FEATURE_NEW_MARGIN,	/* the share's */
	/* margins to the best other of the part; below 0: another is better */
	FEATURE_COSINE_MARGIN,
	FEATURE_NEAR_MARGIN,
	FEATURE_SHARE_MARGIN,	/* of translated share and explained */
	FEATURE_LABEL_MARGIN,
	FEATURES
};

#endif
