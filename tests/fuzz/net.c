/*
 * What servers answer and users type: addresses, headers of links, lists of
 * S3 and ftp, outcomes of FHIR, pages of QIDO-RS.  The first byte chooses.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/mem.h"
#include "io/http_url.h"
#include "member.h"
#include "sources/fhir_outcome.h"
#include "sources/ftp_list.h"
#include "sources/net.h"
#include "sources/net_pages.h"
#include "sources/qido.h"
#include "sources/s3_list.h"
#include "sources/sigv4.h"

static void
address(const char *text)
{
	static const struct source_options o = { .user = "u", .secret = "s" };
	struct buf b = { 0 };
	struct http_url u;
	struct err e = { 0 };

	net_show(text, &o, &b);
	sigv4_query(text, &b);
	buf_reset(&b);
	if (!http_url_parse(text, &u, &e)) {
		if (e.text[0] == '\0')
			__builtin_trap();
	} else {
		http_url_put(&u, &b);
		http_query_set(u.query, "p", SLICE("1"), &b);
		http_url_join(text, SLICE("../x?y#z"), &b, &e);
		http_url_release(&u);
	}
	buf_release(&b);
}

static void
lists(struct slice s, struct arena *a)
{
	struct ftp_list ftp = { 0 };
	struct s3_list s3 = { 0 };
	struct err e = { 0 };

	ftp_list_parse(s, a, &ftp);
	for (size_t i = 1; i < ftp.n; i++)
		if (strcmp(ftp.entries[i - 1].name, ftp.entries[i].name) > 0)
			__builtin_trap();
	ftp_list_release(&ftp);
	if (!s3_list_parse(s, a, &s3, &e) && e.text[0] == '\0')
		__builtin_trap();
	s3_list_release(&s3);
	s3_error_code(s, a);
}

static void
qido(struct slice s)
{
	struct place_of at = { .uri = "x" };
	struct bytes b = { .p = s.p, .n = s.n, .grain = SIZE_MAX };
	struct err e = { 0 };
	struct member m;
	struct input *in;

	prepare();
	in = input_new(next_bytes, &b);
	sink_begin(&sink, turns.now);
	member_begin(&m, &options, &sink, totals, &at, in, "qido");
	if (!qido_read(&m, &e))
		__builtin_trap();
	check_lines();
	if (!member_end(&m, &e) || !sink_end(&sink, &e))
		__builtin_trap();
	if (m.at != s.n ||
	    m.bytes_records + m.bytes_set_aside + m.bytes_skipped != m.at)
		__builtin_trap();
	input_free(in);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	char *text;
	struct slice s;

	if (n == 0) {
		arena_free(a);
		return 0;
	}
	text = arena_string(a, (const char *)data + 1, n - 1);
	s = (struct slice){ text, n - 1 };
	switch (data[0] % 5) {
	case 0:
		address(text);
		break;
	case 1:
		pages_link_next(s);
		break;
	case 2:
		lists(s, a);
		break;
	case 3:
		fhir_type(s, a);
		fhir_issue(s, a);
		fhir_next(s, a);
		pages_pointer(s, SLICE("/a/0"), a);
		break;
	default:
		if (s.n > 0 && s.n < 1 << 16)
			qido(s);
	}
	arena_free(a);
	return 0;
}
