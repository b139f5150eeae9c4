#include "extract/matcher.h"

#include <stdbool.h>

#include "base/ascii.h"
#include "base/mem.h"

/*
 * A trie, walked anew from each byte of the text: Chinese words are short, and
 * most bytes begin none, so that a walk is a step or two, and the hits come in
 * the order that is asked for.  It is built with children as lists and then
 * laid out flat: each node has a table of what follows it, from the least byte
 * that does to the greatest.
 */
struct branch { /* a node while building; 0: none */
	uint32_t child, sibling;
	uint32_t out; /* the last output + 1 */
	uint8_t byte;
};

struct output {
	uint32_t word;
	uint32_t before; /* another of the same node + 1 */
};

struct node {
	uint32_t table;     /* of its steps, where the least byte stands */
	uint32_t word;      /* the first of its words */
	uint32_t nwords;    /* that end here */
	uint32_t shorter;   /* the nearest node above with words; 0: none */
	uint32_t depth;     /* bytes */
	uint8_t low, width; /* its bytes are low to low + width */
};

struct matcher {
	struct branch *branches;
	size_t n, room;
	struct output *outputs;
	size_t noutputs, outputs_room;
	struct node *nodes;
	uint32_t *steps; /* 0: to none */
	uint32_t *words; /* of each node in ascending order */
};

static uint8_t
fold(char c)
{
	return (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static uint32_t
add_branch(struct matcher *m, uint8_t byte)
{
	m->branches =
	    mem_room(m->branches, m->n, &m->room, sizeof(*m->branches));
	m->branches[m->n] = (struct branch){ .byte = byte };
	return (uint32_t)m->n++;
}

struct matcher *
matcher_new(void)
{
	struct matcher *m = mem_zalloc(sizeof(*m));

	add_branch(m, 0);
	return m;
}

void
matcher_free(struct matcher *m)
{
	if (m == NULL)
		return;
	mem_free(m->branches);
	mem_free(m->outputs);
	mem_free(m->nodes);
	mem_free(m->steps);
	mem_free(m->words);
	mem_free(m);
}

void
matcher_add(struct matcher *m, struct slice word, uint32_t number)
{
	uint32_t at = 0;

	if (word.n == 0)
		return;
	for (size_t i = 0; i < word.n; i++) {
		uint8_t byte = fold(word.p[i]);
		uint32_t c = m->branches[at].child;

		while (c != 0 && m->branches[c].byte != byte)
			c = m->branches[c].sibling;
		if (c == 0) {
			c = add_branch(m, byte);
			m->branches[c].sibling = m->branches[at].child;
			m->branches[at].child = c;
		}
		at = c;
	}
	m->outputs = mem_room(
	    m->outputs, m->noutputs, &m->outputs_room, sizeof(*m->outputs));
	m->outputs[m->noutputs++] =
	    (struct output){ number, m->branches[at].out };
	m->branches[at].out = (uint32_t)m->noutputs;
}

/* The range of the bytes that follow a node, of one where none does. */
static void
measure_steps(const struct matcher *m, uint32_t child, struct node *node)
{
	uint8_t low = child == 0 ? 0 : UINT8_MAX, high = 0;

	for (uint32_t c = child; c != 0; c = m->branches[c].sibling) {
		uint8_t byte = m->branches[c].byte;

		low = byte < low ? byte : low;
		high = byte > high ? byte : high;
	}
	node->low = low;
	node->width = high - low;
}

static void
lay_words(struct matcher *m, uint32_t out, struct node *node, uint32_t *used)
{
	uint32_t *words;

	node->word = *used;
	words = m->words + node->word;
	for (; out != 0; out = m->outputs[out - 1].before) {
		uint32_t i = node->nwords++;

		for (; i > 0 && words[i - 1] > m->outputs[out - 1].word; i--)
			words[i] = words[i - 1];
		words[i] = m->outputs[out - 1].word;
	}
	*used += node->nwords;
}

/* A node was added behind the one that it follows. */
void
matcher_build(struct matcher *m)
{
	size_t nsteps = 0;
	uint32_t nwords = 0;

	m->nodes = mem_zalloc(m->n * sizeof(*m->nodes));
	m->words = mem_alloc((m->noutputs + 1) * sizeof(*m->words));
	for (size_t i = 0; i < m->n; i++) {
		measure_steps(m, m->branches[i].child, &m->nodes[i]);
		m->nodes[i].table = (uint32_t)nsteps;
		nsteps += (size_t)m->nodes[i].width + 1;
	}
	m->steps = mem_zalloc(nsteps * sizeof(*m->steps));
	for (size_t i = 0; i < m->n; i++) {
		struct node *node = &m->nodes[i];

		lay_words(m, m->branches[i].out, node, &nwords);
		for (uint32_t c = m->branches[i].child; c != 0;
		     c = m->branches[c].sibling) {
			m->steps[node->table + m->branches[c].byte -
			    node->low] = c;
			m->nodes[c].depth = node->depth + 1;
			m->nodes[c].shorter =
			    node->nwords > 0 ? (uint32_t)i : node->shorter;
		}
	}
	mem_free(m->branches);
	mem_free(m->outputs);
	m->branches = NULL;
	m->outputs = NULL;
}

/* The node of the longest word that begins at the byte; 0: none does. */
static uint32_t
longest(const struct matcher *m, struct slice s, size_t i)
{
	uint32_t at = 0, found = 0;

	for (; i < s.n; i++) {
		const struct node *node = &m->nodes[at];
		unsigned byte = (unsigned)fold(s.p[i]) - node->low;

		if (byte > node->width ||
		    (at = m->steps[node->table + byte]) == 0)
			break;
		if (m->nodes[at].nwords > 0)
			found = at;
	}
	return found;
}

struct hit *
matcher_scan(
    const struct matcher *m, struct slice s, struct arena *arena, size_t *count)
{
	struct hit *list = NULL;
	size_t n = 0, room = 0;

	for (size_t i = 0; i < s.n; i++) {
		uint32_t o;

		/* No word begins within a character. */
		if (((unsigned char)s.p[i] & 0xC0) == 0x80)
			continue;
		o = longest(m, s, i);
		if (o == 0 ||
		    (i > 0 && is_letter(s.p[i]) && is_letter(s.p[i - 1])))
			continue;
		for (; o != 0; o = m->nodes[o].shorter) {
			const struct node *node = &m->nodes[o];
			size_t to = i + node->depth;

			if (to < s.n && is_letter(s.p[to - 1]) &&
			    is_letter(s.p[to]))
				continue;
			for (uint32_t k = 0; k < node->nwords; k++) {
				if (n == room)
					list = arena_room(arena, list, n, &room,
					    sizeof(*list));
				list[n++] =
				    (struct hit){ (uint32_t)i, (uint32_t)to,
					    m->words[node->word + k] };
			}
		}
	}
	*count = n;
	return list;
}
