/*
 * fhir_files - the files that an export is made of, and what became of them.
 */
#ifndef SOURCES_FHIR_FILES_H
#define SOURCES_FHIR_FILES_H

#include "json/scan.h"
#include "sources/net.h"

struct export {
	struct net	*net;
	struct job	*job;
	const char	*shown;
	const char	*scope;		/* of the state */
	struct arena	*arena;		/* of the export */
	struct buf	 status;	/* where the server tells how far it is */
	bool		 open_files;	/* they need no token */
	bool		 down;		/* the server is away, or a signal came */
};

/*
 * Reads the files that the answer (JSON, checked) lists.  *whole: every one of
 * them was read, now or before.
 */
bool	fhir_files_read(struct export *, struct json answer, bool *whole,
	    struct err *);

#endif
