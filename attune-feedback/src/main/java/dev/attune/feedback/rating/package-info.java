/**
 * People's ratings of answers beside a judge's verdicts: the sample to rate, the ratings, the agreement of both, and rates
 * corrected for the judge's errors.
 */
@NullMarked
package dev.attune.feedback.rating;

import org.jspecify.annotations.NullMarked;
