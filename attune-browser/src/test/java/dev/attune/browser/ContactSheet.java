package dev.attune.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pictures of one page on several screens, side by side in one picture, as docs/studio-pages.md shows them. */
record ContactSheet(Path folder, List<String> screens) {
    private static final int WIDTH = 1500;
    private static final int HEIGHT = 620;
    private static final int QUALITY = 70;

    /** Writes {@code NAME.jpg} of the pictures {@code NAME-SCREEN.png}. */
    void write(Browser browser, String name) {
        StringBuilder html = new StringBuilder("<body style='margin:0;background:#777;display:flex;gap:8px'>");
        for (String screen : screens) {
            html.append("<div style='flex:")
                    .append(screen.startsWith("mobile") ? 1 : 3)
                    .append(";height:")
                    .append(HEIGHT)
                    .append("px;overflow:hidden'><img style='width:100%' src='")
                    .append(name)
                    .append('-')
                    .append(screen)
                    .append(".png'></div>");
        }
        try {
            Path file = Files.writeString(folder.resolve(name + ".html"), html);
            Page page = browser.page(file.toAbsolutePath(), WIDTH, HEIGHT);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(folder.resolve(name + ".jpg"))
                    .setType(ScreenshotType.JPEG)
                    .setQuality(QUALITY));
            page.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
