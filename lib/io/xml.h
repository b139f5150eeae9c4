/*
 * xml - streaming XML with places, through expat.
 *
 * Bytes are pushed in, events come out.  Depth, attribute and text sizes are
 * bounded; entity declarations are refused altogether, so that no document
 * can grow beyond its size.  No external entity is ever read.  Encodings are
 * expat's own and, by a table from iconv, GB18030, GBK, GB2312 and all that
 * have one byte a character.  A document with four-byte codes of GB18030 is
 * refused unless it is transcoded before (io/encoding, with encoding "UTF-8").
 */
#ifndef IO_XML_H
#define IO_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct xml;

/*
 * Each returns false to stop (xml_feed then fails with *e as the handler left
 * it).  All may be NULL.  Names are as written, prefixes included; attributes
 * are name, value, name, value, ..., NULL.  Offsets are bytes of the document:
 * of the '<' for start and end (behind it for the end of <a/>), of the first
 * byte for text.  Text comes joined
 * up to the next tag, at most XML_TEXT bytes a call.
 */
struct xml_events {
	bool	(*start)(void *ctx, const char *name, const char *const *attr,
		    uint64_t offset, struct err *);
	bool	(*end)(void *ctx, const char *name, uint64_t offset,
		    struct err *);
	bool	(*text)(void *ctx, struct slice, uint64_t offset, struct err *);
};

#define XML_DEPTH	512
#define XML_TEXT	(1 << 20)

/* encoding: overrides what the document says; NULL: as it says. */
struct xml	*xml_new(const struct xml_events *, void *ctx,
		    const char *encoding);
void		 xml_free(struct xml *);	/* NULL is allowed */
/*
 * ERR_DATA, code "xml_syntax", "xml_depth" or "xml_entity"; the text names
 * line and column.
 */
bool		 xml_feed(struct xml *, const char *, size_t n, bool final,
		    struct err *);
bool		 xml_parse(struct slice, const struct xml_events *, void *ctx,
		    struct err *);
/* Line (from 1) and byte offset of the present event, for handlers. */
uint64_t	 xml_line(const struct xml *);
/* Up to here all was told; what is behind waits for more bytes. */
uint64_t	 xml_offset(const struct xml *);
/* The byte behind the present event: where its '>' was, plus one. */
uint64_t	 xml_offset_behind(const struct xml *);
/* The value of an attribute, or NULL. */
const char	*xml_attribute(const char *const *attr, const char *name);
/* The name without its prefix. */
const char	*xml_local(const char *name);

#endif
