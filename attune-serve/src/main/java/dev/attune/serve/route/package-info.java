/** What the server answers at each path. */
@NullMarked
package dev.attune.serve.route;

import org.jspecify.annotations.NullMarked;
