/*
 * fhir_export - bulk export ($export of the FHIR Bulk Data Access guide).
 *
 * What the server prepares is asked for once: the address where it tells how
 * far it is goes to the state at once, so that a run that is killed finds it
 * again.  Which files were read goes there with the output.  Only when all is
 * delivered is the server told to throw the export away (fhir_export_settle),
 * and the time of the export is kept: the next one asks for what is newer.
 */
#ifndef SOURCES_FHIR_EXPORT_H
#define SOURCES_FHIR_EXPORT_H

#include "sources/net.h"

/* The net's first address is the base of the server. */
bool	fhir_export_read(struct net *, const char *shown, struct err *);
/*
 * After the end of a run whose output was delivered and committed: exports
 * that are done are deleted at their servers.  False with *e where one was
 * not; the next run tries again.
 */
bool	fhir_export_settle(struct run *, const struct source_options *,
	    struct state *, struct err *);
/* Adds the code of the OperationOutcome that refuses, if there is one. */
void	fhir_explain(struct net *, struct arena *, struct err *why);

#endif
