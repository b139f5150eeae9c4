/*
 * vcf_header - the text in front of the variants, of VCF and of BCF.
 *
 * Parsed once into an arena, which also holds the text; then const.  The
 * dictionaries are those by which BCF writes numbers for names.
 */
#ifndef SOURCES_VCF_HEADER_H
#define SOURCES_VCF_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "sources/member.h"

struct vcf_names {
	struct slice	*names;		/* by number; p NULL: none has it */
	size_t		 n, room;
};

struct vcf_header {
	struct slice	 fileformat, reference;	/* p NULL: not said */
	struct vcf_names meta;		/* the lines with ## as they stood */
	struct vcf_names columns;	/* of the #CHROM line, without its # */
	struct vcf_names samples;	/* made different where they repeat */
	struct vcf_names lengths;	/* of the contigs; p NULL: not said */
	struct vcf_names contigs;	/* in their order */
	struct vcf_names contig_numbers, words;	/* the dictionaries */
};

/*
 * The lines of a header, each decoded by itself; bytes behind them are left
 * alone.  ERR_DATA: vcf_syntax, encoding.
 */
bool	vcf_header_parse(struct vcf_header *, struct slice text,
	    struct charset *, struct arena *, const char **encoding,
	    struct err *);
void	vcf_header_release(struct vcf_header *);
/* The members of the record. */
void	vcf_header_put(const struct vcf_header *, struct buf *);
/* The value of a key in <ID=x,...>, or p NULL; without its quotes. */
struct slice vcf_value(struct slice line, const char *key);

#endif
