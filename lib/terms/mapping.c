#include "terms/mapping.h"

#include "base/buf.h"
#include "base/mem.h"
#include "terms/image.h"
#include "terms/mapping_compile.h"
#include "terms/mapping_format.h"
#include "terms/mapping_image.h"

/*
 * Tables stay apart, each as its image, and are asked from the last to the
 * first: what one says of a term hides what those before it say.
 */
struct mapping_table {
	char *path;
	bool offered;
	struct image_file file;
	struct mapping_image image;
	bool *refuted; /* by number; NULL: none is */
};

struct mappings {
	struct mapping_table *tables;
	struct stale_mapping *stale;
	size_t n, room, nstale, stale_room;
};

struct mappings *
mappings_new(void)
{
	return mem_zalloc(sizeof(struct mappings));
}

void
mappings_free(struct mappings *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->n; i++) {
		mem_free(m->tables[i].path);
		mem_free(m->tables[i].refuted);
		image_close(&m->tables[i].file);
	}
	mem_free(m->tables);
	mem_free(m->stale);
	mem_free(m);
}

/* --- loading ------------------------------------------------------------- */

struct loading {
	const struct mapping_source *from;
	struct mapping_image *image;
	struct image_source source;
	struct table_faults *faults;
};

static bool
compile(void *loading, struct buf *image, struct err *e)
{
	const struct loading *l = loading;

	return mapping_compile(l->from->path, l->from->text, l->source.digest,
	    image, l->faults, e);
}

static bool
open_image(void *loading, const struct image_parts *parts, struct err *e)
{
	if (parts->n != MAPPING_PARTS)
		return err_set(e, ERR_INPUT, "damaged");
	return mapping_image_open(
	    ((struct loading *)loading)->image, parts->parts, e);
}

/* Of the text, and of the field that rows without one have. */
static void
digest_source(const struct mapping_source *from, uint8_t digest[DIGEST_SIZE])
{
	struct buf both = { 0 };

	buf_add(&both, from->digest, DIGEST_SIZE);
	buf_add_slice(&both, mapping_field_of(from->path));
	digest_bytes(both.p, both.n, digest);
	buf_release(&both);
}

static void
add_stale(struct mappings *m, const struct mapping_image *image)
{
	for (size_t i = 0; i < image->nstale; i++) {
		struct slice cell[FLAT_STALE_TEXTS];

		for (size_t k = 0; k < FLAT_STALE_TEXTS; k++)
			cell[k] =
			    mapping_image_text(image, image->stale[i].text[k]);
		m->stale = mem_room(
		    m->stale, m->nstale, &m->stale_room, sizeof(*m->stale));
		m->stale[m->nstale++] =
		    (struct stale_mapping){ .field = cell[MAPPING_FIELD],
			    .term = cell[MAPPING_TERM],
			    .unit = cell[MAPPING_UNIT],
			    .specimen = cell[MAPPING_SPECIMEN],
			    .was = { .code = cell[MAPPING_CODE],
				.display = cell[MAPPING_DISPLAY],
				.system = cell[MAPPING_SYSTEM],
				.version = cell[MAPPING_VERSION] } };
	}
}

bool
mappings_add(struct mappings *m, const struct mapping_source *from,
    struct table_faults *faults, struct err *e)
{
	struct mapping_table t = { .offered = from->offered };
	struct loading l = {
		.from = from, .image = &t.image, .faults = faults
	};
	bool ok;

	l.source = (struct image_source){ .compiled = from->compiled,
		.magic = MAPPING_MAGIC,
		.make = compile,
		.open = open_image,
		.ctx = &l };
	digest_source(from, l.source.digest);
	ok = image_load(&l.source, &t.file, e);
	if (t.file.bytes.n == 0)
		return false;
	t.path = mem_string(from->path, strlen(from->path));
	m->tables = mem_room(m->tables, m->n, &m->room, sizeof(*m->tables));
	m->tables[m->n++] = t;
	add_stale(m, &t.image);
	return ok;
}

/* --- asking -------------------------------------------------------------- */

static struct mapping
mapping_at(const struct mappings *m, size_t table, uint32_t number)
{
	const struct mapping_table *t = &m->tables[table];
	const struct flat_mapping *flat = &t->image.mappings[number];

	return (struct mapping){ .table = table,
		.number = number,
		.term = mapping_image_text(&t->image, flat->text[FLAT_TERM]),
		.usual = mapping_image_text(&t->image, flat->text[FLAT_USUAL]),
		.ncodes = flat[1].codes - flat->codes,
		.offered = t->offered,
		.refuted = t->refuted != NULL && t->refuted[number] };
}

/* In the last of the tables that have the key, of those from `first`. */
static bool
find_key(const struct mappings *m, size_t first, struct slice key,
    uint32_t slot, struct mapping *found)
{
	for (size_t i = m->n; i-- > first;) {
		uint32_t k = mapping_image_find(&m->tables[i].image, key, slot);

		if (k == MAPPING_NOWHERE)
			continue;
		*found = mapping_at(m, i, k);
		return true;
	}
	return false;
}

/* Spellings that are not known are empty, and asked for once. */
static bool
is_repeated(const struct slice *spellings, size_t i)
{
	return i > 0 && slice_eq(spellings[i], spellings[i - 1]);
}

bool
mappings_find(const struct mappings *m, struct slice field, struct slice term,
    const struct slice units[MAPPING_SPELLINGS],
    const struct slice specimens[MAPPING_SPELLINGS], struct mapping *found)
{
	struct buf b = { 0 };
	bool known = false;

	for (size_t s = 0; s < MAPPING_SPELLINGS && !known; s++)
		for (size_t u = 0; u < MAPPING_SPELLINGS && !known; u++) {
			struct slice key;

			if (is_repeated(units, u) || is_repeated(specimens, s))
				continue;
			key = mapping_image_key(
			    &b, field, term, units[u], specimens[s]);
			known =
			    find_key(m, 0, key, mapping_image_slot(key), found);
		}
	buf_release(&b);
	return known && !found->refuted;
}

struct mapping_code
mapping_code(const struct mappings *m, const struct mapping *one, size_t i)
{
	const struct mapping_table *t = &m->tables[one->table];
	const struct mapping_image *image = &t->image;
	const struct flat_code *flat =
	    &image->codes[image->mappings[one->number].codes + i];

	return (struct mapping_code){ .code = mapping_image_text(
					  image, flat->text[FLAT_CODE]),
		.display = mapping_image_text(image, flat->text[FLAT_DISPLAY]),
		.system = mapping_image_text(image, flat->text[FLAT_SYSTEM]),
		.version = mapping_image_text(image, flat->text[FLAT_VERSION]),
		.path = t->path,
		.line = flat->line,
		.exact = flat->exact != 0 };
}

static bool
is_hidden(const struct mappings *m, size_t table, size_t number)
{
	const struct mapping_image *image = &m->tables[table].image;
	const struct flat_mapping *flat = &image->mappings[number];
	struct mapping by;

	return find_key(m, table + 1,
	    mapping_image_text(image, flat->text[FLAT_KEY]), flat->slot, &by);
}

bool
mappings_next(const struct mappings *m, struct mapping *one)
{
	size_t i = one->table, k = one->term.p == NULL ? 0 : one->number + 1;

	for (; i < m->n; i++, k = 0)
		for (; k < m->tables[i].image.nmappings; k++)
			if (!is_hidden(m, i, k)) {
				*one = mapping_at(m, i, (uint32_t)k);
				return true;
			}
	return false;
}

void
mappings_refute(struct mappings *m, const struct mapping *one)
{
	struct mapping_table *t = &m->tables[one->table];

	if (t->refuted == NULL)
		t->refuted = mem_zalloc(t->image.nmappings);
	t->refuted[one->number] = true;
}

size_t
mappings_stale(const struct mappings *m, const struct stale_mapping **list)
{
	*list = m->stale;
	return m->nstale;
}
