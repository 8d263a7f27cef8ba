/*
 * logistic.h - logistic regression on counted rows with a ridge and floors, for calibration lines and maps.
 */
#ifndef DETECTORS_STATS_LOGISTIC_H
#define DETECTORS_STATS_LOGISTIC_H

#include <stdbool.h>
#include <stddef.h>

#define LOGISTIC_TERMS_MAX 3

// What is known of all items with the same terms. trials > 0, 0 <= events <= trials; weights may be real.
typedef struct LogisticRow
{
    double terms[LOGISTIC_TERMS_MAX];
    double trials, events;
} LogisticRow;

// ridge: strength of the pull of each coefficient towards its prior, in units of 1 / variance; 0 for none.
// floor: the least value of each coefficient, -INFINITY for none.
typedef struct LogisticProblem
{
    const LogisticRow *rows;
    size_t count, terms;
    double ridge[LOGISTIC_TERMS_MAX], prior[LOGISTIC_TERMS_MAX], floor[LOGISTIC_TERMS_MAX];
} LogisticProblem;

// The coefficients at which the penalised likelihood is greatest. False, and nothing written, when there is no such
// place: no rows, terms that say the same, outcomes that the terms separate, or a value that is not finite.
bool logistic_fit(const LogisticProblem *problem, double coefficients[LOGISTIC_TERMS_MAX]);

// 1 / (1 + exp(-x)) and log(1 + exp(x)) without overflow.
double logistic(double x);
double logistic_softplus(double x);

#endif
