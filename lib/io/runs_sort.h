/*
 * runs_sort - entries of one size (at most RUNS_SIZE) sorted by their bytes,
 * in place: qsort of the C library wants as much memory again.
 */
#ifndef IO_RUNS_SORT_H
#define IO_RUNS_SORT_H

#include <stddef.h>
#include <stdint.h>

void	runs_sort(uint8_t *entries, size_t n, size_t size);

#endif
