package dev.attune.serve.answer;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Numbers of tokens, in OpenAI's form. */
public record Usage(long prompt, long completion) {
    public ObjectNode json() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }
}
