/** The web application: pages for labelers, reviewers and admins. */
@NullMarked
package dev.attune.studio;

import org.jspecify.annotations.NullMarked;
