/*
 * vcf_line - one variant of a VCF file as an object.
 *
 * Values are strings as they stood; a flag of INFO is true.  A lone dot in
 * INFO gives no members, and what a sample leaves out at its end is left out.
 */
#ifndef SOURCES_VCF_LINE_H
#define SOURCES_VCF_LINE_H

#include "sources/keys.h"
#include "sources/vcf_header.h"

struct vcf_line {
	const struct vcf_header *header;
	struct keys	 keys;
	struct vcf_names columns;	/* of the line */
	struct vcf_names format;	/* its keys, made different */
	struct slice	 format_text;	/* they were made from, in an arena */
	struct arena	*arena;
};

void	vcf_line_init(struct vcf_line *, const struct vcf_header *);
void	vcf_line_release(struct vcf_line *);
/* Appends the object without its closing brace; ERR_DATA, vcf_syntax. */
bool	vcf_line_put(struct vcf_line *, struct slice line, struct buf *,
	    struct err *);

#endif
