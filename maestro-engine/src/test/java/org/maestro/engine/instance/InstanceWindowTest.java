package org.maestro.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.service.paging.PageRequest;

class InstanceWindowTest {

  @Test
  void theFirstPageLooksAtTheNewestInstances() {
    assertThat(InstanceWindow.of(new PageRequest(true, 10, null), 1_000, 100))
        .isEqualTo(new InstanceWindow(901, 1_000, 1_000));
    assertThat(InstanceWindow.of(new PageRequest(true, 10, "901"), 1_000, 100))
        .isEqualTo(new InstanceWindow(801, 900, 1_000));
    assertThat(InstanceWindow.of(new PageRequest(true, 10, "5"), 1_000, 100))
        .isEqualTo(new InstanceWindow(1, 4, 1_000));
  }

  @Test
  void backwardItLooksAtTheOldestBeyondTheCursor() {
    assertThat(InstanceWindow.of(new PageRequest(false, 10, null), 1_000, 100))
        .isEqualTo(new InstanceWindow(1, 100, 1_000));
    assertThat(InstanceWindow.of(new PageRequest(false, 10, "950"), 1_000, 100))
        .isEqualTo(new InstanceWindow(951, 1_000, 1_000));
  }

  @Test
  void aWindowWithoutAMatchStillLeadsOn() {
    var request = new PageRequest(true, 10, null);
    var page =
        InstanceWindow.of(request, 1_000, 100)
            .page(request, List.<Long>of(), Long::longValue, false);
    assertThat(page.elements()).isEmpty();
    assertThat(page.totalCount()).isNull();
    assertThat(page.pageInfo().hasNextPage()).isTrue();
    assertThat(page.pageInfo().endCursor()).isEqualTo("901");
  }

  @Test
  void theLastWindowEndsTheList() {
    var request = new PageRequest(true, 10, "50");
    var page =
        InstanceWindow.of(request, 1_000, 100)
            .page(request, List.of(7L, 3L), Long::longValue, true);
    assertThat(page.pageInfo().hasNextPage()).isFalse();
    assertThat(page.pageInfo().endCursor()).isEqualTo("3");
    assertThat(page.totalCount()).isEqualTo(1_000);
  }

  @Test
  void aFullPageGoesOnFromItsLastElement() {
    var request = new PageRequest(true, 2, null);
    var page =
        InstanceWindow.of(request, 1_000, 100)
            .page(request, List.of(999L, 998L, 997L), Long::longValue, false);
    assertThat(page.elements()).containsExactly(999L, 998L);
    assertThat(page.pageInfo().endCursor()).isEqualTo("998");
    assertThat(page.pageInfo().hasNextPage()).isTrue();
  }
}
