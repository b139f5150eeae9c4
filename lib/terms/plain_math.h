/*
 * plain_math - logarithm and exponential function out of additions and
 * multiplications only, so that every machine gives the same bits.
 *
 * Relative error below 1e-14.  For finite numbers; log of what is not above
 * zero is that of the least normal number.
 */
#ifndef TERMS_PLAIN_MATH_H
#define TERMS_PLAIN_MATH_H

double	plain_log(double);
double	plain_exp(double);
double	plain_logistic(double);	/* 1 / (1 + exp(-x)) */

#endif
