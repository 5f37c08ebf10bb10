/** What people and judges said: rankings, and the preferences derived from them. No storage: that belongs to attune-feedback. */
@NullMarked
package dev.attune.core.feedback;

import org.jspecify.annotations.NullMarked;
