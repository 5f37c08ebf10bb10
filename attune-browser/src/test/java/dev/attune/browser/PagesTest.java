package dev.attune.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page, light and dark, desktop and mobile: no serious accessibility faults, and a screenshot of each. */
@Tag("browser")
@Tag("one-jvm")
class PagesTest {
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final Path PICTURES = Path.of("target/pages");

    @TempDir
    Path folder;

    private Browser browser;
    private SampleStudio sample;

    @BeforeEach
    void open() {
        sample = new SampleStudio(folder);
        browser = new Browser();
    }

    @AfterEach
    void close() {
        browser.close();
        sample.close();
    }

    /** @param searched whether accessibility faults are checked: once each in light and dark, desktop and mobile */
    private record Screen(String name, int width, int height, ColorScheme scheme, boolean searched) {}

    private static final List<Screen> SCREENS = List.of(
            new Screen("desktop-light", 1280, 900, ColorScheme.LIGHT, true),
            new Screen("desktop-dark", 1280, 900, ColorScheme.DARK, false),
            new Screen("mobile-light", 390, 844, ColorScheme.LIGHT, false),
            new Screen("mobile-dark", 390, 844, ColorScheme.DARK, true));

    @Test
    void everyPageIsOpenToEverybody() {
        List<String> faults = new ArrayList<>();
        for (Screen screen : SCREENS) {
            Page page = browser.page(sample.address("/login"), screen.width(), screen.height());
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(screen.scheme()));
            look(page, "login", screen, faults);
            sample.logIn(page);
            sample.pages().forEach((name, path) -> {
                page.navigate(sample.address(path));
                look(page, name, screen, faults);
            });
            sample.chat(page);
            look(page, "chat", screen, faults);
            page.close();
        }
        ContactSheet sheet =
                new ContactSheet(PICTURES, SCREENS.stream().map(Screen::name).toList());
        sheet.write(browser, "login");
        sample.pages().keySet().forEach(name -> sheet.write(browser, name));
        sheet.write(browser, "chat");
        assertThat(faults).isEmpty();
        assertThat(browser.complaints())
                .as("but for the page that is not there")
                .allMatch(text -> text.contains("404"));
    }

    private static void look(Page page, String name, Screen screen, List<String> faults) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(name + "-" + screen.name() + ".png")));
        Object wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1");
        if (Boolean.TRUE.equals(wide)) {
            faults.add(name + " on " + screen.name() + " is wider than the screen");
        }
        if (screen.searched()) {
            search(page, name + " on " + screen.name(), faults);
        }
    }

    private static void search(Page page, String where, List<String> faults) {
        for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
            if (SERIOUS.contains(rule.getImpact())) {
                rule.getNodes().forEach(node -> faults.add(where + ": " + rule.getId() + " at " + node.getHtml()));
            }
        }
    }
}
