/*
 * net_pages - an answer that comes in pages, each of which is a member with a
 * chain of ids of its own.
 *
 * Where the next page is named by a header the body is streamed; else the page
 * is held whole (at most --max-record) to be looked into.  A page that names
 * one that was there before ends the paging, and so does one that is equal to
 * the one before it: both are failures, for what is missing cannot be known.
 */
#ifndef SOURCES_NET_PAGES_H
#define SOURCES_NET_PAGES_H

#include "base/hash.h"
#include "sources/net_source.h"

struct pages {
	struct net	*net;
	const char	*shown, *name;
	struct net_paging paging;
	const char	*accept;
	/* Reads a page; NULL: as whatever it is. */
	bool		(*take)(struct pages *, const struct place_of *,
			    struct slice page, struct err *);
	/* Whether it is what was asked for; NULL: anything is. */
	bool		(*check)(struct pages *, struct slice page,
			    struct err *why);
	/* Adds to why what the answer that refuses says; may be NULL. */
	void		(*explain)(struct pages *, struct err *why);
	/* The reference to the next page; p NULL: it was the last. */
	struct slice	(*next)(struct pages *, struct slice page);
	bool		 one;		/* the user asked for one page only */
	/* its own */
	struct arena	*arena;		/* of a page */
	struct buf	 url, text;
	uint64_t	 number;	/* of the page, from 1 */
	unsigned long long value;	/* of the parameter */
	struct index	*seen;
	uint8_t		 last[DIGEST_SIZE];
};

/* The URL of the first page is in url.  False where the run cannot go on. */
bool	pages_read(struct pages *, struct err *);
/* The reference of a header `Link` whose relation is next; p NULL: none. */
struct slice	 pages_link_next(struct slice header);
/* The value of a JSON pointer that leads to the next page; p NULL: none. */
struct slice	 pages_pointer(struct slice json, struct slice pointer,
		    struct arena *);

#endif
