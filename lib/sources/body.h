/*
 * body - what stands behind the header of a member that is read no further:
 * pixels, samples, reads.  It is one skip, `body`.
 *
 * Of a plain file nothing of it is read, as its size is known.  Of a file that
 * is compressed it is left where it is, and the manifest notes that the bytes
 * of the member are those that were seen.  A pipe and a member of an archive
 * are read over, so that who writes them is not broken off.
 */
#ifndef SOURCES_BODY_H
#define SOURCES_BODY_H

#include "sources/member.h"

/*
 * The first n bytes of a member, none of them taken.  ERR_DATA: more than
 * --max-record (limit_record), or fewer are there (cut_off).
 */
bool	body_head(struct member *, size_t n, struct slice *head, struct err *);
/* The rest of the member, from what is accounted for. */
void	body_pass(struct member *);
/*
 * The rest of the member is one reject: without its header it means nothing.
 * Where the input failed, that is what the reject says.
 */
bool	body_refuse(struct member *, const struct err *why, struct err *);

#endif
