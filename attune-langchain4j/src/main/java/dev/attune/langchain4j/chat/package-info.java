/** Chats of LangChain4j in the JSON of OpenAI's protocol, and its answers, whole or in chunks, as LangChain4j's. */
@NullMarked
package dev.attune.langchain4j.chat;

import org.jspecify.annotations.NullMarked;
