/*
 * bcf_record - one variant of a BCF file as the object that its line of VCF
 * would give: typed values are written as their texts.
 */
#ifndef SOURCES_BCF_RECORD_H
#define SOURCES_BCF_RECORD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "sources/keys.h"
#include "sources/vcf_header.h"

#define BCF_FIXED	24	/* bytes that the shared part begins with */

struct bcf_record {
	const struct vcf_header *header;
	struct keys	 keys;
	struct buf	 text;		/* of the value at hand */
	struct vcf_names format;	/* keys, and where their values are */
	struct bcf_values {
		int		 type;
		size_t		 n;	/* of each sample */
		const char	*p;
	}		*values;
	size_t		 room;
};

void	bcf_record_init(struct bcf_record *, const struct vcf_header *);
void	bcf_record_release(struct bcf_record *);
/*
 * Appends the object without its closing brace for the two parts of a record:
 * what all samples share, and their own.  ERR_DATA: bcf_syntax, encoding.
 */
bool	bcf_record_put(struct bcf_record *, struct slice shared,
	    struct slice own, struct buf *, struct err *);

#endif
