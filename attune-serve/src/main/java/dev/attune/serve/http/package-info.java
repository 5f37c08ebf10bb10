/** The HTTP layer: reading and writing, keys, origins, clients that leave. Knows no models. */
@NullMarked
package dev.attune.serve.http;

import org.jspecify.annotations.NullMarked;
