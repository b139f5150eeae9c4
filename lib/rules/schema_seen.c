/*
 * Which elements or members of a value were looked at: bits, in one word where
 * that is enough.
 */
#include "base/mem.h"
#include "rules/schema_run.h"

bool
seen_start(struct seen *s, const struct at *a)
{
	*s = (struct seen){ 0 };
	if (!schema_enter(a))
		return false;
	s->n = a->item->n;
	if (s->n > 64)
		s->many = mem_zalloc(((size_t)s->n / 64 + 1) * 8);
	return true;
}

void
seen_release(struct seen *s)
{
	mem_free(s->many);
}

void
seen_add(struct seen *s, uint32_t i)
{
	if (s == NULL)
		return;
	if (s->many == NULL)
		s->few |= UINT64_C(1) << i;
	else
		s->many[i / 64] |= UINT64_C(1) << i % 64;
}

bool
seen_has(const struct seen *s, uint32_t i)
{
	return ((s->many == NULL ? s->few : s->many[i / 64]) >> i % 64 & 1) !=
	    0;
}

void
seen_add_all(struct seen *s)
{
	if (s == NULL)
		return;
	s->few = UINT64_MAX;
	if (s->many != NULL)
		memset(s->many, 0xFF, ((size_t)s->n / 64 + 1) * 8);
}

void
seen_join(struct seen *s, const struct seen *other)
{
	s->few |= other->few;
	for (size_t i = 0; s->many != NULL && i <= s->n / 64; i++)
		s->many[i] |= other->many[i];
}
