#include "sources/tiff.h"

#include <string.h>

/*
 * A directory: their number (2 bytes, wide 8), entries, the next directory.
 * An entry: tag(2) type(2) count(4, wide 8) value or its place(4, wide 8).
 */
enum { BYTE = 1, ASCII, SHORT, LONG, LONG8 = 16 };
enum {
	WIDTH = 256,
	HEIGHT = 257,
	BITS_PER_SAMPLE = 258,
	SAMPLES = 277,
	DATE_TIME = 306,
	EXIF = 34665,
	TAKEN = 36867,
	DIGITIZED = 36868,
	ZONE = 36881,
};

#define MOST_ENTRIES 4096
#define MOST_SAMPLES 64

static const uint8_t *
at_place(const struct tiff *t, uint64_t place, uint64_t n)
{
	if (place < t->base || n > t->bytes.n ||
	    place - t->base > t->bytes.n - n)
		return NULL;
	return (const uint8_t *)t->bytes.p + (place - t->base);
}

static uint64_t
number(const struct tiff *t, const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)p[i] << 8 * (t->big_endian ? n - 1 - i : i);
	return v;
}

bool
tiff_begin(struct tiff *t, struct slice head)
{
	const uint8_t *p = (const uint8_t *)head.p;
	uint64_t version;

	if (head.n < 8 || p[0] != p[1] || (p[0] != 'I' && p[0] != 'M'))
		return false;
	t->bytes = head;
	t->base = 0;
	t->big_endian = p[0] == 'M';
	version = number(t, p + 2, 2);
	t->wide = version == 43;
	if (version != 42 && version != 43)
		return false;
	if (!t->wide)
		t->first = number(t, p + 4, 4);
	else if (head.n < 16 || number(t, p + 4, 2) != 8)
		return false;
	else
		t->first = number(t, p + 8, 8);
	return t->first >= (t->wide ? 16 : 8);
}

static size_t
entry_size(const struct tiff *t)
{
	return t->wide ? 20 : 12;
}

static size_t
count_size(const struct tiff *t)
{
	return t->wide ? 8 : 2;
}

uint64_t
tiff_directory_size(const struct tiff *t, uint64_t place)
{
	const uint8_t *p = at_place(t, place, count_size(t));
	uint64_t n = p == NULL ? 0 : number(t, p, count_size(t));

	return n > MOST_ENTRIES ? 0 : count_size(t) + n * entry_size(t);
}

struct entry {
	uint64_t tag, type, count;
	const uint8_t *value; /* NULL: not to be seen */
};

static size_t
type_size(uint64_t type)
{
	switch (type) {
	case BYTE:
	case ASCII:
		return 1;
	case SHORT:
		return 2;
	case LONG:
		return 4;
	case LONG8:
		return 8;
	default:
		return 0;
	}
}

static struct entry
entry_of(const struct tiff *t, const uint8_t *p)
{
	size_t room = t->wide ? 8 : 4, size;
	struct entry e = { .tag = number(t, p, 2),
		.type = number(t, p + 2, 2) };

	e.count = number(t, p + 4, room);
	size = type_size(e.type);
	e.value = p + 4 + room;
	if (size == 0 || e.count > 4096)
		e.value = NULL;
	else if (e.count * size > room)
		e.value = at_place(t, number(t, e.value, room), e.count * size);
	return e;
}

static uint64_t
first_number(const struct tiff *t, const struct entry *e)
{
	if (e->value == NULL || e->count == 0 || e->type == ASCII)
		return 0;
	return number(t, e->value, type_size(e->type));
}

static struct slice
text_of(const struct entry *e)
{
	const char *p = (const char *)e->value;

	if (p == NULL || e->type != ASCII)
		return (struct slice){ "", 0 };
	return (struct slice){ p, strnlen(p, e->count) };
}

static uint64_t
sum_of(const struct tiff *t, const struct entry *e)
{
	size_t size = type_size(e->type);
	uint64_t sum = 0;

	for (uint64_t i = 0; e->value != NULL && e->type == SHORT &&
	     i < e->count && i < MOST_SAMPLES;
	     i++)
		sum += number(t, e->value + i * size, size);
	return sum;
}

bool
tiff_read(const struct tiff *t, uint64_t place, struct tiff_picture *to)
{
	uint64_t size = tiff_directory_size(t, place), samples = 1, told = 1;
	const uint8_t *p = size == 0 ? NULL : at_place(t, place, size);
	const uint8_t *end = p == NULL ? NULL : p + size;

	if (p == NULL)
		return false;
	for (p += count_size(t); p < end; p += entry_size(t)) {
		struct entry e = entry_of(t, p);

		if (e.tag == WIDTH)
			to->width = first_number(t, &e);
		else if (e.tag == HEIGHT)
			to->height = first_number(t, &e);
		else if (e.tag == BITS_PER_SAMPLE) {
			to->bits = sum_of(t, &e);
			told = e.count;
		} else if (e.tag == SAMPLES)
			samples = first_number(t, &e);
		else if (e.tag == EXIF)
			to->exif = first_number(t, &e);
		else if (e.tag == TAKEN)
			to->taken = text_of(&e);
		else if (e.tag == ZONE)
			to->zone = text_of(&e);
		else if (e.tag == DIGITIZED || e.tag == DATE_TIME)
			if (to->changed.n == 0)
				to->changed = text_of(&e);
	}
	/* One bit a sample unless said, and one number may stand for all. */
	if (to->bits == 0)
		to->bits = 1;
	if (told == 1 && samples > 1 && samples <= MOST_SAMPLES)
		to->bits *= samples;
	return true;
}
