package dev.attune.serve.http;

/** The client closed its connection before its answer was whole. */
public final class ClientLeftException extends RuntimeException {
    ClientLeftException(Throwable cause) {
        super("the client left", cause);
    }

    public ClientLeftException() {
        super("the client left");
    }
}
