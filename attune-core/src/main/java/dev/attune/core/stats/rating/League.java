package dev.attune.core.stats.rating;

import dev.attune.core.stats.Figure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Models that can be compared by finite strengths.
 *
 * @param met the battles of the models that met
 * @param fitted the same with the prior's
 * @param members indices of the league's models
 */
@SuppressWarnings("ArrayRecordComponent")
record League(WinMatrix met, WinMatrix fitted, WinGraph graph, int[] members, int number) {
    List<Rating> ratings() {
        if (members.length == 1) {
            Figure none = Figure.undefined("no finite rating: " + reason(members[0]));
            return List.of(rating(members[0], none, none));
        }
        BradleyTerryFit fit = BradleyTerryFit.fit(fitted.only(members).wins());
        return IntStream.range(0, members.length)
                .mapToObj(i -> rating(members[i], Figure.of(fit.strengths()[i]), Figure.of(fit.errors()[i])))
                .toList();
    }

    private Rating rating(int model, Figure strength, Figure error) {
        return new Rating(met.models().get(model), strength, error, number, won(model) + lost(model));
    }

    private String reason(int model) {
        if (met.models().size() == 1) {
            return "it met no other model";
        }
        if (lost(model) == 0) {
            return "it won every battle";
        }
        if (won(model) == 0) {
            return "it lost every battle";
        }
        return "no chain of wins leads from "
                + firstOther(model, false)
                + " to it and none from it to "
                + firstOther(model, true);
    }

    private String firstOther(int model, boolean fromModel) {
        return IntStream.range(0, met.models().size())
                .filter(other -> fromModel ? !graph.reaches(model, other) : !graph.reaches(other, model))
                .mapToObj(met.models()::get)
                .findFirst()
                .orElseThrow();
    }

    private double won(int model) {
        return Arrays.stream(met.wins()[model]).sum();
    }

    private double lost(int model) {
        return Arrays.stream(met.wins()).mapToDouble(row -> row[model]).sum();
    }
}
