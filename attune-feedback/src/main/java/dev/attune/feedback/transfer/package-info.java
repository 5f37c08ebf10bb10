/** Tasks and rankings between files and the store. What the lines of a file look like belongs to dev.attune.core.data. */
@NullMarked
package dev.attune.feedback.transfer;

import org.jspecify.annotations.NullMarked;
