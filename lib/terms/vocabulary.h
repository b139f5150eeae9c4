/*
 * vocabulary - one published list of codes in one version (`icd10-yb@2.0`).
 *
 * A code is found by itself, a name or alias by its folded form.  Built once,
 * then const; what is handed out belongs to it.  The format is mdx-terms(5).
 */
#ifndef TERMS_VOCABULARY_H
#define TERMS_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "terms/lexicon.h"
#include "terms/synonym.h"

struct vocabulary;

enum entry_status {
	ENTRY_ACTIVE,
	ENTRY_RETIRED,		/* known, no longer written */
	ENTRY_PARENT		/* a chapter or category: never written */
};

struct entry {
	uint32_t	 number;	/* in the order of the file */
	struct slice	 code, name, parent;
	struct slice	 aliases;	/* see entry_alias */
	enum entry_status status;
};

/*
 * The text of a table and its path, SYSTEM@VERSION.csv, which says which list
 * it is.  compiled, where it is not NULL, is the path of the compiled form: it
 * is mapped if it was made of this very text (and these synonyms), else made
 * anew, kept there if that can be written, and used.
 */
struct vocabulary_source {
	const char	*path;
	struct slice	 text;
	const uint8_t	*digest;	/* SHA-256 of the text, if known */
	bool		 partial;
	const struct synonyms *synonyms;	/* may be NULL */
	const char	*compiled;
};

struct vocabulary *vocabulary_load(const struct vocabulary_source *,
		    struct table_faults *, struct err *);
void		 vocabulary_free(struct vocabulary *);	/* NULL is allowed */

struct slice	 vocabulary_system(const struct vocabulary *);
struct slice	 vocabulary_version(const struct vocabulary *);
/* Not the whole list: a code that it lacks may still exist. */
bool		 vocabulary_partial(const struct vocabulary *);
/* All entries, whatever their status, in the order of the file. */
size_t		 vocabulary_count(const struct vocabulary *);
struct entry	 vocabulary_entry(const struct vocabulary *, size_t);
/* Cuts the next alias, trimmed, off *rest, which starts as entry.aliases. */
bool		 entry_alias(struct slice *rest, struct slice *alias);

/*
 * By code, whatever the status; false where there is none, and the entry, which
 * may be NULL, is left as it was.  A bare code of data finds the one entry that
 * pairs it with an asterisk code (A17.000 for A17.000+G01*), and the kinds of
 * daggers, widths and blanks are one.
 */
bool		 vocabulary_code(const struct vocabulary *, struct slice,
		    struct entry *);
/* The code in its very spelling. */
bool		 vocabulary_exact(const struct vocabulary *, struct slice,
		    struct entry *);
/*
 * The active entries with this folded name or alias: the first, and how many
 * different codes there are (0: none).  More than `room` are not listed.
 */
size_t		 vocabulary_named(const struct vocabulary *,
		    struct slice folded, struct entry *list, size_t room);
/* Whether the folded term is the entry's name or one of its aliases. */
bool		 vocabulary_calls(const struct vocabulary *,
		    const struct entry *, struct slice folded);
/* Its entries by number, and the names of the active ones. */
const struct lexicon *vocabulary_lexicon(const struct vocabulary *);

#endif
