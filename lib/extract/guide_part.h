/*
 * guide_part - how a guide is built, as its files share it; private to them.
 *
 * guide: the packs of a run; guide_type: a document type and its fields;
 * guide_words: the cells and lists of a pack turned into the words and patterns
 * of a type; guide_pattern: the lists that a pattern names.
 */
#ifndef EXTRACT_GUIDE_PART_H
#define EXTRACT_GUIDE_PART_H

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

/* The type is made in place; how: NULL where the pack has no document. */
void		 doctype_build(struct building *, struct doctype *,
		    const char *path, const struct document_settings *how,
		    size_t pack);
/* The mask of the section of this name; 0: there is none. */
uint32_t	 doctype_section(const struct document_settings *,
		    struct slice name);
/* Fills unit, codes, range and patterns of the field and adds its words. */
void		 field_build(struct building *, struct field *);
/* Sections, cues and words of exclusion. */
void		 doctype_words(struct building *);
/*
 * The number of a pattern, whose text stands behind "re:"; (?@name) in it is
 * any word of that list.  -1 after noting a fault.
 */
long		 build_pattern(struct building *, struct slice text,
		    const char *where, unsigned line);

#endif
