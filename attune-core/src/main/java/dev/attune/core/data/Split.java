package dev.attune.core.data;

import java.util.List;

/** Items to train on and items kept from training. */
public record Split<T>(List<T> train, List<T> heldOut) {
    public Split {
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
    }
}
