/*
 * wfdb - recordings of the WaveForm DataBase: a text header (.hea), signal
 * files that it names (.dat) and annotations beside it (.atr).
 *
 * The header is the member that is read; files that it names are looked for
 * in its own folder alone and become members below it.  Slices and arrays
 * belong to the arena given.  The formats are those of header(5), signal(5)
 * and annot(5) of the WFDB Applications Guide.
 */
#ifndef SOURCES_WFDB_H
#define SOURCES_WFDB_H

#include "base/arena.h"
#include "sources/member.h"
#include "sources/wave.h"

struct wfdb_signal {
	struct slice	 file, unit, label;
	struct slice	 gain, checksum, block;	/* as they stood; may be "" */
	unsigned	 format, resolution;
	uint64_t	 each, skew, offset;	/* samples in a frame; frames; bytes */
	int64_t		 baseline, zero, initial;
	bool		 is_calibrated;
};

struct wfdb_segment {
	struct slice	 name;		/* "~": a gap */
	uint64_t	 samples;
};

struct wfdb {
	struct arena	*arena;
	struct slice	 name;
	struct slice	 frequency, counter, base;	/* as they stood */
	struct wave_rate frames;	/* samples 0: the frequency is none */
	uint64_t	 length;	/* frames; 0: not stated */
	struct slice	 time, date;
	size_t		 nsignals, nsegments, ncomments;
	struct wfdb_signal *signals;
	struct wfdb_segment *segments;
	struct slice	*comments;
};

/* ERR_DATA, wfdb_header. */
bool	wfdb_parse(struct slice text, struct arena *, struct wfdb *,
	    struct err *);

/* --- signal files -------------------------------------------------------- */

/* How samples are packed: so many in a unit of so many bytes. */
struct wfdb_packing {
	unsigned	 format, samples, bytes;
	int64_t		 missing;	/* what stands for no sample */
};

/* NULL for a format that is not known. */
const struct wfdb_packing *wfdb_packing(unsigned format);
/* Sample n of a unit; of format 8 the difference to the one before. */
int64_t	wfdb_sample(const struct wfdb_packing *, const char *unit, unsigned n);
/* Whole samples in n bytes. */
uint64_t wfdb_count(const struct wfdb_packing *, uint64_t n);

/* --- annotations --------------------------------------------------------- */

struct wfdb_notes {
	struct wfdb	*h;
	struct wave_rate rate;		/* of their times */
	int64_t		 time;
	unsigned	 channel, number;
	bool		 over, cut;
};

/*
 * The next annotation as an object behind those in the buffer; false at the
 * end.  All that is taken of *rest is one annotation; with `last` false one
 * that is not all there is left.
 */
bool	wfdb_note(struct wfdb_notes *, struct slice *rest, bool last,
	    struct buf *);

/* --- files beside the header --------------------------------------------- */

struct wfdb_file;

/* Whether files beside it can be read at all. */
bool	wfdb_has_folder(const struct member *);
/* Whether the name is one of the same folder. */
bool	wfdb_is_name(struct slice);
/* NULL: it is not there (why is empty) or cannot be read. */
struct wfdb_file *wfdb_open(const struct member *, const char *name,
	    struct err *why);
struct input	*wfdb_input(struct wfdb_file *);
void	wfdb_close(struct wfdb_file *);		/* NULL is allowed */

/*
 * Records of samples of all signal files of the header, whose first sample is
 * at t_ns of the recording.
 */
bool	wfdb_samples(struct member *, struct wfdb *, const char *record,
	    wave_int t_ns, struct err *);

#endif
