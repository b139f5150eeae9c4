/*
 * certificate - the hospital's own record of registration (院内登记凭证): a
 * DSSE envelope, signed by who issues it, with the ledger entry that holds its
 * digest and the proof that leads to the log's key; and a page of the same.
 */
#ifndef REGISTRY_CERTIFICATE_H
#define REGISTRY_CERTIFICATE_H

#include "registry/asset.h"

#define CERTIFICATE_TYPE	"application/vnd.mdx.cert+json"

/*
 * Issues one for the newest version of a registered asset (role office); both
 * texts are appended.  ERR_DATA: code wrong_state, denied.
 */
bool	certificate_issue(struct registry *, const struct asset *,
	    struct buf *envelope, struct buf *page, struct err *);

/*
 * Checks one offline with the log's key alone.  ERR_DATA, code forged, with
 * what is wrong.
 */
bool	certificate_verify(struct slice envelope, const struct vkey *log,
	    struct arena *, struct err *);

#endif
