/*
 * A member's row, and what becomes of the pieces that it knows.
 */
#include <stdio.h>
#include <string.h>

#include "sources/keep.h"
#include "sources/member.h"

/* --- a member's row ------------------------------------------------------ */

static void
put_key(const struct member *m, struct buf *key)
{
	buf_add_slice(key, buf_slice(&m->keeping.keep->place));
	for (size_t i = 0; i < m->place->nparts; i++) {
		buf_addc(key, '\0');
		buf_adds(key, m->place->parts[i]);
	}
}

static bool
take_hex(const char *hex, uint8_t to[DIGEST_SIZE])
{
	for (size_t i = 0; i < DIGEST_SIZE; i++)
		if (sscanf(hex + 2 * i, "%2hhx", &to[i]) != 1)
			return false;
	return true;
}

static void
put_kept(const struct kept *k, struct buf *b)
{
	char hex[65];

	digest_hex(k->good.chain, hex);
	buf_addf(b, "%llu %llu %s", (unsigned long long)k->good.nth,
	    (unsigned long long)k->good.at, hex);
	if (!k->tail)
		return;
	digest_hex(k->chain, hex);
	buf_addf(b, " %llu %llu %s", (unsigned long long)k->from,
	    (unsigned long long)k->to, hex);
}

static bool
parse_kept(const char *text, struct kept *k)
{
	unsigned long long nth, at, from, to;
	char good[65], tail[65];
	int n = sscanf(text, "%llu %llu %64[0-9a-f] %llu %llu %64[0-9a-f]",
	    &nth, &at, good, &from, &to, tail);

	memset(k, 0, sizeof(*k));
	if ((n != 3 && n != 6) || !take_hex(good, k->good.chain))
		return false;
	k->good.nth = nth;
	k->good.at = at;
	k->tail = n == 6;
	if (!k->tail)
		return true;
	k->from = from;
	k->to = to;
	return take_hex(tail, k->chain);
}

static void
look_up(struct member *m)
{
	struct keeping *g = &m->keeping;
	struct buf key = { 0 }, value = { 0 };
	bool found;

	put_key(m, &key);
	if (!state_get(g->keep->state, "member", buf_slice(&key), &value,
		&found, &g->keep->broken))
		found = false;
	if (found && parse_kept(buf_string(&value), &g->was)) {
		g->muting = g->was.good.nth > 0 ? KEEP_MUTED
		    : g->was.tail               ? KEEP_TAIL
						: KEEP_ALOUD;
	}
	buf_release(&key);
	buf_release(&value);
}

void
keep_member(struct member *m)
{
	struct keeping *g = &m->keeping;
	struct keep *k = m->sink->keep;

	if (k == NULL || !k->on)
		return;
	g->keep = k;
	g->ordinal = k->begun++;
	while (k->ended.n <= g->ordinal)
		buf_addc(&k->ended, 0);
	k->member = m;
	if (k->again || k->ended.p[g->ordinal] != 0) {
		g->muting = KEEP_SILENT;
	} else if (k->anew == g->ordinal + 1) {
		member_note(m, "rewritten");
	} else {
		look_up(m);
	}
}

/* --- pieces -------------------------------------------------------------- */

static struct position
position_of(struct member *m)
{
	struct position p = { .nth = m->keeping.nth, .at = m->keeping.at };

	if (m->keeping.chained) {
		digest_add(m->sink->hasher, m->keeping.proof, DIGEST_SIZE);
		digest_add(m->sink->hasher, m->chain, DIGEST_SIZE);
		digest_take(m->sink->hasher, p.chain);
	} else {
		memcpy(p.chain, m->chain, DIGEST_SIZE);
	}
	return p;
}

void
keep_chain(struct member *m)
{
	if (m->keeping.keep == NULL)
		return;
	memcpy(m->keeping.proof, position_of(m).chain, DIGEST_SIZE);
	m->keeping.chained = true;
}

/* Parts of one message share its bytes. */
static bool
begins_group(const struct member *m, const struct piece *p)
{
	return m->keeping.nth == 0 || p->placeless ||
	    p->from != m->keeping.group;
}

void
keep_before(struct member *m, const struct piece *p)
{
	struct keeping *g = &m->keeping;

	if (!begins_group(m, p))
		return;
	if (g->muting == KEEP_SAME_TAIL)
		g->muting = KEEP_ALOUD;
	if (g->frozen)
		return;
	g->now.good = position_of(m);
	g->now.from = p->from;
	g->now.to = p->to;
}

void
keep_freeze(struct member *m)
{
	struct keeping *g = &m->keeping;

	if (g->keep != NULL && !g->frozen)
		g->now.good = position_of(m);
	g->frozen = true;
}

/* The member is another than it was: what it held before is forgotten. */
static void
give_up(struct member *m)
{
	struct keep *k = m->keeping.keep;
	struct buf key = { 0 };

	put_key(m, &key);
	if (!state_drop(k->state, "member", buf_slice(&key), &k->broken))
		k->on = false;
	buf_release(&key);
	k->again = true;
	k->anew = m->keeping.ordinal + 1;
	m->keeping.muting = KEEP_SILENT;
	m->enough = true;
}

/* Whether the first bytes of the piece are the tail as it was. */
static bool
has_grown(struct member *m, const struct piece *p)
{
	const struct kept *was = &m->keeping.was;
	struct piece old = *p;
	uint8_t chain[DIGEST_SIZE];

	if (p->from != was->from || was->to < was->from ||
	    was->to - was->from > p->bytes.n)
		return false;
	old.to = was->to;
	old.bytes.n = (size_t)(was->to - was->from);
	memcpy(chain, m->keeping.now.good.chain, DIGEST_SIZE);
	member_chain_step(m, &old, chain);
	return memcmp(chain, was->chain, DIGEST_SIZE) == 0;
}

static void
compare_tail(struct member *m, const struct piece *p)
{
	struct keeping *g = &m->keeping;

	if (p->from == g->was.from && p->to == g->was.to &&
	    memcmp(position_of(m).chain, g->was.chain, DIGEST_SIZE) == 0) {
		g->muting = KEEP_SAME_TAIL;
		return;
	}
	g->muting = KEEP_ALOUD;
	if (!has_grown(m, p))
		member_note(m, "rewritten");
}

void
keep_behind(struct member *m, const struct piece *p, bool ends)
{
	struct keeping *g = &m->keeping;
	bool begins = begins_group(m, p);

	g->muted = g->muting == KEEP_SILENT;
	if (g->frozen)
		return;
	g->nth++;
	g->at = m->own_at;
	g->group = p->from;
	g->ends = ends;
	if (begins)
		memcpy(g->now.chain, position_of(m).chain, DIGEST_SIZE);
	g->muted = true;
	switch (g->muting) {
	case KEEP_MUTED:
		if (g->nth == g->was.good.nth) {
			struct position here = position_of(m);

			g->muting = g->was.tail ? KEEP_TAIL : KEEP_ALOUD;
			if (here.at != g->was.good.at ||
			    memcmp(here.chain, g->was.good.chain,
				DIGEST_SIZE) != 0)
				give_up(m);
		}
		break;
	case KEEP_TAIL:
		compare_tail(m, p);
		g->muted = g->muting == KEEP_SAME_TAIL;
		break;
	case KEEP_ALOUD:
		g->muted = false;
		break;
	case KEEP_SAME_TAIL:
	case KEEP_SILENT:
		break;
	}
	g->unchanged |= g->muted && g->muting != KEEP_SILENT;
}

/* --- what is kept -------------------------------------------------------- */

static bool
put(struct member *m, const struct kept *now, struct err *e)
{
	struct buf key = { 0 }, value = { 0 };
	bool ok;

	if (now->good.nth == 0 && !now->tail)
		return true;
	put_key(m, &key);
	put_kept(now, &value);
	ok = state_put(m->keeping.keep->state, "member", buf_slice(&key),
	    buf_slice(&value), e);
	buf_release(&key);
	buf_release(&value);
	return ok;
}

/* Parts of a message that may still grow stand or fall together. */
bool
keep_can_stop(const struct member *m)
{
	const struct keeping *g = &m->keeping;

	return g->keep == NULL ? m->sink->at_will
			       : g->ends || !m->options->split;
}

bool
keep_position(struct member *m, struct err *e)
{
	struct keeping *g = &m->keeping;
	struct kept now = { 0 };

	if (g->keep == NULL || g->muting != KEEP_ALOUD || g->frozen ||
	    g->nth == g->put)
		return true;
	g->put = g->nth;
	now.good = position_of(m);
	return put(m, &now, e);
}

bool
keep_member_compare(struct member *m)
{
	struct keeping *g = &m->keeping;

	if (g->keep == NULL)
		return true;
	g->keep->member = NULL;
	if (g->keep->again)
		g->muting = KEEP_SILENT;
	/* Where the input failed nobody knows what would have come. */
	if (m->input != NULL && input_failed(m->input, NULL))
		return g->muting != KEEP_SILENT;
	if (g->muting == KEEP_MUTED)
		give_up(m);
	if (g->muting == KEEP_TAIL)
		member_note(m, "rewritten");
	return g->muting != KEEP_SILENT;
}

bool
keep_member_end(struct member *m, struct err *e)
{
	struct keeping *g = &m->keeping;
	struct kept now = g->now;

	if (g->keep == NULL)
		return true;
	g->keep->ended.p[g->ordinal] = 1;
	if (g->muting == KEEP_MUTED || g->nth == 0)
		return true;
	now.tail = !g->frozen && !g->ends;
	if (g->ends && !g->frozen)
		now.good = position_of(m);
	return put(m, &now, e);
}

/* --- ends that are none -------------------------------------------------- */

bool
keep_is_over(const struct member *m)
{
	return m->keeping.keep != NULL && m->input != NULL &&
	    input_failed(m->input, NULL) && sink_stopped(m->sink);
}

bool
keep_is_short(const struct keep *k)
{
	return k->on && k->member != NULL &&
	    k->member->keeping.muting == KEEP_MUTED;
}
