package dev.attune.studio;

import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.feedback.transfer.ExportFile;
import dev.attune.feedback.transfer.ImportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Projects in every state: empty, with tasks, with one ranking, and imported from each format. */
final class SampleProjects {
    private static final String RANKING =
            "{'prompt':'p','completions':[{'text':'a'},{'text':'b'}],'criterion':'best','order':[[%d],[%d]],"
                    + "'unranked':[],'labeler':'%s'%s}\n";

    /** Files by the name of the project that is made from them. */
    private static final Map<String, String> FILES = Map.of(
            "tasks.jsonl",
            "{'prompt':'Hello?','completions':['Hi','No']}\n",
            "tasks.csv",
            "prompt,completions\r\nHello?,\"[\"\"Hi\"\", \"\"No\"\"]\"\r\n",
            "rankings.jsonl",
            RANKING.formatted(0, 1, "l1", "") + RANKING.formatted(1, 0, "l2", ""),
            "timed.jsonl",
            RANKING.formatted(0, 1, "l1", ",'time':'2025-01-01T12:00:00Z','guideline':'v1'"),
            "single.jsonl",
            RANKING.formatted(0, 1, "l1", ""),
            "ties.jsonl",
            "{'prompt':'p','completions':[{'text':'a'},{'text':'b'}],'criterion':'best','order':[[0,1]],'unranked':[],"
                    + "'labeler':'l1','all_bad':true}\n",
            "argilla.json",
            "[{'fields':{'instruction':'Hi?','one':'A','two':'B'},'responses':[{'user_id':'u1','status':'submitted',"
                    + "'values':{'best':{'value':[{'value':'one','rank':1},{'value':'two','rank':2}]}}}]}]",
            "label-studio.json",
            "[{'id':1,'data':{'prompt':'Hi?','answer1':'A','answer2':'B'},'annotations':[{'id':2,'completed_by':7,"
                    + "'result':[{'from_name':'best','to_name':'pair','type':'pairwise','value':{'selected':'left'}}]}]}]");

    private final Store store;
    private final Labeler author;
    private final Map<String, Project> projects = new LinkedHashMap<>();

    SampleProjects(Store store, Labeler author, Labeler member, Path folder) throws IOException {
        this.store = store;
        this.author = author;
        add("empty");
        addTasks("tasks by hand");
        rank(addTasks("one ranking"), member);
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = folder.resolve(file.getKey());
            String text = file.getKey().endsWith("csv")
                    ? file.getValue()
                    : file.getValue().replace('\'', '"');
            imported(Files.writeString(path, text));
        }
        Path table = folder.resolve("rankings.parquet");
        ExportFile.rankings(store, project("rankings.jsonl"), table);
        imported(table);
        for (Project project : projects.values()) {
            new Members(store).add(project.id(), member.id(), author.id());
        }
    }

    /** By name. */
    Map<String, Project> all() {
        return projects;
    }

    Project project(String name) {
        return java.util.Objects.requireNonNull(projects.get(name));
    }

    private Project add(String name) {
        Project project = new Projects(store)
                .add(Project.Plan.of(name, List.of(Criterion.named("best"))).withOverlap(2), author.id());
        projects.put(name, project);
        return project;
    }

    private Project addTasks(String name) {
        Project project = add(name);
        Tasks.Draft draft = new Tasks.Draft(
                Prompt.text("Hello?"), List.of(new Ranking.Completion("Hi", "m"), new Ranking.Completion("No", null)));
        new Tasks(store).add(project, List.of(draft), author.id());
        return project;
    }

    private void rank(Project project, Labeler labeler) {
        Queue queue = new Queue(store);
        String task = queue.next(project, labeler.id()).orElseThrow().task();
        Judgement judgement = new Judgement("best", List.of(List.of(0), List.of(1)), List.of(), false);
        queue.submit(new Submission("s", task, labeler.id(), List.of(judgement), 1));
    }

    private void imported(Path file) {
        Project project = add(file.getFileName().toString());
        ImportFile read = ImportFile.read(file, ReadOptions.defaults().withOnFault(OnFault.FAIL));
        if (read.ranked()) {
            read.addRankings(store, project, author.id());
        } else {
            read.addTasks(store, project, author.id());
        }
    }
}
