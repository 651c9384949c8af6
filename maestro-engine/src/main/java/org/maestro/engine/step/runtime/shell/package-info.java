/**
 * Shell steps: local processes that outlive the engine. Calls nothing but the step runtime
 * contracts and what jobs have in common.
 */
@NullMarked
package org.maestro.engine.step.runtime.shell;

import org.jspecify.annotations.NullMarked;
