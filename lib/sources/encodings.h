/*
 * encodings - encodings that a worker keeps open from one member to the next.
 *
 * To open one costs more than to read a header: GB18030 builds its tables.
 */
#ifndef SOURCES_ENCODINGS_H
#define SOURCES_ENCODINGS_H

#define ENCODINGS_OPEN	24	/* more than a reader ever asks for */

struct encoding;

struct encodings {
	struct encoding	*open[ENCODINGS_OPEN];
	const char	*names[ENCODINGS_OPEN];
};

/* The name must live as long.  NULL where iconv knows no such, or no room. */
struct encoding	*encodings_find(struct encodings *, const char *name);
void		 encodings_release(struct encodings *);

#endif
