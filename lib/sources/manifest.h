/*
 * manifest - the line of each source and member, and the totals of a run
 * (mdx-report(5), "ingest").
 */
#ifndef SOURCES_MANIFEST_H
#define SOURCES_MANIFEST_H

#include "base/buf.h"
#include "sources/member.h"

/* "night.zip: 住院/检验.csv": the place of a member in messages. */
void	member_label(const struct place_of *, struct buf *);
/* --- totals.c ------------------------------------------------------------ */

/* One more record of a kind. */
void	totals_kind(struct member *, const char *kind);
/* The member ended: what it adds, in the turn of its source. */
bool	totals_member(struct member *, struct err *);

#endif
