#include "sources/vcf_line.h"

#include <string.h>

#include "base/mem.h"
#include "json/write.h"

enum { CHROM, POS, ID, REF, ALT, QUAL, FILTER, INFO, FORMAT, SAMPLES };

void
vcf_line_init(struct vcf_line *v, const struct vcf_header *h)
{
	memset(v, 0, sizeof(*v));
	v->header = h;
	v->arena = arena_new();
}

void
vcf_line_release(struct vcf_line *v)
{
	keys_release(&v->keys);
	mem_free(v->columns.names);
	mem_free(v->format.names);
	arena_free(v->arena);
}

/* The part up to the next separator; false behind the last. */
static bool
next_part(const char **at, const char *end, char sep, struct slice *part)
{
	const char *p = *at;

	if (p == NULL)
		return false;
	*at = memchr(p, sep, (size_t)(end - p));
	*part = slice_span(p, *at == NULL ? end : *at);
	if (*at != NULL)
		(*at)++;
	return true;
}

static void
split(struct slice text, char sep, struct vcf_names *to)
{
	const char *at = text.p;
	struct slice part;

	to->n = 0;
	while (next_part(&at, text.p + text.n, sep, &part)) {
		to->names =
		    mem_room(to->names, to->n, &to->room, sizeof(*to->names));
		to->names[to->n++] = part;
	}
}

static void
put_info(struct vcf_line *v, struct slice info, struct buf *b)
{
	const char *at = info.p;
	struct slice part;

	json_put_key(b, "INFO");
	buf_addc(b, '{');
	keys_reset(&v->keys);
	while (!slice_is(info, ".") &&
	    next_part(&at, info.p + info.n, ';', &part)) {
		const char *equals = memchr(part.p, '=', part.n);

		if (part.n == 0)
			continue;
		keys_put(&v->keys,
		    equals == NULL ? part : slice_span(part.p, equals), b);
		if (equals == NULL)
			buf_adds(b, "true");
		else
			json_put_string(
			    b, slice_span(equals + 1, part.p + part.n));
	}
	buf_addc(b, '}');
}

/* Lines of one file mostly share their FORMAT. */
static void
take_format(struct vcf_line *v, struct slice text)
{
	if (v->format.n > 0 && slice_eq(text, v->format_text))
		return;
	arena_reset(v->arena);
	v->format_text = arena_slice(v->arena, text);
	split(v->format_text, ':', &v->format);
	keys_reset(&v->keys);
	for (size_t i = 0; i < v->format.n; i++)
		v->format.names[i] = arena_slice(
		    v->arena, keys_name(&v->keys, v->format.names[i]));
}

static bool
put_sample(const struct vcf_line *v, size_t i, struct buf *b, struct err *e)
{
	struct slice text = v->columns.names[SAMPLES + i], part;
	const char *at = text.p;
	size_t n = 0;

	json_put_key_slice(b, v->header->samples.names[i]);
	buf_addc(b, '{');
	while (next_part(&at, text.p + text.n, ':', &part)) {
		if (n == v->format.n)
			return err_data(e, "vcf_syntax",
			    "sample %zu has more values than FORMAT has keys "
			    "(%zu)",
			    i + 1, v->format.n);
		json_put_key_slice(b, v->format.names[n++]);
		json_put_string(b, part);
	}
	buf_addc(b, '}');
	return true;
}

bool
vcf_line_put(
    struct vcf_line *v, struct slice line, struct buf *b, struct err *e)
{
	static const char *const names[] = { "CHROM", "POS", "ID", "REF", "ALT",
		"QUAL", "FILTER" };
	bool ok = true;

	split(line, '\t', &v->columns);
	if (v->columns.n != v->header->columns.n)
		return err_data(e, "vcf_syntax",
		    "line has %zu columns, the #CHROM line has %zu",
		    v->columns.n, v->header->columns.n);
	buf_addc(b, '{');
	for (size_t i = CHROM; i <= FILTER; i++) {
		json_put_key(b, names[i]);
		json_put_string(b, v->columns.names[i]);
	}
	put_info(v, v->columns.names[INFO], b);
	if (v->columns.n <= FORMAT)
		return true;
	json_put_key(b, "FORMAT");
	json_put_string(b, v->columns.names[FORMAT]);
	json_put_key(b, "samples");
	buf_addc(b, '{');
	take_format(v, v->columns.names[FORMAT]);
	for (size_t i = 0; ok && i < v->header->samples.n; i++)
		ok = put_sample(v, i, b, e);
	buf_addc(b, '}');
	return ok;
}
