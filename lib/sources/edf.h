/*
 * edf - European Data Format and its kin: EDF, EDF+, BDF, BDF+.
 *
 * A header of text fields of fixed width, then data records of the same size:
 * for each signal in turn its samples (16 bits, BDF: 24, little-endian).
 *
 *	256 bytes of the recording | 256 bytes a signal | records ...
 *
 * In the + kinds, signals of a certain label hold lists of annotations (TAL)
 * instead.  Strings and signals belong to the arena of struct edf.
 */
#ifndef SOURCES_EDF_H
#define SOURCES_EDF_H

#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"
#include "sources/member.h"
#include "sources/wave.h"

struct edf_signal {
	struct slice	 label, transducer, unit, prefilter;
	struct slice	 physical[2], digital[2];
	uint32_t	 samples;	/* in a data record */
	size_t		 at;		/* where, in bytes */
	bool		 is_annotations;
};

struct edf {
	struct member	*m;
	struct arena	*arena;
	struct arena	*scratch;	/* of one list of annotations */
	struct slice	 head;		/* as it stood */
	bool		 bdf, plus, gaps;	/* gaps: +D */
	struct slice	 patient, recording;
	struct date	 start;
	bool		 has_start;
	int64_t		 records;	/* as stated; -1: still recording */
	struct slice	 seconds;	/* of a data record, as it stood */
	uint64_t	 record_ns;	/* 0: none, or no number */
	size_t		 nsignals;
	struct edf_signal *signals;
	size_t		 width;		/* bytes of a sample */
	uint64_t	 record_bytes;
	bool		 has_annotations;
	const char	*encoding;	/* of text beyond ASCII, or NULL */
	unsigned	 undecoded, padded;	/* fields with such faults */

	/* reading the records */
	uint64_t	 seen;		/* records that are there */
	uint64_t	 body;		/* bytes behind the header */
	bool		 has_first;
	int64_t		 first_ns;	/* onset of the first record */
	struct buf	 notes;		/* annotations not yet in a record */
	uint64_t	 damaged;	/* lists that make no sense */
	uint64_t	 further;	/* records of annotations only */
	bool		 written;	/* the record of the header */
	const char	*name;		/* of the recording */
	FILE		*spool;		/* records kept for a second pass */
};

/* How many bytes the header has by its first 256; 0 for no such header. */
size_t	edf_head_size(struct slice);
/* ERR_DATA, edf_header, for what cannot be read; else the member has notes. */
bool	edf_parse(struct edf *, struct err *);
/* Text in UTF-8, in the arena. */
struct slice edf_decode(struct edf *, struct slice);
/* The object without its closing brace; duration of so many records. */
void	edf_put(struct edf *, uint64_t records, bool known, struct buf *);

/* The annotations of one data record, behind those in notes. */
void	edf_annotations(struct edf *, const char *record);
/* The onset of a data record by its first list; false: it has none. */
bool	edf_onset(const struct edf *, const char *record, int64_t *ns);

/* n bytes of the spool, or of the member's input; what was there. */
size_t	edf_pull(struct edf *, char *to, size_t n);
/* Records of samples, up to the end of the data. */
bool	edf_samples(struct edf *, struct err *);

#endif
