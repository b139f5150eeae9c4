#include "deid/quasi.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

/* A combination and a patient, each by its digest: the name in an index. */
struct pair {
	uint64_t combination, patient;
};

struct quasi {
	struct index *pairs;
};

struct quasi *
quasi_new(void)
{
	struct quasi *q = mem_zalloc(sizeof(*q));

	q->pairs = index_new();
	return q;
}

void
quasi_free(struct quasi *q)
{
	if (q == NULL)
		return;
	index_free(q->pairs);
	mem_free(q);
}

void
quasi_add(struct quasi *q, struct slice combination, struct slice patient)
{
	struct pair pair = { hash_bytes(combination.p, combination.n),
		hash_bytes(patient.p, patient.n) };

	index_add(q->pairs, (struct slice){ (const char *)&pair, sizeof(pair) },
	    NULL);
}

void
quasi_merge(struct quasi *to, const struct quasi *from)
{
	for (size_t i = 0; i < index_count(from->pairs); i++)
		index_add(to->pairs, index_name(from->pairs, i), NULL);
}

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void
quasi_result(const struct quasi *q, struct quasi_result *r)
{
	size_t n = index_count(q->pairs);
	uint64_t *classes = mem_alloc((n + 1) * sizeof(*classes));

	*r = (struct quasi_result){ .people = n };
	for (size_t i = 0; i < n; i++)
		memcpy(
		    &classes[i], index_name(q->pairs, i).p, sizeof(*classes));
	qsort(classes, n, sizeof(*classes), by_value);
	for (size_t i = 0, from = 0; i < n; i++) {
		uint64_t size = i + 1 - from;

		if (i + 1 < n && classes[i + 1] == classes[i])
			continue;
		r->classes++;
		r->below_5 += size < 5 ? size : 0;
		r->k = r->k == 0 || size < r->k ? size : r->k;
		from = i + 1;
	}
	mem_free(classes);
}
