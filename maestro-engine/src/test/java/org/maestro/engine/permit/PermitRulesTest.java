package org.maestro.engine.permit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PermitRulesTest {

  @Test
  void automaticLimitsAreWhatTheRunSaysOrTwenty() {
    assertThat(PermitRules.automaticLimit("maestro_w", "w", null, null)).isEqualTo(20);
    assertThat(PermitRules.automaticLimit("maestro_w", "w", 7L, null)).isEqualTo(7);
    assertThat(PermitRules.automaticLimit("maestro_w", "w", 7L, 3L)).isEqualTo(7);
    assertThat(PermitRules.automaticLimit("maestro_w:s", "w", null, null)).isEqualTo(20);
    assertThat(PermitRules.automaticLimit("maestro_0f-1", "w", null, 3L)).isEqualTo(3);
  }

  @Test
  void automaticTagsAreKnownByTheirName() {
    assertThat(PermitRules.isAutomatic("maestro_w")).isTrue();
    assertThat(PermitRules.isAutomatic("db")).isFalse();
  }
}
