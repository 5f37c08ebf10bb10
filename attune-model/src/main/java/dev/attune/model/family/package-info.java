/**
 * The decoder families: one class each, with the keys of its config.json, their defaults and the description of its
 * blocks. Each is listed in {@code META-INF/services/dev.attune.model.config.Family}. Reading config.json in general
 * belongs to the config package, computing to the transformer package.
 */
@NullMarked
package dev.attune.model.family;

import org.jspecify.annotations.NullMarked;
