#include "model/latency.h"

/* Up to 8 ms each has its step; then each octave has four. */
#define EXACT 8

static unsigned
step_of(unsigned long ms)
{
	unsigned octave = 0;
	unsigned step;

	if (ms < EXACT)
		return (unsigned)ms;
	while (ms >> octave >= EXACT)
		octave++;
	step = EXACT + (octave - 1) * 4 + (unsigned)(ms >> octave) - EXACT / 2;
	return step < LATENCY_STEPS ? step : LATENCY_STEPS - 1;
}

/* The longest time that falls into the step. */
static unsigned long
end_of(unsigned step)
{
	unsigned octave = (step - EXACT) / 4 + 1;

	if (step < EXACT)
		return step;
	return (((step - EXACT) % 4 + EXACT / 2 + 1ul) << octave) - 1;
}

void
latency_add(struct latency *l, unsigned long ms)
{
	l->steps[step_of(ms)]++;
	l->n++;
}

unsigned long
latency_percentile(const struct latency *l, unsigned percent)
{
	uint64_t seen = 0, wanted = (l->n * percent + 99) / 100;
	unsigned i = 0;

	if (l->n == 0)
		return 0;
	while ((seen += l->steps[i]) < wanted)
		i++;
	return end_of(i);
}
