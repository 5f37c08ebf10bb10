package dev.attune.core.stats.rating;

import dev.attune.core.stats.Figure;

/**
 * One model's rating.
 *
 * @param strength its natural log, with mean 0 within the league; undefined if no finite value has the largest
 *     likelihood
 * @param error Wald's standard error of the strength
 * @param league the number of the set of models with which the strength can be compared, from 0
 * @param battles of the model
 */
public record Rating(String model, Figure strength, Figure error, int league, double battles) {}
