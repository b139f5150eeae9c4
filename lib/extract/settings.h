/*
 * settings - a pack's extract.json: what the catalogue cannot say of text.
 *
 * Parsed into plain structs that belong to the arena; names are not looked up
 * in the catalogue here (extract/guide does that).  The format is mdx-pack(5).
 */
#ifndef EXTRACT_SETTINGS_H
#define EXTRACT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "catalogue/indicator.h"
#include "extract/cue.h"
#include "io/table.h"
#include "json/value.h"

struct strings {
	const struct slice *list;
	size_t		 n;
};

struct section_words {
	struct slice	 name;
	struct strings	 words;
};

enum pick {
	PICK_AGREE,		/* differing values are a conflict */
	PICK_FIRST, PICK_LAST, PICK_LARGEST, PICK_SMALLEST, PICK_SUM, PICK_TOTAL,
	PICK_WORST, PICK_COUNT, PICK_BEFORE,
	PICK_LIST		/* all of them, side by side */
};

struct document_settings {
	struct slice	 id, where, opening;
	struct strings	 kinds, text, table, needs;
	struct strings	 passing;	/* sections that end with a sentence */
	struct strings	 events;	/* that open by what happens, no heading */
	struct strings	 picks[PICK_LIST + 1];	/* indicators that pick so */
	struct section_words *sections, *subjects;
	size_t		 nsections, nsubjects;
	struct strings	 cues[CUE_KINDS];	/* beside the pack's */
	struct strings	 ignore;	/* built-in words that say nothing here */
	unsigned	 line;
};

struct group_settings {
	struct slice	 name, identify[2];	/* n 0: none */
	struct strings	 split, exclude, gone;
	bool		 named;		/* no object without its identity */
	size_t		 max;
	unsigned	 line;
};

struct lexicon {
	struct slice	 name;
	struct code	*codes;
	size_t		 ncodes;
};

enum part {			/* of a measure, that a number is */
	PART_WHOLE, PART_FIRST, PART_SECOND
};

/* What a text rates: drugs, resistant or not. */
struct rated_settings {
	struct strings	 names;
	struct strings	 prefix;	/* before a name: rated so */
	struct strings	 as;		/* ratings that count */
	struct strings	 other;		/* those that do not */
	struct strings	 none;		/* words that only begin as one */
};

/* A name for a kind (非结核分枝杆菌), and the names that it may mean. */
struct kind_settings {
	struct slice	 name;
	struct strings	 of;
};

struct field_settings {
	struct slice	 id;
	enum pick	 pick;
	bool		 bare;		/* a measure needs no anchor */
	bool		 own;		/* never said once for all objects */
	bool		 panel;		/* stands behind its name, as stains do */
	bool		 unitless;	/* a number may go without its unit */
	struct slice	 counts;	/* the group whose objects it counts */
	struct strings	 vague;		/* words that leave a count open */
	struct slice	 past;		/* the field of its earlier values */
	struct slice	 with;		/* the field whose value says yes */
	unsigned	 despite;	/* mask of cue kinds it does not heed */
	enum part	 part;		/* of a ratio, 126/78 */
	bool		 upper;		/* of a range its upper end */
	struct slice	 ratio;		/* whose is the second of one */
	struct strings	 weak;		/* anchors that others outweigh */
	struct strings	 alone;		/* announce its part without the other */
	struct strings	 prefer;	/* sections whose values outweigh others */
	struct strings	 strong;	/* anchors valid in every section */
	struct strings	 total;		/* words that announce a total */
	struct strings	 parts;		/* lexicons that make the code */
	struct strings	 halves;	/* lexicons that make a spelling */
	struct slice	 chain;		/* lexicon of what extends a text */
	struct strings	 links;		/* may stand before its anchor */
	struct strings	 neighbours;	/* make a place another's */
	struct strings	 tests;		/* make a spelling a test's name */
	struct strings	 again;		/* names that only tell again */
	struct kind_settings *kinds;	/* names for others of its names */
	size_t		 nkinds;
	struct strings	 shown;		/* words that show a name to be found */
	struct strings	 empties;	/* words after which none was told */
	struct strings	 columns;	/* headings of its column in a table */
	struct strings	 grows;		/* words at which a text's growth ends */
	struct strings	 whole;		/* anchors that mean all the others */
	struct rated_settings rated;
	struct slice	 while_id;	/* the code that it goes with, and */
	struct strings	 while_codes;	/* of which it has a value */
	struct slice	 implied;	/* the code that it has where nothing */
	struct strings	 implied_by;	/* is said but one of these has a value */
	struct strings	 carried;	/* of which a value tells that what */
					/* was planned of this one was done */
	struct slice	 same_id;	/* the indicator whose value it has */
	struct strings	 same_words;	/* where one of these says so */
	struct slice	 beside_id;	/* the code whose values outweigh */
	struct strings	 beside_codes;	/* others where one stands beside */
	unsigned	 line;
};

struct settings {
	struct section_words *lists;	/* that words and patterns may name */
	size_t		 nlists;
	struct document_settings *documents;
	size_t		 ndocuments;
	struct group_settings *groups;
	size_t		 ngroups;
	struct lexicon	*lexicons;
	size_t		 nlexicons;
	struct field_settings *fields;
	size_t		 nfields;
	struct strings	 cues[CUE_KINDS];	/* beside the built-in ones */
	struct slice	 examples;	/* a file beside it, or n 0 */
	const struct value *llm;	/* or NULL */
};

/* path is for messages; all faults go to faults (may be NULL). */
bool		 settings_parse(struct settings *, const char *path,
		    const char *text, size_t n, struct arena *,
		    struct table_faults *, struct err *);
bool		 settings_load(struct settings *, const char *path,
		    struct arena *, struct table_faults *, struct err *);

const struct section_words *settings_list(const struct settings *,
		    struct slice name);
const struct lexicon *settings_lexicon(const struct settings *, struct slice);
const struct field_settings *settings_field(const struct settings *,
		    struct slice id);

#endif
