/** The pages on constitutions: their versions, their principles, and two versions side by side. */
@NullMarked
package dev.attune.studio.constitution;

import org.jspecify.annotations.NullMarked;
