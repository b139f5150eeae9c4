/*
 * model - what was learned from the approved mappings of one field to one
 * system: the terms with their labels, how characters translate, and the
 * weights of a logistic regression.
 *
 * The file is an image (image.h): the parts of a lexicon whose names are the
 * approved terms and whose entries are the labels, the two of a translation,
 * and the numbers.  It is made by learn and only read here; const once open.
 */
#ifndef TERMS_MODEL_H
#define TERMS_MODEL_H

#include "terms/feature.h"
#include "terms/image.h"
#include "terms/lexicon.h"
#include "terms/translation.h"

struct model {
	struct image_file file;
	struct lexicon	 terms;
	struct translation translation;
	double		 weights[FEATURES];
	double		 cut;	/* the p that gives the best F1 in the folds */
	struct slice	 field, system, version;	/* in the file */
};

struct model_numbers {
	int32_t		 weights[FEATURES];	/* times 2^16 */
	int32_t		 cut;
	uint32_t	 features;
	uint32_t	 nfield, nsystem, nversion; /* of the text behind */
};

/* Weights as they are written, so that training and use are the same. */
double	model_quantum(double);
/* The image of these parts with the model's names, weights and cut. */
void	model_write(const struct model *, const struct slice terms[LEXICON_PARTS],
	    struct slice starts, struct slice pairs, struct buf *);
/* Points into the bytes of m->file. */
bool	model_parse(struct model *, struct err *);
struct model *model_load(const char *path, struct err *);
void	model_free(struct model *);	/* NULL is allowed */

#endif
