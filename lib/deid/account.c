#include "deid/crosswalk.h"
#include "deid/quasi.h"
#include "deid/treat.h"
#include "json/write.h"

void
deid_worker_count(const struct deid_worker *w, struct deid_counts *sum)
{
	const struct deid_counts *c = &w->counts;

	for (size_t i = 0; i < DEID_CLASSES; i++)
		sum->classes[i] += c->classes[i];
	for (size_t i = 0; i < LABELS; i++)
		sum->found[i] += c->found[i];
	if (c->quasi != NULL) {
		if (sum->quasi == NULL)
			sum->quasi = quasi_new();
		quasi_merge(sum->quasi, c->quasi);
	}
	if (c->crosswalk != NULL) {
		if (sum->crosswalk == NULL)
			sum->crosswalk = crosswalk_new();
		crosswalk_merge(sum->crosswalk, c->crosswalk);
	}
}

void
deid_counts_release(struct deid_counts *c)
{
	quasi_free(c->quasi);
	crosswalk_free(c->crosswalk);
	*c = (struct deid_counts){ 0 };
}

static void
put_quasi(const struct policy *p, const struct quasi *q, struct buf *b)
{
	struct quasi_result r;

	quasi_result(q, &r);
	buf_adds(b, ",\"quasi\":{\"members\":[");
	for (size_t i = 0; i < p->nquasi; i++) {
		json_put_comma(b);
		json_put_string(b, p->quasi[i]);
	}
	buf_addf(b,
	    "],\"k\":%llu,\"combinations\":%llu,\"patients\":%llu,"
	    "\"below_5\":%llu}",
	    (unsigned long long)r.k, (unsigned long long)r.classes,
	    (unsigned long long)r.people, (unsigned long long)r.below_5);
}

void
deid_report(const struct deid *d, const struct deid_counts *c, struct buf *b)
{
	buf_adds(b, "{\"policy\":");
	json_put_string(b, d->policy->name);
	if (!d->no_key) {
		json_put_key(b, "key");
		json_put_cstring(b, key_name(d->key));
	}
	buf_adds(b,
	    ",\"note\":\"pseudonymised, still personal information "
	    "(GB/T 35273)\",\"members\":{");
	for (size_t i = 0; i < DEID_CLASSES; i++) {
		json_put_key(b, deid_class_name((enum deid_class)i));
		json_put_uint(b, c->classes[i]);
	}
	buf_adds(b, "},\"found\":{");
	for (size_t i = 0; i < LABELS; i++) {
		if (c->found[i] == 0)
			continue;
		json_put_key(b, label_name((enum label)i));
		json_put_uint(b, c->found[i]);
	}
	buf_addc(b, '}');
	if (c->quasi != NULL)
		put_quasi(d->policy, c->quasi, b);
	buf_addc(b, '}');
}
