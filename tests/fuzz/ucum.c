/*
 * A unit against a small table of atoms: it is refused with a reason, or its
 * dimension can be told.
 */
#include <stdint.h>

#include "terms/ucum.h"

static const char atoms[] =
    "code,metric,class,value,unit\nm,yes,base,,\ng,yes,base,,\ns,yes,base,,\n"
    "mol,yes,base,,\nL,yes,,1,dm3\n10*,,,10,1\n[iU],yes,arbitrary,,\n"
    "K,yes,base,,\nCel,yes,special,,\n%,,,1,10*-2\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct ucum *ucum;
	struct arena *arena = arena_new();
	struct err e = { 0 };
	struct unit u;

	if (ucum == NULL)
		ucum = ucum_parse("ucum.csv", SLICE(atoms), NULL, &e);
	if (ucum == NULL)
		__builtin_trap();
	if (ucum_unit(
		ucum, (struct slice){ (const char *)data, n }, arena, &u, &e))
		ucum_dimension(&u, arena);
	else if (e.text[0] == '\0')
		__builtin_trap();
	arena_free(arena);
	return 0;
}
