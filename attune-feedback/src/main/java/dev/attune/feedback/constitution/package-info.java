/** Constitutions: named principles with critique and revision requests, their file format, versions and differences. */
@NullMarked
package dev.attune.feedback.constitution;

import org.jspecify.annotations.NullMarked;
