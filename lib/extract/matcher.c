#include "extract/matcher.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/mem.h"

/*
 * The trie is built with children as lists and then laid out flat: the edges
 * of a node stand side by side in order of their byte, so that a step is a
 * short binary search in one cache line; the root, where most bytes of a text
 * end up, has a table of its own.
 */
struct node {
	uint32_t child, sibling; /* while building; 0: none */
	uint32_t fail, out;      /* out: first output + 1, 0: none */
	uint32_t up;             /* nearest node by fail that has an output */
	uint32_t first;          /* edge */
	uint16_t nedges;
	uint8_t byte;
};

struct edge {
	uint32_t to;
	uint8_t byte;
};

struct output {
	uint32_t word, n; /* n: bytes */
	uint32_t next;
};

struct matcher {
	struct node *nodes;
	size_t n, room;
	struct output *outputs;
	size_t noutputs, outputs_room;
	struct edge *edges;
	uint32_t root[256];
};

static uint8_t
fold(char c)
{
	return (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static uint32_t
add_node(struct matcher *m, uint8_t byte)
{
	m->nodes = mem_room(m->nodes, m->n, &m->room, sizeof(*m->nodes));
	m->nodes[m->n] = (struct node){ .byte = byte };
	return (uint32_t)m->n++;
}

struct matcher *
matcher_new(void)
{
	struct matcher *m = mem_zalloc(sizeof(*m));

	add_node(m, 0);
	return m;
}

void
matcher_free(struct matcher *m)
{
	if (m == NULL)
		return;
	mem_free(m->nodes);
	mem_free(m->outputs);
	mem_free(m->edges);
	mem_free(m);
}

void
matcher_add(struct matcher *m, struct slice word, uint32_t number)
{
	uint32_t at = 0;
	struct output *o;

	if (word.n == 0)
		return;
	for (size_t i = 0; i < word.n; i++) {
		uint8_t byte = fold(word.p[i]);
		uint32_t c = m->nodes[at].child;

		while (c != 0 && m->nodes[c].byte != byte)
			c = m->nodes[c].sibling;
		if (c == 0) {
			c = add_node(m, byte);
			m->nodes[c].sibling = m->nodes[at].child;
			m->nodes[at].child = c;
		}
		at = c;
	}
	m->outputs = mem_room(
	    m->outputs, m->noutputs, &m->outputs_room, sizeof(*m->outputs));
	o = &m->outputs[m->noutputs++];
	*o = (struct output){ number, (uint32_t)word.n, m->nodes[at].out };
	m->nodes[at].out = (uint32_t)m->noutputs;
}

static int
edge_cmp(const void *a, const void *b)
{
	return ((const struct edge *)a)->byte - ((const struct edge *)b)->byte;
}

static void
lay_out(struct matcher *m)
{
	size_t used = 0;

	m->edges = mem_alloc((m->n + 1) * sizeof(*m->edges));
	for (size_t i = 0; i < m->n; i++) {
		struct node *node = &m->nodes[i];

		node->first = (uint32_t)used;
		for (uint32_t c = node->child; c != 0; c = m->nodes[c].sibling)
			m->edges[used++] = (struct edge){ c, m->nodes[c].byte };
		node->nedges = (uint16_t)(used - node->first);
		qsort(m->edges + node->first, node->nedges, sizeof(*m->edges),
		    edge_cmp);
	}
	for (uint32_t c = m->nodes[0].child; c != 0; c = m->nodes[c].sibling)
		m->root[m->nodes[c].byte] = c;
}

static uint32_t
step(const struct matcher *m, uint32_t at, uint8_t byte)
{
	for (; at != 0; at = m->nodes[at].fail) {
		const struct edge *e = m->edges + m->nodes[at].first;
		size_t low = 0, high = m->nodes[at].nedges;

		while (low < high) {
			size_t mid = (low + high) / 2;

			if (e[mid].byte == byte)
				return e[mid].to;
			if (e[mid].byte < byte)
				low = mid + 1;
			else
				high = mid;
		}
	}
	return m->root[byte];
}

/* Breadth first: the failure of a node is known from shorter ones. */
void
matcher_build(struct matcher *m)
{
	uint32_t *queue = mem_alloc(m->n * sizeof(*queue));
	size_t head = 0, tail = 0;

	lay_out(m);
	for (uint32_t c = m->nodes[0].child; c != 0; c = m->nodes[c].sibling)
		queue[tail++] = c;
	while (head < tail) {
		uint32_t at = queue[head++];

		for (uint32_t c = m->nodes[at].child; c != 0;
		     c = m->nodes[c].sibling) {
			uint32_t f =
			    step(m, m->nodes[at].fail, m->nodes[c].byte);

			m->nodes[c].fail = f;
			m->nodes[c].up =
			    m->nodes[f].out != 0 ? f : m->nodes[f].up;
			queue[tail++] = c;
		}
	}
	mem_free(queue);
}

static bool
stands_alone(struct slice s, size_t from, size_t to)
{
	if (from > 0 && is_letter(s.p[from]) && is_letter(s.p[from - 1]))
		return false;
	return to == s.n || !is_letter(s.p[to - 1]) || !is_letter(s.p[to]);
}

static bool
comes_before(const struct hit *a, const struct hit *b)
{
	if (a->from != b->from)
		return a->from < b->from;
	return a->to != b->to ? a->to > b->to : a->word < b->word;
}

/* Hits come in the order of their ends: near the place where they belong. */
static void
insert(struct hit *list, size_t n, struct hit h)
{
	for (; n > 0 && comes_before(&h, &list[n - 1]); n--)
		list[n] = list[n - 1];
	list[n] = h;
}

struct hit *
matcher_scan(
    const struct matcher *m, struct slice s, struct arena *arena, size_t *count)
{
	struct hit *list = NULL;
	size_t n = 0, room = 0;
	uint32_t at = 0;

	for (size_t i = 0; i < s.n; i++) {
		uint32_t o;

		at = step(m, at, fold(s.p[i]));
		o = m->nodes[at].out != 0 ? at : m->nodes[at].up;
		for (; o != 0; o = m->nodes[o].up)
			for (uint32_t k = m->nodes[o].out; k != 0;
			     k = m->outputs[k - 1].next) {
				const struct output *w = &m->outputs[k - 1];
				size_t from = i + 1 - w->n;

				if (!stands_alone(s, from, i + 1))
					continue;
				list = arena_room(
				    arena, list, n, &room, sizeof(*list));
				insert(list, n++,
				    (struct hit){ (uint32_t)from,
					(uint32_t)(i + 1), w->word });
			}
	}
	*count = n;
	return list;
}
