/*
 * runs_parts - what runs are made of; private to runs.
 */
#ifndef IO_RUNS_PARTS_H
#define IO_RUNS_PARTS_H

#include <stddef.h>
#include <stdint.h>

#define RUNS_MOST	16		/* before they become one */
#define RUNS_WINDOW	(64u << 10)	/* bytes of a run read at a time */

struct line { /* of the cache: one look-up, one miss */
	uint64_t words[8];
};

struct run {
	int fd;
	uint64_t start, n; /* offset in the file; entries */
	uint64_t *first;   /* beginning of every STEPth entry */
	struct line *filter;
	size_t lines;
};

struct runs {
	size_t size, key;
	uint64_t memory, kept; /* ceiling; bytes of filters and beginnings */
	char *folder;
	uint8_t *entries;
	size_t n, room, most;
	uint32_t *slots; /* number of an entry and 1; 0: free */
	size_t nslots;   /* a power of two */
	struct run runs[RUNS_MOST];
	size_t nruns;
	uint64_t count;
};

#endif
