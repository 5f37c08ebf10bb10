/** Validated requests, one record per route. */
@NullMarked
package dev.attune.serve.request;

import org.jspecify.annotations.NullMarked;
