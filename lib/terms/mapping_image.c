#include "terms/mapping_image.h"

#include "terms/lexicon.h"

struct slice
mapping_image_key(struct buf *b, struct slice field, struct slice term,
    struct slice unit, struct slice specimen)
{
	buf_reset(b);
	buf_add_slice(b, field);
	buf_addc(b, '\0');
	buf_add_slice(b, term);
	buf_addc(b, '\0');
	buf_add_slice(b, unit);
	buf_addc(b, '\0');
	buf_add_slice(b, specimen);
	return buf_slice(b);
}

uint32_t
mapping_image_slot(struct slice key)
{
	return lexicon_slot(key);
}

uint32_t
mapping_image_find(
    const struct mapping_image *m, struct slice key, uint32_t slot)
{
	uint32_t mask = m->nslots - 1, at = slot & mask;

	for (uint32_t i = 0; i < m->nslots; i++, at = (at + 1) & mask) {
		uint32_t k = m->slots[at];

		if (k == MAPPING_NOWHERE)
			break;
		if (m->mappings[k].slot == slot &&
		    slice_eq(
			mapping_image_text(m, m->mappings[k].text[FLAT_KEY]),
			key))
			return k;
	}
	return MAPPING_NOWHERE;
}

/* --- opening ------------------------------------------------------------- */

static bool
texts_fit(const struct mapping_image *m, const struct flat_text *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (t[i].at > m->ntext || t[i].n > m->ntext - t[i].at)
			return false;
	return true;
}

static bool
mappings_fit(const struct mapping_image *m, size_t codes)
{
	for (uint32_t i = 0; i < m->nmappings; i++)
		if (!texts_fit(m, m->mappings[i].text, FLAT_MAPPING_TEXTS) ||
		    m->mappings[i].codes > m->mappings[i + 1].codes)
			return false;
	return m->mappings[0].codes == 0 &&
	    m->mappings[m->nmappings].codes == codes;
}

static bool
slots_fit(const struct mapping_image *m)
{
	for (uint32_t i = 0; i < m->nslots; i++)
		if (m->slots[i] >= m->nmappings &&
		    m->slots[i] != MAPPING_NOWHERE)
			return false;
	return true;
}

bool
mapping_image_open(struct mapping_image *m,
    const struct slice parts[MAPPING_PARTS], struct err *e)
{
	static const size_t size[MAPPING_PARTS] = { sizeof(struct flat_mapping),
		sizeof(struct flat_code), sizeof(uint32_t),
		sizeof(struct flat_stale), 1 };
	size_t n[MAPPING_PARTS];
	bool fit = true;

	for (size_t i = 0; i < MAPPING_PARTS; i++) {
		n[i] = parts[i].n / size[i];
		fit =
		    fit && parts[i].n % size[i] == 0 && n[i] < MAPPING_NOWHERE;
	}
	if (!fit || n[0] == 0 || n[2] == 0 || (n[2] & (n[2] - 1)) != 0)
		return err_set(e, ERR_INPUT, "damaged");
	*m = (struct mapping_image){ .mappings = (const void *)parts[0].p,
		.codes = (const void *)parts[1].p,
		.slots = (const void *)parts[2].p,
		.stale = (const void *)parts[3].p,
		.text = parts[4].p,
		.nmappings = (uint32_t)n[0] - 1,
		.nslots = (uint32_t)n[2],
		.nstale = n[3],
		.ntext = n[4] };
	for (size_t i = 0; i < n[1]; i++)
		fit = fit && texts_fit(m, m->codes[i].text, FLAT_CODE_TEXTS);
	for (size_t i = 0; i < n[3]; i++)
		fit = fit && texts_fit(m, m->stale[i].text, FLAT_STALE_TEXTS);
	if (!fit || !mappings_fit(m, n[1]) || !slots_fit(m))
		return err_set(e, ERR_INPUT, "damaged");
	return true;
}
