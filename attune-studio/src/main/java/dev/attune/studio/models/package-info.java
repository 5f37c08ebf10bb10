/** The studio's open models, each for one caller at a time. The engine is passed in. */
@NullMarked
package dev.attune.studio.models;

import org.jspecify.annotations.NullMarked;
