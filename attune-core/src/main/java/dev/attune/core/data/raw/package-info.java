/** Raw rows of files: JSON objects that record which of their keys were used, and the values that need more than JSON: dialogues, Python lists, speakers. */
@NullMarked
package dev.attune.core.data.raw;

import org.jspecify.annotations.NullMarked;
