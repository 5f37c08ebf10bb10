package dev.attune.feedback.transfer;

import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.feedback.RankingPairs;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import java.nio.file.Path;
import java.util.List;

/**
 * Exports rankings and preferences as datasets: JSONL, JSON, CSV or Parquet by the file's name. A file is written
 * completely or not at all.
 */
public final class ExportFile {
    private ExportFile() {}

    /**
     * Exports the newest revision of each ranking.
     *
     * @return their number
     * @throws BadInputException if there is none, or the file's name has no known extension
     */
    public static long rankings(Store store, Project project, Path file) {
        RowFiles.requireContainer(file);
        List<Ranking> rankings = required(store, project);
        return RowFiles.write(
                file,
                rankings.stream().map(ranking -> new Row.RankingRow(0, ranking)).toList());
    }

    /**
     * Exports the preferences derived from the rankings, each with its labelers, criteria, guidelines and times.
     *
     * @return their number
     * @throws BadInputException if there is none, or the file's name has no known extension
     */
    public static long preferences(Store store, Project project, Path file, PairOptions options) {
        RowFiles.requireContainer(file);
        List<Preference> pairs = RankingPairs.derive(required(store, project), options);
        if (pairs.isEmpty()) {
            throw BadInputException.at(
                    "project '" + project.name() + "'",
                    "rankings that give no pair under " + options.describe(),
                    "at least one",
                    "choose other pairs, ties or another criterion");
        }
        return RowFiles.write(
                file, pairs.stream().map(pair -> new Row.PreferenceRow(0, pair)).toList());
    }

    private static List<Ranking> required(Store store, Project project) {
        List<Ranking> rankings = new Rankings(store).of(project.id());
        if (rankings.isEmpty()) {
            throw BadInputException.at(
                    "project '" + project.name() + "'", "no rankings", "at least one", "rank or import some first");
        }
        return rankings;
    }
}
