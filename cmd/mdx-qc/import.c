#include "mdx-qc/qc.h"

#include <string.h>

#include "rules/dqd.h"
#include "rules/schema_import.h"

/* What no row says is named, and the status says that it is less than all. */
static bool
import_schema(const char *path, struct buf *to, struct err *e)
{
	struct schema_options o = { .formats = qc.schema_formats };
	struct schema *s;
	struct schema_import n = { .said = &qc_tables.faults,
		.stop = tool_stop() };
	bool ok;

	if (!qc_load_names(e))
		return false;
	s = schema_load(path, &o, &qc_tables.faults, e);
	if (s == NULL)
		return qc_faulty(e);
	n.names = qc_tables.rules;
	ok = schema_import(s, &n, to, e);
	schema_free(s);
	if (!ok)
		return false;
	table_faults_say(&qc_tables.faults, tool_say);
	if (n.left > 0)
		err_data(e, "left_out",
		    "%zu rule%s written, %zu keyword%s left out", n.rules,
		    n.rules == 1 ? "" : "s", n.left, n.left == 1 ? "" : "s");
	return true;
}

static bool
import_dqd(const char *path, struct buf *to, struct err *e)
{
	return dqd_load(path, &qc_tables.faults, to, e) || qc_faulty(e);
}

typedef bool load_form(const char *, struct buf *, struct err *);

static load_form *
form_named(const char *name)
{
	return strcmp(name, "dqd") == 0   ? import_dqd
	    : strcmp(name, "schema") == 0 ? import_schema
					  : NULL;
}

int
qc_import(char **operands)
{
	const char *output = opt_common.run.output;
	struct buf b = { 0 };
	struct err e = { 0 };
	load_form *load;
	bool stopped = false;

	if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL)
		opt_misuse(&qc_tool,
		    "import needs a form and what to read: "
		    "import dqd DIR, import schema FILE");
	load = form_named(operands[0]);
	if (load == NULL)
		opt_misuse(&qc_tool,
		    "import: '%s' is no form that is known (dqd, schema)",
		    operands[0]);
	else if (!load(operands[1], &b, &e)) {
		stopped = tool_stop()->signal != 0;
	} else {
		struct err why = { 0 };

		if (!qc_put(output == NULL ? "-" : output, &b, &why))
			e = why;
	}
	buf_release(&b);
	if (stopped)
		return 128 + tool_stop()->signal;
	return tool_fail(&e);
}
