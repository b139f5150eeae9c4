#include "terms/lexicon.h"

uint32_t
lexicon_slot(struct slice s)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h ^ h >> 15;
}

uint32_t
lexicon_find_code(const struct lexicon *l, struct slice code)
{
	uint32_t mask = l->ncodes - 1, at = lexicon_slot(code) & mask;

	for (uint32_t i = 0; i < l->ncodes; i++, at = (at + 1) & mask) {
		uint32_t entry = l->codes[at];

		if (entry == LEXICON_NONE)
			break;
		if (slice_eq(lexicon_code(l, entry), code))
			return entry;
	}
	return LEXICON_NONE;
}

uint32_t
lexicon_find_name(const struct lexicon *l, struct slice folded)
{
	uint32_t mask = l->nfolded - 1, at = lexicon_slot(folded) & mask;

	for (uint32_t i = 0; i < l->nfolded; i++, at = (at + 1) & mask) {
		uint32_t name = l->folded[at];

		if (name == LEXICON_NONE)
			break;
		if (slice_eq(lexicon_name(l, name), folded))
			return name;
	}
	return LEXICON_NONE;
}

const struct lexicon_gram *
lexicon_gram(const struct lexicon *l, uint32_t key)
{
	uint32_t low = 0, high = l->ngrams;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (l->grams[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < l->ngrams && l->grams[low].key == key ? &l->grams[low]
							   : NULL;
}

/* --- opening ------------------------------------------------------------- */

static bool
below(const uint32_t *list, size_t n, uint32_t most, bool none)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] >= most && !(none && list[i] == LEXICON_NONE))
			return false;
	return true;
}

static bool
entries_fit(const struct lexicon *l, size_t called)
{
	for (uint32_t i = 0; i < l->nentries; i++) {
		const struct lexicon_entry *x = &l->entries[i];

		if (!lexicon_holds(l, x->code, x->ncode) ||
		    !lexicon_holds(l, x->display, x->ndisplay) ||
		    x[0].called > x[1].called)
			return false;
	}
	return l->entries[0].called == 0 &&
	    l->entries[l->nentries].called == called;
}

static bool
names_fit(const struct lexicon *l, size_t senses)
{
	for (uint32_t i = 0; i < l->nnames; i++) {
		const struct lexicon_name *x = &l->names[i];

		if (!lexicon_holds(l, x->text, x->ntext) ||
		    !lexicon_holds(l, x->plain, x->nplain) ||
		    x[0].senses > x[1].senses || !(l->lengths[i] > 0))
			return false;
	}
	return l->names[0].senses == 0 && l->names[l->nnames].senses == senses;
}

static bool
grams_fit(const struct lexicon *l, size_t postings)
{
	for (uint32_t i = 0; i < l->ngrams; i++)
		if (l->grams[i].postings > l->grams[i + 1].postings ||
		    !(l->grams[i].weight > 0))
			return false;
	return l->grams[0].postings == 0 &&
	    l->grams[l->ngrams].postings == postings;
}

static bool
is_table(size_t n)
{
	return n > 0 && (n & (n - 1)) == 0;
}

bool
lexicon_open(
    struct lexicon *l, const struct slice parts[LEXICON_PARTS], struct err *e)
{
	static const size_t size[LEXICON_PARTS] = {
		sizeof(struct lexicon_entry), sizeof(struct lexicon_name), 4, 4,
		sizeof(struct lexicon_gram), 4, 4, 4, 4, 1
	};
	size_t n[LEXICON_PARTS];

	for (size_t i = 0; i < LEXICON_PARTS; i++) {
		n[i] = parts[i].n / size[i];
		if (parts[i].n % size[i] != 0 || n[i] >= LEXICON_NONE)
			return err_set(e, ERR_INPUT, "damaged");
	}
	if (n[0] == 0 || n[1] == 0 || n[4] == 0 || n[8] != n[1] - 1 ||
	    !is_table(n[6]) || !is_table(n[7]))
		return err_set(e, ERR_INPUT, "damaged");
	*l = (struct lexicon){ .entries = (const void *)parts[0].p,
		.names = (const void *)parts[1].p,
		.senses = (const void *)parts[2].p,
		.called = (const void *)parts[3].p,
		.grams = (const void *)parts[4].p,
		.postings = (const void *)parts[5].p,
		.codes = (const void *)parts[6].p,
		.folded = (const void *)parts[7].p,
		.lengths = (const void *)parts[8].p,
		.text = parts[9].p,
		.ntext = n[9],
		.nentries = (uint32_t)n[0] - 1,
		.nnames = (uint32_t)n[1] - 1,
		.ngrams = (uint32_t)n[4] - 1,
		.ncodes = (uint32_t)n[6],
		.nfolded = (uint32_t)n[7] };
	if (!entries_fit(l, n[3]) || !names_fit(l, n[2]) ||
	    !grams_fit(l, n[5]) ||
	    !below(l->senses, n[2], l->nentries, false) ||
	    !below(l->called, n[3], l->nnames, false) ||
	    !below(l->postings, n[5], l->nnames, false) ||
	    !below(l->codes, n[6], l->nentries, true) ||
	    !below(l->folded, n[7], l->nnames, true))
		return err_set(e, ERR_INPUT, "damaged");
	l->rare = l->grams[l->ngrams].weight;
	return true;
}
