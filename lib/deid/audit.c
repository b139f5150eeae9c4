#include "base/utf8.h"
#include "deid/treat.h"
#include "json/write.h"

static void
audit_text(
    struct deid_worker *w, struct slice name, struct json v, struct buf *out)
{
	struct json_walk walk = json_enter(v);
	struct json inner;
	struct slice key, text;
	struct found *found;
	size_t n;

	if (v.type == JSON_ARRAY)
		while (json_next_element(&walk, &inner))
			audit_text(w, name, inner, out);
	if (v.type == JSON_OBJECT)
		while (json_next_member(&walk, &key, &inner))
			audit_text(w, name, inner, out);
	if (v.type != JSON_STRING)
		return;
	text = json_text(v, w->arena);
	n = find_all(
	    w->deid->words, text, w->known.list, w->known.n, w->arena, &found);
	for (size_t i = 0; i < n; i++) {
		if (!w->deid->policy->labels[found[i].label])
			continue;
		w->counts.found[found[i].label]++;
		json_put_comma(out);
		buf_adds(out, "{\"field\":");
		json_put_string(out, treat_shown(w, name));
		buf_addf(out,
		    ",\"start\":%zu,\"end\":%zu,\"label\":\"%s\","
		    "\"rule\":\"%s\"}",
		    utf8_count(text.p, found[i].from),
		    utf8_count(text.p, found[i].to), label_name(found[i].label),
		    found[i].rule);
	}
}

struct audit {
	struct buf found, undeclared, refused, scratch;
};

static void
refuse(
    struct deid_worker *w, struct audit *a, struct slice name, const char *code)
{
	json_put_comma(&a->refused);
	buf_adds(&a->refused, "{\"field\":");
	json_put_string(&a->refused, treat_shown(w, name));
	buf_addf(&a->refused, ",\"code\":\"%s\"}", code);
}

/* What becomes of one member; the pseudonyms made for it are thrown away. */
static void
audit_member(
    struct deid_worker *w, struct slice key, struct json v, struct audit *a)
{
	struct slice name = json_unescape(key, w->arena);
	const struct deid_rule *rule = policy_rule(w->deid->policy, name);
	struct err e = { 0 };
	enum label leak;

	if (rule == NULL || rule->class == DEID_SCAN ||
	    rule->class == DEID_KEEP)
		audit_text(w, name, v, &a->found);
	if (rule == NULL) {
		json_put_comma(&a->undeclared);
		json_put_string(&a->undeclared, treat_shown(w, name));
		return;
	}
	buf_reset(&a->scratch);
	buf_addc(&a->scratch, '{');
	if (!treat_member(w, key, v, &a->scratch, &e)) {
		refuse(w, a, name, e.code);
		return;
	}
	buf_addc(&a->scratch, '}');
	if (treat_leaks(w, json_of(buf_slice(&a->scratch)), &leak))
		refuse(w, a, name, "deid_leak");
}

void
deid_audit(struct deid_worker *w, struct slice line, struct buf *out)
{
	struct json record = json_of(line), v;
	struct json trail = json_get(record, "_mdx"),
		    id = json_get(trail, "id");
	struct json_walk walk = json_enter(record);
	struct audit a = { 0 };
	struct slice key;

	treat_begin(w, record);
	if (treat_done_before(w, trail) < 0)
		refuse(w, &a, SLICE("_mdx"), "deid_twice");
	while (json_next_member(&walk, &key, &v))
		if (!json_key_is(key, SLICE("_mdx")))
			audit_member(w, key, v, &a);
	for (size_t i = 0; i < DEID_CLASSES; i++)
		w->counts.classes[i] += w->classes[i];
	buf_addf(out, "{\"found\":[%s],\"undeclared\":[%s]",
	    buf_string(&a.found), buf_string(&a.undeclared));
	if (a.refused.n > 0)
		buf_addf(out, ",\"refused\":[%s]", buf_string(&a.refused));
	if (id.type == JSON_STRING) {
		buf_adds(out, ",\"_mdx\":{\"id\":");
		buf_add_slice(out, id.text);
		buf_addc(out, '}');
	}
	buf_addc(out, '}');
	buf_release(&a.found);
	buf_release(&a.undeclared);
	buf_release(&a.refused);
	buf_release(&a.scratch);
}
