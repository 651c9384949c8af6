/**
 * Docker steps: containers of an engine that speaks Docker's API, such as Docker or Podman, which
 * outlive this engine. Calls nothing but the step runtime contracts and what jobs have in common;
 * only {@link org.maestro.engine.step.runtime.docker.ContainerEngine} sees the client library.
 */
@NullMarked
package org.maestro.engine.step.runtime.docker;

import org.jspecify.annotations.NullMarked;
