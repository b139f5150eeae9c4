/*
 * What has been answered: how right it is, and the cache that keeps it.
 */
#include "cli/asking.h"
#include "extract/eval.h"
#include "mdx-extract/extract.h"
#include "model/cache.h"

static bool json;

const struct opt eval_opts[] = { { OPT_FLAG, 0, "json", NULL, "one JSON object",
				     "输出一个 JSON 对象", &json },
	{ 0 } };

int
verb_eval(char **operands, struct err *e)
{
	struct buf b = { 0 };

	if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL)
		opt_misuse(&extract_tool, "eval takes two files: GOLD PRED");
	if (eval(operands[0], operands[1], json, &b, e))
		return work_print(&b, e);
	buf_release(&b);
	return (int)e->kind;
}

int
verb_cache(char **operands, struct err *e)
{
	uint64_t age;

	if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL)
		opt_misuse(
		    &extract_tool, "cache takes stat, prune or export, and DB");
	return asking_ttl(&age, e) &&
		cache_look_after(
		    operands[0], operands[1], age, opt_common.run.output, e)
	    ? 0
	    : (int)e->kind;
}
