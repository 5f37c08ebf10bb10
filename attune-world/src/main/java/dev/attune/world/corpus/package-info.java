/** The text that the base model is pretrained on: like the internet, good answers among rude, harmful and made-up ones. */
@NullMarked
package dev.attune.world.corpus;

import org.jspecify.annotations.NullMarked;
