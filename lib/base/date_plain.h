/*
 * date_plain - the spellings that most tables bring, read without lexemes:
 * 2018-01-14, 2018/1/14, 20180114, and any of them with 8:05 or 08:05:06
 * behind a blank or T, and Z or +08:00 behind that.  They have one reading
 * under every date_format.
 *
 * Private to date_read.c, which reads whatever is refused here.
 */
#ifndef BASE_DATE_PLAIN_H
#define BASE_DATE_PLAIN_H

#include <stdbool.h>

#include "base/date.h"

/* False for any other spelling; *out is then as it was. */
bool	date_read_plain(struct slice, struct date *out);

#endif
