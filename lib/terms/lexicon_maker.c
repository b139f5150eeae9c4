/*
 * The making of a lexicon: names and entries are gathered with the pairs that
 * join them, then sorted by counting into the ranges of lexicon.h.
 */
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/gram.h"
#include "terms/lexicon.h"
#include "terms/plain_math.h"

struct pair {
	uint32_t entry, name;
};

struct list {
	uint32_t *items;
	size_t n, room;
};

struct lexicon_maker {
	const struct synonyms *synonyms;
	struct index *folded, *keys;
	struct buf text, scratch, parts[LEXICON_PARTS];
	struct lexicon_entry *entries;
	struct lexicon_name *names;
	struct pair *pairs;
	struct list *grams; /* by number of keys: names */
	size_t nentries, entries_room, names_room, npairs, pairs_room,
	    grams_room;
};

struct lexicon_maker *
lexicon_maker_new(const struct synonyms *synonyms)
{
	struct lexicon_maker *m = mem_zalloc(sizeof(*m));

	m->synonyms = synonyms;
	m->folded = index_new();
	m->keys = index_new();
	return m;
}

void
lexicon_maker_free(struct lexicon_maker *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < index_count(m->keys); i++)
		mem_free(m->grams[i].items);
	for (size_t i = 0; i < LEXICON_PARTS; i++)
		buf_release(&m->parts[i]);
	index_free(m->folded);
	index_free(m->keys);
	buf_release(&m->text);
	buf_release(&m->scratch);
	mem_free(m->entries);
	mem_free(m->names);
	mem_free(m->pairs);
	mem_free(m->grams);
	mem_free(m);
}

uint32_t
lexicon_maker_text(struct lexicon_maker *m, struct slice s)
{
	size_t at = m->text.n;

	buf_add_slice(&m->text, s);
	return (uint32_t)at;
}

uint32_t
lexicon_maker_entry(
    struct lexicon_maker *m, struct slice code, struct slice display)
{
	m->entries = mem_room(
	    m->entries, m->nentries, &m->entries_room, sizeof(*m->entries));
	m->entries[m->nentries] =
	    (struct lexicon_entry){ lexicon_maker_text(m, code),
		    (uint32_t)code.n, lexicon_maker_text(m, display),
		    (uint32_t)display.n, 0 };
	return (uint32_t)m->nentries++;
}

static void
add_grams(struct lexicon_maker *m, struct slice plain, uint32_t name)
{
	uint32_t grams[GRAM_MOST];
	size_t n = gram_list(plain, grams);

	for (size_t i = 0; i < n; i++) {
		bool fresh;
		size_t k = index_add(m->keys,
		    (struct slice){ (const char *)&grams[i], 4 }, &fresh);
		struct list *l;

		if (fresh) {
			m->grams = mem_room(
			    m->grams, k, &m->grams_room, sizeof(*m->grams));
			m->grams[k] = (struct list){ 0 };
		}
		l = &m->grams[k];
		l->items =
		    mem_room(l->items, l->n, &l->room, sizeof(*l->items));
		l->items[l->n++] = name;
	}
}

/* A new name: its text, the same in words of one sense, and their grams. */
static void
keep_name(struct lexicon_maker *m, size_t i, struct slice folded)
{
	struct slice plain = synonyms_text(m->synonyms, folded, &m->scratch);
	struct lexicon_name *name;

	m->names = mem_room(m->names, i, &m->names_room, sizeof(*m->names));
	name = &m->names[i];
	*name = (struct lexicon_name){ .text = lexicon_maker_text(m, folded),
		.ntext = (uint32_t)folded.n,
		.nplain = (uint32_t)plain.n };
	name->plain =
	    plain.p == folded.p ? name->text : lexicon_maker_text(m, plain);
	add_grams(m, plain, (uint32_t)i);
}

uint32_t
lexicon_maker_name(struct lexicon_maker *m, uint32_t entry, struct slice folded)
{
	bool fresh;
	size_t i;

	if (folded.n == 0)
		return LEXICON_NONE;
	i = index_add(m->folded, folded, &fresh);
	if (fresh)
		keep_name(m, i, folded);
	for (size_t k = m->npairs; k-- > 0 && m->pairs[k].entry == entry;)
		if (m->pairs[k].name == i)
			return (uint32_t)i;
	m->pairs =
	    mem_room(m->pairs, m->npairs, &m->pairs_room, sizeof(*m->pairs));
	m->pairs[m->npairs++] = (struct pair){ entry, (uint32_t)i };
	return (uint32_t)i;
}

/* --- laying out ---------------------------------------------------------- */

/* Counts, then the ranges' beginnings, then the items in their order. */
static void
lay_pairs(struct lexicon_maker *m, size_t nnames)
{
	uint32_t *senses = mem_alloc((m->npairs + 1) * sizeof(*senses));
	uint32_t *called = mem_alloc((m->npairs + 1) * sizeof(*called));
	uint32_t *next = mem_zalloc((nnames + m->nentries + 2) * sizeof(*next));
	uint32_t *name = next, *entry = next + nnames + 1;

	for (size_t i = 0; i < m->npairs; i++) {
		name[m->pairs[i].name + 1]++;
		entry[m->pairs[i].entry + 1]++;
	}
	for (size_t i = 0; i < nnames; i++)
		name[i + 1] += name[i];
	for (size_t i = 0; i < m->nentries; i++)
		entry[i + 1] += entry[i];
	for (size_t i = 0; i <= nnames; i++)
		m->names[i].senses = name[i];
	for (size_t i = 0; i <= m->nentries; i++)
		m->entries[i].called = entry[i];
	for (size_t i = 0; i < m->npairs; i++) {
		senses[name[m->pairs[i].name]++] = m->pairs[i].entry;
		called[entry[m->pairs[i].entry]++] = m->pairs[i].name;
	}
	buf_add(&m->parts[2], senses, m->npairs * sizeof(*senses));
	buf_add(&m->parts[3], called, m->npairs * sizeof(*called));
	mem_free(senses);
	mem_free(called);
	mem_free(next);
}

static float
weight_of(size_t names, size_t with)
{
	double idf = 1 + plain_log((1 + (double)names) / (1 + (double)with));

	return (float)(idf * idf);
}

static int
by_key(const void *a, const void *b)
{
	const struct lexicon_gram *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void
lay_grams(struct lexicon_maker *m, size_t nnames)
{
	size_t n = index_count(m->keys);
	struct lexicon_gram *grams = mem_zalloc((n + 1) * sizeof(*grams));
	double *squares = mem_zalloc((nnames + 1) * sizeof(*squares));
	uint32_t at = 0;

	for (size_t i = 0; i < n; i++) {
		memcpy(&grams[i].key, index_name(m->keys, i).p, 4);
		grams[i].postings = (uint32_t)i;
		grams[i].weight = weight_of(nnames, m->grams[i].n);
	}
	if (n > 0)
		qsort(grams, n, sizeof(*grams), by_key);
	for (size_t i = 0; i < n; i++) {
		const struct list *l = &m->grams[grams[i].postings];

		for (size_t k = 0; k < l->n; k++)
			squares[l->items[k]] += (double)grams[i].weight;
		buf_add(&m->parts[5], l->items, l->n * sizeof(*l->items));
		grams[i].postings = at;
		at += (uint32_t)l->n;
	}
	grams[n].postings = at;
	grams[n].weight = weight_of(nnames, 0);
	for (size_t i = 0; i < nnames; i++) {
		float length = (float)sqrt(squares[i]);

		buf_add(&m->parts[8], &length, sizeof(length));
	}
	buf_add(&m->parts[4], grams, (n + 1) * sizeof(*grams));
	mem_free(grams);
	mem_free(squares);
}

static size_t
table_size(size_t n)
{
	size_t size = 16;

	while (size < n * 2)
		size *= 2;
	return size;
}

static void
lay_table(struct buf *part, size_t n, struct lexicon_maker *m, bool codes)
{
	size_t size = table_size(n), mask = size - 1;
	uint32_t *slots = mem_alloc(size * sizeof(*slots));

	memset(slots, 0xFF, size * sizeof(*slots));
	for (size_t i = 0; i < n; i++) {
		const struct lexicon_entry *x = &m->entries[i];
		struct slice s = codes
		    ? (struct slice){ m->text.p + x->code, x->ncode }
		    : index_name(m->folded, i);
		size_t at = lexicon_slot(s) & mask;

		while (slots[at] != LEXICON_NONE)
			at = (at + 1) & mask;
		slots[at] = (uint32_t)i;
	}
	buf_add(part, slots, size * sizeof(*slots));
	mem_free(slots);
}

void
lexicon_maker_parts(struct lexicon_maker *m, struct slice parts[LEXICON_PARTS])
{
	size_t nnames = index_count(m->folded);

	m->names =
	    mem_room(m->names, nnames, &m->names_room, sizeof(*m->names));
	m->entries = mem_room(
	    m->entries, m->nentries, &m->entries_room, sizeof(*m->entries));
	m->names[nnames] = (struct lexicon_name){ 0 };
	m->entries[m->nentries] = (struct lexicon_entry){ 0 };
	for (size_t i = 0; i < LEXICON_PARTS; i++)
		buf_reset(&m->parts[i]);
	lay_pairs(m, nnames);
	lay_grams(m, nnames);
	lay_table(&m->parts[6], m->nentries, m, true);
	lay_table(&m->parts[7], nnames, m, false);
	buf_add(
	    &m->parts[0], m->entries, (m->nentries + 1) * sizeof(*m->entries));
	buf_add(&m->parts[1], m->names, (nnames + 1) * sizeof(*m->names));
	buf_add_slice(&m->parts[9], buf_slice(&m->text));
	for (size_t i = 0; i < LEXICON_PARTS; i++)
		parts[i] = buf_slice(&m->parts[i]);
}
