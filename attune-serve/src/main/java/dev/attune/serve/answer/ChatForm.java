package dev.attune.serve.answer;

import dev.attune.serve.tool.Tools;

/**
 * How the text of a chat's answer is read.
 *
 * @param json whether the text is JSON by a constraint, unless it is a call
 * @param thinks whether the model thinks before it answers
 * @param thinkingOpen whether the prompt opened the thinking
 */
public record ChatForm(Tools tools, boolean json, boolean thinks, boolean thinkingOpen) {}
