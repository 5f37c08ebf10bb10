package dev.attune.serve.answer;

import dev.attune.serve.tool.Tools;

/**
 * How the text of a chat's answer is read.
 *
 * @param json whether the text is JSON by a constraint, so that it has no calls between tags
 * @param thinks whether the model thinks before it answers
 * @param thinkingOpen whether the prompt opened the thinking
 */
public record ChatForm(Tools tools, boolean json, boolean thinks, boolean thinkingOpen) {}
