/** Projects: their list, their pages, and the files that go in and out. */
@NullMarked
package dev.attune.studio.project;

import org.jspecify.annotations.NullMarked;
