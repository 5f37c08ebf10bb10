/**
 * Models in directories on this machine behind the interfaces of attune-core: text and numbers in and out. How they
 * compute lies in {@code transformer} and {@code generation}.
 */
@NullMarked
package dev.attune.model.local;

import org.jspecify.annotations.NullMarked;
