/** Requests to a server of OpenAI's protocol: answers, streams of events, repeats, and errors as LangChain4j's exceptions. */
@NullMarked
package dev.attune.langchain4j.http;

import org.jspecify.annotations.NullMarked;
