package dev.attune.studio.project;

import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairOptions;
import dev.attune.feedback.store.Imports;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.transfer.ExportFile;
import dev.attune.feedback.transfer.ImportFile;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.RequiredRole;
import dev.attune.studio.page.Upload;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Import of files into projects, and export. */
public final class ImportExportPages {
    private static final ReadOptions STRICT = ReadOptions.defaults().withOnFault(OnFault.FAIL);
    private static final Map<String, String> TYPES = Map.of(
            "jsonl", "application/x-ndjson; charset=utf-8",
            "parquet", "application/vnd.apache.parquet");

    private final Store store;
    private final Access access;

    public ImportExportPages(Store store, Access access) {
        this.store = store;
        this.access = access;
    }

    public void add(RoutesConfig routes) {
        routes.post("/projects/{project}/tasks", this::addFile, RequiredRole.REVIEWER);
        routes.get("/projects/{project}/export", this::export, RequiredRole.REVIEWER);
    }

    /** Imports tasks to be ranked, or rankings from elsewhere. */
    private void addFile(Context context) throws IOException {
        Labeler person = access.person(context);
        Project project = access.project(context);
        boolean tasksAlone = Forms.text(context, "as").equals("tasks");
        Imports.Outcome outcome = Upload.read(context, "file", file -> {
            ImportFile read = ImportFile.read(file, STRICT);
            return read.ranked() && !tasksAlone
                    ? read.addRankings(store, project, person.id())
                    : read.addTasks(store, project, person.id());
        });
        context.redirect("/projects/" + project.id() + "?added=" + outcome.added() + "&known=" + outcome.known());
    }

    private void export(Context context) throws IOException {
        Project project = access.project(context);
        String what = Forms.query(context, "what", "rankings");
        String as = Forms.query(context, "as", "jsonl");
        String type = TYPES.get(as);
        if (type == null) {
            throw BadInputException.at("as", "'" + as + "'", "jsonl or parquet", "change the address");
        }
        Path file = Files.createTempFile("attune-export", "." + as);
        try {
            write(project, what, file);
            context.header("Content-Disposition", "attachment; filename=\"" + what + "." + as + "\"");
            context.contentType(type);
            context.result(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void write(Project project, String what, Path file) {
        switch (what) {
            case "rankings" -> ExportFile.rankings(store, project, file);
            case "preferences" -> ExportFile.preferences(store, project, file, PairOptions.defaults());
            default ->
                throw BadInputException.at("what", "'" + what + "'", "rankings or preferences", "change the address");
        }
    }
}
