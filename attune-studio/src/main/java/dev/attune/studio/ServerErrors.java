package dev.attune.studio;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.router.Endpoint;
import java.io.EOFException;
import java.lang.System.Logger.Level;

/** Logs every request that is answered with status 500, with its method, path and stack trace. */
final class ServerErrors {
    private static final System.Logger LOG = System.getLogger(ServerErrors.class.getName());
    private static final String LINE = "The studio failed at this request. The details are in its log.";

    private ServerErrors() {}

    static void add(JavalinConfig config, StudioServices services) {
        config.router.handlerWrapper(ServerErrors::loggingErrors);
        config.routes.exception(Exception.class, (wrong, context) -> {
            log(context, wrong);
            answer(services, context);
        });
    }

    /** Exceptions reach the exception handler above. Errors, such as a stack overflow, do not. */
    private static Handler loggingErrors(Endpoint endpoint) {
        return context -> {
            try {
                endpoint.handler.handle(context);
            } catch (Error e) {
                log(context, e);
                throw e;
            }
        };
    }

    private static void log(Context context, Throwable wrong) {
        // A client that closes its connection is no failure of the studio.
        Level level = wrong instanceof EOFException ? Level.DEBUG : Level.ERROR;
        LOG.log(level, context.method() + " " + context.path() + " failed", wrong);
    }

    /** Answers as plain text if the error page fails too, for example without database. */
    private static void answer(StudioServices services, Context context) {
        try {
            services.refuse(context, 500, LINE);
        } catch (RuntimeException again) {
            context.status(500).result(LINE);
        }
    }
}
