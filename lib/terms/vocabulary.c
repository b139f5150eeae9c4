#include "terms/vocabulary.h"

#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"
#include "terms/image.h"
#include "terms/spelling.h"

#define MAGIC "mdx-voc1"

/* What a lexicon does not say of an entry: the part behind its parts. */
struct more {
	uint32_t parent, nparent, aliases, naliases, status;
};

struct vocabulary {
	struct arena *arena;
	struct slice system, version;
	bool partial;
	struct image_file image;
	struct lexicon lexicon;
	const struct more *more; /* by entry */
	struct spellings *pairs;
};

enum { CODE, NAME, ALIASES, STATUS, PARENT };

static const struct column columns[] = { { "code", "编码|主要编码",
					     COLUMN_REQUIRED | COLUMN_FILLED |
						 COLUMN_CODE },
	{ "name", "名称", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "aliases", "别名", 0 }, { "status", "状态", 0 },
	{ "parent", "上级编码", 0 }, { NULL, NULL, 0 } };

bool
entry_alias(struct slice *rest, struct slice *alias)
{
	while (rest->n > 0) {
		size_t n = 0;

		while (n < rest->n && rest->p[n] != ';' && rest->p[n] != '|')
			n++;
		*alias = slice_trim((struct slice){ rest->p, n });
		n += n < rest->n;
		*rest = (struct slice){ rest->p + n, rest->n - n };
		if (alias->n > 0)
			return true;
	}
	return false;
}

static bool
read_status(const struct table *t, size_t row, enum entry_status *status,
    struct table_faults *faults, struct err *e)
{
	struct slice s = table_cell(t, row, STATUS);

	*status = slice_is(s, "retired") ? ENTRY_RETIRED
	    : slice_is(s, "parent")      ? ENTRY_PARENT
					 : ENTRY_ACTIVE;
	if (*status != ENTRY_ACTIVE || s.n == 0 || slice_is(s, "active"))
		return true;
	return table_row_fault(t, row, faults, e,
	    "unknown status '%.*s' (active, retired, parent)", (int)s.n, s.p);
}

/* A list while it is read. */
struct loading {
	struct vocabulary *v;
	const struct vocabulary_source *from;
	struct image_source image;
	struct table_faults *faults;
};

/* --- compiling ----------------------------------------------------------- */

struct compiling {
	const struct table *table;
	struct lexicon_maker *maker;
	struct arena *arena;
	struct index *codes;
	struct buf more;
};

static void
add_name(struct compiling *c, uint32_t entry, struct slice name)
{
	lexicon_maker_name(c->maker, entry, fold_term(name, c->arena));
}

static bool
compile_row(
    struct compiling *c, size_t row, struct table_faults *faults, struct err *e)
{
	struct slice code = table_cell(c->table, row, CODE);
	struct slice name = table_cell(c->table, row, NAME);
	struct slice aliases = table_cell(c->table, row, ALIASES), alias;
	struct slice parent = table_cell(c->table, row, PARENT);
	struct more more = { .nparent = (uint32_t)parent.n,
		.naliases = (uint32_t)aliases.n };
	enum entry_status status;
	uint32_t entry;
	bool fresh;

	index_add(c->codes, code, &fresh);
	if (!fresh)
		return table_row_fault(c->table, row, faults, e,
		    "code '%.*s' stands twice", (int)code.n, code.p);
	if (!read_status(c->table, row, &status, faults, e))
		return false;
	entry = lexicon_maker_entry(c->maker, code, name);
	more.parent = lexicon_maker_text(c->maker, parent);
	more.aliases = lexicon_maker_text(c->maker, aliases);
	more.status = status;
	buf_add(&c->more, &more, sizeof(more));
	if (status != ENTRY_ACTIVE)
		return true;
	add_name(c, entry, name);
	while (entry_alias(&aliases, &alias))
		add_name(c, entry, alias);
	return true;
}

static bool
compile(void *loading, struct buf *image, struct err *e)
{
	const struct loading *l = loading;
	const struct vocabulary_source *from = l->from;
	struct table_faults *faults = l->faults;
	struct table *t = table_parse(
	    from->path, from->text, columns, TABLE_EXTRA, faults, e);
	struct compiling c = { .table = t };
	struct image_parts parts = { .n = LEXICON_PARTS + 1 };
	bool ok = t != NULL;

	c.maker = lexicon_maker_new(from->synonyms);
	c.arena = arena_new();
	c.codes = index_new();
	for (size_t i = 0; t != NULL && i < table_rows(t); i++)
		ok = compile_row(&c, i, faults, e) && ok;
	if (ok) {
		lexicon_maker_parts(c.maker, parts.parts);
		parts.parts[LEXICON_PARTS] = buf_slice(&c.more);
		image_write(&parts, MAGIC, l->image.digest, image);
	}
	lexicon_maker_free(c.maker);
	arena_free(c.arena);
	index_free(c.codes);
	buf_release(&c.more);
	table_free(t);
	return ok;
}

/* --- opening ------------------------------------------------------------- */

static bool
take_more(struct vocabulary *v, struct slice part, struct err *e)
{
	const struct lexicon *l = &v->lexicon;
	const struct more *more = (const void *)part.p;

	if (part.n != l->nentries * sizeof(*more))
		return err_set(e, ERR_INPUT, "damaged");
	v->more = more;
	for (uint32_t i = 0; i < l->nentries; i++, more++) {
		if (!lexicon_holds(l, more->parent, more->nparent) ||
		    !lexicon_holds(l, more->aliases, more->naliases) ||
		    more->status > ENTRY_PARENT)
			return err_set(e, ERR_INPUT, "damaged");
		if (more->status == ENTRY_ACTIVE)
			spellings_add(v->pairs, lexicon_code(l, i), i);
	}
	return true;
}

static bool
open_image(void *loading, const struct image_parts *parts, struct err *e)
{
	struct vocabulary *v = ((struct loading *)loading)->v;

	spellings_free(v->pairs);
	v->pairs = spellings_new();
	if (parts->n != LEXICON_PARTS + 1)
		return err_set(e, ERR_INPUT, "damaged");
	return lexicon_open(&v->lexicon, parts->parts, e) &&
	    take_more(v, parts->parts[LEXICON_PARTS], e);
}

/* "dir/icd10-yb@2.0.csv" -> icd10-yb, 2.0 */
static bool
name_parts(struct vocabulary *v, const char *path, struct err *e)
{
	const char *base = strrchr(path, '/'), *at, *end;

	base = base == NULL ? path : base + 1;
	at = strchr(base, '@');
	end = base + strlen(base) - strlen(".csv");
	if (at == NULL || at == base || end <= at + 1 ||
	    strcmp(end, ".csv") != 0)
		return err_set(e, ERR_USAGE,
		    "%s: name a vocabulary SYSTEM@VERSION.csv", path);
	v->system = arena_slice(v->arena, slice_span(base, at));
	v->version = arena_slice(v->arena, slice_span(at + 1, end));
	return true;
}

/* SHA-256 of the digests of the list and of the words of one sense. */
static void
digest_source(const struct vocabulary_source *from, uint8_t digest[DIGEST_SIZE])
{
	uint8_t both[2 * DIGEST_SIZE] = { 0 };

	if (from->digest != NULL)
		memcpy(both, from->digest, DIGEST_SIZE);
	else
		digest_bytes(from->text.p, from->text.n, both);
	synonyms_digest(from->synonyms, both + DIGEST_SIZE);
	digest_bytes(both, sizeof(both), digest);
}

struct vocabulary *
vocabulary_load(const struct vocabulary_source *from,
    struct table_faults *faults, struct err *e)
{
	struct vocabulary *v = mem_zalloc(sizeof(*v));
	struct loading l = { .v = v, .from = from, .faults = faults };

	l.image = (struct image_source){ .compiled = from->compiled,
		.magic = MAGIC,
		.make = compile,
		.open = open_image,
		.ctx = &l };
	v->arena = arena_new();
	v->partial = from->partial;
	digest_source(from, l.image.digest);
	if (name_parts(v, from->path, e) && image_load(&l.image, &v->image, e))
		return v;
	vocabulary_free(v);
	return NULL;
}

void
vocabulary_free(struct vocabulary *v)
{
	if (v == NULL)
		return;
	image_close(&v->image);
	spellings_free(v->pairs);
	arena_free(v->arena);
	mem_free(v);
}

struct slice
vocabulary_system(const struct vocabulary *v)
{
	return v->system;
}

struct slice
vocabulary_version(const struct vocabulary *v)
{
	return v->version;
}

bool
vocabulary_partial(const struct vocabulary *v)
{
	return v->partial;
}

size_t
vocabulary_count(const struct vocabulary *v)
{
	return v->lexicon.nentries;
}

struct entry
vocabulary_entry(const struct vocabulary *v, size_t i)
{
	const struct lexicon *l = &v->lexicon;
	const struct more *more = &v->more[i];
	uint32_t n = (uint32_t)i;

	return (struct entry){ n, lexicon_code(l, n), lexicon_display(l, n),
		{ l->text + more->parent, more->nparent },
		{ l->text + more->aliases, more->naliases },
		(enum entry_status)more->status };
}

bool
vocabulary_exact(
    const struct vocabulary *v, struct slice code, struct entry *entry)
{
	uint32_t i = lexicon_find_code(&v->lexicon, code);

	if (i != LEXICON_NONE && entry != NULL)
		*entry = vocabulary_entry(v, i);
	return i != LEXICON_NONE;
}

bool
vocabulary_code(
    const struct vocabulary *v, struct slice code, struct entry *entry)
{
	long i;

	if (vocabulary_exact(v, code, entry))
		return true;
	i = spellings_find(v->pairs, code);
	if (i >= 0 && entry != NULL)
		*entry = vocabulary_entry(v, (size_t)i);
	return i >= 0;
}

size_t
vocabulary_named(const struct vocabulary *v, struct slice folded,
    struct entry *list, size_t room)
{
	const struct lexicon *l = &v->lexicon;
	uint32_t name = lexicon_find_name(l, folded), from, n;

	if (name == LEXICON_NONE)
		return 0;
	from = l->names[name].senses;
	n = l->names[name + 1].senses - from;
	for (uint32_t i = 0; i < n && i < room; i++)
		list[i] = vocabulary_entry(v, l->senses[from + i]);
	return n;
}

bool
vocabulary_calls(
    const struct vocabulary *v, const struct entry *entry, struct slice folded)
{
	const struct lexicon *l = &v->lexicon;
	uint32_t name = lexicon_find_name(l, folded);

	for (uint32_t i = name == LEXICON_NONE ? 0 : l->names[name].senses;
	     name != LEXICON_NONE && i < l->names[name + 1].senses; i++)
		if (l->senses[i] == entry->number)
			return true;
	return false;
}

const struct lexicon *
vocabulary_lexicon(const struct vocabulary *v)
{
	return &v->lexicon;
}
