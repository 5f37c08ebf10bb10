/** From tokens to text: characters of several tokens, stop strings, thinking. No HTTP, no JSON. */
@NullMarked
package dev.attune.serve.text;

import org.jspecify.annotations.NullMarked;
