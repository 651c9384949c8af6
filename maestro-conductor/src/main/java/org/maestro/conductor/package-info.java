/**
 * Owns the decision of one run: which steps are due, which are unsatisfied, what to stop and how
 * the run ends. It stores nothing, sends nothing and reads no clock: the caller records what it is
 * told.
 *
 * <p>Netflix Conductor core is the state machine inside; nothing of it shows outside this module.
 * {@code ConductorRunMachine} keeps the run, {@code JoinProgress} says what is ready, {@code
 * StepTasks} makes Conductor's tasks of it, {@code Ending} says what an end means, {@code
 * EmbeddedConductor} is Conductor without an installation. The service that embeds it logs {@code
 * com.netflix.conductor} at WARN: at INFO Conductor prints a stack trace per failed run.
 */
@NullMarked
package org.maestro.conductor;

import org.jspecify.annotations.NullMarked;
