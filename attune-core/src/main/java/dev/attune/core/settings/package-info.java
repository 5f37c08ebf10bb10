/** Settings in YAML files: a tree with lines, typed reading with defaults, errors that name the place. */
@NullMarked
package dev.attune.core.settings;

import org.jspecify.annotations.NullMarked;
