#include "base/mem.h"
#include "json/write.h"
#include "rules/schema_import_parts.h"

#define MOST ((size_t)64 << 20) /* what a rule file may hold */

bool
import_spend(struct importer *m, size_t bytes)
{
	const struct stop *stop = m->count->stop;

	m->spent += bytes;
	m->over =
	    m->over || m->spent > MOST || (stop != NULL && stop->signal != 0);
	return !m->over;
}

void
import_leave(struct importer *m, const struct node *n, const struct key *k,
    const char *why)
{
	struct err e = { 0 };

	if (!import_spend(m, n->pointer.n + 200))
		return;
	m->count->left++;
	table_fault(m->count->said, m->schema->path,
	    k == NULL ? n->value->line : k->value->line, &e,
	    "%.*s%s%s: %s: keep it with --schema", (int)n->pointer.n,
	    n->pointer.p, k == NULL && n->pointer.n > 0 ? "" : "/",
	    k == NULL ? "" : k->word->name, why);
}

static size_t
add_id(struct importer *m, struct slice id, bool *fresh)
{
	size_t at = index_add(m->ids, id, fresh);

	if (*fresh) {
		m->again =
		    mem_room(m->again, at, &m->again_room, sizeof(*m->again));
		m->again[at] = 1;
	}
	return at;
}

/* "diagnosis.code-enum": what an id may hold, other signs by their numbers. */
static struct slice
id_of(struct importer *m, struct slice field, const char *check)
{
	struct buf b = { 0 };
	struct slice id;
	size_t at;
	bool fresh;

	for (size_t i = 0; i < field.n; i++) {
		unsigned char c = (unsigned char)field.p[i];
		bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '_' || c == '.';

		if (word && (b.n > 0 || (c != '_' && c != '.')))
			buf_addc(&b, (char)c);
		else if (!word && memchr("[]\"", c, 3) == NULL)
			buf_addf(&b, "x%02X", c);
	}
	buf_addf(&b, "%s%s", b.n > 0 ? "-" : "", check);
	id = arena_slice(m->arena, buf_slice(&b));
	at = add_id(m, id, &fresh);
	while (!fresh) {
		b.n = id.n;
		buf_addf(&b, "-%u", ++m->again[at]);
		add_id(m, buf_slice(&b), &fresh);
	}
	id = arena_slice(m->arena, buf_slice(&b));
	buf_release(&b);
	return id;
}

struct slice
import_both(struct importer *m, struct slice a, struct slice b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return slice_of(arena_printf(
	    m->arena, "%.*s & %.*s", (int)a.n, a.p, (int)b.n, b.p));
}

/* What a row says to people: "age: must be at least 0; must be at most 130". */
static void
put_message(struct importer *m, const struct node *n, const struct row *row,
    bool chinese)
{
	const struct value *title = value_get(n->value, "title");
	struct schema_rule r = { .field = row->field };
	bool required = strcmp(row->check, "required") == 0;
	struct buf b = { 0 };

	if (title != NULL && title->type == JSON_STRING)
		r.title = title->text;
	for (size_t i = 0; i < 2 && row->says[i].keyword != NULL; i++) {
		if (i > 0)
			buf_adds(&b, chinese ? "；" : "; ");
		if (i > 0 || required) /* it is named already */
			r.title = r.field = SLICE("");
		r.keyword = slice_of(row->says[i].keyword);
		r.words = row->says[i].words;
		schema_message(&r, chinese, &b);
	}
	json_put_filled(
	    m->to, chinese ? "message" : "message_en", buf_slice(&b));
	buf_release(&b);
}

void
import_row(struct importer *m, const struct way *w, const struct row *r)
{
	struct slice pointer = w->node->pointer;
	size_t before = m->to->n;

	if (m->over)
		return;
	m->count->rules++;
	buf_addc(m->to, '{');
	json_put_filled(m->to, "id", id_of(m, r->field, r->check));
	json_put_filled(m->to, "field", r->field);
	json_put_filled(m->to, "check", slice_of(r->check));
	json_put_filled(m->to, "arg", r->arg);
	json_put_filled(m->to, "when", import_both(m, w->when, r->when));
	put_message(m, w->node, r, true);
	put_message(m, w->node, r, false);
	json_put_filled(m->to, "owner", schema_name(m->schema));
	json_put_filled(m->to, "rationale",
	    slice_of(arena_printf(m->arena, "%s#%.*s%s%s", m->schema->path,
		(int)pointer.n, pointer.p, r->key == NULL ? "" : "/",
		r->key == NULL ? "" : r->key->word->name)));
	buf_adds(m->to, "}\n");
	import_spend(m, m->to->n - before);
}

/* A row about the value itself. */
void
import_say(struct importer *m, const struct way *w, const struct key *k,
    const struct row *r)
{
	if (w->field.n == 0)
		import_leave(
		    m, w->node, k, "no rule is about the record as a value");
	else
		import_row(m, w, r);
}
