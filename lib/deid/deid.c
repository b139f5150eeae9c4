#include "deid/deid.h"

#include <unistd.h>

#include "base/mem.h"
#include "deid/crosswalk.h"
#include "deid/quasi.h"
#include "deid/treat.h"
#include "json/write.h"

/* --- tables -------------------------------------------------------------- */

/* A name is one of the shipped policies, never a file that happens to be there. */
static struct policy *
load_policy(const struct deid_options *o, struct arena *arena,
    struct table_faults *faults, struct err *e)
{
	const char *path = o->policy;

	if (strchr(path, '/') == NULL && strchr(path, '.') == NULL) {
		path = arena_printf(
		    arena, "%s/policies/deid/%s.csv", o->share, o->policy);
		if (access(path, F_OK) != 0) {
			err_set(e, ERR_USAGE,
			    "no policy '%s' is shipped (research, teaching, "
			    "display; a file is given as ./%s.csv)",
			    o->policy, o->policy);
			return NULL;
		}
	}
	return policy_load(path, o->catalogue, faults, e);
}

/* An audit writes no pseudonym: any key shows what would happen. */
static bool
load_key(struct deid *d, const struct deid_options *o, struct err *e)
{
	if (o->key != NULL)
		return (d->key = key_load(o->key, e)) != NULL;
	if (!o->audit)
		return err_set(e, ERR_USAGE,
		    "--deid needs a key (--key FILE or MDX_DEID_KEY_FILE; "
		    "mdx-normalize keygen FILE makes one)");
	d->no_key = true;
	d->key = key_parse(SLICE("an audit shows no pseudonym of this key"), e);
	return d->key != NULL;
}

struct deid *
deid_load(const struct deid_options *o, struct err *e)
{
	struct deid *d = mem_zalloc(sizeof(*d));
	struct table_faults faults = { 0 };
	bool ok;

	d->arena = arena_new();
	d->catalogue = o->catalogue;
	d->crosswalk = o->crosswalk;
	d->policy = load_policy(o, d->arena, &faults, e);
	ok = d->policy != NULL &&
	    (d->words = words_load(o->share, &faults, e)) != NULL &&
	    (d->members = members_load(o->share, &faults, e)) != NULL &&
	    load_key(d, o, e);
	if (ok && o->known != NULL)
		ok = (d->people = people_load(
			  o->known, d->policy, d->members, e)) != NULL;
	if (!ok && faults.n > 1) {
		table_faults_say(&faults, o->say);
		err_set(e, ERR_USAGE, "%zu faults in the policy", faults.n);
	}
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
	members_free(d->members);
	key_free(d->key);
	people_free(d->people);
	arena_free(d->arena);
	mem_free(d);
}

const struct deid_words *
deid_wordlist(const struct deid *d)
{
	return d->words;
}

void
deid_seal(const void *deid, struct slice line, struct buf *b)
{
	const struct deid *d = deid;
	char id[DIGEST_ID + 1];

	if (d->no_key)
		return;
	key_digest(d->key, SLICE("raw"), line, id);
	json_put_key(b, "raw_sha256");
	json_put_cstring(b, id);
}

/* --- workers ------------------------------------------------------------- */

struct deid_worker *
deid_worker_new(const struct deid *d)
{
	struct deid_worker *w = mem_zalloc(sizeof(*w));

	w->deid = d;
	w->arena = arena_new();
	if (d->policy->nquasi > 0)
		w->counts.quasi = quasi_new();
	if (d->crosswalk)
		w->counts.crosswalk = crosswalk_new();
	return w;
}

void
deid_worker_free(struct deid_worker *w)
{
	if (w == NULL)
		return;
	arena_free(w->arena);
	buf_release(&w->fields);
	deid_counts_release(&w->counts);
	mem_free(w->known.list);
	mem_free(w->moves);
	mem_free(w);
}

/* --- one record ---------------------------------------------------------- */

int
treat_done_before(const struct deid_worker *w, struct json trail)
{
	const struct deid *d = w->deid;
	struct json before = json_get(trail, "deid");
	struct slice policy, key;

	if (before.type == JSON_NONE)
		return 0;
	policy = json_text(json_get(before, "policy"), w->arena);
	key = json_text(json_get(before, "key"), w->arena);
	return slice_eq(policy, d->policy->name) &&
		(d->no_key || slice_is(key, key_name(d->key)))
	    ? 1
	    : -1;
}

static bool
is_pseudonym(struct json v, struct arena *arena)
{
	struct slice s = json_text(v, arena);

	if (v.type == JSON_NULL || s.n == 0)
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
			(s.p[i] >= 'a' && s.p[i] <= 'z')))
			return false;
	return v.type == JSON_STRING && s.n == DIGEST_ID;
}

/*
 * A record that says it has been through this policy is not believed: what
 * the policy would have taken away, or made a pseudonym, is not in it.
 */
static bool
check_done(struct deid_worker *w, struct json record, struct err *e)
{
	struct json_walk walk = json_enter(record);
	struct slice key, shown;
	struct json v;

	while (json_next_member(&walk, &key, &v)) {
		struct slice name = json_unescape(key, w->arena);
		const struct deid_rule *r = policy_rule(w->deid->policy, name);

		if (slice_is(name, "_mdx") ||
		    (r != NULL && r->class != DEID_DROP &&
			(r->class != DEID_HMAC || is_pseudonym(v, w->arena))))
			continue;
		shown = treat_shown(w, name);
		return err_data(e, "deid_twice",
		    "it says that this policy has de-identified it, which "
		    "would not have left the member '%.*s' so",
		    (int)shown.n, shown.p);
	}
	return true;
}

static bool
check_leaks(struct deid_worker *w, struct json record, struct err *e)
{
	struct json_walk walk = json_enter(record);
	struct slice key, shown;
	enum label leak;
	struct json v;

	while (json_next_member(&walk, &key, &v)) {
		struct slice name = json_unescape(key, w->arena);

		if (!find_leak(
			name, w->known.list, w->known.n, w->arena, &leak) &&
		    !treat_leaks(w, v, &leak))
			continue;
		shown = treat_shown(w, name);
		return err_data(e, "deid_leak",
		    "member '%.*s' still holds what looks like %s",
		    (int)shown.n, shown.p, label_name(leak));
	}
	return true;
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
		    !treat_member(w, key, v, out, e))
			return false;
	treat_trail(w, trail, out);
	buf_addc(out, '}');
	return true;
}

/* Of what leaves: the combination that @quasi names, and whose it is. */
static void
count_quasi(struct deid_worker *w, struct json record)
{
	const struct policy *p = w->deid->policy;
	struct buf combination = { 0 };
	bool any = false;

	if (w->counts.quasi == NULL || w->patient.n == 0)
		return;
	for (size_t i = 0; i < p->nquasi; i++) {
		struct json v = json_get(record,
		    arena_string(w->arena, p->quasi[i].p, p->quasi[i].n));

		any = any || v.type != JSON_NONE;
		buf_add_slice(&combination, v.text);
		buf_addc(&combination, '\0');
	}
	if (any)
		quasi_add(w->counts.quasi, buf_slice(&combination), w->patient);
	buf_release(&combination);
}

static void
count(struct deid_worker *w, struct json record)
{
	for (size_t i = 0; i < LABELS; i++)
		w->counts.found[i] += w->found[i];
	for (size_t i = 0; i < DEID_CLASSES; i++)
		w->counts.classes[i] += w->classes[i];
	count_quasi(w, record);
}

bool
deid_record(
    struct deid_worker *w, struct slice line, struct buf *out, struct err *e)
{
	struct json record = json_of(line), trail = json_get(record, "_mdx");
	int before;

	treat_begin(w, record);
	before = treat_done_before(w, trail);
	if (before < 0)
		return err_data(e, "deid_twice",
		    "de-identified before with another policy or key");
	if (before > 0) {
		w->known.n = 0;
		buf_add_slice(out, line);
		return check_done(w, record, e) && check_leaks(w, record, e);
	}
	if (!put_record(w, record, trail, out, e))
		return false;
	record = json_of(buf_slice(out));
	if (!check_leaks(w, record, e))
		return false;
	count(w, record);
	return true;
}
