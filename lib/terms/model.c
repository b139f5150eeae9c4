#include "terms/model.h"

#include "base/mem.h"

#define MAGIC   "mdx-mod1"
#define QUANTUM 65536.0

enum { STARTS = LEXICON_PARTS, PAIRS, NUMBERS, TEXT, PARTS };

static int32_t
quantised(double x)
{
	x = x * QUANTUM + (x < 0 ? -0.5 : 0.5);
	if (!(x > -2147483647.0))
		x = -2147483647.0;
	return x > 2147483647.0 ? 2147483647 : (int32_t)x;
}

double
model_quantum(double x)
{
	return quantised(x) / QUANTUM;
}

void
model_write(const struct model *m, const struct slice terms[LEXICON_PARTS],
    struct slice starts, struct slice pairs, struct buf *b)
{
	static const uint8_t digest[DIGEST_SIZE] = { 0 };
	struct model_numbers numbers = { .cut = quantised(m->cut),
		.features = FEATURES,
		.nfield = (uint32_t)m->field.n,
		.nsystem = (uint32_t)m->system.n,
		.nversion = (uint32_t)m->version.n };
	struct image_parts parts = { .n = PARTS };
	struct buf text = { 0 };

	for (size_t i = 0; i < FEATURES; i++)
		numbers.weights[i] = quantised(m->weights[i]);
	buf_add_slice(&text, m->field);
	buf_add_slice(&text, m->system);
	buf_add_slice(&text, m->version);
	memcpy(parts.parts, terms, LEXICON_PARTS * sizeof(*terms));
	parts.parts[STARTS] = starts;
	parts.parts[PAIRS] = pairs;
	parts.parts[NUMBERS] =
	    (struct slice){ (const char *)&numbers, sizeof(numbers) };
	parts.parts[TEXT] = buf_slice(&text);
	image_write(&parts, MAGIC, digest, b);
	buf_release(&text);
}

static bool
read_numbers(struct model *m, const struct image_parts *parts, struct err *e)
{
	struct slice text = parts->parts[TEXT];
	struct model_numbers numbers;

	if (parts->parts[NUMBERS].n != sizeof(numbers))
		return err_set(e, ERR_INPUT, "of another version");
	memcpy(&numbers, parts->parts[NUMBERS].p, sizeof(numbers));
	if (numbers.features != FEATURES)
		return err_set(e, ERR_INPUT, "of another version");
	if ((uint64_t)numbers.nfield + numbers.nsystem + numbers.nversion !=
	    text.n)
		return err_set(e, ERR_INPUT, "damaged");
	for (size_t i = 0; i < FEATURES; i++)
		m->weights[i] = numbers.weights[i] / QUANTUM;
	m->cut = numbers.cut / QUANTUM;
	m->field = (struct slice){ text.p, numbers.nfield };
	m->system = (struct slice){ text.p + m->field.n, numbers.nsystem };
	m->version =
	    (struct slice){ m->system.p + m->system.n, numbers.nversion };
	return true;
}

bool
model_parse(struct model *m, struct err *e)
{
	struct image_parts parts;
	uint8_t digest[DIGEST_SIZE];

	if (!image_parse(m->file.bytes, MAGIC, &parts, digest, e))
		return false;
	if (parts.n != PARTS)
		return err_set(e, ERR_INPUT, "of another version");
	return read_numbers(m, &parts, e) &&
	    lexicon_open(&m->terms, parts.parts, e) &&
	    translation_open(&m->translation, &m->terms, parts.parts[STARTS],
		parts.parts[PAIRS], e);
}

struct model *
model_load(const char *path, struct err *e)
{
	struct model *m = mem_zalloc(sizeof(*m));

	if (!image_open(path, &m->file, e)) {
		model_free(m);
		return NULL;
	}
	if (!model_parse(m, e)) {
		err_set(e, ERR_INPUT,
		    "%s: no whole model of this version (learn again)", path);
		model_free(m);
		return NULL;
	}
	return m;
}

void
model_free(struct model *m)
{
	if (m == NULL)
		return;
	image_close(&m->file);
	mem_free(m);
}
