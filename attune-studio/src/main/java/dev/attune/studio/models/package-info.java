/** The studio's open models, each for one caller at a time, and the page of the registered ones. The engine is passed in. */
@NullMarked
package dev.attune.studio.models;

import org.jspecify.annotations.NullMarked;
