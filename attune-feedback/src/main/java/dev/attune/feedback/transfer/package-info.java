/** Tasks and rankings between files and the store. The formats of lines belong to dev.attune.core.data. */
@NullMarked
package dev.attune.feedback.transfer;

import org.jspecify.annotations.NullMarked;
