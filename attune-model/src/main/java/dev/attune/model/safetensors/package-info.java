/**
 * The safetensors format: an eight-byte length, a JSON header, the data. Reads and writes single files and sharded
 * directories of any size, and answers every lie in a file with one {@link
 * dev.attune.core.error.BadInputException}. Knows nothing of models: which names and shapes belong to one is decided by
 * the checkpoint package.
 */
@NullMarked
package dev.attune.model.safetensors;

import org.jspecify.annotations.NullMarked;
