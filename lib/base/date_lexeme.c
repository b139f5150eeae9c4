#include "base/date_lexeme.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"

#define MAX_DIGITS 18

struct word {
	const char *text;
	enum lexeme_kind kind;
	unsigned value;
};

/* A word that begins like another stands before it. */
static const struct word words[] = { { "年", YEAR, 0 }, { "月", MONTH, 0 },
	{ "日", DAY, 0 }, { "号", DAY, 0 }, { "时", HOUR, 0 },
	{ "時", HOUR, 0 }, { "点钟", HOUR, 0 }, { "点", HOUR, 0 },
	{ "點", HOUR, 0 }, { "分钟", MINUTE, 0 }, { "分", MINUTE, 0 },
	{ "秒", SECOND, 0 }, { "半", HALF, 0 }, { "上午", MORNING, 0 },
	{ "早上", MORNING, 0 }, { "早晨", MORNING, 0 }, { "凌晨", NIGHT, 0 },
	{ "中午", NOON, 0 }, { "下午", AFTERNOON, 0 }, { "傍晚", AFTERNOON, 0 },
	{ "晚上", AFTERNOON, 0 }, { "AM", NIGHT, 0 }, { "PM", AFTERNOON, 0 },
	{ "JAN", NAME, 1 }, { "FEB", NAME, 2 }, { "MAR", NAME, 3 },
	{ "APR", NAME, 4 }, { "MAY", NAME, 5 }, { "JUN", NAME, 6 },
	{ "JUL", NAME, 7 }, { "AUG", NAME, 8 }, { "SEP", NAME, 9 },
	{ "OCT", NAME, 10 }, { "NOV", NAME, 11 }, { "DEC", NAME, 12 } };

/* The digit of a Chinese numeral, 10 for ten, -1 for another character. */
static int
numeral(uint32_t code)
{
	if (code == 0x5341) /* 十 */
		return 10;
	return code == 0x25CB ? 0 : utf8_han_digit(code); /* ○ */
}

/* 二〇一八 digit by digit; 十, 十四, 二十, 二十三 by tens. */
static bool
cut_numeral(const char **p, const char *end, struct lexeme *out)
{
	unsigned long long value = 0;
	unsigned width = 0;
	bool tens = false;

	while (*p < end) {
		const char *next = *p;
		int digit = numeral(utf8_next(&next, end));

		if (digit < 0)
			break;
		if (tens && (width > 2 || digit == 10 || value % 10 != 0))
			return false;
		if (digit == 10) {
			if (width > 1 || (width == 1 && value == 0))
				return false;
			tens = true;
			value = width == 0 ? 10 : value * 10;
			width = 2;
		} else if (tens) {
			value += (unsigned)digit;
			width = 3;
		} else {
			value = value * 10 + (unsigned)digit;
			if (++width > MAX_DIGITS)
				return false;
		}
		*p = next;
	}
	*out = (struct lexeme){ NUMBER, value, width > 2 && tens ? 2 : width };
	return width > 0;
}

static bool
cut_number(const char **p, const char *end, struct lexeme *out)
{
	unsigned long long value = 0;
	unsigned width = 0;

	while (*p < end) {
		const char *next = *p;
		uint32_t code = utf8_narrow(utf8_next(&next, end));

		if (code < '0' || code > '9')
			break;
		if (++width > MAX_DIGITS)
			return false;
		value = value * 10 + (code - '0');
		*p = next;
	}
	*out = (struct lexeme){ NUMBER, value, width };
	return width > 0;
}

static bool
cut_word(const char **p, const char *end, struct lexeme *out)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *w = words[i].text, *q = *p;

		while (*w != '\0' && q < end &&
		    *w == (char)toupper((unsigned char)*q))
			w++, q++;
		if (*w != '\0')
			continue;
		*p = q;
		*out = (struct lexeme){ words[i].kind, words[i].value, 0 };
		return true;
	}
	return false;
}

static bool
cut_lexeme(const char **p, const char *end, struct lexeme *out)
{
	const char *next = *p;
	uint32_t code = utf8_narrow(utf8_next(&next, end));

	if (code >= '0' && code <= '9')
		return cut_number(p, end, out);
	if (numeral(code) >= 0)
		return cut_numeral(p, end, out);
	if (cut_word(p, end, out))
		return true;
	*p = next;
	if (code == ' ' || code == '\t')
		*out = (struct lexeme){ BLANK, 0, 0 };
	else
		*out = (struct lexeme){ MARK, code, 0 };
	return true;
}

bool
lexemes_cut(struct slice s, struct lexeme list[MAX_LEXEMES + 1])
{
	const char *p, *end;
	size_t n = 0;

	s = slice_trim(s);
	for (p = s.p, end = s.p + s.n; p < end;) {
		if (n == MAX_LEXEMES || !cut_lexeme(&p, end, &list[n]))
			return false;
		if (list[n].kind != BLANK || n == 0 ||
		    list[n - 1].kind != BLANK)
			n++;
	}
	list[n] = (struct lexeme){ END, 0, 0 };
	return n > 0;
}
