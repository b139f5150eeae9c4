#include "sources/dicom_tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sources/dicom_element.h"

struct dicom_tags {
	uint32_t *tags;
	size_t n, room;
};

static int
by_tag(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static bool
hexadecimal(struct slice s, uint32_t *tag)
{
	*tag = 0;
	if (s.n != 8)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		static const char digits[] = "0123456789abcdef0123456789ABCDEF";
		const char *at = strchr(digits, s.p[i]);

		if (s.p[i] == '\0' || at == NULL)
			return false;
		*tag = *tag << 4 | ((uint32_t)(at - digits) & 15);
	}
	return true;
}

static bool
find(struct slice name, uint32_t *tag)
{
	if (hexadecimal(name, tag))
		return true;
	for (size_t i = 0; i < dicom_element_count; i++)
		if (slice_is(name, dicom_elements[i].keyword)) {
			*tag = dicom_elements[i].tag;
			return true;
		}
	return false;
}

static bool
refuse(struct slice name, struct err *e)
{
	const char **names =
	    mem_alloc((dicom_element_count + 1) * sizeof(*names));
	const char *near;

	for (size_t i = 0; i < dicom_element_count; i++)
		names[i] = dicom_elements[i].keyword;
	names[dicom_element_count] = NULL;
	near = slice_suggest(name, names);
	mem_free(names);
	if (near != NULL)
		return err_set(e, ERR_USAGE,
		    "--tags: unknown element '%.*s' (did you mean '%s'?)",
		    (int)name.n, name.p, near);
	return err_set(e, ERR_USAGE,
	    "--tags: unknown element '%.*s' (a keyword such as PatientID, or "
	    "eight hexadecimal digits)",
	    (int)name.n, name.p);
}

struct dicom_tags *
dicom_tags_parse(struct slice names, struct err *e)
{
	struct dicom_tags *t = mem_zalloc(sizeof(*t));
	struct slice name;
	uint32_t tag;

	while (slice_next(&names, ',', &name)) {
		name = slice_trim(name);
		if (!find(name, &tag)) {
			refuse(name, e);
			goto fail;
		}
		t->tags = mem_room(t->tags, t->n, &t->room, sizeof(*t->tags));
		t->tags[t->n++] = tag;
	}
	if (t->n == 0) {
		err_set(e, ERR_USAGE, "--tags: no element is named");
		goto fail;
	}
	qsort(t->tags, t->n, sizeof(*t->tags), by_tag);
	return t;

fail:
	dicom_tags_free(t);
	return NULL;
}

void
dicom_tags_free(struct dicom_tags *t)
{
	if (t == NULL)
		return;
	mem_free(t->tags);
	mem_free(t);
}

bool
dicom_tags_has(const struct dicom_tags *t, uint32_t tag)
{
	return bsearch(&tag, t->tags, t->n, sizeof(tag), by_tag) != NULL;
}
