/**
 * What a generated text must look like, token by token: which tokens may come next so that the text can still become an
 * instance of a JSON schema. No tensors, no sampling.
 */
@NullMarked
package dev.attune.model.constraint;

import org.jspecify.annotations.NullMarked;
