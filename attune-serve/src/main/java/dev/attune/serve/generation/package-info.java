/** Runs the choices of a request on an engine and collects their tokens. The engine's thread never waits here. */
@NullMarked
package dev.attune.serve.generation;

import org.jspecify.annotations.NullMarked;
