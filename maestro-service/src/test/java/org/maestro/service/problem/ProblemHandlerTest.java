package org.maestro.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.HttpMessageNotWritableException;

class ProblemHandlerTest {
  private final ProblemHandler handler = new ProblemHandler();

  @Test
  void whoHangsUpInTheMiddleOfAnAnswerIsNoFaultOfTheServer() {
    var gone =
        new HttpMessageNotWritableException(
            "could not write JSON", new ClientAbortException(new ClosedChannelException()));
    assertThat(handler.anythingElse(gone)).isNull();
  }

  @Test
  void anAnswerThatCanNotBeWrittenIsAFaultOfTheServer() {
    var broken = new HttpMessageNotWritableException("could not write JSON");
    assertThat(handler.anythingElse(broken)).isNotNull();
  }
}
