/** Classes that recipes name, from the class path and from the jars that a recipe lists. */
@NullMarked
package dev.attune.training.plugin;

import org.jspecify.annotations.NullMarked;
