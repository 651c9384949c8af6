package org.maestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maestro.cli.output.Table.Cell;

class TableTest {

  @Test
  void columnsAreAlignedAndLinesEndWithoutBlanks() {
    var table = new Table("NAME", "STATUS", "NOTE");
    table.row(Cell.of("a"), Cell.of("SUCCEEDED"), Cell.of(""));
    table.row(Cell.of("longer"), Cell.of("FAILED"), Cell.of("why"));
    assertThat(table.lines(Style.PLAIN))
        .containsExactly("NAME    STATUS     NOTE", "a       SUCCEEDED", "longer  FAILED     why");
  }

  @Test
  void coloursDoNotDisturbTheAlignment() {
    var table = new Table("S", "N");
    table.row(new Cell("ok", Style.COLOURED::green), Cell.of("1"));
    assertThat(table.lines(Style.COLOURED).get(1)).isEqualTo("\u001b[32mok\u001b[0m  1");
  }

  @Test
  void textFromOutsideCannotSteerTheTerminal() {
    var table = new Table("N");
    table.row(Cell.of("a\u001b[2Jb\nc\u202Ed"));
    assertThat(table.lines(Style.PLAIN).get(1)).isEqualTo("a\uFFFD[2Jb c\uFFFDd");
  }
}
