/*
 * guide_words - the cells and lists of a pack turned into the words and
 * patterns of a document type.  Private to lib/extract/guide.
 */
#ifndef EXTRACT_GUIDE_WORDS_H
#define EXTRACT_GUIDE_WORDS_H

#include "extract/guide.h"

struct building {
	struct catalogue *catalogue;
	const struct settings *settings;
	struct doctype *doctype;
	struct arena *arena;
	const char *path;		/* of indicators.csv */
	struct table_faults *faults;
	struct err *e;
	bool ok;
};

#define BUILD_FAULT(b, d, ...)                                          \
	((b)->ok = table_fault((b)->faults, (b)->path, (d)->line, (b)->e, \
	     __VA_ARGS__))

/* Fills unit, codes, range and patterns of the field and adds its words. */
void		 field_build(struct building *, struct field *);
/* Sections, cues and words of exclusion. */
void		 doctype_words(struct building *);
/*
 * The number of a pattern, whose text stands behind "re:"; -1 after noting a
 * fault.
 */
long		 build_pattern(struct building *, struct slice text,
		    const char *where, unsigned line);

#endif
