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

  @Test
  void whatNobodyChoseIsToldByWhatItLimits() {
    assertThat(PermitRules.inWords("db")).isEqualTo("db");
    assertThat(PermitRules.inWords("maestro_nb-wide"))
        .isEqualTo(
            "the engine's own limit for nb-wide (maestro_nb-wide: step_concurrency or"
                + " instance_step_concurrency sets it)");
    assertThat(PermitRules.inWords("maestro_w:load"))
        .startsWith("the engine's own limit for step \"load\" of w (maestro_w:load");
  }
}
