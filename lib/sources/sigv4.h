/*
 * sigv4 - AWS Signature Version 4 of a request without a body, for S3.
 *
 * libcurl 7.88 signs queries with `=`, `*`, valueless or unsorted parameters
 * wrongly; here path and query are put into the canonical form before they
 * are sent, so that what is signed and what is sent are the same bytes.
 */
#ifndef SOURCES_SIGV4_H
#define SOURCES_SIGV4_H

#include "base/buf.h"
#include "base/slice.h"

struct sigv4 {
	const char	*id, *secret;
	const char	*token;		/* of a session, or NULL */
	const char	*region;
	const char	*method, *host;	/* the host as in the header */
	const char	*path;		/* as sent: encoded once, from its slash */
	const char	*query;		/* as sent: sorted and encoded, or NULL */
	const char	*more;		/* "name:value\n", lower case, behind host
					   by name and before x-amz; or NULL */
	char		 time[17];	/* 20130524T000000Z */
};

/* The lines `Name: value` of the headers to be sent, each with a line feed. */
void	sigv4_sign(const struct sigv4 *, struct buf *lines);
/* The time now, in the form above. */
void	sigv4_now(char time[17]);
/*
 * A query in canonical form: names and values encoded, sorted by their bytes,
 * each with its `=`.  What comes in is as a user types it.
 */
void	sigv4_query(const char *query, struct buf *);

#endif
