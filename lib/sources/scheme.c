#include "sources/scheme.h"

#include <string.h>

#include "sources/net_source.h"
#include "sources/odbc.h"
#include "sources/sqlite.h"

static const struct source_scheme schemes[] = {
	{ "mllp://", mllp_read, true, NULL },
	{ "odbc:", odbc_source, false, NULL },
	{ "sqlite:", sqlite_source, false, NULL },
	{ "http://", net_http_read, false, net_uri_check },
	{ "https://", net_http_read, false, net_uri_check },
	{ "ftp://", net_ftp_read, false, net_uri_check },
	{ "ftps://", net_ftp_read, false, net_uri_check },
	{ "sftp://", net_ftp_read, false, net_uri_check },
	{ "s3://", net_s3_read, false, net_uri_check },
	{ "fhir+http://", net_fhir_read, false, net_uri_check },
	{ "fhir+https://", net_fhir_read, false, net_uri_check },
	{ "dicomweb+http://", net_qido_read, false, net_uri_check },
	{ "dicomweb+https://", net_qido_read, false, net_uri_check },
	{ NULL, NULL, false, NULL },
};

const struct source_scheme *
scheme_of(const char *operand)
{
	for (const struct source_scheme *s = schemes; s->prefix != NULL; s++)
		if (strncmp(operand, s->prefix, strlen(s->prefix)) == 0)
			return s;
	return NULL;
}
