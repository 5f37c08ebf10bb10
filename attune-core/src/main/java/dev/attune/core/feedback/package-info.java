/** Rankings by people and judges, and the preferences derived from them. Storage belongs to attune-feedback. */
@NullMarked
package dev.attune.core.feedback;

import org.jspecify.annotations.NullMarked;
