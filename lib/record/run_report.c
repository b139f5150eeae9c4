/*
 * The account of the run, mdx-report(5).
 */
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "json/write.h"
#include "record/run_part.h"

static void
add_line(struct run *r, const char *uri, uint64_t bytes, uint64_t records,
    const uint8_t *digest, bool table)
{
	struct run_line *i;

	/* Without a report nobody asks, and an endless run has many. */
	if (r->options.report == NULL)
		return;
	r->inputs = mem_room(
	    r->inputs, r->ninputs, &r->inputs_room, sizeof(*r->inputs));
	i = &r->inputs[r->ninputs++];
	*i = (struct run_line){ .uri = arena_string(r->arena, uri, strlen(uri)),
		.bytes = bytes,
		.records = records,
		.table = table };
	if (digest != NULL)
		digest_hex(digest, i->sha256);
}

void
run_input(struct run *r, const char *uri, uint64_t bytes, uint64_t records,
    const uint8_t *digest)
{
	add_line(r, uri, bytes, records, digest, false);
}

void
run_table(struct run *r, const char *path, const uint8_t *digest)
{
	add_line(r, path, 0, 0, digest, true);
}

static void
put_inputs(struct run *r, struct buf *b, bool tables)
{
	buf_addc(b, '[');
	for (size_t i = 0; i < r->ninputs; i++) {
		const struct run_line *in = &r->inputs[i];

		if (in->table != tables)
			continue;
		json_put_comma(b);
		buf_addc(b, '{');
		json_put_key(b, tables ? "path" : "uri");
		run_put_text(b, in->uri);
		if (in->sha256[0] != '\0') {
			json_put_key(b, "sha256");
			json_put_cstring(b, in->sha256);
		}
		if (!tables) {
			json_put_key(b, "bytes");
			json_put_uint(b, in->bytes);
			json_put_key(b, "records");
			json_put_uint(b, in->records);
		}
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void
put_out(struct run *r, struct buf *b)
{
	uint8_t digest[DIGEST_SIZE];
	char hex[65];

	buf_adds(b, "{\"records\":");
	json_put_uint(b, r->out);
	if (r->output != NULL) {
		json_put_key(b, "bytes");
		json_put_uint(b, r->bytes);
		digest_peek(r->digest, digest);
		digest_hex(digest, hex);
		json_put_key(b, "sha256");
		json_put_cstring(b, hex);
	}
	buf_addc(b, '}');
}

static void
put_skipped(struct run *r, struct buf *b)
{
	buf_addc(b, '{');
	for (size_t i = 0; i < index_count(r->reasons); i++) {
		json_put_key_slice(b, index_name(r->reasons, i));
		json_put_uint(b, r->skipped[i]);
	}
	buf_addc(b, '}');
}

static void
put_error(struct buf *b, const struct err *e)
{
	json_put_key(b, "error");
	buf_adds(b, "{\"code\":");
	json_put_cstring(b, e->code);
	buf_adds(b, ",\"message\":");
	run_put_text(b, e->text);
	buf_addc(b, '}');
}

bool
run_write_report(struct run *r, int status, struct err *e)
{
	const char *name = r->options.tool;
	struct buf *b = &r->line;

	buf_reset(b);
	buf_addc(b, '{');
	json_put_key(b, "tool");
	json_put_cstring(b, name);
	json_put_key(b, "version");
	json_put_cstring(b, r->options.version);
	buf_addf(b, ",\"status\":%d,\"seconds\":%.3f,\"inputs\":", status,
	    (double)(clock_ms() - r->began) / 1e3);
	put_inputs(r, b, false);
	json_put_key(b, "tables");
	put_inputs(r, b, true);
	json_put_key(b, "in");
	buf_adds(b, "{\"records\":");
	json_put_uint(b, r->in);
	buf_adds(b, "},\"out\":");
	put_out(r, b);
	json_put_key(b, "set_aside");
	json_put_uint(b, r->set_aside);
	json_put_key(b, "skipped");
	put_skipped(r, b);
	if (r->failed.kind != ERR_NONE)
		put_error(b, &r->failed);
	else if (r->refused.kind != ERR_NONE)
		put_error(b, &r->refused);
	if (r->own.n > 0) {
		json_put_key(b,
		    strchr(name, '-') == NULL ? name : strchr(name, '-') + 1);
		buf_add_slice(b, r->own);
	}
	buf_adds(b, "}\n");
	return writer_add(r->report, buf_slice(b), e) &&
	    writer_commit(r->report, e);
}
