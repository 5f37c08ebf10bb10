package dev.attune.serve.http;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Sees whether a client left while its request is computed, by reading from its connection without waiting. Only after the
 * whole body was read. A client that closes only its sending half counts as one that left.
 */
final class ClientWatch {
    private static final int MOST = 512;

    private final Connection connection;
    private final EndPoint endPoint;
    private final ByteBuffer buffer = BufferUtil.allocate(MOST);
    private boolean blind;
    private boolean gone;

    ClientWatch(Request request) {
        this.connection = request.getConnectionMetaData().getConnection();
        this.endPoint = connection.getEndPoint();
    }

    boolean gone() {
        if (!gone && !blind) {
            gone = !endPoint.isOpen() || closed();
        }
        return gone;
    }

    private boolean closed() {
        try {
            BufferUtil.clear(buffer);
            int read = endPoint.fill(buffer);
            if (read > 0) {
                keep();
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** The client sent its next request already: it is given back to the connection, and nothing more is read. */
    private void keep() {
        blind = true;
        try {
            if (connection instanceof Connection.UpgradeTo reading) {
                reading.onUpgradeTo(buffer);
            }
        } catch (BufferOverflowException e) {
            gone = true;
        }
    }
}
