/*
 * settings_part - how extract.json is parsed, as its files share it; private to
 * them.
 *
 * settings_member: what a member holds; settings_lexicon: a lexicon; settings:
 * which members there are.
 */
#ifndef EXTRACT_SETTINGS_PART_H
#define EXTRACT_SETTINGS_PART_H

#include "extract/settings.h"

struct parse {
	struct settings *s;
	const char *path;
	struct arena *arena;
	struct table_faults *faults;
	struct err *e;
	bool ok;
};

#define SETTINGS_FAULT(p, v, ...)                                           \
	((p)->ok = table_fault((p)->faults, (p)->path, (v)->line, (p)->e, \
	     __VA_ARGS__))

/*
 * Whether it is an object; refuses members that mean nothing: a typing slip
 * must not go unheard.
 */
bool		 member_object(struct parse *, const struct value *,
		    const char *what, const char *const *known);
/* Of the member of this name, which may be left out. */
struct slice	 member_text(struct parse *, const struct value *,
		    const char *name);
bool		 member_truth(struct parse *, const struct value *,
		    const char *name);
struct strings	 member_strings(struct parse *, const struct value *,
		    const char *name);
struct strings	 member_words(struct parse *, const struct value *,
		    const char *name);
/* An object of names, each with its words; at most one a bit of a mask. */
struct section_words *member_lists(struct parse *, const struct value *,
		    const char *name, size_t *n);

/* Of the value itself (may be NULL); name is for messages. */
struct strings	 member_strings_of(struct parse *, const struct value *,
		    const char *name);
/* A list of words, with all that its entries stand for in their places. */
struct strings	 member_words_of(struct parse *, const struct value *,
		    const char *name);
/* What one entry of a list stands for: a named list, or words in braces. */
struct strings	 member_entry(struct parse *, const struct value *,
		    const char *name, struct slice entry);

/* A key with braces is as many codes; one told again has more spellings. */
void		 settings_add_lexicon(struct parse *, struct slice name,
		    const struct value *);

#endif
