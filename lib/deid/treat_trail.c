#include "base/utf8.h"
#include "deid/treat.h"
#include "json/write.h"

/*
 * `_mdx` is treated like the data: what could identify goes, and a member that
 * is not known here is not taken along.
 */
static void
put_raw(struct buf *out, const char *name, struct json v)
{
	if (v.type == JSON_NONE)
		return;
	json_put_key(out, name);
	buf_add_slice(out, v.text);
}

static void
put_secret(
    struct deid_worker *w, const char *domain, struct json v, struct buf *out)
{
	char id[DIGEST_ID + 1];

	key_pseudonym(w->deid->key, slice_of(domain), json_text(v, w->arena),
	    w->arena, id);
	json_put_cstring(out, id);
}

/* Folders and files are named after patients; digests confirm a guess. */
static void
put_source(struct deid_worker *w, struct json src, struct buf *out)
{
	static const char *const plain[] = { "format", "encoding", "line",
		"row" };
	struct json uri = json_get(src, "uri");
	struct json member = json_get(src, "member"), one;
	struct json_walk walk = json_enter(member);

	if (src.type != JSON_OBJECT || w->deid->policy->drop_source)
		return;
	json_put_key(out, "src");
	buf_addc(out, '{');
	if (uri.type == JSON_STRING) {
		json_put_key(out, "uri");
		put_secret(w, "src", uri, out);
	}
	if (member.type == JSON_ARRAY) {
		json_put_key(out, "member");
		buf_addc(out, '[');
		while (json_next_element(&walk, &one)) {
			json_put_comma(out);
			put_secret(w, "src", one, out);
		}
		buf_addc(out, ']');
	}
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		put_raw(out, plain[i], json_get(src, plain[i]));
	buf_addc(out, '}');
}

static bool
is_kept(struct deid_worker *w, struct slice field)
{
	const struct deid_rule *r = policy_own_rule(w->deid->policy, field);

	return r != NULL && r->class == DEID_KEEP;
}

/* Old values and candidates go wherever the field itself is not kept. */
static void
put_norm(struct deid_worker *w, struct json norm, struct buf *out)
{
	struct json_walk walk = json_enter(norm), inside;
	struct json entry, v;
	struct slice key, name;

	if (norm.type != JSON_OBJECT)
		return;
	json_put_key(out, "norm");
	buf_addc(out, '{');
	while (json_next_member(&walk, &key, &entry)) {
		bool keep = is_kept(w, json_unescape(key, w->arena)) ||
		    entry.type != JSON_OBJECT;

		json_put_comma(out);
		buf_addc(out, '"');
		buf_add_slice(out, key);
		buf_adds(out, "\":");
		if (keep) {
			buf_add_slice(out, entry.text);
			continue;
		}
		buf_addc(out, '{');
		for (inside = json_enter(entry);
		     json_next_member(&inside, &name, &v);) {
			if (json_key_is(name, SLICE("from")) ||
			    json_key_is(name, SLICE("alts")))
				continue;
			json_put_comma(out);
			buf_addc(out, '"');
			buf_add_slice(out, name);
			buf_adds(out, "\":");
			buf_add_slice(out, v.text);
		}
		buf_addc(out, '}');
	}
	buf_addc(out, '}');
}

/* Where a span of the text before stands now; false where it was touched. */
static bool
moved(struct deid_worker *w, struct slice member, long *from, long *to)
{
	const struct deid_rule *r = policy_own_rule(w->deid->policy, member);
	const struct touched *t = w->touched;
	long add = 0;

	if (r != NULL && r->class == DEID_KEEP)
		return true;
	while (t != NULL && !slice_eq(t->member, member))
		t = t->next;
	if (t == NULL || !t->plain)
		return false;
	for (size_t i = t->first; i < t->first + t->count; i++) {
		const struct move *m = &w->moves[i];

		if ((long)m->from < *to && *from < (long)m->to)
			return false;
		if ((long)m->to <= *from)
			add += m->grows;
	}
	*from += add;
	*to += add;
	return true;
}

static bool
number_at(struct json array, size_t i, long *n)
{
	struct json_walk walk = json_enter(array);
	unsigned long long value;
	struct json v;

	while (json_next_element(&walk, &v))
		if (i-- == 0) {
			if (!slice_number(v.text, &value) || value > 1000000000)
				return false;
			*n = (long)value;
			return true;
		}
	return false;
}

/*
 * Values in words go with the quote: they stand in `indicators`, treated.
 * Numbers, marks and what says how it was found stay.
 */
static void
put_extracted(struct deid_worker *w, struct json entry, struct buf *out)
{
	static const char *const plain[] = { "path", "unit", "src", "engine",
		"rule", "status", "model" };
	struct json value = json_get(entry, "value");
	struct json span = json_get(entry, "span");
	struct slice member = json_text(json_get(entry, "src"), w->arena);
	long from, to;

	if (member.n > 0 && member.p[0] == '/') /* a pointer to a member */
		member = (struct slice){ member.p + 1, member.n - 1 };

	json_put_comma(out);
	buf_addc(out, '{');
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		put_raw(out, plain[i], json_get(entry, plain[i]));
	if (value.type == JSON_NUMBER || value.type == JSON_TRUE ||
	    value.type == JSON_FALSE || value.type == JSON_NULL)
		put_raw(out, "value", value);
	if (w->deid->policy->rescan && span.type == JSON_ARRAY &&
	    number_at(span, 0, &from) && number_at(span, 1, &to) &&
	    moved(w, member, &from, &to)) {
		buf_addf(out, ",\"span\":[%ld,%ld]", from, to);
		put_raw(out, "quote", json_get(entry, "quote"));
	}
	buf_addc(out, '}');
}

/* An array of entries, or an object of them by indicator. */
static void
put_extract(struct deid_worker *w, struct json extract, struct buf *out)
{
	struct json_walk walk = json_enter(extract);
	struct json entry;

	if (extract.type != JSON_ARRAY)
		return;
	json_put_key(out, "extract");
	buf_addc(out, '[');
	while (json_next_element(&walk, &entry))
		if (entry.type == JSON_OBJECT)
			put_extracted(w, entry, out);
	buf_addc(out, ']');
}

static void
put_ids(struct deid_worker *w, struct json from, struct buf *out)
{
	struct json_walk walk = json_enter(from);
	struct json v;

	if (from.type != JSON_ARRAY)
		return;
	json_put_key(out, "from");
	buf_addc(out, '[');
	while (json_next_element(&walk, &v)) {
		json_put_comma(out);
		put_secret(w, "id", v, out);
	}
	buf_addc(out, ']');
}

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

void
treat_trail(struct deid_worker *w, struct json trail, struct buf *out)
{
	struct json id = json_get(trail, "id");

	json_put_key(out, "_mdx");
	buf_addc(out, '{');
	if (id.type == JSON_STRING) {
		json_put_key(out, "id");
		put_secret(w, "id", id, out);
	}
	put_raw(out, "kind", json_get(trail, "kind"));
	put_source(w, json_get(trail, "src"), out);
	put_norm(w, json_get(trail, "norm"), out);
	put_extract(w, json_get(trail, "extract"), out);
	put_ids(w, json_get(trail, "from"), out);
	put_raw(out, "qc", json_get(trail, "qc"));
	put_deid(w, out);
	buf_addc(out, '}');
}
