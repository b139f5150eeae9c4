#include "deid/letters.h"

/*
 * Addresses of the net: of a machine, a page, a letter box.
 */
bool
find_internet_address(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;

	for (int i = 0; i < 4; i++) {
		unsigned n = 0;
		size_t from = p;

		while (p < from + 3 && is_digit(l->code[p]))
			n = n * 10 + l->code[p++] - '0';
		if (p == from || n > 255 || (i < 3 && l->code[p++] != '.'))
			return false;
	}
	return !is_digit(l->code[p]) && l->code[p] != '.' &&
	    found_at(f, at, p, LABEL_IP, "ip");
}

static bool
is_mail(uint32_t c)
{
	return is_digit(c) || is_letter(c) || c == '.' || c == '_' ||
	    c == '-' || c == '%' || c == '+';
}

static bool
is_url(uint32_t c)
{
	return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' &&
	    c != '\'' && c != ',' && c != ';' && c != ')';
}

static bool
spells(const struct letters *l, size_t at, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++)
		if ((l->code[at + i] | 32) != ((unsigned char)word[i] | 32) ||
		    l->code[at + i] == 0)
			return false;
	return true;
}

bool
find_url(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at;

	if (!spells(l, at, "http://") && !spells(l, at, "https://") &&
	    !spells(l, at, "ftp://") && !spells(l, at, "www."))
		return false;
	while (is_url(l->code[p]))
		p++;
	return found_at(f, at, p, LABEL_URL, "url");
}

/* With blanks around the @ too, as it is written to mislead harvesters. */
bool
find_mail(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at, dot = 0;

	while (p < at + 64 && is_mail(l->code[p]))
		p++;
	if (p == at)
		return false;
	while (is_blank(l->code[p]))
		p++;
	if (l->code[p] != '@')
		return false;
	for (p++; is_blank(l->code[p]); p++)
		;
	for (; is_mail(l->code[p]); p++)
		if (l->code[p] == '.')
			dot = p;
	while (p > 0 && dot == p - 1) { /* the full stop of the sentence */
		p--;
		for (dot = p - 1; dot > at && l->code[dot] != '.'; dot--)
			if (l->code[dot] == '@')
				return false;
	}
	if (dot == 0 || !is_letter(l->code[dot + 1]))
		return false;
	return found_at(f, at, p, LABEL_EMAIL, "mail");
}
