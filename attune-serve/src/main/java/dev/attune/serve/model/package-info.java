/** The models that a server has, and what each of them is made of. */
@NullMarked
package dev.attune.serve.model;

import org.jspecify.annotations.NullMarked;
