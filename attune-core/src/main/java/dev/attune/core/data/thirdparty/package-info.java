/** Public preference sets with columns of their own, rewritten in the keys of Attune's formats. One class per shape. */
@NullMarked
package dev.attune.core.data.thirdparty;

import org.jspecify.annotations.NullMarked;
