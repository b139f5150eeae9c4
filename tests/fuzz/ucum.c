/*
 * A unit against a small table of atoms: it is refused with a reason, or its
 * dimension can be told and it can be said in words.
 */
#include <stdint.h>

#include "terms/ucum.h"

static const char atoms[] =
    "code,metric,class,function,value,unit,name\nm,yes,base,,,,meter\n"
    "g,yes,base,,,,\ns,yes,base,,,,\nmol,yes,base,,,,\nL,yes,,,1,dm3,\n"
    "10*,,,,10,1,\n[iU],yes,arbitrary,,,,\n[CFU],,arbitrary,,,,\n"
    "K,yes,base,,,,\nCel,yes,special,+273.15,1,K,\n%,,,,1,10*-2,\n"
    "B,yes,special,lg,1,1,bel\n[pH],,special,-lg,1,mol/L,\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct ucum *ucum;
	struct arena *arena = arena_new();
	struct slice code = { (const char *)data, n };
	struct err e = { 0 };
	struct buf words = { 0 };
	struct unit u;

	if (ucum == NULL)
		ucum = ucum_parse("ucum.csv", SLICE(atoms), NULL, &e);
	if (ucum == NULL)
		__builtin_trap();
	if (ucum_unit(ucum, code, arena, &u, &e)) {
		ucum_dimension(&u, arena);
		if (!ucum_display(ucum, code, arena, &words) || words.n == 0)
			__builtin_trap();
	} else if (e.text[0] == '\0') {
		__builtin_trap();
	}
	buf_release(&words);
	arena_free(arena);
	return 0;
}
