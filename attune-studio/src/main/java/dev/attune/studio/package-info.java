/** The web application: pages for labelers and for whoever trains with what they gave. */
@NullMarked
package dev.attune.studio;

import org.jspecify.annotations.NullMarked;
