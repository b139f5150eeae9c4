/*
 * From the first byte on, each byte parts the entries into 256 heaps, each of
 * which is parted by the next (American flag sort); few entries are sorted by
 * insertion.
 */
#include "io/runs_sort.h"

#include <string.h>

#include "io/runs.h"

#define FEW 24

static void
insert(uint8_t *p, size_t n, size_t size, size_t at)
{
	uint8_t entry[RUNS_SIZE];

	for (size_t i = 1; i < n; i++) {
		size_t k = i;

		memcpy(entry, p + i * size, size);
		while (k > 0 &&
		    memcmp(p + (k - 1) * size + at, entry + at, size - at) > 0)
			k--;
		memmove(p + (k + 1) * size, p + k * size, (i - k) * size);
		memcpy(p + k * size, entry, size);
	}
}

static void
swap(uint8_t *a, uint8_t *b, size_t size)
{
	uint8_t entry[RUNS_SIZE];

	memcpy(entry, a, size);
	memcpy(a, b, size);
	memcpy(b, entry, size);
}

static void
part(uint8_t *p, size_t n, size_t size, size_t at)
{
	size_t next[256], end[256], count[256], sum;

	for (; at < size; at++) {
		memset(count, 0, sizeof(count));
		for (size_t i = 0; i < n; i++)
			count[p[i * size + at]]++;
		if (count[p[at]] < n)
			break;
	}
	if (at == size)
		return;
	sum = 0;
	for (size_t b = 0; b < 256; b++) {
		next[b] = sum;
		sum += count[b];
		end[b] = sum;
	}
	for (size_t b = 0; b < 256; b++)
		while (next[b] < end[b]) {
			uint8_t *entry = p + next[b] * size;
			uint8_t to = entry[at];

			if (to == b)
				next[b]++;
			else
				swap(entry, p + next[to]++ * size, size);
		}
	for (size_t b = 0; b < 256; b++) {
		uint8_t *from = p + (end[b] - count[b]) * size;

		if (count[b] > FEW)
			part(from, count[b], size, at + 1);
		else
			insert(from, count[b], size, at);
	}
}

void
runs_sort(uint8_t *entries, size_t n, size_t size)
{
	if (n > FEW)
		part(entries, n, size, 0);
	else
		insert(entries, n, size, 0);
}
