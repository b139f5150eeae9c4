/*
 * wave - what the readers of waveforms (EDF, WFDB) share: exact physical
 * values of digital samples, windows of samples, the names of signals, and
 * the kind that the labels of the signals prove.
 *
 * Nothing goes through a double, so that the text of a value is the same on
 * every machine.  Plain values; what is allocated belongs to the arena given.
 */
#ifndef SOURCES_WAVE_H
#define SOURCES_WAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "sources/member.h"

#define WAVE_NANO	UINT64_C(1000000000)
#define WAVE_WINDOW	500000	/* values in all records of one window */

__extension__ typedef __int128 wave_int;

/*
 * value = (a * digital + b) / den.  It is written exactly where it ends within
 * 15 places; else it is rounded, half to even, three places behind the first
 * digit of the step between two digital values.
 */
struct wave_scale {
	wave_int	 a, b, den, power;	/* power: 10^places */
	int		 places;
	bool		 ok;		/* false: there is no such scale */
	bool		 is_small;	/* all of it fits 64 bits */
};

/* A plain decimal number: digits * 10^-places; at most 17 digits. */
bool	wave_number(struct slice, int64_t *digits, unsigned *places);
/* (digital - dmin) * (pmax - pmin) / (dmax - dmin) + pmin. */
struct wave_scale wave_scale_range(const struct slice physical[2],
	    const struct slice digital[2]);
/* (digital - baseline) / gain. */
struct wave_scale wave_scale_gain(struct slice gain, int64_t baseline);
/* The value as a JSON number; null where there is no scale. */
void	wave_put(const struct wave_scale *, int64_t digital, struct buf *);

/* So many samples in each period. */
struct wave_rate {
	uint64_t	 samples, period_ns;
};

/*
 * The first sample of a window: windows of length_ns begin at 0, and a sample
 * belongs to the window within which its time is.
 */
uint64_t wave_first(const struct wave_rate *, uint64_t length_ns,
	    uint64_t window);
/* The window that a sample belongs to. */
uint64_t wave_window_of(const struct wave_rate *, uint64_t length_ns,
	    uint64_t sample);
/* Nanoseconds as seconds with a point: "12.0". */
void	wave_put_time(wave_int ns, struct buf *);
/* Samples a second, as a decimal of at most 15 digits. */
struct slice wave_rate_text(const struct wave_rate *, struct arena *);
/*
 * The window that is used: the length asked for, halved until it has no more
 * than WAVE_WINDOW samples at so many a period.
 */
uint64_t wave_window(uint64_t length_ns, const struct wave_rate *all);

/*
 * The names that signals have in records of samples: their labels, with _2,
 * _3 where one repeats or is "record", "t", "rate" or "_mdx"; signal_N.
 */
void	wave_names(struct slice *labels, size_t n, struct arena *);
/*
 * The kind by the labels ("signal:EEG" and so on in kinds.csv): the one that
 * all of them prove; else, with an EEG among them, that; else a monitor's.
 * By the names of the file where no label proves anything.
 */
void	wave_kind(struct member *, const struct slice *labels, size_t n);
/* What records of samples call the recording: the file's name without end. */
const char *wave_record(const struct member *, struct arena *);
/* `{"record":…,"t":…,"rate":…`, the beginning of a record of samples. */
struct buf *wave_open(struct member *, const char *record, wave_int t_ns,
	    struct slice rate);
/*
 * A record of annotations alone, `{"record","annotations":[…]}`: what a record
 * of the header has no room for.  It has no bytes of its own in the order of
 * pieces; those of its id are the record as written.
 */
bool	wave_further(struct member *, const char *record, struct slice notes,
	    const char *encoding, struct err *);

#endif
