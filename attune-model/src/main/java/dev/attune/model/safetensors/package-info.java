/**
 * The safetensors format: an eight-byte length, a JSON header, the data. Reads and writes single files and sharded
 * directories of any size, and refuses every inconsistent file with a {@link dev.attune.core.error.BadInputException}.
 * Names and shapes of a model's weights are checked elsewhere.
 */
@NullMarked
package dev.attune.model.safetensors;

import org.jspecify.annotations.NullMarked;
