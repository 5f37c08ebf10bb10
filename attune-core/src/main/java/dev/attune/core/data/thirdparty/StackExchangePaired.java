package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Pairs of Stack Exchange answers (lvwerra/stack-exchange-paired): {@code response_j} has more votes than {@code response_k}. */
public final class StackExchangePaired implements ThirdPartyShape {
    @Override
    public boolean matches(RowKeys row) {
        return row.has("question") && row.has("response_j") && row.has("response_k");
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        return List.of(RankingObject.of(Values.require(row, "question"))
                .completion(Values.require(row, "response_j"), null)
                .completion(Values.require(row, "response_k"), null)
                .verdict(-1));
    }
}
