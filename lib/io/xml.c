#include "io/xml.h"

#include <expat.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/encoding.h"

#define PIECE (1 << 20) /* expat counts in int */

struct xml {
	XML_Parser parser;
	struct xml_events events;
	void *ctx;
	struct buf text; /* gathered up to the next tag */
	uint64_t text_offset;
	unsigned depth;
	bool stopped;
	struct err *failure; /* of the feed under way */
};

static void
stop(struct xml *x)
{
	x->stopped = true;
	XML_StopParser(x->parser, XML_FALSE);
}

static uint64_t
place(const struct xml *x)
{
	return (uint64_t)XML_GetCurrentByteIndex(x->parser);
}

static void
give_text(struct xml *x)
{
	if (x->text.n > 0 && x->events.text != NULL && !x->stopped &&
	    !x->events.text(
		x->ctx, buf_slice(&x->text), x->text_offset, x->failure))
		stop(x);
	buf_reset(&x->text);
}

static void XMLCALL
on_start(void *ctx, const XML_Char *name, const XML_Char **attr)
{
	struct xml *x = ctx;

	give_text(x);
	if (x->stopped)
		return;
	if (++x->depth > XML_DEPTH) {
		err_data(x->failure, "xml_depth",
		    "line %llu: elements lie deeper than %d",
		    (unsigned long long)xml_line(x), XML_DEPTH);
		stop(x);
	} else if (x->events.start != NULL &&
	    !x->events.start(x->ctx, name, attr, place(x), x->failure)) {
		stop(x);
	}
}

static void XMLCALL
on_end(void *ctx, const XML_Char *name)
{
	struct xml *x = ctx;

	give_text(x);
	x->depth--;
	if (!x->stopped && x->events.end != NULL &&
	    !x->events.end(x->ctx, name, place(x), x->failure))
		stop(x);
}

static void XMLCALL
on_text(void *ctx, const XML_Char *text, int n)
{
	struct xml *x = ctx;

	if (x->stopped)
		return;
	if (x->text.n + (size_t)n > XML_TEXT)
		give_text(x);
	if (x->text.n == 0)
		x->text_offset = place(x);
	buf_add(&x->text, text, (size_t)n);
}

/* Any declaration of an entity ends the document: nothing of ours needs one. */
static void XMLCALL
on_entity(void *ctx, const XML_Char *name, int is_parameter,
    const XML_Char *value, int n, const XML_Char *base, const XML_Char *system,
    const XML_Char *public, const XML_Char *notation)
{
	struct xml *x = ctx;

	(void)name;
	(void)is_parameter;
	(void)value;
	(void)n;
	(void)base;
	(void)system;
	(void)public;
	(void)notation;
	if (x->stopped)
		return;
	err_data(x->failure, "xml_entity",
	    "line %llu: document declares entities, which are not read",
	    (unsigned long long)xml_line(x));
	stop(x);
}

static int
convert(void *data, const char *s)
{
	uint32_t *const *pairs = data;
	uint32_t code = pairs[(unsigned char)s[0]][(unsigned char)s[1]];

	return code == 0 ? -1 : (int)code;
}

static void
release_pairs(void *data)
{
	uint32_t **pairs = data;

	for (int i = 0; i < 256; i++)
		mem_free(pairs[i]);
	mem_free(pairs);
}

/* The code point of one or two bytes: -1 refused, -2 the beginning of one. */
static long
ask(struct encoding *from, struct buf *to, const unsigned char *bytes, size_t n)
{
	struct slice s = { (const char *)bytes, n };
	size_t used = 0;
	const char *p;

	buf_reset(to);
	if (!encoding_decode(from, s, false, to, &used, NULL))
		return -1;
	if (used < n)
		return n == 1 ? -2 : -1;
	p = to->p;
	return to->n == 0 ? -1 : (long)utf8_next(&p, to->p + to->n);
}

/*
 * expat's table for foreign encodings knows one code for each first byte, or
 * how long a sequence is that it begins.  Two bytes cover the GB family; the
 * four-byte codes of GB18030 cannot be told there by their first byte, and a
 * document that has them is to be transcoded before.
 */
static int XMLCALL
on_encoding(void *ctx, const XML_Char *name, XML_Encoding *info)
{
	struct encoding *from = encoding_open(name, NULL);
	struct buf code_text = { 0 };
	uint32_t **pairs;

	(void)ctx;
	if (from == NULL)
		return XML_STATUS_ERROR;
	pairs = mem_zalloc(256 * sizeof(*pairs));
	for (int i = 0; i < 256; i++) {
		unsigned char c[2] = { (unsigned char)i, 0 };
		long code = ask(from, &code_text, c, 1);

		info->map[i] = (int)code;
		if (info->map[i] != -2)
			continue;
		pairs[i] = mem_zalloc(256 * sizeof(**pairs));
		for (int j = 0x30; j < 256; j++) {
			c[1] = (unsigned char)j;
			code = ask(from, &code_text, c, 2);
			pairs[i][j] =
			    code > 0 && code <= 0xFFFF ? (uint32_t)code : 0;
		}
	}
	encoding_close(from);
	buf_release(&code_text);
	info->data = pairs;
	info->convert = convert;
	info->release = release_pairs;
	return XML_STATUS_OK;
}

static void *
resize(void *old, size_t n)
{
	return mem_resize(old, n, 1);
}

/* With memory that does not fail, expat does not either. */
static const XML_Memory_Handling_Suite memory = { mem_alloc, resize, mem_free };

struct xml *
xml_new(const struct xml_events *events, void *ctx, const char *encoding)
{
	struct xml *x = mem_zalloc(sizeof(*x));

	x->events = *events;
	x->ctx = ctx;
	x->parser = XML_ParserCreate_MM(encoding, &memory, NULL);
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetEntityDeclHandler(x->parser, on_entity);
	XML_SetUnknownEncodingHandler(x->parser, on_encoding, x);
	XML_SetParamEntityParsing(x->parser, XML_PARAM_ENTITY_PARSING_NEVER);
	return x;
}

void
xml_free(struct xml *x)
{
	if (x == NULL)
		return;
	XML_ParserFree(x->parser);
	buf_release(&x->text);
	mem_free(x);
}

static bool
fail(struct xml *x, struct err *e)
{
	enum XML_Error code = XML_GetErrorCode(x->parser);

	if (x->stopped) {
		/* A handler that stops owes a reason. */
		if (e != NULL && e->kind == ERR_NONE)
			err_data(e, "xml_syntax", "reading was stopped");
		return false;
	}
	x->stopped = true;
	return err_data(e, "xml_syntax", "line %llu, column %llu: %s",
	    (unsigned long long)xml_line(x),
	    (unsigned long long)XML_GetCurrentColumnNumber(x->parser) + 1,
	    XML_ErrorString(code));
}

bool
xml_feed(struct xml *x, const char *bytes, size_t n, bool final, struct err *e)
{
	struct err own = { 0 };
	bool ok = !x->stopped;

	x->failure = &own;
	for (size_t at = 0; ok;) {
		size_t piece = n - at < PIECE ? n - at : PIECE;
		bool last = at + piece == n;

		ok = XML_Parse(x->parser, bytes == NULL ? "" : bytes + at,
			 (int)piece, last && final) == XML_STATUS_OK &&
		    !x->stopped;
		at += piece;
		if (last)
			break;
	}
	if (!ok)
		fail(x, &own);
	x->failure = NULL;
	if (!ok && e != NULL)
		*e = own;
	return ok;
}

bool
xml_parse(struct slice text, const struct xml_events *events, void *ctx,
    struct err *e)
{
	struct xml *x = xml_new(events, ctx, NULL);
	bool ok = xml_feed(x, text.p, text.n, true, e);

	xml_free(x);
	return ok;
}

uint64_t
xml_line(const struct xml *x)
{
	return (uint64_t)XML_GetCurrentLineNumber(x->parser);
}

uint64_t
xml_offset(const struct xml *x)
{
	return place(x);
}

uint64_t
xml_offset_behind(const struct xml *x)
{
	return place(x) + (uint64_t)XML_GetCurrentByteCount(x->parser);
}

const char *
xml_attribute(const char *const *attr, const char *name)
{
	for (; attr[0] != NULL; attr += 2)
		if (strcmp(attr[0], name) == 0)
			return attr[1];
	return NULL;
}

const char *
xml_local(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}
