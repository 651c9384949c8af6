package org.maestro.engine.step.runtime;

/**
 * Why a step can't be run as it is.
 *
 * @param field the parameter, or a part of it, as {@code /name/part}; empty for the step
 * @param message what was expected, what was found, what to do
 * @param ofThisPlace whether another installation, or this one with other settings, could run it
 */
public record StepProblem(String field, String message, boolean ofThisPlace) {}
