/**
 * LangChain4j's models over a server of OpenAI's protocol, or over a model in this process, which is served on a port of this
 * machine so that both behave alike.
 */
@NullMarked
package dev.attune.langchain4j;

import org.jspecify.annotations.NullMarked;
