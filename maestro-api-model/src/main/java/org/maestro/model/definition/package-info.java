/** Workflow definitions: what the owner writes, and the properties beside it. */
@NullMarked
package org.maestro.model.definition;

import org.jspecify.annotations.NullMarked;
