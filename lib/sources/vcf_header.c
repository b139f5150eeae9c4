#include "sources/vcf_header.h"

#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/keys.h"

#define FIXED      8       /* columns up to INFO */
#define DICTIONARY 1000000 /* a number that a header may give a name */

static void
append(struct vcf_names *l, struct slice name)
{
	l->names = mem_room(l->names, l->n, &l->room, sizeof(*l->names));
	l->names[l->n++] = name;
}

/* Behind a value that begins at p: at the comma or the bracket. */
static const char *
value_end(const char *p, const char *end)
{
	bool quoted = p < end && *p == '"';

	if (quoted)
		for (p++; p < end && *p != '"'; p++)
			if (*p == '\\' && p + 1 < end)
				p++;
	while (p < end && *p != ',' && *p != '>')
		p++;
	return p;
}

struct slice
vcf_value(struct slice line, const char *key)
{
	const char *end = line.p + line.n;
	const char *p = memchr(line.p, '<', line.n);

	while (p != NULL && ++p < end && *p != '>') {
		const char *equals = memchr(p, '=', (size_t)(end - p));
		struct slice name, value;

		if (equals == NULL)
			break;
		name = slice_trim(slice_span(p, equals));
		p = value_end(equals + 1, end);
		value = slice_span(equals + 1, p);
		if (!slice_is(name, key))
			continue;
		if (value.n >= 2 && value.p[0] == '"' &&
		    value.p[value.n - 1] == '"')
			value = slice_span(value.p + 1, value.p + value.n - 1);
		return value;
	}
	return (struct slice){ NULL, 0 };
}

/* --- the dictionaries of BCF --------------------------------------------- */

/* IDX= gives the number; without it a new name has the next one. */
static void
enter(struct vcf_names *d, struct slice line, struct slice name)
{
	struct slice said = vcf_value(line, "IDX");
	unsigned long long number = d->n;

	if (said.p != NULL && !slice_number(said, &number))
		return;
	if (number >= DICTIONARY)
		return;
	while (d->n <= number)
		append(d, (struct slice){ NULL, 0 });
	d->names[number] = name;
}

static void
take_word(struct vcf_header *h, struct index *known, struct slice line)
{
	struct slice name = vcf_value(line, "ID");
	bool fresh;

	if (name.p == NULL)
		return;
	index_add(known, name, &fresh);
	if (fresh)
		enter(&h->words, line, name);
}

static void
take_meta(struct vcf_header *h, struct index *known, struct slice line)
{
	append(&h->meta, line);
	if (slice_starts(line, "##fileformat=")) {
		h->fileformat = slice_span(line.p + 13, line.p + line.n);
	} else if (slice_starts(line, "##reference=")) {
		h->reference = slice_span(line.p + 12, line.p + line.n);
	} else if (slice_starts(line, "##contig=")) {
		struct slice name = vcf_value(line, "ID");

		if (name.p == NULL)
			return;
		append(&h->contigs, name);
		append(&h->lengths, vcf_value(line, "length"));
		enter(&h->contig_numbers, line, name);
	} else if (slice_starts(line, "##INFO=") ||
	    slice_starts(line, "##FORMAT=") ||
	    slice_starts(line, "##FILTER=")) {
		take_word(h, known, line);
	}
}

static bool
take_columns(
    struct vcf_header *h, struct slice line, struct arena *a, struct err *e)
{
	const char *p = line.p + 1, *end = line.p + line.n;
	struct keys keys = { 0 };

	for (;;) {
		const char *tab = memchr(p, '\t', (size_t)(end - p));
		struct slice name = slice_span(p, tab == NULL ? end : tab);

		append(&h->columns, name);
		if (h->columns.n > FIXED + 1)
			append(&h->samples,
			    arena_slice(a, keys_name(&keys, name)));
		if (tab == NULL)
			break;
		p = tab + 1;
	}
	keys_release(&keys);
	return h->columns.n >= FIXED ||
	    err_data(e, "vcf_syntax",
		"the #CHROM line has %zu columns and needs %d, parted by tabs",
		h->columns.n, FIXED);
}

static bool
next_line(struct slice *rest, struct slice *line)
{
	const char *lf;

	if (rest->n == 0)
		return false;
	lf = memchr(rest->p, '\n', rest->n);
	*line = lf == NULL ? *rest : slice_span(rest->p, lf);
	*rest = lf == NULL ? (struct slice){ "", 0 }
			   : slice_span(lf + 1, rest->p + rest->n);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool
vcf_header_parse(struct vcf_header *h, struct slice rest, struct charset *c,
    struct arena *a, const char **encoding, struct err *e)
{
	struct index *known = index_new();
	struct slice raw, line;
	bool ok = true;

	index_add(known, SLICE("PASS"), NULL);
	append(&h->words, SLICE("PASS"));
	while (ok && h->columns.n == 0 && next_line(&rest, &raw)) {
		ok = charset_decode(c, raw, &line, encoding, e);
		if (!ok)
			break;
		line = arena_slice(a, line);
		if (slice_starts(line, "##"))
			take_meta(h, known, line);
		else if (slice_starts(line, "#"))
			ok = take_columns(h, line, a, e);
		else
			break;
	}
	index_free(known);
	if (ok && h->columns.n == 0)
		ok = err_data(
		    e, "vcf_syntax", "the header ends without a line #CHROM");
	*encoding = charset_name(c);
	return ok;
}

void
vcf_header_release(struct vcf_header *h)
{
	mem_free(h->meta.names);
	mem_free(h->columns.names);
	mem_free(h->samples.names);
	mem_free(h->lengths.names);
	mem_free(h->contigs.names);
	mem_free(h->contig_numbers.names);
	mem_free(h->words.names);
}

/* --- the record ---------------------------------------------------------- */

static void
put_list(const struct vcf_names *l, const char *key, struct buf *b)
{
	json_put_key(b, key);
	buf_addc(b, '[');
	for (size_t i = 0; i < l->n; i++) {
		json_put_comma(b);
		json_put_string(b, l->names[i]);
	}
	buf_addc(b, ']');
}

void
vcf_header_put(const struct vcf_header *h, struct buf *b)
{
	if (h->fileformat.p != NULL) {
		json_put_key(b, "fileformat");
		json_put_string(b, h->fileformat);
	}
	put_list(&h->meta, "meta", b);
	json_put_key(b, "contigs");
	buf_addc(b, '[');
	for (size_t i = 0; i < h->contigs.n; i++) {
		json_put_comma(b);
		buf_adds(b, "{\"ID\":");
		json_put_string(b, h->contigs.names[i]);
		if (h->lengths.names[i].p != NULL) {
			json_put_key(b, "length");
			json_put_string(b, h->lengths.names[i]);
		}
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
	put_list(&h->samples, "samples", b);
	if (h->reference.p != NULL) {
		json_put_key(b, "reference");
		json_put_string(b, h->reference);
	}
}
