package io.threadsafemetrics.spring.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import com.sun.net.httpserver.HttpServer;

/**
 * In place of an Alertmanager, what takes no alert.
 *
 * @param port where it is
 * @param end ends it
 */
record FaultyAlertmanager(int port, AutoCloseable end) implements AutoCloseable {

    String url() {
        return "http://127.0.0.1:" + this.port;
    }

    @Override
    public void close() throws Exception {
        this.end.close();
    }

    /** The ways in which it takes none. */
    enum Kind {

        /** Nobody listens. */
        REFUSES {

            @Override
            FaultyAlertmanager start() throws Exception {
                try (FaultyAlertmanager gone = HANGS.start()) {
                    return gone;
                }
            }

        },

        /** Connections are made, and nothing is ever answered. */
        HANGS {

            @Override
            FaultyAlertmanager start() throws IOException {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                return new FaultyAlertmanager(socket.getLocalPort(), socket);
            }

        },

        /** It answers that it cannot. */
        FAILS {

            @Override
            FaultyAlertmanager start() throws IOException {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", (exchange) -> {
                    try (exchange) {
                        exchange.getRequestBody().skip(Long.MAX_VALUE);
                        exchange.sendResponseHeaders(503, -1);
                    }
                });
                server.start();
                return new FaultyAlertmanager(server.getAddress().getPort(), () -> server.stop(0));
            }

        };

        abstract FaultyAlertmanager start() throws Exception;

    }

}
