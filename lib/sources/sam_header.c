#include "sources/sam_header.h"

#include <string.h>

#include "json/write.h"
#include "sources/keys.h"

enum { HD, SQ, RG, PG, CO, OTHER, TYPES };

static const char *const types[TYPES] = { "HD", "SQ", "RG", "PG", "CO",
	"other" };

struct sam {
	struct buf lists[TYPES]; /* what stands between the brackets */
	struct buf contigs, samples;
	struct slice uri, assembly; /* of the first @SQ that has one */
	struct index *known;        /* samples so far */
	struct keys keys;
};

static bool
next_part(struct slice *rest, char sep, struct slice *part)
{
	const char *at;

	if (rest->p == NULL)
		return false;
	at = memchr(rest->p, sep, rest->n);
	*part = at == NULL ? *rest : slice_span(rest->p, at);
	*rest = at == NULL ? (struct slice){ NULL, 0 }
			   : slice_span(at + 1, rest->p + rest->n);
	return true;
}

static void
put_member(struct buf *b, const char *key, struct slice value)
{
	if (value.p == NULL)
		return;
	json_put_key(b, key);
	json_put_string(b, value);
}

static void
take_contig(struct sam *s, struct slice name, struct slice length)
{
	json_put_comma(&s->contigs);
	buf_addc(&s->contigs, '{');
	put_member(&s->contigs, "ID", name);
	put_member(&s->contigs, "length", length);
	buf_addc(&s->contigs, '}');
}

static void
take_sample(struct sam *s, struct slice name)
{
	bool fresh;

	index_add(s->known, name, &fresh);
	if (!fresh)
		return;
	json_put_comma(&s->samples);
	json_put_string(&s->samples, name);
}

/* The fields TAG:VALUE of one line; a field that has no tag is refused. */
static bool
take_fields(struct sam *s, int type, struct slice rest, struct err *e)
{
	struct buf *b = &s->lists[type];
	struct slice field, name = { NULL, 0 }, length = { NULL, 0 };

	json_put_comma(b);
	buf_addc(b, '{');
	keys_reset(&s->keys);
	while (next_part(&rest, '\t', &field)) {
		struct slice value;

		if (field.n == 0)
			continue;
		if (field.n < 3 || field.p[2] != ':')
			return err_data(e, "sam_syntax",
			    "a field of @%s is no TAG:VALUE", types[type]);
		value = slice_span(field.p + 3, field.p + field.n);
		keys_put(&s->keys, slice_span(field.p, field.p + 2), b);
		json_put_string(b, value);
		if (type == SQ && slice_starts(field, "SN:"))
			name = value;
		else if (type == SQ && slice_starts(field, "LN:"))
			length = value;
		else if (type == SQ && slice_starts(field, "UR:"))
			s->uri = s->uri.p == NULL ? value : s->uri;
		else if (type == SQ && slice_starts(field, "AS:"))
			s->assembly =
			    s->assembly.p == NULL ? value : s->assembly;
		else if (type == RG && slice_starts(field, "SM:"))
			take_sample(s, value);
	}
	buf_addc(b, '}');
	if (name.p != NULL)
		take_contig(s, name, length);
	return true;
}

static bool
take_line(struct sam *s, struct slice line, struct err *e)
{
	int type = HD;

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (line.n == 0)
		return true;
	if (line.n < 3 || line.p[0] != '@' || (line.n > 3 && line.p[3] != '\t'))
		return err_data(e, "sam_syntax",
		    "a line of the header does not begin with @ and a type");
	while (type < OTHER && memcmp(line.p + 1, types[type], 2) != 0)
		type++;
	if (type == HD && s->lists[HD].n > 0)
		return err_data(e, "sam_syntax", "the header has a second @HD");
	if (type != OTHER)
		line =
		    slice_span(line.p + (line.n > 3 ? 4 : 3), line.p + line.n);
	if (type != CO && type != OTHER)
		return take_fields(s, type, line, e);
	json_put_comma(&s->lists[type]);
	json_put_string(&s->lists[type], line);
	return true;
}

static void
put_list(const struct sam *s, int type, struct buf *b)
{
	json_put_key(b, types[type]);
	buf_addc(b, '[');
	buf_add_slice(b, buf_slice(&s->lists[type]));
	buf_addc(b, ']');
}

static void
put_record(const struct sam *s, const char *fileformat,
    const struct buf *contigs, struct buf *b)
{
	put_member(b, "fileformat", slice_of(fileformat));
	json_put_key(b, "contigs");
	buf_addc(b, '[');
	buf_add_slice(b, buf_slice(contigs->n > 0 ? contigs : &s->contigs));
	buf_addc(b, ']');
	json_put_key(b, "samples");
	buf_addc(b, '[');
	buf_add_slice(b, buf_slice(&s->samples));
	buf_addc(b, ']');
	put_member(b, "reference", s->uri.p != NULL ? s->uri : s->assembly);
	if (s->lists[HD].n > 0) {
		json_put_key(b, types[HD]);
		buf_add_slice(b, buf_slice(&s->lists[HD]));
	}
	for (int type = SQ; type < TYPES; type++)
		if (type != OTHER || s->lists[OTHER].n > 0)
			put_list(s, type, b);
}

bool
sam_header_put(struct slice text, const char *fileformat,
    const struct buf *contigs, struct buf *b, struct err *e)
{
	struct sam s = { .known = index_new() };
	struct slice line;
	bool ok = true;

	while (ok && next_part(&text, '\n', &line))
		ok = take_line(&s, line, e);
	if (ok)
		put_record(&s, fileformat, contigs, b);
	for (int i = 0; i < TYPES; i++)
		buf_release(&s.lists[i]);
	buf_release(&s.contigs);
	buf_release(&s.samples);
	index_free(s.known);
	keys_release(&s.keys);
	return ok;
}
