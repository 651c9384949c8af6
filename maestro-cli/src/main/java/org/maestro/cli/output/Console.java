package org.maestro.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a command writes: standard output takes data, standard error takes talk. Safe for use by
 * several threads; a line is never torn.
 */
public final class Console {
  private final Writer out;
  private final Writer err;
  private final Style outStyle;
  private final Style errStyle;
  private final boolean outIsTerminal;
  private final boolean quiet;

  /**
   * A console.
   *
   * @param outIsTerminal whether somebody looks at the output, so that it may be redrawn
   * @param quiet whether to keep back all talk but errors
   */
  public Console(
      OutputStream out,
      OutputStream err,
      Style outStyle,
      Style errStyle,
      boolean outIsTerminal,
      boolean quiet) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.err = new BufferedWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8));
    this.outStyle = outStyle;
    this.errStyle = errStyle;
    this.outIsTerminal = outIsTerminal;
    this.quiet = quiet;
  }

  /** How data is coloured. */
  public Style style() {
    return outStyle;
  }

  /** How talk is coloured. */
  public Style talkStyle() {
    return errStyle;
  }

  public boolean outIsTerminal() {
    return outIsTerminal;
  }

  /** A line of data. */
  public void data(String line) {
    write(out, line + "\n");
  }

  /** Several lines of data. */
  public void data(List<String> lines) {
    lines.forEach(this::data);
  }

  /** Text of data as it is. */
  public void raw(String text) {
    write(out, text);
  }

  /** A line for the person in front, such as progress or advice. */
  public void talk(String line) {
    if (!quiet) {
      error(line);
    }
  }

  /** A line that must be read. */
  public void error(String line) {
    rawError(line + "\n");
  }

  /** Text for standard error as it is, such as what a job wrote there. */
  public void rawError(String text) {
    flush(); // what was said before stays before
    synchronized (err) {
      try {
        err.write(text);
        err.flush();
      } catch (IOException _) {
        // Nobody is there to be told.
      }
    }
  }

  /** Lets out what is buffered. */
  public void flush() {
    synchronized (out) {
      try {
        out.flush();
      } catch (IOException _) {
        throw new BrokenPipe();
      }
    }
  }

  private static void write(Writer writer, String text) {
    synchronized (writer) {
      try {
        writer.write(text);
      } catch (IOException _) {
        throw new BrokenPipe();
      }
    }
  }
}
