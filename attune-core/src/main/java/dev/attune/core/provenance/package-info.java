/** Where models and data come from: versions, machine, seed, hashes, and the chain of parents back to the first rankings. */
@NullMarked
package dev.attune.core.provenance;

import org.jspecify.annotations.NullMarked;
