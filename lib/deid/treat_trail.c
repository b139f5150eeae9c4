#include "base/utf8.h"
#include "deid/treat.h"
#include "json/write.h"

/*
 * `_mdx` is treated like the data: of each of its members only the parts that
 * are named here are taken along, and only in the shape that the toolkit gives
 * them; texts among them are scrubbed.
 */
enum shape {
	SHAPE_WORD,  /* letters, digits and signs, no long number */
	SHAPE_COUNT, /* a number of at most ten characters, or below one */
	SHAPE_TEXT   /* whatever the scrub leaves of it */
};

struct part {
	const char *name;
	enum shape shape;
};

#define WORD_MOST   40
#define COUNT_MOST  10
#define DIGITS_MOST 5

static bool
is_word(struct slice s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_-.+@/";
	size_t digits = 0;

	if (s.n == 0 || s.n > WORD_MOST)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		digits = digit ? digits + 1 : 0;
		if (digits > DIGITS_MOST ||
		    (!digit &&
			memchr(letters, s.p[i], sizeof(letters) - 1) == NULL))
			return false;
	}
	return true;
}

static void
put_raw(struct buf *out, const char *name, struct json v)
{
	json_put_key(out, name);
	buf_add_slice(out, v.text);
}

static void
put_part(struct deid_worker *w, const struct part *part, struct json v,
    struct buf *out)
{
	switch (part->shape) {
	case SHAPE_WORD:
		if (v.type == JSON_STRING && is_word(json_text(v, w->arena)))
			put_raw(out, part->name, v);
		return;
	case SHAPE_COUNT:
		if (v.type == JSON_NUMBER &&
		    (v.text.n <= COUNT_MOST || slice_starts(v.text, "0.")))
			put_raw(out, part->name, v);
		return;
	default:
		if (v.type != JSON_STRING)
			return;
		json_put_key(out, part->name);
		json_put_string(out, treat_clean(w, json_text(v, w->arena)));
	}
}

/* The parts of an object that are named, in this order; no braces. */
static void
put_parts(struct deid_worker *w, struct json object, const struct part *parts,
    size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		put_part(w, &parts[i], json_get(object, parts[i].name), out);
}

/* An array of objects of such parts. */
static void
put_list(struct deid_worker *w, const char *name, struct json array,
    const struct part *parts, size_t n, struct buf *out)
{
	struct json_walk walk = json_enter(array);
	struct json v;

	if (array.type != JSON_ARRAY)
		return;
	json_put_key(out, name);
	buf_addc(out, '[');
	while (json_next_element(&walk, &v)) {
		if (v.type != JSON_OBJECT)
			continue;
		json_put_comma(out);
		buf_addc(out, '{');
		put_parts(w, v, parts, n, out);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
put_secret(
    struct deid_worker *w, const char *domain, struct json v, struct buf *out)
{
	char id[DIGEST_ID + 1];

	key_pseudonym(w->deid->key, slice_of(domain), json_text(v, w->arena),
	    w->arena, id);
	json_put_cstring(out, id);
}

static void
put_secrets(struct deid_worker *w, const char *name, const char *domain,
    struct json array, struct buf *out)
{
	struct json_walk walk = json_enter(array);
	struct json v;

	if (array.type != JSON_ARRAY)
		return;
	json_put_key(out, name);
	buf_addc(out, '[');
	while (json_next_element(&walk, &v)) {
		json_put_comma(out);
		put_secret(w, domain, v, out);
	}
	buf_addc(out, ']');
}

/* Folders and files are named after patients; digests confirm a guess. */
static void
put_source(struct deid_worker *w, struct json src, struct buf *out)
{
	static const struct part parts[] = { { "format", SHAPE_WORD },
		{ "encoding", SHAPE_WORD }, { "line", SHAPE_COUNT },
		{ "row", SHAPE_COUNT } };
	struct json uri = json_get(src, "uri");

	if (src.type != JSON_OBJECT || w->deid->policy->drop_source)
		return;
	json_put_key(out, "src");
	buf_addc(out, '{');
	if (uri.type == JSON_STRING) {
		json_put_key(out, "uri");
		put_secret(w, "src", uri, out);
	}
	put_secrets(w, "member", "src", json_get(src, "member"), out);
	put_parts(w, src, parts, COUNT(parts), out);
	buf_addc(out, '}');
}

/* --- norm ---------------------------------------------------------------- */

/*
 * The rule of a field that `norm` or `qc` speaks of, NULL where it names what
 * no policy and no catalogue knows: such a name may be anything.
 */
static const struct deid_rule *
field_rule(struct deid_worker *w, struct slice name)
{
	const struct deid *d = w->deid;
	struct slice id = name;

	if (!slice_starts(name, "indicators."))
		return policy_own_rule(d->policy, name);
	id = (struct slice){ name.p + 11, name.n - 11 };
	if (d->catalogue == NULL || catalogue_find(d->catalogue, id) == NULL)
		return policy_own_rule(d->policy, name);
	return treat_indicator_rule(
	    w, policy_own_rule(d->policy, SLICE("indicators")), id);
}

static bool
is_told(struct deid_worker *w, struct slice name)
{
	const struct deid_rule *r = field_rule(w, name);

	return r != NULL && r->class != DEID_DROP;
}

/* Old values and candidates go wherever the field itself is not kept. */
static void
put_entry(struct deid_worker *w, struct json entry, bool keep, struct buf *out)
{
	static const struct part parts[] = { { "rule", SHAPE_TEXT },
		{ "column", SHAPE_TEXT }, { "status", SHAPE_WORD },
		{ "reason", SHAPE_WORD }, { "note", SHAPE_WORD } };
	static const struct part codes[] = { { "code", SHAPE_TEXT },
		{ "system", SHAPE_WORD }, { "version", SHAPE_WORD },
		{ "p", SHAPE_COUNT }, { "method", SHAPE_WORD } };
	static const struct part alts[] = { { "code", SHAPE_TEXT },
		{ "display", SHAPE_TEXT }, { "p", SHAPE_COUNT } };
	struct json from = json_get(entry, "from");

	buf_addc(out, '{');
	if (keep && from.type != JSON_NONE)
		put_raw(out, "from", from);
	put_parts(w, entry, parts, COUNT(parts), out);
	put_list(
	    w, "codes", json_get(entry, "codes"), codes, COUNT(codes), out);
	if (keep)
		put_list(
		    w, "alts", json_get(entry, "alts"), alts, COUNT(alts), out);
	buf_addc(out, '}');
}

/* Fields, or `field@system`, that need a person. */
static void
put_unmapped(struct deid_worker *w, struct json array, struct buf *out)
{
	struct json_walk walk = json_enter(array);
	struct json v;

	if (array.type != JSON_ARRAY)
		return;
	json_put_key(out, "unmapped");
	buf_addc(out, '[');
	while (json_next_element(&walk, &v)) {
		struct slice name = json_text(v, w->arena), system = name;
		struct slice field;

		slice_next(&system, '@', &field);
		if (v.type != JSON_STRING || !is_told(w, field) ||
		    (system.n > 0 && !is_word(system)))
			continue;
		json_put_comma(out);
		buf_add_slice(out, v.text);
	}
	buf_addc(out, ']');
}

static void
put_norm(struct deid_worker *w, struct json norm, struct buf *out)
{
	struct json_walk walk = json_enter(norm);
	struct json entry;
	struct slice key;

	if (norm.type != JSON_OBJECT)
		return;
	json_put_key(out, "norm");
	buf_addc(out, '{');
	while (json_next_member(&walk, &key, &entry)) {
		struct slice name = json_unescape(key, w->arena);

		if (slice_is(name, "unmapped")) {
			put_unmapped(w, entry, out);
			continue;
		}
		if (entry.type != JSON_OBJECT || !is_told(w, name))
			continue;
		json_put_key_slice(out, name);
		put_entry(
		    w, entry, field_rule(w, name)->class == DEID_KEEP, out);
	}
	buf_addc(out, '}');
}

/* --- the rest ------------------------------------------------------------ */

static void
put_deid(struct deid_worker *w, struct buf *out)
{
	json_put_key(out, "deid");
	buf_adds(out, "{\"policy\":");
	json_put_string(out, w->deid->policy->name);
	json_put_key(out, "key");
	json_put_cstring(out, key_name(w->deid->key));
	json_put_key(out, "fields");
	buf_addc(out, '{');
	buf_add_slice(out, buf_slice(&w->fields));
	buf_adds(out, "},\"found\":{");
	for (size_t i = 0; i < LABELS; i++) {
		if (w->found[i] == 0)
			continue;
		json_put_key(out, label_name((enum label)i));
		json_put_uint(out, w->found[i]);
	}
	buf_adds(out, "}}");
}

/* A rule's `field` stays only where it is one that the policy names. */
static void
put_failures(struct deid_worker *w, struct json qc, struct buf *out)
{
	static const struct part parts[] = { { "rule", SHAPE_TEXT },
		{ "severity", SHAPE_WORD } };
	struct json_walk walk = json_enter(qc);
	struct json v, field;

	if (qc.type != JSON_ARRAY)
		return;
	json_put_key(out, "qc");
	buf_addc(out, '[');
	while (json_next_element(&walk, &v)) {
		if (v.type != JSON_OBJECT)
			continue;
		json_put_comma(out);
		buf_addc(out, '{');
		put_parts(w, v, parts, COUNT(parts), out);
		field = json_get(v, "field");
		if (field.type == JSON_STRING &&
		    is_told(w, json_text(field, w->arena)))
			put_raw(out, "field", field);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

void
treat_trail(struct deid_worker *w, struct json trail, struct buf *out)
{
	static const struct part kind = { "kind", SHAPE_WORD };
	struct json id = json_get(trail, "id");

	json_put_key(out, "_mdx");
	buf_addc(out, '{');
	if (id.type == JSON_STRING) {
		json_put_key(out, "id");
		put_secret(w, "id", id, out);
	}
	put_parts(w, trail, &kind, 1, out);
	put_source(w, json_get(trail, "src"), out);
	put_norm(w, json_get(trail, "norm"), out);
	treat_extract(w, json_get(trail, "extract"), out);
	put_secrets(w, "from", "id", json_get(trail, "from"), out);
	put_failures(w, json_get(trail, "qc"), out);
	put_deid(w, out);
	buf_addc(out, '}');
}
