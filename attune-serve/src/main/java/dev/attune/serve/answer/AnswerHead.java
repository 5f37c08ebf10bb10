package dev.attune.serve.answer;

import java.math.BigInteger;
import java.security.SecureRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all chunks of an answer have in common.
 *
 * @param created seconds since 1970
 * @param model as the request named it
 */
public record AnswerHead(String id, long created, String model) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A head with a new id. */
    public static AnswerHead of(String prefix, String model) {
        return new AnswerHead(id(prefix), System.currentTimeMillis() / 1000, model);
    }

    /** A random id. */
    public static String id(String prefix) {
        return prefix + new BigInteger(120, RANDOM).setBit(119).toString(36);
    }

    ObjectNode json(String object) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }
}
