package org.maestro.cli.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.context.ContextFile;
import org.maestro.cli.context.Settings;
import org.maestro.cli.definition.LocalDefinitions;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Console;
import org.maestro.cli.output.OutputFormat;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Table;
import org.maestro.cli.output.Times;
import org.maestro.cli.server.Connection;
import org.maestro.cli.server.MaestroServer;
import org.maestro.cli.server.Pause;
import org.maestro.cli.watch.Screen;

/** What all commands of one call share. Made once the options are known; connects when asked to. */
public final class Session {
  private final Surroundings around;
  private final GlobalOptions options;
  private @Nullable Console console;
  private @Nullable MaestroServer server;
  private @Nullable Ref subject;
  private List<NamedIteration> way = List.of();

  public Session(Surroundings around, GlobalOptions options) {
    this.around = around;
    this.options = options;
  }

  Surroundings around() {
    return around;
  }

  GlobalOptions options() {
    return options;
  }

  /** Where to write. */
  public Console console() {
    if (console == null) {
      var streams = around.streams();
      console =
          new Console(
              streams.out(),
              streams.err(),
              style(streams.outIsTerminal()),
              style(streams.errIsTerminal()),
              streams.outIsTerminal(),
              options.quiet);
    }
    return console;
  }

  private Style style(boolean terminal) {
    return terminal && !options.noColor && mayColour() ? Style.COLOURED : Style.PLAIN;
  }

  private boolean mayColour() {
    var environment = around.user().environment();
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Whether help may be coloured; options are not known when it is asked for. */
  boolean isColouredTerminal() {
    return around.streams().outIsTerminal() && mayColour();
  }

  /** Prints data in the wanted format. */
  Report report(OutputFormat otherwise) {
    return new Report(console(), options.output == null ? otherwise : options.output);
  }

  Report report() {
    return report(OutputFormat.TABLE);
  }

  /** Whether somebody looks at data on a terminal. */
  boolean isTerminal() {
    return isTable() && console().outIsTerminal();
  }

  /** Whether data is for people. */
  boolean isTable() {
    return options.output == null || options.output == OutputFormat.TABLE;
  }

  Times times() {
    return new Times(around.zone());
  }

  long now() {
    return around.clock().millis();
  }

  Screen screen() {
    return around.streams().screen();
  }

  Pause pause() {
    return around.pause();
  }

  String newRequestId() {
    return around.ids().get();
  }

  LocalDefinitions definitions() {
    return new LocalDefinitions(around.here(), around.streams().in());
  }

  ContextFile contextFile() {
    return ContextFile.of(around.user().environment(), around.user().home());
  }

  /** How long to watch; null for ever. */
  @Nullable Duration timeout() {
    if (options.timeout == null) {
      return null;
    }
    var timeout = Times.duration(options.timeout);
    if (timeout == null) {
      throw CommandFailure.usage(
          "expected --timeout to be like 90s, 10m or 1h30m, found \"%s\""
              .formatted(options.timeout));
    }
    return timeout;
  }

  /** Remembers what the command is about, so that a failure can say what is near it. */
  Ref about(Ref ref) {
    subject = ref;
    return ref;
  }

  /** The iterations by which the subject was named, outermost first. */
  List<NamedIteration> way() {
    return way;
  }

  void came(List<NamedIteration> by) {
    way = List.copyOf(by);
  }

  /** What the command is about; null if it has not said so. */
  @Nullable Ref subject() {
    return subject;
  }

  Connection connection() {
    return options
        .settings()
        .connection(around.user().environment(), contextFile(), around.user().name());
  }

  /** The server. */
  MaestroServer server() {
    if (server == null) {
      var connection = connection();
      var talk = console().talkStyle();
      if (Settings.isExposed(connection)) {
        console()
            .talk(
                talk.yellow("warning")
                    + ": the token travels unencrypted to "
                    + connection.server());
      }
      server =
          new MaestroServer(
              connection,
              http(connection.server()),
              around.pause(),
              line -> console().talk(talk.dim(line)),
              line -> {
                if (options.verbose) {
                  console().error(talk.dim(line));
                }
              });
    }
    return server;
  }

  private static HttpClient http(URI address) {
    var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    if ("http".equals(address.getScheme())) {
      client.sslContext(trustingNobody()); // whom Java trusts takes time to read
    }
    return client.build();
  }

  private static SSLContext trustingNobody() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server if this call has used it already. */
  @Nullable MaestroServer serverInUse() {
    return server;
  }

  /** The call is over. */
  void close() {
    if (server != null) {
      server.close();
    }
  }

  /** A cell in the colour of its status. */
  Table.Cell statusCell(String status) {
    return new Table.Cell(status, text -> console().style().status(status, text));
  }
}
