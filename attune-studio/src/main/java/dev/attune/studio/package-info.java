/**
 * The web application for labelers, reviewers and admins: its start, what it gets from the program that starts it, and its
 * background work. Pages are in the subpackage of their concept, on top of {@link dev.attune.studio.page.Pages}.
 */
@NullMarked
package dev.attune.studio;

import org.jspecify.annotations.NullMarked;
