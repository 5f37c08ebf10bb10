package dev.attune.studio;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.Map;

/** Turns templates into pages. */
final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Csrf csrf;

    Pages(Csrf csrf) {
        this.csrf = csrf;
    }

    String csrf() {
        return csrf.token();
    }

    void show(Context context, String template, Map<String, Object> values) {
        StringOutput html = new StringOutput();
        engine.render(template, values, html);
        context.html(html.toString());
    }
}
