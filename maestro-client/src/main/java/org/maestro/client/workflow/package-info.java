/**
 * Definitions in Java, in the words of the YAML form: what a builder says means exactly what the
 * same fields mean in YAML.
 *
 * {@snippet :
 * var definition =
 *     workflow("nightly")
 *         .owner("data-platform")
 *         .trigger(cron("0 2 * * *").timezone("Europe/Berlin"))
 *         .param("region", "eu")
 *         .jobs(
 *             job("extract", StepType.SHELL).param("script", "echo ${region}").retry(3),
 *             job("report", StepType.NOOP).needs("extract"));
 * String yaml = definition.toYaml();
 * }
 */
@NullMarked
package org.maestro.client.workflow;

import org.jspecify.annotations.NullMarked;
