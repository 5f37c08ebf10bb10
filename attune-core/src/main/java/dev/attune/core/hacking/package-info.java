/**
 * Signs of reward hacking, in which a policy raises its reward without getting better, read from a run directory. Pages
 * belong to the studio.
 */
@NullMarked
package dev.attune.core.hacking;

import org.jspecify.annotations.NullMarked;
