/** What runs a step outside the engine; StepRuntime is the extension point. */
@NullMarked
package org.maestro.engine.step.runtime;

import org.jspecify.annotations.NullMarked;
