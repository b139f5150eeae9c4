#include "extract/gather.h"

#include "mdx-extract/extract.h"

struct gather {
	struct strings on;
	struct gather_counts counts;
};

static bool
run_gather(void *gather, struct run *run, char **operands, struct err *e)
{
	struct gather *g = gather;

	return gather_run(run, operands, g->on, &g->counts, e);
}

static void
account(const void *gather, struct buf *b)
{
	gather_report(&((const struct gather *)gather)->counts, b);
}

int
verb_gather(char **operands, struct err *e)
{
	struct gather g = { 0 };

	if (shared.on == NULL)
		opt_misuse(
		    &extract_tool, "gather needs the key, use --on KEY[,KEY]");
	g.on = setup_keys();
	return work_run(&(struct work){ &g, run_gather, account }, operands, e);
}
