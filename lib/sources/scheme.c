#include "sources/scheme.h"

#include <string.h>

#include "sources/odbc.h"
#include "sources/sqlite.h"

static const struct source_scheme schemes[] = {
	{ "mllp://", mllp_read, true },
	{ "odbc:", odbc_source, false },
	{ "sqlite:", sqlite_source, false },
	{ NULL, NULL, false },
};

const struct source_scheme *
scheme_of(const char *operand)
{
	for (const struct source_scheme *s = schemes; s->prefix != NULL; s++)
		if (strncmp(operand, s->prefix, strlen(s->prefix)) == 0)
			return s;
	return NULL;
}
