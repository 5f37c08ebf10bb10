/** The pages on a campaign of red teaming: its figures, findings and attempts, and the rating of a sample by people. */
@NullMarked
package dev.attune.studio.campaign;

import org.jspecify.annotations.NullMarked;
