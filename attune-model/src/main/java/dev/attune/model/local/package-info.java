/**
 * Local models behind the interfaces of attune-core: text and numbers in and out. The computation is in
 * {@code transformer} and {@code generation}.
 */
@NullMarked
package dev.attune.model.local;

import org.jspecify.annotations.NullMarked;
