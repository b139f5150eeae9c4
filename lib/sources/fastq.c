/*
 * FASTQ: one record a file, of what its first read says about the run.
 */
#include <string.h>

#include "json/write.h"
#include "sources/body.h"
#include "sources/format.h"

#define PARTS 7 /* of an Illumina name */

struct first_read {
	struct slice name;        /* without the @ */
	uint64_t length, quality; /* characters of sequence and of quality */
	size_t end;               /* of the read's bytes */
	bool whole;               /* its last line has been seen to the end */
	bool wrapped;
};

/* --- the first read ------------------------------------------------------ */

/* Bases with the codes for several, as IUPAC has them, and gaps. */
static bool
is_sequence(struct slice s)
{
	static const char codes[] = "ACGTUNRYKMSWBDHVXacgtunrykmswbdhvx.-*";

	for (size_t i = 0; i < s.n; i++)
		if (memchr(codes, s.p[i], sizeof(codes) - 1) == NULL)
			return false;
	return s.n > 0;
}

/* The name may stand behind the plus sign once more, whole or its word. */
static bool
is_plus(struct slice line, struct slice name)
{
	line = slice_span(line.p + 1, line.p + line.n);
	return line.n == 0 ||
	    (line.n <= name.n && memcmp(line.p, name.p, line.n) == 0 &&
		(line.n == name.n || name.p[line.n] == ' '));
}

static bool
is_quality(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '!' || s.p[i] > '~')
			return false;
	return true;
}

/* False where the bytes end before a line does; then it is what there is. */
static bool
next_line(struct slice s, size_t *at, struct slice *line)
{
	const char *from = s.p + *at, *lf = memchr(from, '\n', s.n - *at);

	*line = slice_span(from, lf == NULL ? s.p + s.n : lf);
	*at = lf == NULL ? s.n : (size_t)(lf + 1 - s.p);
	if (line->n > 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return lf != NULL;
}

/* False where the bytes are no read; whole is set where none is missing. */
static bool
parse(struct slice s, struct first_read *r)
{
	struct slice line;
	size_t at = 0;

	memset(r, 0, sizeof(*r));
	if (s.n < 2 || s.p[0] != '@')
		return false;
	if (!next_line(s, &at, &line))
		return true;
	r->name = slice_span(line.p + 1, line.p + line.n);
	for (int i = 0;; i++) {
		bool ended = next_line(s, &at, &line);

		if (ended && line.n > 0 && line.p[0] == '+' &&
		    is_plus(line, r->name))
			break;
		if (!ended && (line.n == 0 || line.p[0] == '+'))
			return true;
		if (line.n > 0 && !is_sequence(line))
			return false;
		if (!ended)
			return true;
		if (line.n == 0 && i > 0)
			return false;
		r->length += line.n;
		r->wrapped = i > 0;
	}
	while (r->quality < r->length || r->length == 0) {
		bool ended = next_line(s, &at, &line);

		if (!is_quality(line))
			return false;
		r->quality += line.n;
		r->whole = r->quality == r->length;
		r->end = at;
		if (!ended || r->length == 0)
			return r->quality <= r->length;
	}
	return r->whole;
}

/* --- the name ------------------------------------------------------------ */

struct illumina {
	struct slice instrument, run, flowcell, lane, mate, index;
};

static size_t
split(struct slice s, char sep, struct slice *to, size_t room)
{
	size_t n = 0;

	while (n < room && slice_next(&s, sep, &to[n]))
		n++;
	return s.n == 0 ? n : room + 1;
}

static bool
is_number(struct slice s)
{
	unsigned long long ignored;

	return slice_number(s, &ignored);
}

/* INSTRUMENT:RUN:FLOWCELL:LANE:TILE:X:Y MATE:FILTERED:CONTROL:INDEX */
static bool
parse_new(struct slice name, struct illumina *to)
{
	const char *blank = memchr(name.p, ' ', name.n);
	struct slice part[PARTS], more[4];

	if (split(slice_span(name.p, blank == NULL ? name.p + name.n : blank),
		':', part, PARTS) != PARTS ||
	    !is_number(part[1]) || !is_number(part[3]) || !is_number(part[4]) ||
	    !is_number(part[5]))
		return false;
	to->instrument = part[0];
	to->run = part[1];
	to->flowcell = part[2];
	to->lane = part[3];
	if (blank != NULL &&
	    split(slice_span(blank + 1, name.p + name.n), ':', more, 4) >= 3 &&
	    is_number(more[0]))
		to->mate = more[0];
	if (to->mate.p != NULL &&
	    split(slice_span(blank + 1, name.p + name.n), ':', more, 4) == 4)
		to->index = more[3];
	return true;
}

/* INSTRUMENT:LANE:TILE:X:Y#INDEX/MATE, up to 2010. */
static bool
parse_old(struct slice name, struct illumina *to)
{
	const char *hash = memchr(name.p, '#', name.n), *slash;
	struct slice part[5];

	if (hash == NULL ||
	    split(slice_span(name.p, hash), ':', part, 5) != 5 ||
	    !is_number(part[1]) || !is_number(part[2]) || !is_number(part[3]))
		return false;
	to->instrument = part[0];
	to->lane = part[1];
	slash = memchr(hash, '/', (size_t)(name.p + name.n - hash));
	to->index =
	    slice_span(hash + 1, slash == NULL ? name.p + name.n : slash);
	if (slash != NULL)
		to->mate = slice_span(slash + 1, name.p + name.n);
	return true;
}

static void
put(struct buf *b, const char *key, struct slice value)
{
	if (value.p == NULL || value.n == 0)
		return;
	json_put_key(b, key);
	json_put_string(b, value);
}

static void
put_name(struct buf *b, struct slice name)
{
	struct illumina i = { 0 };

	put(b, "read", name);
	if (!parse_new(name, &i) && !parse_old(name, &i))
		return;
	put(b, "instrument", i.instrument);
	put(b, "run", i.run);
	put(b, "flowcell", i.flowcell);
	put(b, "lane", i.lane);
	put(b, "mate", i.mate);
	put(b, "index", i.index);
}

/* --- the reader ---------------------------------------------------------- */

/*
 * Handles of social media and mail begin with an @ too: the second line has
 * to be a sequence, the third a plus sign, and the fourth of the same length.
 * A pipe may have shown its first line only: an Illumina name is proof enough.
 */
bool
fastq_is(struct slice head)
{
	const char *lf = memchr(head.p, '\n', head.n);
	struct illumina i;
	struct first_read r;

	if (!parse(head, &r) || r.wrapped || r.name.n == 0)
		return false;
	if (r.whole)
		return r.length > 0;
	if (lf + 1 == head.p + head.n)
		return parse_new(r.name, &i);
	/* A read that is longer than what is seen. */
	return head.n >= 4096 && (r.length > 0 || parse_new(r.name, &i));
}

static void
why_not(const struct first_read *r, bool good, size_t seen, size_t limit,
    struct err *why)
{
	if (!good)
		err_data(why, "fastq_syntax",
		    "the first lines are no read: a name with @, bases, + and "
		    "as many qualities");
	else if (seen > limit)
		err_data(why, "limit_record",
		    "read of more than %zu bytes (--max-record raises it)",
		    limit);
	else if (!r->whole)
		err_data(
		    why, "cut_off", "the input ends within its first read");
}

/* The bytes of the read without its line end. */
static struct slice
bytes_of(struct slice s, size_t end)
{
	s.n = end;
	if (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

bool
fastq_read(struct member *m, struct err *e)
{
	size_t limit = m->limits->max_record, had = 0;
	struct piece p = { .line = 1 };
	struct first_read r = { 0 };
	struct err why = { 0 };
	struct slice s, name;
	bool good;

	text_begin(m);
	member_code(m, "format", SLICE("fastq"));
	s = input_peek(m->input, 1);
	while ((good = parse(s, &r)) && !r.whole && s.n > had && s.n <= limit) {
		had = s.n;
		s = input_peek(m->input, s.n + 1);
	}
	if (!good || !r.whole)
		why_not(&r, good, s.n, limit, &why);
	if (why.kind != ERR_NONE ||
	    !charset_decode(&m->charset, r.name, &name, &p.encoding, &why))
		return body_refuse(m, &why, e);
	p.bytes = bytes_of(s, r.end);
	p.from = m->at;
	p.to = m->at + p.bytes.n;
	p.next = m->at + r.end;
	buf_adds(member_open(m), "{\"fileformat\":\"FASTQ\"");
	put_name(&m->sink->out, name);
	buf_addf(&m->sink->out, ",\"length\":\"%llu\"",
	    (unsigned long long)r.length);
	if (!member_record(m, &p, e))
		return false;
	body_pass(m);
	return true;
}
