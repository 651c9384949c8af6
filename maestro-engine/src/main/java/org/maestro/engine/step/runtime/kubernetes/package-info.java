/**
 * Kubernetes steps: Jobs of clusters, which outlive this engine. Calls nothing but the step runtime
 * contracts and what jobs and containers have in common; only {@link
 * org.maestro.engine.step.runtime.kubernetes.Cluster} speaks with a cluster.
 */
@NullMarked
package org.maestro.engine.step.runtime.kubernetes;

import org.jspecify.annotations.NullMarked;
