/** Tags, which workflows, steps, runs and parameters have. */
@NullMarked
package org.maestro.model.tag;

import org.jspecify.annotations.NullMarked;
