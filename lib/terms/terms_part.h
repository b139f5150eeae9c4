/*
 * terms_part - what the files of struct terms share: terms_load.c reads the
 * tables, terms.c finds them, match.c decides a term, given.c by a code of the
 * data, follow.c takes its codes to other editions.
 */
#ifndef TERMS_TERMS_PART_H
#define TERMS_TERMS_PART_H

#include "base/buf.h"
#include "terms/codemap.h"
#include "terms/mapping.h"
#include "terms/model.h"
#include "terms/terms.h"
#include "terms/synonym.h"
#include "terms/vocabulary.h"

struct terms_source {
	char *path;
	uint8_t digest[DIGEST_SIZE];
};

struct terms {
	struct buf text; /* of a table while all are read */
	char *compiled; /* folder of compiled forms, or NULL */
	struct vocabulary **lists;
	struct codemap **maps;
	struct mappings *mappings;
	const struct systems *systems; /* or NULL */
	struct specimens *specimens; /* NULL: none known */
	struct synonyms *synonyms;
	struct model **models;
	struct terms_source *sources;
	size_t nlists, lists_room, nmaps, maps_room, nsources, sources_room,
	    nmodels, models_room;
};

/* Adds what is not there yet; list grows in the arena. */
void	term_add_code(struct term_code **list, size_t *n, struct arena *,
	    const struct term_code *);
void	term_add_entry(struct term_code **list, size_t *n, struct arena *,
	    const struct vocabulary *, const struct entry *,
	    const char *method);
/* As candidates, the entries with this name or alias. */
void	term_add_named(struct term_answer *, const struct vocabulary *,
	    struct slice folded, struct arena *);
/* 2: a code in the data; false where it decides nothing. */
bool	term_by_code(const struct terms *, const struct vocabulary *,
	    const struct term_query *, struct slice folded, struct arena *,
	    struct term_answer *);
/* Whether the code of the data is none of those that the name has. */
bool	term_contradicts(const struct vocabulary *, const struct term_query *,
	    const struct term_answer *);
/* The codes of the systems that are asked for and not there yet. */
void	term_follow(const struct terms *, const struct term_query *,
	    struct arena *, struct term_answer *);

#endif
