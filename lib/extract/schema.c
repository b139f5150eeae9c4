#include "extract/schema.h"

#include "json/write.h"

static void
value_type(struct buf *b, const struct field *f)
{
	switch (f->d->type) {
	case TYPE_NUMBER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		buf_adds(b, "\"type\":[\"number\",\"string\",\"null\"]");
		break;
	case TYPE_INTEGER:
		buf_adds(b, "\"type\":[\"integer\",\"string\",\"null\"]");
		break;
	case TYPE_DIMS:
		buf_adds(b,
		    "\"type\":[\"array\",\"string\",\"null\"],"
		    "\"items\":{\"type\":\"number\"},\"maxItems\":4");
		break;
	case TYPE_BOOL:
		buf_adds(b, "\"type\":[\"boolean\",\"null\"]");
		break;
	case TYPE_CODE:
	case TYPE_MARK:
		if (f->ncodes > 0 || f->d->ncodes > 0) {
			const struct code *codes =
			    f->ncodes > 0 ? f->codes : f->d->codes;
			size_t n = f->ncodes > 0 ? f->ncodes : f->d->ncodes;

			buf_adds(b, "\"enum\":[");
			for (size_t i = 0; i < n; i++) {
				json_put_comma(b);
				json_put_string(b, codes[i].code);
			}
			buf_adds(b, ",null]");
			break;
		}
		/* fallthrough */
	default:
		buf_adds(b, "\"type\":[\"string\",\"null\"]");
	}
}

static void
put_field(struct buf *b, const struct field *f)
{
	json_put_key_slice(b, f->key);
	buf_adds(b, "{\"type\":\"object\",\"description\":");
	json_put_string(b, f->d->name_zh);
	buf_adds(b, ",\"properties\":{\"v\":{");
	value_type(b, f);
	if (f->d->unit.n > 0) {
		buf_adds(b, ",\"description\":");
		json_put_string(b, f->d->unit);
	}
	buf_adds(b,
	    "},\"q\":{\"type\":[\"string\",\"array\"],"
	    "\"items\":{\"type\":\"string\"}},"
	    "\"s\":{\"enum\":[\"present\",\"absent\",\"uncertain\"]}},"
	    "\"required\":[\"v\",\"q\",\"s\"],"
	    "\"additionalProperties\":false}");
}

static void
put_fields(struct buf *b, const struct doctype *t, const bool *asked, int group)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].group == group && (asked == NULL || asked[i]))
			put_field(b, &t->fields[i]);
}

static bool
asks_group(const struct doctype *t, const bool *asked, int group)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].group == group && (asked == NULL || asked[i]))
			return true;
	return false;
}

void
schema_put(struct buf *b, const struct doctype *t, const bool *asked)
{
	buf_adds(b,
	    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
	    "\"title\":");
	json_put_string(b, t->id);
	buf_adds(b, ",\"type\":\"object\",\"properties\":{");
	put_fields(b, t, asked, -1);
	for (int g = 0; g < (int)t->ngroups; g++) {
		if (!asks_group(t, asked, g))
			continue;
		json_put_key_slice(b, t->groups[g].how->name);
		buf_addf(b, "{\"type\":\"array\",\"maxItems\":%zu,",
		    t->groups[g].how->max);
		buf_adds(b, "\"items\":{\"type\":\"object\",\"properties\":{");
		put_fields(b, t, asked, g);
		buf_adds(b, "},\"additionalProperties\":false}}");
	}
	buf_adds(b, "},\"additionalProperties\":false}");
}
