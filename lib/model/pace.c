#include "model/pace.h"

#define MINUTE_US 60000000
#define SAVED_US  1000000

bool
pace_allows(const struct pace *p, long now_ms)
{
	return p->a_minute == 0 || p->next_us <= (int64_t)now_ms * 1000;
}

void
pace_spend(struct pace *p, int64_t amount, long now_ms)
{
	int64_t least = (int64_t)now_ms * 1000 - SAVED_US;

	if (p->a_minute == 0)
		return;
	if (p->next_us < least)
		p->next_us = least;
	p->next_us += amount * MINUTE_US / (int64_t)p->a_minute;
}
