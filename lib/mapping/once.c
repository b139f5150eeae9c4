#include "mapping/once.h"

#include "io/writer.h"

/* The last line says how much is wrong. */
static void
count_faults(struct once *o, bool ok, const char *behind, struct err *e)
{
	if (!ok && o->faults.n > 0)
		err_set(e, ERR_USAGE, "%zu %s%s", o->faults.n,
		    o->faults.n == 1 ? "fault" : "faults", behind);
	table_faults_release(&o->faults);
}

int
once_write(struct once *o, bool ok, const char *output, struct err *e)
{
	struct writer *w;

	if (!ok)
		table_faults_say(&o->faults, o->say);
	count_faults(o, ok, "", e);
	if (ok) {
		w = writer_open(output, e);
		ok = w != NULL && writer_add(w, buf_slice(&o->text), e) &&
		    writer_commit(w, e);
		writer_free(w);
	}
	buf_release(&o->text);
	return ok ? 0 : (int)e->kind;
}

static void
put_text(struct run *run, void *ctx, struct err *e)
{
	const struct once *o = ctx;

	if (!run_write(run, buf_slice(&o->text), 0, e))
		run_fail(run, e);
}

int
once_run(struct once *o, bool ok, const struct tables *tables,
    const struct run_options *run, struct err *e)
{
	int status;

	table_faults_say(&o->faults, o->say);
	count_faults(o, ok, " in the tables, nothing done", e);
	status = ok ? tables_run(tables, run, put_text, o, e) : (int)e->kind;
	buf_release(&o->text);
	return status;
}
