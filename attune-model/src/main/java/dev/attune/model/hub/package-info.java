/**
 * Models named {@code hf:owner/name}: fetched from the hub that {@code HF_ENDPOINT} names and kept in a cache. The only
 * package of this module that uses HTTP.
 */
@NullMarked
package dev.attune.model.hub;

import org.jspecify.annotations.NullMarked;
