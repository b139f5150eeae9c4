/*
 * A compiled list or model that was cut or made up must be refused or be safe
 * to search: whatever opens is asked for codes, names and candidates.  The
 * first byte chooses; an image is made valid outside, so that the numbers
 * inside are what is tried.
 */
#include <stdint.h>

#include "base/mem.h"
#include "terms/candidate.h"

static void
ask(const struct lexicon *list, const struct model *m)
{
	struct candidate_search *s =
	    candidate_new(list, true, m == NULL ? NULL : &m->terms,
		m == NULL ? NULL : &m->translation, NULL);
	struct candidate *found;
	size_t n = candidate_find(s, SLICE("a伴b"), &found);

	candidate_rank(found, n, m == NULL ? NULL : m->weights);
	for (size_t i = 0; i < n; i++)
		if (candidate_code(s, &found[i]).n +
			candidate_display(s, &found[i]).n >
		    SIZE_MAX / 2)
			__builtin_trap();
	candidate_free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e = { 0 };
	struct image_parts parts;
	struct model m = { 0 };
	struct lexicon l;
	uint8_t digest[DIGEST_SIZE];
	char *copy;

	if (n < 2)
		return 0;
	/* As mmap gives it: at the beginning of a page. */
	copy = mem_dup(data + 1, n - 1);
	m.file.bytes = (struct slice){ copy, n - 1 };
	if (data[0] % 2 == 0 && model_parse(&m, &e))
		ask(&m.terms, &m);
	if (data[0] % 2 == 1 &&
	    image_parse(m.file.bytes, "mdx-voc1", &parts, digest, &e) &&
	    parts.n >= LEXICON_PARTS && lexicon_open(&l, parts.parts, &e))
		ask(&l, NULL);
	mem_free(copy);
	return 0;
}
