/*
 * limit - how many coded values may need a person before the answer is no.
 *
 * A number, or a share of all coded values, of --max-unmapped.
 */
#ifndef MAPPING_LIMIT_H
#define MAPPING_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "record/run.h"

struct limit {
	const char	*text;		/* as given; NULL: no limit */
	bool		 percent;
	unsigned long long n;
};

/* ERR_USAGE where the text is neither; NULL sets no limit. */
bool		 limit_parse(const char *text, struct limit *, struct err *);
/* Over the limit the run is refused, though every record has passed. */
void		 limit_judge(const struct limit *, struct run *, uint64_t all,
		    uint64_t unsolved, const char *remedy);

#endif
