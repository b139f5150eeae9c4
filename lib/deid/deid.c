#include "deid/deid.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "deid/treat.h"
#include "json/write.h"

static const char *
policy_path(const struct deid_options *o, struct arena *arena)
{
	if (strchr(o->policy, '/') != NULL || strchr(o->policy, '.') != NULL)
		return o->policy;
	return arena_printf(
	    arena, "%s/policies/deid/%s.csv", o->share, o->policy);
}

static void
say_faults(const struct table_faults *f, void (*say)(const char *))
{
	for (size_t i = 0; say != NULL && i + 1 < f->n; i++) {
		struct buf b = { 0 };

		buf_addf(&b, "%s:%llu: %s", f->list[i].path,
		    (unsigned long long)f->list[i].line, f->list[i].text);
		say(buf_string(&b));
		buf_release(&b);
	}
}

struct deid *
deid_load(const struct deid_options *o, struct err *e)
{
	struct deid *d = mem_zalloc(sizeof(*d));
	struct table_faults faults = { 0 };
	bool ok;

	d->arena = arena_new();
	d->catalogue = o->catalogue;
	d->policy =
	    policy_load(policy_path(o, d->arena), o->catalogue, &faults, e);
	if (d->policy != NULL)
		d->words = words_load(o->share, &faults, e);
	ok = d->words != NULL;
	if (ok && o->key == NULL && !o->audit)
		ok = err_set(e, ERR_USAGE,
		    "--deid needs a key (--key FILE or MDX_DEID_KEY_FILE; "
		    "mdx-normalize keygen FILE makes one)");
	if (ok && o->key != NULL)
		ok = (d->key = key_load(o->key, e)) != NULL;
	if (ok && o->known != NULL)
		ok = (d->people = people_load(o->known, d->policy, e)) != NULL;
	if (!ok)
		say_faults(&faults, o->say);
	table_faults_release(&faults);
	if (ok)
		return d;
	deid_free(d);
	return NULL;
}

void
deid_free(struct deid *d)
{
	if (d == NULL)
		return;
	policy_free(d->policy);
	words_free(d->words);
	key_free(d->key);
	people_free(d->people);
	arena_free(d->arena);
	mem_free(d);
}

struct deid_worker *
deid_worker_new(const struct deid *d)
{
	struct deid_worker *w = mem_zalloc(sizeof(*w));

	w->deid = d;
	w->arena = arena_new();
	return w;
}

void
deid_worker_free(struct deid_worker *w)
{
	if (w == NULL)
		return;
	arena_free(w->arena);
	buf_release(&w->fields);
	mem_free(w->moves);
	mem_free(w);
}

void
deid_worker_count(const struct deid_worker *w, struct deid_counts *sum)
{
	for (size_t i = 0; i < DEID_CLASSES; i++)
		sum->classes[i] += w->counts.classes[i];
	for (size_t i = 0; i < LABELS; i++)
		sum->found[i] += w->counts.found[i];
}

/* --- one record ---------------------------------------------------------- */

/* The patient's own values, of this record and of --known, and the offset. */
static void
know_patient(struct deid_worker *w, struct json record)
{
	const struct policy *p = w->deid->policy;
	struct json_walk walk = json_enter(record);
	struct slice key;
	struct json v;

	w->nknown = 0;
	w->patient = SLICE("");
	while (json_next_member(&walk, &key, &v)) {
		struct slice name = json_unescape(key, w->arena);

		if (v.type != JSON_STRING && v.type != JSON_NUMBER)
			continue;
		if (p->patient.n > 0 && slice_eq(name, p->patient))
			w->patient = slice_trim(json_text(v, w->arena));
		known_add(w, name, json_text(v, w->arena));
	}
	if (w->patient.n > 0)
		people_add(w->deid->people, w->patient, w);
	w->offset = w->patient.n == 0 || p->shift == 0 || w->deid->key == NULL
	    ? 0
	    : key_offset(
		  w->deid->key, w->patient, p->shift, p->shift_step, w->arena);
}

static bool
put_member(struct deid_worker *w, struct slice key, struct json v,
    struct buf *out, struct err *e)
{
	struct slice name = json_unescape(key, w->arena);
	const struct deid_rule *rule = policy_rule(w->deid->policy, name);
	size_t begin = out->n;

	if (rule == NULL)
		return err_data(e, "deid_undeclared",
		    "the policy does not name the member '%.*s'",
		    (int)(name.n > 100 ? 100 : name.n), name.p);
	w->counts.classes[rule->class]++;
	if (rule->class != DEID_KEEP) {
		json_put_key_slice(&w->fields, name);
		json_put_cstring(&w->fields, deid_class_name(rule->class));
	}
	if (rule->class == DEID_DROP)
		return true;
	json_put_comma(out);
	buf_addc(out, '"');
	buf_add_slice(out, key);
	buf_adds(out, "\":");
	w->member = name;
	if (slice_is(name, "indicators") && rule->class != DEID_KEEP
		? treat_indicators(w, rule, v, out, e)
		: treat(w, rule, v, out, e))
		return true;
	out->n = begin;
	return err_wrap(
	    e, "member '%.*s'", (int)(name.n > 100 ? 100 : name.n), name.p);
}

/* An earlier pass with the same policy and key: 1, none: 0, another: -1. */
static int
done_before(const struct deid_worker *w, struct json trail)
{
	struct json d = json_get(trail, "deid");
	struct slice policy, key;

	if (d.type == JSON_NONE)
		return 0;
	policy = json_text(json_get(d, "policy"), w->arena);
	key = json_text(json_get(d, "key"), w->arena);
	return slice_eq(policy, w->deid->policy->name) &&
		slice_is(key, key_name(w->deid->key))
	    ? 1
	    : -1;
}

static bool
put_record(struct deid_worker *w, struct json record, struct json trail,
    struct buf *out, struct err *e)
{
	struct json_walk walk = json_enter(record);
	struct slice key;
	struct json v;

	buf_addc(out, '{');
	while (json_next_member(&walk, &key, &v))
		if (!json_key_is(key, SLICE("_mdx")) &&
		    !put_member(w, key, v, out, e))
			return false;
	treat_trail(w, trail, out);
	buf_addc(out, '}');
	return true;
}

bool
deid_record(
    struct deid_worker *w, struct slice line, struct buf *out, struct err *e)
{
	struct json record = json_of(line), trail = json_get(record, "_mdx");
	enum label leak;
	int before;

	arena_reset(w->arena);
	buf_reset(&w->fields);
	w->nmoves = 0;
	w->touched = NULL;
	memset(w->found, 0, sizeof(w->found));
	before = done_before(w, trail);
	if (before < 0)
		return err_data(e, "deid_twice",
		    "de-identified before with another policy or key");
	if (before > 0) {
		buf_add_slice(out, line);
		return true;
	}
	know_patient(w, record);
	if (!put_record(w, record, trail, out, e))
		return false;
	if (treat_leaks(w, json_of(buf_slice(out)), &leak)) {
		buf_reset(out);
		return err_data(e, "deid_leak",
		    "the result still holds what looks like %s in a member "
		    "that the policy keeps",
		    label_name(leak));
	}
	for (size_t i = 0; i < LABELS; i++)
		w->counts.found[i] += w->found[i];
	return true;
}

/* --- audit --------------------------------------------------------------- */

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
	    w->deid->words, text, w->known, w->nknown, w->arena, &found);
	for (size_t i = 0; i < n; i++) {
		if (!w->deid->policy->labels[found[i].label])
			continue;
		w->counts.found[found[i].label]++;
		json_put_comma(out);
		buf_adds(out, "{\"field\":");
		json_put_string(out, name);
		buf_addf(out,
		    ",\"start\":%zu,\"end\":%zu,\"label\":\"%s\","
		    "\"rule\":\"%s\"}",
		    utf8_count(text.p, found[i].from),
		    utf8_count(text.p, found[i].to), label_name(found[i].label),
		    found[i].rule);
	}
}

bool
deid_audit(
    struct deid_worker *w, struct slice line, struct buf *out, struct err *e)
{
	struct json record = json_of(line), v;
	struct json_walk walk = json_enter(record);
	struct buf undeclared = { 0 };
	struct json id = json_get(json_get(record, "_mdx"), "id");
	struct slice key;

	(void)e;
	arena_reset(w->arena);
	know_patient(w, record);
	buf_adds(out, "{\"found\":[");
	while (json_next_member(&walk, &key, &v)) {
		struct slice name = json_unescape(key, w->arena);
		const struct deid_rule *rule;

		if (slice_is(name, "_mdx"))
			continue;
		rule = policy_rule(w->deid->policy, name);
		if (rule == NULL) {
			json_put_comma(&undeclared);
			json_put_string(&undeclared, name);
		} else {
			w->counts.classes[rule->class]++;
		}
		if (rule == NULL || rule->class == DEID_SCAN ||
		    rule->class == DEID_KEEP)
			audit_text(w, name, v, out);
	}
	buf_adds(out, "],\"undeclared\":[");
	buf_add_slice(out, buf_slice(&undeclared));
	buf_addc(out, ']');
	if (id.type == JSON_STRING) {
		buf_adds(out, ",\"_mdx\":{\"id\":");
		buf_add_slice(out, id.text);
		buf_addc(out, '}');
	}
	buf_addc(out, '}');
	buf_release(&undeclared);
	return true;
}

void
deid_report(const struct deid *d, const struct deid_counts *c, struct buf *b)
{
	buf_adds(b, "{\"policy\":");
	json_put_string(b, d->policy->name);
	if (d->key != NULL) {
		json_put_key(b, "key");
		json_put_cstring(b, key_name(d->key));
	}
	buf_adds(b,
	    ",\"note\":\"pseudonymised, still personal information "
	    "(GB/T 35273)\",\"members\":{");
	for (size_t i = 0; i < DEID_CLASSES; i++) {
		json_put_key(b, deid_class_name((enum deid_class)i));
		json_put_uint(b, c->classes[i]);
	}
	buf_adds(b, "},\"found\":{");
	for (size_t i = 0; i < LABELS; i++) {
		if (c->found[i] == 0)
			continue;
		json_put_key(b, label_name((enum label)i));
		json_put_uint(b, c->found[i]);
	}
	buf_adds(b, "}}");
}

const struct deid_words *
deid_wordlist(const struct deid *d)
{
	return d->words;
}
