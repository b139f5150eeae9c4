#include "base/mem.h"
#include "io/reader.h"
#include "rules/schema_parts.h"

#define LARGEST ((size_t)16 << 20) /* of a schema */

static struct schema *
schema_new(const char *path, struct slice text, const struct schema_options *o,
    struct table_faults *faults, struct err *e)
{
	struct schema *s = mem_zalloc(sizeof(*s));

	s->arena = arena_new();
	s->path = arena_string(s->arena, path, strlen(path));
	s->text = arena_slice(s->arena, text);
	s->options = *o;
	s->at = arena_slice(s->arena, o->at);
	s->pointers = index_new();
	s->names = index_new();
	s->uris = index_new();
	s->anchors = index_new();
	s->dynamic = index_new();
	s->faults = faults;
	s->e = e;
	return s;
}

void
schema_free(struct schema *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nnodes; i++)
		for (size_t k = 0; k < s->nodes[i]->nkeys; k++) {
			struct key *key = &s->nodes[i]->keys[k];

			pattern_free(key->pattern);
			for (size_t p = 0; key->patterns != NULL && p < key->n;
			     p++)
				pattern_free(key->patterns[p]);
		}
	mem_free(s->nodes);
	mem_free(s->resources);
	mem_free(s->anchor_nodes);
	mem_free(s->rules);
	index_free(s->pointers);
	index_free(s->names);
	index_free(s->uris);
	index_free(s->anchors);
	index_free(s->dynamic);
	arena_free(s->arena);
	mem_free(s);
}

/* "LINE: what" of the parser becomes a fault at that line. */
static bool
read_document(struct schema *s)
{
	struct err why = { 0 };
	struct slice text;
	unsigned long long line = 0;
	const char *colon;

	s->document = value_parse(s->arena, s->text.p, s->text.n, &why);
	if (s->document != NULL)
		return true;
	text = slice_of(why.text);
	colon = slice_find(text, SLICE(": "));
	if (colon != NULL && slice_number(slice_span(text.p, colon), &line))
		text = slice_span(colon + 2, text.p + text.n);
	return table_fault(
	    s->faults, s->path, line, s->e, "%.*s", (int)text.n, text.p);
}

struct schema *
schema_parse(const char *path, struct slice text,
    const struct schema_options *o, struct table_faults *faults, struct err *e)
{
	struct schema *s;

	if (slice_starts(text, "\xEF\xBB\xBF")) { /* of an editor */
		text.p += 3;
		text.n -= 3;
	}
	s = schema_new(path, text, o, faults, e);
	if (!read_document(s) || !schema_resolve(s, !schema_read(s))) {
		schema_free(s);
		return NULL;
	}
	schema_list_rules(s);
	s->faults = NULL;
	s->e = NULL;
	return s;
}

struct schema *
schema_load(const char *path, const struct schema_options *o,
    struct table_faults *faults, struct err *e)
{
	struct buf b = { 0 };
	struct err why = { 0 };
	struct schema *s = NULL;

	if (reader_slurp(path, LARGEST, &b, &why))
		s = schema_parse(path, buf_slice(&b), o, faults, e);
	else
		table_fault(faults, path, 0, e, "%s",
		    slice_starts(slice_of(why.text), path)
			? why.text + strlen(path) + 2
			: why.text);
	buf_release(&b);
	return s;
}

size_t
schema_count(const struct schema *s)
{
	return s->nrules;
}

const struct schema_rule *
schema_rule(const struct schema *s, size_t i)
{
	return &s->rules[i];
}

struct slice
schema_name(const struct schema *s)
{
	struct slice id = value_text(s->document, "$id", "");

	return id.n > 0 ? id : value_text(s->document, "title", s->path);
}

struct slice
schema_text(const struct schema *s)
{
	return s->text;
}
