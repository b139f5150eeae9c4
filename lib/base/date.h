/*
 * date - civil dates and date-times with an offset from UTC.
 *
 * The calendar is the proleptic Gregorian one; a zone is a number of minutes
 * east, never a name (Asia/Shanghai had summer time from 1986 to 1991).  No
 * function of the C library's time is used.  A date is as precise as it was
 * written: "2018-01" has no day.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

#define DATE_NO_ZONE	INT16_MAX
#define DATE_TEXT	48		/* the longest text and its NUL */

enum date_precision {
	DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_HOUR, DATE_MINUTE, DATE_SECOND
};

struct date {
	int		 year;
	uint8_t		 month, day;	/* 1 where they are not known */
	uint8_t		 hour, minute, second;	/* second may be 60 */
	uint8_t		 nfraction;	/* digits behind the second, 0-9 */
	uint32_t	 fraction;	/* those digits as a number */
	int16_t		 zone;		/* minutes east, or DATE_NO_ZONE */
	enum date_precision precision;
};

/* Days since 1970-01-01 and back.  Any year of int's size / 1000. */
long	date_days(int year, unsigned month, unsigned day);
struct date date_of_days(long days);
bool	date_exists(int year, unsigned month, unsigned day);
/* 1 Monday to 7 Sunday. */
unsigned date_weekday(const struct date *);
void	date_add_days(struct date *, long days);
/* Seconds since 1970-01-01T00:00Z; zone is for dates that have none. */
int64_t	date_seconds(const struct date *, int zone);
/* zone: minutes east, or DATE_NO_ZONE. */
struct date date_of_seconds(int64_t seconds, int zone);
/*
 * By the instant, a missing part being its beginning.  A date without zone is
 * taken in the other's zone; where neither has one, as they stand.
 */
int	date_cmp(const struct date *, const struct date *);

/*
 * ISO 8601 extended form: 2018, 2018-01, 2018-01-14, with T or a blank
 * 08:05[:06[.123]] and Z or +08:00.  ERR_DATA, code "date".
 */
bool	date_parse(struct slice, struct date *, struct err *);
/* The same form; the text ends in NUL, its length is returned. */
size_t	date_print(const struct date *, char out[DATE_TEXT]);
/* "+08:00", "Z", "-0330" to minutes east. */
bool	date_parse_zone(struct slice, int *zone, struct err *);

/*
 * What a hospital writes.  Readings that are open to doubt must be declared;
 * nothing is guessed from neighbours.
 */
struct date_format {
	bool	 mdy, dmy;		/* 1/14/2018; 14/1/2018 */
	bool	 yy;			/* two-digit years count */
	int	 pivot;			/* 50: 00-49 are 20xx */
	bool	 excel, excel1904;	/* serial numbers */
	bool	 epoch, epoch_ms;	/* since 1970, UTC */
	bool	 oracle;		/* 14-JAN-18, 14-1月 -18 */
	bool	 cut;			/* a time may be cut off a date */
};

/*
 * Words between blanks, commas, semicolons or bars: mdy dmy yy yy:50 excel
 * excel1904 epoch epoch_ms oracle cut.  ERR_USAGE names the unknown word.
 */
bool	date_format_parse(struct slice, struct date_format *, struct err *);

/*
 * Reads a date or date-time in any accepted spelling: 2018-01-14, 2018/1/14,
 * 2018.1.14, 20180114, 20180114080500+0800, 2018年1月14日 上午8时5分, full
 * width, 二〇一八年一月十四日; those of the format (NULL: none).  24:00 is the
 * next day.  Refused with ERR_DATA: days that never were, years outside
 * 1850-2100, what has two readings (code "date", or "date_doubt" where
 * declaring a format would settle it).  No message repeats the value.
 */
bool	date_read(struct slice, const struct date_format *, struct date *,
	    struct err *);
/* A time of day alone: 8:05, 080500, 上午8时5分; printed by date_print_time. */
bool	date_read_time(struct slice, struct date *, struct err *);
size_t	date_print_time(const struct date *, char out[DATE_TEXT]);

#endif
