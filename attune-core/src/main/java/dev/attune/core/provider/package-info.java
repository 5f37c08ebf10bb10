/** What providers of environments and of rewards share: the settings that a recipe gives them. */
@NullMarked
package dev.attune.core.provider;

import org.jspecify.annotations.NullMarked;
