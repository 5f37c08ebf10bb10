package dev.attune.feedback.exchange;

import dev.attune.feedback.store.StoreUrl;

class SqliteExchangeTest extends ExchangeContract {
    private int databases;

    @Override
    StoreUrl empty() {
        return StoreUrl.parse(folder.resolve("studio-" + ++databases + ".db").toString());
    }
}
