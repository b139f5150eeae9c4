#include "mdx-qc/qc.h"

#include <string.h>

#include "rules/dqd.h"

int
qc_import(char **operands)
{
	const char *output = opt_common.run.output;
	struct buf b = { 0 };
	struct err e = { 0 };

	if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL)
		opt_misuse(&qc_tool,
		    "import needs a form and what to read: "
		    "import dqd DIR");
	if (strcmp(operands[0], "dqd") != 0)
		opt_misuse(&qc_tool,
		    "import: '%s' is no form that is known (dqd)", operands[0]);
	if (dqd_load(operands[1], &qc_tables.faults, &b, &e))
		qc_put(output == NULL ? "-" : output, &b, &e);
	else
		qc_faulty(&e);
	buf_release(&b);
	return tool_fail(&e);
}
