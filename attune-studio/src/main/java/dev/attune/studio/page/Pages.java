package dev.attune.studio.page;

import dev.attune.feedback.store.Labeler;
import dev.attune.studio.auth.Authenticator;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;

/** Renders page templates. */
public final class Pages {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    private final Authenticator authenticator;

    public Pages(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Shows a page to a logged-in person. */
    public void show(Context context, String template, Map<String, Object> values) {
        Labeler person = authenticator.person(context);
        show(
                context,
                new Frame(authenticator.csrf(context), person.name(), person.role(), authenticator.team(context)),
                template,
                values);
    }

    /** Shows a page without login. */
    public void showOutside(Context context, String template, Map<String, Object> values) {
        show(context, Frame.OUTSIDE, template, values);
    }

    private void show(Context context, Frame frame, String template, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("frame", frame);
        StringOutput html = new StringOutput();
        engine.render(template, all, html);
        context.html(html.toString());
    }
}
