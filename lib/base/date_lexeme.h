/*
 * date_lexeme - the pieces of a date as somebody wrote it; for date_read.c.
 *
 * Numbers (ASCII, full width and Chinese numerals alike), unit words (年 月 日
 * 时 分 秒), words for half of the day, names of months, single characters.
 */
#ifndef BASE_DATE_LEXEME_H
#define BASE_DATE_LEXEME_H

#include <stdbool.h>

#include "base/slice.h"

#define MAX_LEXEMES	32

enum lexeme_kind {
	NUMBER,
	YEAR, MONTH, DAY, HOUR, MINUTE, SECOND,
	HALF,		/* 半: thirty minutes */
	MORNING,	/* 上午: hours as they stand */
	NIGHT,		/* 凌晨, AM: as they stand, but 12 is midnight */
	NOON,		/* 中午: 11 and 12 as they stand, 1 and 2 after it */
	AFTERNOON,	/* 下午, PM */
	NAME,		/* of a month */
	MARK,		/* any other single character */
	BLANK,
	END
};

struct lexeme {
	enum lexeme_kind kind;
	unsigned long long value;	/* number, month, or the character */
	unsigned	 width;		/* digits of a number */
};

/*
 * Blanks at the ends are dropped, a run of them is one.  An END closes the
 * list.  False where there are none or too many, or a number is too long.
 */
bool	lexemes_cut(struct slice, struct lexeme list[MAX_LEXEMES + 1]);

#endif
