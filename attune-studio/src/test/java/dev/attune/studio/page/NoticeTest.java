package dev.attune.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NOTICE names every file of others that is served to browsers, with its version. */
class NoticeTest {
    private static String notice() throws IOException {
        return Files.readString(Path.of(System.getProperty("attune.root"), "NOTICE"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void filesOfOthersAreNamed(FrontEnd file) throws IOException {
        String[] path = file.path().split("/"); // sortablejs/1.15.6/Sortable.min.js
        assertThat(notice().toLowerCase(Locale.ROOT))
                .contains((path[0].replace(".org", "") + " " + path[1] + " (" + path[path.length - 1] + ")")
                        .toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LICENSE", "NOTICE"})
    void licenceAndNoticeComeWithTheArtifact(String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (URL place : Collections.list(FrontEnd.class.getClassLoader().getResources("META-INF/" + name))) {
            try (InputStream in = place.openStream()) {
                found.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(found).contains(Files.readString(Path.of(System.getProperty("attune.root"), name)));
    }
}
