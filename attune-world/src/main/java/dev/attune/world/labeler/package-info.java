/**
 * Simulated labelers: noisy, biased stand-ins for people who rank completions. They are the only way by which truth
 * reaches training. Nothing here is a person, and reports that use these rankings say so.
 */
@NullMarked
package dev.attune.world.labeler;

import org.jspecify.annotations.NullMarked;
