/*
 * rtf_word - control words of RTF, and the text that they and the bytes
 * between them give.
 */
#ifndef SOURCES_RTF_WORD_H
#define SOURCES_RTF_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "sources/rtf_page.h"
#include "sources/rtf_text.h"

/* What a group inherits from the one around it. */
struct rtf_group {
	int		 page;		/* of the font */
	unsigned	 fallback;	/* bytes behind \u that stand for it */
	bool		 skipped;	/* its text is none of the document's */
	bool		 fonts;		/* the table of fonts */
	bool		 note;		/* a footnote */
	bool		 twice;		/* \upr: its first group is told again in the
					   next */
	bool		 deleted;
};

struct rtf_font {
	long		 number;
	int		 page;
};

struct rtf {
	const char	*p, *end;
	struct buf	*out;		/* the body */
	struct buf	 notes;
	struct buf	 bytes;		/* in the page at hand, not yet decoded */
	struct rtf_pages pages;
	struct rtf_group groups[RTF_DEPTH];
	unsigned	 depth;
	int		 page;		/* \ansicpg */
	long		 usual_font;
	struct rtf_font	*fonts;
	size_t		 nfonts, room;
	long		 defined;	/* the font that the table is about to tell */
	uint32_t	 high;		/* half of a pair of \u, or 0 */
	unsigned	 left;		/* bytes of fallback to pass over */
	bool		 star;		/* \*: the next word names a destination */
	bool		 cell;		/* a cell ended, and the row has not */
	struct err	*e;
};

/* The group at hand. */
struct rtf_group *rtf_top(struct rtf *);
/* A byte of the page; what stands for a character of \u is passed over. */
void	rtf_add_byte(struct rtf *, char);
bool	rtf_add_code(struct rtf *, uint32_t code);
/* The bytes so far become text; before what changes how they are read. */
bool	rtf_flush(struct rtf *);
bool	rtf_take_word(struct rtf *, const char *name, bool has_number, long);

#endif
