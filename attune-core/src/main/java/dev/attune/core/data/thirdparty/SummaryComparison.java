package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Comparisons of summaries (openai/summarize_from_feedback): a post or an article under {@code info}, two {@code summaries} and
 * {@code choice}, the index of the better one. The prompt has the form of the paper: subreddit, title, post and "TL;DR:".
 */
public final class SummaryComparison implements ThirdPartyShape {
    private static final String SUMMARIES = "summaries";

    @Override
    public boolean matches(RowKeys row) {
        JsonNode summaries = row.object().get(SUMMARIES);
        return row.object().path("info").isObject() && summaries != null && summaries.isArray() && row.has("choice");
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        JsonNode summaries = Values.require(row, SUMMARIES);
        if (summaries.size() != 2) {
            throw Values.invalid(SUMMARIES, summaries, "two summaries");
        }
        RankingObject ranking =
                RankingObject.of(StringNode.valueOf(prompt(row))).with("labeler", row.take("worker"));
        for (JsonNode summary : summaries) {
            if (!(summary instanceof ObjectNode object)) {
                throw Values.invalid(SUMMARIES, summary, "an object with text");
            }
            RowKeys keys = new RowKeys(object);
            ranking.completion(Values.require(keys, "text"), keys.take("policy"));
            row.unusedInside(SUMMARIES + "[].", keys);
        }
        return List.of(ranking.verdict(Values.choice(row, "choice", 0, 1) == 0 ? -1 : 1));
    }

    private static String prompt(RowKeys row) {
        if (!(Values.require(row, "info") instanceof ObjectNode info)) {
            throw Values.invalid("info", row.object().get("info"), "an object with a post or an article");
        }
        RowKeys keys = new RowKeys(info);
        String post = text(keys, "post");
        String article = text(keys, "article");
        String subreddit = text(keys, "subreddit");
        String title = text(keys, "title");
        row.unusedInside("info.", keys);
        if (post == null) {
            if (article == null) {
                throw new ShapeProblem(
                        ShapeProblem.Kind.MISSING_KEY, "info", "neither a post nor an article", "one of the two");
            }
            return (title == null ? "" : "TITLE: " + title + "\n\n") + "ARTICLE: " + article + "\n\nTL;DR:";
        }
        return (subreddit == null ? "" : "SUBREDDIT: r/" + subreddit + "\n\n")
                + (title == null ? "" : "TITLE: " + title + "\n\n")
                + "POST: "
                + post
                + "\n\nTL;DR:";
    }

    private static @Nullable String text(RowKeys info, String key) {
        JsonNode value = info.take(key);
        return value == null || !value.isString() || value.stringValue().isBlank() ? null : value.stringValue();
    }
}
