/*
 * json_pass - the way through a document that is not held as a whole: its
 * next value is found by brackets and quotes alone and then checked to the
 * letter, as it is (json/scan).
 *
 * `why` is what is wrong with the document; from there on all of it is set
 * aside.  False means, as everywhere, that the run cannot go on.
 */
#ifndef SOURCES_JSON_PASS_H
#define SOURCES_JSON_PASS_H

#include "sources/json_record.h"

typedef bool	 value_taker(struct document *, struct piece *, struct err *);

/* The next byte that is no blank, not taken; 0 at the end. */
char	pass_blanks(struct document *);
void	pass_bytes(struct document *, size_t n);
/*
 * The next value is checked and given to `take`.  One that is too long, too
 * deep or no text is set aside alone, as its end is known.
 */
bool	pass_value(struct document *, value_taker *, struct err *why,
	    struct err *);
/* A value that nobody wants, of any size. */
void	pass_unwanted(struct document *, struct err *why);
/* A name with its colon and the blanks behind; *is: whether it is this one. */
void	pass_name(struct document *, const char *name, bool *is,
	    struct err *why);
/* From the break on, all is one reject. */
bool	pass_rest(struct document *, const struct err *why, struct err *);

#endif
