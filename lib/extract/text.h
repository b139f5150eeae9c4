/*
 * text - which members of a record hold its text, and what document it is.
 */
#ifndef EXTRACT_TEXT_H
#define EXTRACT_TEXT_H

#include "extract/choose.h"
#include "extract/guide.h"
#include "extract/settings.h"
#include "json/filter.h"
#include "record/record.h"

#define TEXT_SOURCES	8

struct text {
	struct slice	 all;		/* the members' texts, joined by LF */
	struct source	 sources[TEXT_SOURCES];
	size_t		 n;
};

/* The members looked at where nobody says otherwise. */
extern const struct strings text_usual;

/*
 * Gathers the text of the members (names or JSON pointers) that are strings
 * and not empty.  names must hold their first parts.  False where there is
 * none.
 */
bool		 text_gather(struct text *, struct record *,
		    const struct index *names, struct strings members);
/* Whether "text" is the only one of these that the record has. */
bool		 text_is_alone(const struct record *, const struct index *names,
		    struct strings members);
/* The member or pointer in a record, or JSON_NONE. */
struct json	 text_member(const struct record *, const struct index *names,
		    struct slice name);
/* The member's own name: of "/a/b" it is "a". */
struct slice	 text_top(struct slice name);

#endif
