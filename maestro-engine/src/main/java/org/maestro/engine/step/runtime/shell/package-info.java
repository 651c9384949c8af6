/**
 * Shell steps: local processes that outlive the engine. Owns the attempts' folders on disk and what
 * is in them; calls nothing but the step runtime contracts.
 */
@NullMarked
package org.maestro.engine.step.runtime.shell;

import org.jspecify.annotations.NullMarked;
