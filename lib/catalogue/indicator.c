#include "catalogue/indicator.h"

static const char *const type_names[TYPE_COUNT] = { "number", "integer",
	"percent", "dims", "duration", "date", "bool", "code", "mark", "text" };

const char *
indicator_type_name(enum indicator_type type)
{
	return type_names[type];
}

bool
indicator_of_kind(const struct indicator *d, struct slice kind)
{
	for (size_t i = 0; i < d->nkinds; i++)
		if (slice_eq(d->kinds[i], kind))
			return true;
	return d->nkinds == 0;
}

const struct code *
indicator_code(const struct indicator *d, struct slice spelling)
{
	for (size_t i = 0; i < d->ncodes; i++)
		for (size_t j = 0; j < d->codes[i].nspellings; j++)
			if (slice_eq(d->codes[i].spellings[j], spelling))
				return &d->codes[i];
	return NULL;
}
