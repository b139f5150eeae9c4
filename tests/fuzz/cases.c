/*
 * A file of cases, run against rules of several kinds: a line that is no case
 * says why.
 */
#include <stdint.h>

#include "rules/bench.h"
#include "rules/cases.h"

static const char rules[] =
    "id,field,check,arg,when,missing,message\n"
    "A,a,range,\"[0,5]\",b = 1,fail,x\n"
    "B,b[].c,unique,later,,,x\n"
    "C,d,date,\"[1900-01-01,2030-01-01]\",e exists | !(f prefix G),,x\n"
    "D,a,compare,>= sum(g.h) ~ 0.1,,,x\n"
    "E,,one_of,\"a,b,d\",,,x\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct table_faults faults = { 0 };
	struct plan_options o = { .zone = 480 };
	struct ruleset *s = ruleset_new(NULL, &faults);
	struct buf tap = { 0 };
	struct plan *p = NULL;
	struct bench *b;
	struct cases *c;
	struct err e = { 0 };

	if (!ruleset_parse(s, "r.csv", SLICE(rules), &e))
		__builtin_trap();
	ruleset_use_all(s);
	p = plan_new(s, &o, &e);
	b = bench_new(p, 1 << 20, "/tmp");
	c = cases_new(p, b, SLICE("lab"));
	if (!cases_run(c, "x", text, &tap, &e) && e.text[0] == '\0')
		__builtin_trap();
	cases_demand_both(c, &tap);
	cases_free(c);
	bench_free(b);
	plan_free(p);
	ruleset_free(s);
	table_faults_release(&faults);
	buf_release(&tap);
	return 0;
}
