package dev.attune.langchain4j.http;

import dev.langchain4j.exception.LangChain4jException;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Answers that have one element per input. */
public final class Indexed {
    private Indexed() {}

    /**
     * The elements of {@code data} in the order of the inputs, which their {@code index} gives.
     *
     * @throws LangChain4jException if there is not exactly one for each input
     */
    public static List<JsonNode> data(JsonNode answer, int inputs) {
        JsonNode[] byIndex = new JsonNode[inputs];
        int found = 0;
        for (JsonNode item : answer.path("data")) {
            int index = item.path("index").asInt(-1);
            if (index < 0 || index >= inputs || byIndex[index] != null) {
                throw new LangChain4jException("the server's answer has the index " + item.path("index")
                        + ", expected each of 0 to " + (inputs - 1) + " once");
            }
            byIndex[index] = item;
            found++;
        }
        if (found != inputs) {
            throw new LangChain4jException(
                    "the server answered " + found + " of " + inputs + " inputs, expected one element for each");
        }
        return IntStream.range(0, inputs).mapToObj(i -> byIndex[i]).toList();
    }
}
