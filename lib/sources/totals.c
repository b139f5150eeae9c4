/*
 * The totals of a run's members.  What a member adds to them waits for the turn
 * of its source.
 */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"
#include "sources/charset.h"
#include "sources/manifest.h"

enum { FORMATS, ENCODINGS, KINDS, GROUPS };

/* Touched only by the worker whose turn it is. */
struct totals {
	uint64_t sources, members, bytes, pieces;
	uint64_t records; /* of the source at hand */
	struct group {
		struct index *names;
		uint64_t *counts;
		size_t room;
	} groups[GROUPS];
	struct buf renamed;
};

struct totals *
totals_new(void)
{
	struct totals *t = mem_zalloc(sizeof(*t));

	for (int i = 0; i < GROUPS; i++)
		t->groups[i].names = index_new();
	return t;
}

void
totals_free(struct totals *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < GROUPS; i++) {
		index_free(t->groups[i].names);
		mem_free(t->groups[i].counts);
	}
	buf_release(&t->renamed);
	mem_free(t);
}

static void
add(struct totals *t, int group, const char *name, uint64_t n)
{
	struct group *g = &t->groups[group];
	bool fresh;
	size_t i = index_add(g->names, slice_of(name), &fresh);

	if (fresh) {
		g->counts =
		    mem_room(g->counts, i, &g->room, sizeof(*g->counts));
		g->counts[i] = 0;
	}
	g->counts[i] += n;
}

static void
put_group(const struct totals *t, int group, const char *key, struct buf *b)
{
	const struct group *g = &t->groups[group];

	json_put_key(b, key);
	buf_addc(b, '{');
	for (size_t i = 0; i < index_count(g->names); i++) {
		json_put_key_slice(b, index_name(g->names, i));
		json_put_uint(b, g->counts[i]);
	}
	buf_addc(b, '}');
}

uint64_t
totals_source(struct totals *t)
{
	uint64_t n = t->records;

	t->sources++;
	t->records = 0;
	return n;
}

void
totals_report(const struct totals *t, struct buf *b)
{
	buf_addf(b,
	    "{\"sources\":%llu,\"members\":%llu,\"bytes\":%llu,\"pieces\":%llu",
	    (unsigned long long)t->sources, (unsigned long long)t->members,
	    (unsigned long long)t->bytes, (unsigned long long)t->pieces);
	put_group(t, FORMATS, "formats", b);
	put_group(t, ENCODINGS, "encodings", b);
	put_group(t, KINDS, "kinds", b);
	json_put_key(b, "renamed");
	buf_addc(b, '[');
	buf_add_slice(b, buf_slice(&t->renamed));
	buf_adds(b, "]}");
}

void
totals_kind(struct member *m, const char *kind)
{
	struct counted_kind *k = m->kinds;

	while (k < m->kinds + MEMBER_KINDS - 1 && k->kind != NULL &&
	    k->kind != kind)
		k++;
	if (k->kind == NULL)
		k->kind = kind;
	k->n++;
}

/* --- in turn ------------------------------------------------------------- */

/*
 * What a member adds to the run, so that it can wait for the source's turn:
 * behind it stand its kinds and, where records had a `_mdx`, its label.
 */
struct account {
	struct totals *totals;
	uint64_t pieces, bytes, records, renamed;
	const char *format;
	char encoding[64]; /* empty: none */
	struct counted_skip skips[MEMBER_REASONS];
	size_t nkinds;
};

static void
add_renamed(struct totals *t, uint64_t records, struct slice label)
{
	json_put_comma(&t->renamed);
	buf_addf(&t->renamed,
	    "{\"from\":\"_mdx\",\"to\":\"_mdx_\",\"records\":%llu,\"in\":",
	    (unsigned long long)records);
	json_put_string(&t->renamed, label);
	buf_addc(&t->renamed, '}');
}

static bool
apply_account(struct sink *s, struct slice bytes, struct err *e)
{
	const char *p = bytes.p, *end = bytes.p + bytes.n;
	struct account a;
	struct counted_kind k;
	struct totals *t;

	(void)e;
	memcpy(&a, p, sizeof(a));
	p += sizeof(a);
	t = a.totals;
	run_count(s->run, a.pieces);
	for (size_t i = 0; i < MEMBER_REASONS && a.skips[i].reason != NULL; i++)
		run_skip(s->run, a.skips[i].reason, a.skips[i].n);
	t->members++;
	t->bytes += a.bytes;
	t->pieces += a.pieces;
	t->records += a.records;
	add(t, FORMATS, a.format, 1);
	if (a.encoding[0] != '\0')
		add(t, ENCODINGS, a.encoding, 1);
	for (size_t i = 0; i < a.nkinds; i++) {
		memcpy(&k, p, sizeof(k));
		p += sizeof(k);
		add(t, KINDS, k.kind, k.n);
	}
	if (a.renamed > 0)
		add_renamed(t, a.renamed, slice_span(p, end));
	return true;
}

bool
totals_member(struct member *m, struct err *e)
{
	struct account a = { .totals = m->totals,
		.pieces = m->pieces,
		.bytes = m->own_at,
		.records = m->records,
		.renamed = m->renamed,
		.format = m->format };
	struct buf b = { 0 };
	bool ok;

	/* A line that says what it is stands for its records. */
	if (m->options->inspect) {
		a.records = 1;
		a.pieces++;
	}
	if (m->has_encoding)
		snprintf(a.encoding, sizeof(a.encoding), "%s",
		    charset_name(&m->charset));
	memcpy(a.skips, m->skips, sizeof(a.skips));
	while (a.nkinds < MEMBER_KINDS && m->kinds[a.nkinds].kind != NULL)
		a.nkinds++;
	buf_add(&b, (const char *)&a, sizeof(a));
	buf_add(&b, (const char *)m->kinds, a.nkinds * sizeof(m->kinds[0]));
	if (m->renamed > 0)
		member_label(m->place, &b);
	ok = sink_do(m->sink, apply_account, buf_slice(&b), e);
	buf_release(&b);
	return ok;
}

/* An input of the run's report: what totals_input was given. */
struct input_line {
	struct totals *totals;
	uint64_t bytes;
	uint8_t digest[DIGEST_SIZE];
	bool hashed;
};

static bool
apply_input(struct sink *s, struct slice bytes, struct err *e)
{
	struct input_line i;
	struct buf text = { 0 };
	char *uri;

	(void)e;
	memcpy(&i, bytes.p, sizeof(i));
	uri = mem_string(bytes.p + sizeof(i), bytes.n - sizeof(i));
	charset_path_text(uri, &text);
	run_input(s->run, buf_string(&text), i.bytes, totals_source(i.totals),
	    i.hashed ? i.digest : NULL);
	buf_release(&text);
	mem_free(uri);
	return true;
}

bool
totals_input(struct totals *t, struct sink *s, const char *uri, uint64_t bytes,
    const uint8_t *digest, struct err *e)
{
	struct input_line i = {
		.totals = t, .bytes = bytes, .hashed = digest != NULL
	};
	struct buf b = { 0 };
	bool ok;

	if (digest != NULL)
		memcpy(i.digest, digest, sizeof(i.digest));
	buf_add(&b, (const char *)&i, sizeof(i));
	buf_adds(&b, uri);
	ok = sink_do(s, apply_input, buf_slice(&b), e);
	buf_release(&b);
	return ok;
}
