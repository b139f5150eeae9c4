/*
 * net_source - sources that servers hold: files, pages of an API, folders,
 * buckets, services of FHIR and DICOMweb.  Each read function is one of a
 * source_scheme.
 */
#ifndef SOURCES_NET_SOURCE_H
#define SOURCES_NET_SOURCE_H

#include "sources/net.h"

bool	net_http_read(struct job *, const char *uri, struct err *);
bool	net_ftp_read(struct job *, const char *uri, struct err *);
bool	net_s3_read(struct job *, const char *uri, struct err *);
bool	net_fhir_read(struct job *, const char *uri, struct err *);
bool	net_qido_read(struct job *, const char *uri, struct err *);
/* ERR_USAGE for an operand that makes no sense, before anything is read. */
bool	net_uri_check(const char *uri, const struct source_options *,
	    struct err *);

/* --- what they share ----------------------------------------------------- */

/* What is shown of the operand, in the job's arena. */
const char *net_shown(struct job *, const char *uri);
/* It could not be read: said behind its place, without its query. */
bool	net_fail(struct job *, const char *shown, const struct err *why,
	    struct err *);
/* The last part of a path, decoded, in the arena. */
const char *net_name(struct arena *, const char *path);

/*
 * What the state keeps of a file: whether it is still so, and that it is.  The
 * value is whatever changes with the file.
 */
bool	net_is_known(struct job *, const char *uri, struct slice value,
	    bool *known, struct err *);
bool	net_keep(struct job *, const char *uri, struct slice value,
	    struct err *);

enum net_came { NET_CAME, NET_CUT, NET_DOWN };

/*
 * The member that the body holds, whatever it is.  NET_CUT: it could not be
 * read whole; NET_DOWN: nor will others, the server is away or a signal came.
 */
bool	net_read_body(struct net *, const struct place_of *, struct net_body *,
	    const char *name, enum net_came *, struct err *);
/* The same of bytes in memory. */
bool	net_read_bytes(struct job *, const struct place_of *, struct slice,
	    const char *name, struct err *);

#endif
