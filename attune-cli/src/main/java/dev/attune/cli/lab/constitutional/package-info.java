/**
 * Data and figures of the constitutional lab: talks from which a critic learns, its skill, rankings without labels of harm, and
 * what the truth says of a model. Training is in {@code dev.attune.cli.lab}.
 */
@NullMarked
package dev.attune.cli.lab.constitutional;

import org.jspecify.annotations.NullMarked;
