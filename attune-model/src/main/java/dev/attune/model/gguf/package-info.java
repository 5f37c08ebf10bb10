/**
 * GGUF, the file format of llama.cpp: the container with its metadata and block formats, the names of tensors by family,
 * the tokenizer and chat template in it, and the conversion from and to model directories of Hugging Face. What a model
 * computes is not here: a GGUF file is converted to a model directory and loaded from there.
 */
@NullMarked
package dev.attune.model.gguf;

import org.jspecify.annotations.NullMarked;
