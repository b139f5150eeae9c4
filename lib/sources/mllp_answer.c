#include "sources/mllp_answer.h"

#include <stdio.h>

#include "base/date.h"
#include "sources/hl7_take.h"

#define FIELDS 20

bool
mllp_is_message(struct slice s)
{
	return s.n > 3 && slice_starts(s, "MSH") && hl7_is_delimiter(s.p[3]);
}

/* Fields of MSH by their number: 1 is the delimiter, 2 the others. */
static void
cut_head(struct slice message, struct slice fields[FIELDS])
{
	struct slice msh = message;
	size_t n = 0;

	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = SLICE("");
	while (n < msh.n && msh.p[n] != '\r' && msh.p[n] != '\n')
		n++;
	msh.n = n;
	fields[1] = (struct slice){ msh.p + 3, 1 };
	msh = slice_span(msh.p + 4, msh.p + msh.n);
	for (size_t i = 2; i < FIELDS; i++)
		if (!slice_next(&msh, fields[1].p[0], &fields[i]))
			break;
}

static void
put_time(struct buf *b, time_t now)
{
	struct date d = date_of_seconds((int64_t)now, 0);

	buf_addf(b, "%04d%02u%02u%02u%02u%02u+0000", d.year, d.month, d.day,
	    d.hour, d.minute, d.second);
}

/* MSH-9 of the answer: ACK, with the event where there is one. */
static void
put_type(struct buf *b, const struct slice *in)
{
	char part = in[2].n > 0 ? in[2].p[0] : '^';
	struct slice rest = in[9], type, event;

	buf_adds(b, "ACK");
	if (slice_next(&rest, part, &type) && slice_next(&rest, part, &event) &&
	    event.n > 0) {
		buf_addc(b, part);
		buf_add_slice(b, event);
	}
}

static void
put_fields(struct buf *b, const struct slice *in, time_t now, uint64_t serial)
{
	char f = in[1].p[0];
	/* Sender and receiver change places. */
	const int from[] = { 2, 5, 6, 3, 4 };

	buf_adds(b, "MSH");
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		buf_addc(b, f);
		buf_add_slice(b, in[from[i]]);
	}
	buf_addc(b, f);
	put_time(b, now);
	buf_addc(b, f);
	buf_addc(b, f);
	put_type(b, in);
	buf_addf(b, "%c%lld-%llu%c", f, (long long)now,
	    (unsigned long long)serial, f);
	buf_add_slice(b, in[11].n > 0 ? in[11] : SLICE("P"));
	buf_addc(b, f);
	buf_add_slice(b, in[12]);
	if (in[18].n > 0) {
		for (int i = 13; i <= 18; i++)
			buf_addc(b, f);
		buf_add_slice(b, in[18]);
	}
	buf_addc(b, '\r');
}

void
mllp_answer(struct buf *b, struct slice message, time_t now, uint64_t serial)
{
	static const char nobody[] = "MSH|^~\\&|||||||||P|2.3";
	bool good = mllp_is_message(message);
	struct slice in[FIELDS];
	char f;

	cut_head(good ? message : slice_of(nobody), in);
	f = in[1].p[0];
	buf_addc(b, '\x0b');
	put_fields(b, in, now, serial);
	buf_addf(b, "MSA%c%s%c", f, good ? "AA" : "AR", f);
	buf_add_slice(b, in[10]);
	if (!good)
		buf_addf(b, "%cframe does not begin with MSH", f);
	buf_adds(b, "\r\x1c\r");
}
