/*
 * organ - which organs a piece of text names, as far as a tumour of one and a
 * thing seen in another can be told apart: 宫颈癌, 骶骨.
 */
#ifndef EXTRACT_ORGAN_H
#define EXTRACT_ORGAN_H

#include "base/slice.h"

/* A mask of kinds of organs; 0: none that is known. */
unsigned	 organs_in(struct slice);

#endif
