#include "registry/workflow.h"

#include <string.h>

#include "base/mem.h"
#include "io/table.h"
#include "json/write.h"
#include "registry/ledger.h"

enum { W_OBJECT, W_FROM, W_VERB, W_ROLE, W_TO, W_LEVEL };

static const struct column columns[] = { [W_OBJECT] = { "object", "对象",
					     COLUMN_REQUIRED | COLUMN_FILLED },
	[W_FROM] = { "from", "起始状态", COLUMN_REQUIRED },
	[W_VERB] = { "verb", "动作", COLUMN_REQUIRED | COLUMN_FILLED },
	[W_ROLE] = { "role", "角色", COLUMN_REQUIRED },
	[W_TO] = { "to", "目标状态", COLUMN_REQUIRED },
	[W_LEVEL] = { "from_level", "起始级别", COLUMN_REQUIRED },
	{ 0 } };

struct workflow {
	struct table *table;
};

struct workflow *
workflow_load(const char *path, struct err *e)
{
	struct table *t = table_load(path, columns, TABLE_EXTRA, NULL, e);
	struct workflow *w;

	if (t == NULL)
		return NULL;
	w = mem_alloc(sizeof(*w));
	w->table = t;
	return w;
}

void
workflow_free(struct workflow *w)
{
	if (w == NULL)
		return;
	table_free(w->table);
	mem_free(w);
}

/* --- what a card must hold before it is submitted -------------------------- */

static void
want(struct registry *r, const struct asset *a, const char *key,
    const char *sub, struct buf *missing)
{
	struct slice json = card_get(r, a->code, key, sub, NULL);

	if (json.n > 0 && !slice_is(json, "\"\"") && !slice_is(json, "[]") &&
	    !slice_is(json, "null"))
		return;
	buf_adds(missing, missing->n > 0 ? ", " : "");
	buf_adds(missing, key);
	if (sub[0] != '\0')
		buf_addf(missing, ".%s", sub);
}

static bool
check_complete(struct registry *r, const struct asset *a, struct err *e)
{
	struct slice level = card_get(r, a->code, "level", "", NULL);
	struct buf missing = { 0 };
	bool ok;

	if (a->version == 0)
		buf_adds(&missing, "a version");
	want(r, a, "title", "", &missing);
	want(r, a, "summary", "", &missing);
	want(r, a, "dept", "", &missing);
	want(r, a, "level", "", &missing);
	want(r, a, "source", "how", &missing);
	want(r, a, "update", "", &missing);
	if (slice_is(a->kind, "dataset") && level.n == 1 && level.p[0] >= '3')
		want(r, a, "identifiers", "", &missing);
	ok = missing.n == 0;
	if (!ok)
		err_data(e, "incomplete", "%.*s: the card lacks %s",
		    (int)a->code.n, a->code.p, buf_string(&missing));
	buf_release(&missing);
	return ok;
}

/* --- the step -------------------------------------------------------------- */

static bool
find_row(const struct workflow *w, const struct asset *a, const char *verb,
    size_t *row)
{
	for (size_t i = 0; i < table_rows(w->table); i++)
		if (slice_is(table_cell(w->table, i, W_OBJECT), "asset") &&
		    slice_is(table_cell(w->table, i, W_VERB), verb) &&
		    slice_eq(table_cell(w->table, i, W_FROM), a->state)) {
			*row = i;
			return true;
		}
	return false;
}

static bool
check_role(struct registry *r, const struct asset *a, const char *verb,
    struct slice roles, struct err *e)
{
	struct slice rest = roles, role;

	while (slice_next(&rest, '|', &role)) {
		char name[64] = "";

		role = slice_trim(role);
		memcpy(name, role.p, role.n < 63 ? role.n : 63);
		if (!party_has_role(&r->actor, name))
			continue;
		/* A steward answers for his own assets only. */
		if (slice_is(role, "steward") &&
		    !slice_eq(a->steward, r->actor.name))
			continue;
		return true;
	}
	return err_data(e, "denied",
	    "%.*s: %s needs the role %.*s, '%.*s' has "
	    "%.*s",
	    (int)a->code.n, a->code.p, verb, (int)roles.n, roles.p,
	    (int)r->actor.name.n, r->actor.name.p, (int)r->actor.roles.n,
	    r->actor.roles.p);
}

static bool
set_state(struct registry *r, const struct asset *a, struct slice to,
    bool submits, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "UPDATE asset SET state ="
	    " ?2, submitter = coalesce(?3, submitter) WHERE code = ?1",
	    e);
	bool ok;

	if (s == NULL)
		return false;
	statement_bind(s, 1, a->code);
	statement_bind(s, 2, to);
	if (submits)
		statement_bind(s, 3, r->actor.name);
	else
		statement_bind_null(s, 3);
	ok = statement_run(s, e);
	statement_free(s);
	return ok;
}

static bool
commit_step(struct registry *r, const struct asset *a, const char *verb,
    struct slice to, const char *reason, struct event *event, struct err *e)
{
	struct buf body = { 0 };
	bool ok;

	*event = (struct event){
		.type = verb, .asset = a->code, .from = a->state, .to = to
	};
	if (reason != NULL) {
		buf_adds(&body, "{\"reason\":");
		json_put_cstring(&body, reason);
		buf_addc(&body, '}');
		event->body = buf_slice(&body);
	}
	ok = store_begin(r->db, e) &&
	    set_state(r, a, to, strcmp(verb, "submit") == 0, e) &&
	    ledger_append(r, event, e) && store_commit(r->db, e);
	if (!ok)
		store_rollback(r->db);
	buf_release(&body);
	return ok && ledger_publish(r, e);
}

bool
workflow_step(const struct workflow *w, struct registry *r,
    const struct asset *a, const char *verb, const char *reason,
    struct buf *receipt, struct err *e)
{
	struct event event;
	struct slice to;
	size_t row;

	if (!find_row(w, a, verb, &row))
		return err_data(e, "wrong_state",
		    "%.*s: %s is no step from "
		    "the state '%.*s'",
		    (int)a->code.n, a->code.p, verb, (int)a->state.n,
		    a->state.p);
	if (!check_role(r, a, verb, table_cell(w->table, row, W_ROLE), e))
		return false;
	if (strcmp(verb, "approve") == 0 &&
	    slice_eq(a->submitter, r->actor.name))
		return err_data(e, "four_eyes",
		    "%.*s: '%.*s' submitted it and "
		    "cannot approve it",
		    (int)a->code.n, a->code.p, (int)a->submitter.n,
		    a->submitter.p);
	if (strcmp(verb, "submit") == 0 && !check_complete(r, a, e))
		return false;
	to = arena_slice(r->arena, table_cell(w->table, row, W_TO));
	if (!commit_step(r, a, verb, to, reason, &event, e))
		return false;
	buf_addf(
	    receipt, "{\"entry\":%llu,\"type\":", (unsigned long long)event.n);
	json_put_cstring(receipt, verb);
	json_put_key(receipt, "asset");
	json_put_string(receipt, a->code);
	json_put_key(receipt, "from");
	json_put_string(receipt, a->state);
	json_put_key(receipt, "to");
	json_put_string(receipt, to);
	buf_adds(receipt, ",\"waiting\":[]}");
	return true;
}
