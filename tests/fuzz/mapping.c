/*
 * A table of mappings is refused with its reason or gives an image that opens,
 * in which each mapping is found by its key; a compiled one that was cut or
 * made up is refused or safe to ask.  The first byte chooses; an image is made
 * valid outside, so that the numbers inside are what is tried.
 */
#include <stdint.h>

#include "base/mem.h"
#include "terms/image.h"
#include "terms/mapping_compile.h"
#include "terms/mapping_image.h"

static unsigned sum;

static void
touch(const struct mapping_image *m, const struct flat_text *t, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct slice s = mapping_image_text(m, t[i]);

		for (size_t k = 0; k < s.n; k++)
			sum += (unsigned char)s.p[k];
	}
}

static void
ask(const struct mapping_image *m, bool ours)
{
	for (uint32_t i = 0; i < m->nmappings; i++) {
		const struct flat_mapping *one = &m->mappings[i];
		struct slice key = mapping_image_text(m, one->text[FLAT_KEY]);

		touch(m, one->text, FLAT_MAPPING_TEXTS);
		for (uint32_t k = one->codes; k < one[1].codes; k++)
			touch(m, m->codes[k].text, FLAT_CODE_TEXTS);
		if (mapping_image_find(m, key, mapping_image_slot(key)) != i &&
		    ours)
			__builtin_trap();
		if (i == 64)
			break;
	}
	for (size_t i = 0; i < m->nstale; i++)
		touch(m, m->stale[i].text, FLAT_STALE_TEXTS);
	mapping_image_find(m, SLICE("x"), mapping_image_slot(SLICE("x")));
}

static void
try_table(struct slice text)
{
	static const uint8_t digest[DIGEST_SIZE];
	uint8_t of[DIGEST_SIZE];
	struct buf image = { 0 };
	struct image_parts parts;
	struct mapping_image m;
	struct err e = { 0 };

	if (!mapping_compile("diagnosis.csv", text, digest, &image, NULL, &e) &&
	    e.text[0] == '\0')
		__builtin_trap();
	if (image.n > 0) {
		if (!image_parse(
			buf_slice(&image), MAPPING_MAGIC, &parts, of, &e) ||
		    parts.n != MAPPING_PARTS ||
		    !mapping_image_open(&m, parts.parts, &e))
			__builtin_trap();
		ask(&m, true);
	}
	buf_release(&image);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e = { 0 };
	struct image_parts parts;
	struct mapping_image m;
	uint8_t digest[DIGEST_SIZE];
	char *copy;

	if (n < 2)
		return 0;
	/* As mmap gives it: at the beginning of a page. */
	copy = mem_dup(data + 1, n - 1);
	if (data[0] % 2 == 0)
		try_table((struct slice){ copy, n - 1 });
	else if (image_parse((struct slice){ copy, n - 1 }, MAPPING_MAGIC,
		     &parts, digest, &e) &&
	    parts.n == MAPPING_PARTS && mapping_image_open(&m, parts.parts, &e))
		ask(&m, false);
	mem_free(copy);
	return 0;
}
