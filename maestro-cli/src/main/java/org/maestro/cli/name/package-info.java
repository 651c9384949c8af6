/** How workflows, versions, instances, runs, steps and attempts are named. */
@NullMarked
package org.maestro.cli.name;

import org.jspecify.annotations.NullMarked;
