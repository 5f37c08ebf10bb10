package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * PKU-SafeRLHF (PKU-Alignment/PKU-SafeRLHF and its single-dimension version): two responses and, for each of two criteria, which
 * one is preferred. A row gives one ranking for the criterion {@code better} (helpfulness) and one for {@code safer}.
 */
public final class PkuSafeRlhf implements ThirdPartyShape {
    private static final Map<String, String> CRITERIA =
            new java.util.TreeMap<>(Map.of("better", "better_response_id", "safer", "safer_response_id"));

    @Override
    public boolean matches(RowKeys row) {
        return row.has("response_0")
                && row.has("response_1")
                && CRITERIA.values().stream().anyMatch(row::has);
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        List<ObjectNode> rankings = new ArrayList<>();
        CRITERIA.forEach((criterion, key) -> {
            if (row.has(key)) {
                int better = Values.choice(row, key, 0, 1);
                rankings.add(RankingObject.of(Values.require(row, "prompt"))
                        .completion(Values.require(row, "response_0"), row.take("response_0_source"))
                        .completion(Values.require(row, "response_1"), row.take("response_1_source"))
                        .criterion(criterion)
                        .verdict(better == 0 ? -1 : 1));
            }
        });
        if (rankings.isEmpty()) {
            Values.require(row, "better_response_id");
        }
        return rankings;
    }
}
