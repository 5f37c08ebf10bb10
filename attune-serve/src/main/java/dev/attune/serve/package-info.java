/** The HTTP server of OpenAI's protocol. {@link dev.attune.serve.ModelServer} starts it; the models and their engines are passed in. */
@NullMarked
package dev.attune.serve;

import org.jspecify.annotations.NullMarked;
