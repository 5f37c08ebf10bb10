package dev.attune.feedback.store;

import dev.attune.core.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Orders of completions: conversion to and from columns, and random display orders. */
public final class Orders {
    private Orders() {}

    /** A random display order by seed, so that no completion is favoured by its position. */
    public static List<Integer> shuffled(int count, String seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(seed.hashCode()));
        return order;
    }

    /** The text of indices, or of groups of them, in a column. */
    public static String column(List<?> indices) {
        return Json.line(indices);
    }

    static List<Integer> indices(String json) {
        return List.of(Json.records().readValue(json, Integer[].class));
    }

    static List<List<Integer>> groups(String json) {
        return Stream.of(Json.records().readValue(json, Integer[][].class))
                .map(group -> Arrays.stream(group).toList())
                .toList();
    }

    /** Reads the columns criterion, ranked, unranked and all_bad. */
    public static Judgement judgement(ResultSet row) throws SQLException {
        return new Judgement(
                row.getString("criterion"),
                groups(row.getString("ranked")),
                indices(row.getString("unranked")),
                row.getInt("all_bad") != 0);
    }
}
