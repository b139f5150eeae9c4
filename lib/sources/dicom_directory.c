#include "sources/dicom_directory.h"

#include <string.h>

#include "base/mem.h"
#include "json/write.h"

#define DEEPEST 16
#define NONE    SIZE_MAX

enum rank { PATIENTS, STUDIES, SERIES, IMAGES, OBJECTS, RANKS };

static const struct {
	const char *type, *list;
} ranks[RANKS] = {
	{ "PATIENT", "Patients" }, { "STUDY", "Studies" },
	{ "SERIES", "Series" }, { "IMAGE", "Images" },
	{ "", "Objects" }, /* reports, plans, whatever else is kept */
};

struct entry {
	size_t offset;   /* of its item in the file */
	size_t from, to; /* of its text: an object without its end */
	uint32_t next, lower;
	enum rank rank;
	bool reached;
	size_t first, last, sibling; /* of those below; of the same parent */
};

struct directory {
	struct entry *entries; /* in the order of the file */
	size_t n, room;
	struct entry root;
	struct buf text;
};

static enum rank
rank_of(const char *type)
{
	enum rank r = PATIENTS;

	while (r < OBJECTS && strcmp(type, ranks[r].type) != 0)
		r++;
	return r;
}

/* --- the records --------------------------------------------------------- */

static bool
read_entry(struct dicom_header *h, struct directory *d,
    const struct dicom_value *item, size_t offset, struct err *e)
{
	struct entry entry = { .offset = offset,
		.from = d->text.n,
		.first = NONE,
		.last = NONE,
		.sibling = NONE };
	bool ok;

	memset(&h->links, 0, sizeof(h->links));
	buf_addc(&d->text, '{');
	ok = dicom_read_elements(h, dicom_item_end(h, item), h->level, e);
	entry.to = d->text.n;
	entry.next = h->links.next;
	entry.lower = h->links.lower;
	entry.rank = rank_of(h->links.type);
	d->entries = mem_room(d->entries, d->n, &d->room, sizeof(*d->entries));
	d->entries[d->n++] = entry;
	return ok;
}

static bool
read_entries(
    struct dicom_header *h, struct directory *d, size_t end, struct err *e)
{
	const struct dicom_charset outside = h->text.set;

	while (!h->cut && h->at < end) {
		size_t offset = h->at;
		struct dicom_value item;

		if (!dicom_read_element(h, &item) || item.tag == DICOM_LIST_END)
			break;
		if (item.tag != DICOM_ITEM)
			return err_data(e, "dicom_syntax",
			    "element (%04x,%04x) where a directory record "
			    "should be",
			    item.tag >> 16, item.tag & 0xFFFF);
		if (!read_entry(h, d, &item, offset, e))
			return false;
		h->text.set = outside;
	}
	return true;
}

/* --- the tree ------------------------------------------------------------ */

static struct entry *
entry_at(struct directory *d, size_t offset)
{
	size_t low = 0, high = d->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (d->entries[mid].offset == offset)
			return &d->entries[mid];
		if (d->entries[mid].offset < offset)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static void
put_below(struct directory *d, struct entry *parent, struct entry *child)
{
	size_t i = (size_t)(child - d->entries);

	child->reached = true;
	if (parent->last == NONE)
		parent->first = i;
	else
		d->entries[parent->last].sibling = i;
	parent->last = i;
}

/* Each record is reached once, so that a circle ends. */
static void
follow(struct directory *d, struct entry *parent, size_t offset, unsigned depth)
{
	struct entry *entry = entry_at(d, offset);

	while (entry != NULL && !entry->reached && depth < DEEPEST) {
		put_below(d, parent, entry);
		if (entry->lower != 0)
			follow(d, entry, entry->lower, depth + 1);
		entry = entry->next == 0 ? NULL : entry_at(d, entry->next);
	}
}

/* Records that nothing leads to, by their order. */
static uint64_t
adopt(struct directory *d)
{
	struct entry *parents[RANKS] = { NULL };
	uint64_t n = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct entry *entry = &d->entries[i], *parent = NULL;
		int rank = entry->rank == OBJECTS ? IMAGES : (int)entry->rank;

		if (!entry->reached) {
			for (int r = rank - 1; r >= 0 && parent == NULL; r--)
				parent = parents[r];
			put_below(d, parent == NULL ? &d->root : parent, entry);
			n++;
		}
		parents[rank] = entry;
		for (int r = rank + 1; r < RANKS; r++)
			parents[r] = NULL;
	}
	return n;
}

static void
write_below(const struct directory *d, const struct entry *parent,
    struct buf *to, unsigned depth)
{
	for (enum rank r = PATIENTS; r < RANKS && depth <= DEEPEST + RANKS;
	     r++) {
		bool begun = false;

		for (size_t i = parent->first; i != NONE;
		     i = d->entries[i].sibling) {
			const struct entry *entry = &d->entries[i];

			if (entry->rank != r)
				continue;
			if (!begun) {
				json_put_key(to, ranks[r].list);
				buf_addc(to, '[');
			}
			begun = true;
			json_put_comma(to);
			buf_add(to, d->text.p + entry->from,
			    entry->to - entry->from);
			write_below(d, entry, to, depth + 1);
			buf_addc(to, '}');
		}
		if (begun)
			buf_addc(to, ']');
	}
}

bool
dicom_directory_read(
    struct dicom_header *h, const struct dicom_value *el, struct err *e)
{
	struct directory d = { .root = { .first = NONE, .last = NONE } };
	struct buf *kept = h->out;
	size_t first = h->links.first;
	bool ok;

	h->directory = true;
	h->out = &d.text;
	h->level = 1;
	ok = read_entries(h, &d, dicom_item_end(h, el), e);
	h->level = 0;
	h->out = kept;
	if (ok) {
		follow(&d, &d.root, first, 0);
		h->unlinked = adopt(&d);
		write_below(&d, &d.root, h->out, 0);
	}
	mem_free(d.entries);
	buf_release(&d.text);
	return ok;
}
