package dev.attune.core.stats.rating;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * How often each model beat each other one.
 *
 * @param models in the order of rows and columns
 * @param wins {@code wins[i][j]}: wins of i over j plus half of their ties; the diagonal is 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record WinMatrix(List<String> models, double[][] wins) {
    public WinMatrix {
        models = List.copyOf(models);
        int n = models.size();
        if (models.stream().distinct().count() != n
                || wins.length != n
                || Arrays.stream(wins).anyMatch(row -> row.length != n)
                || Arrays.stream(wins).flatMapToDouble(Arrays::stream).anyMatch(count -> !(count >= 0))) {
            throw new IllegalArgumentException("wins of distinct models need a square table of counts");
        }
    }

    /** Adds up battles; the models are sorted by name. */
    public static WinMatrix of(Collection<Battle> battles) {
        TreeSet<String> names = new TreeSet<>();
        battles.forEach(battle -> names.addAll(List.of(battle.a(), battle.b())));
        List<String> models = List.copyOf(names);
        double[][] wins = new double[models.size()][models.size()];
        for (Battle battle : battles) {
            int a = models.indexOf(battle.a());
            int b = models.indexOf(battle.b());
            wins[a][b] += battle.outcome();
            wins[b][a] += 1 - battle.outcome();
        }
        return new WinMatrix(models, wins);
    }

    /** The rows and columns of some models. */
    WinMatrix only(int[] indices) {
        double[][] part = new double[indices.length][indices.length];
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j < indices.length; j++) {
                part[i][j] = wins[indices[i]][indices[j]];
            }
        }
        return new WinMatrix(Arrays.stream(indices).mapToObj(models::get).toList(), part);
    }

    /** A copy with drawn games added to each pair. */
    WinMatrix withDraws(double perPair) {
        double[][] more = new double[wins.length][wins.length];
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                more[i][j] = wins[i][j] + (i == j ? 0 : perPair / 2);
            }
        }
        return new WinMatrix(models, more);
    }

    /** The names of some models. */
    List<String> names(int[] indices) {
        return Arrays.stream(indices).mapToObj(models::get).toList();
    }
}
